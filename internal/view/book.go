package view

import (
	"slices"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Book is where views look names up. Machines keep identifiers; people read
// names, and customers get nothing else.
//
// In the params of a line the value of a key that names somebody is replaced
// by their name, and a key that names a thing with two names becomes two:
// queue gives queue_en and queue_ar, and closing what the queue says.
type Book struct {
	users   map[id.User]*org.User
	queues  map[id.Queue]*org.Queue
	assets  map[id.Asset]*org.Asset
	reasons org.Reasons
	skills  map[id.Skill]*org.Skill
	profile map[id.User]*org.Profile
	headers func(id.Conversation) (chat.Header, bool)
}

// NewBook is the book of a configuration. Names of customers are asked of
// headers, which knows at least the conversations on the floor and those that
// an agent in RONA missed.
func NewBook(c org.Config, headers func(id.Conversation) (chat.Header, bool)) Book {
	b := Book{
		users:   make(map[id.User]*org.User, len(c.Users)),
		queues:  make(map[id.Queue]*org.Queue, len(c.Queues)),
		assets:  make(map[id.Asset]*org.Asset, len(c.Assets)),
		reasons: org.NewReasons(c.Reasons),
		skills:  make(map[id.Skill]*org.Skill, len(c.Skills)),
		headers: headers,
		profile: map[id.User]*org.Profile{},
	}
	for i := range c.Users {
		u := &c.Users[i]
		b.users[u.ID] = u
		if p := c.ProfileOf(*u); p != nil {
			b.profile[u.ID] = p
		}
	}
	for i := range c.Queues {
		b.queues[c.Queues[i].ID] = &c.Queues[i]
	}
	for i := range c.Assets {
		b.assets[c.Assets[i].ID] = &c.Assets[i]
	}
	for i := range c.Skills {
		b.skills[c.Skills[i].ID] = &c.Skills[i]
	}
	return b
}

func (b Book) user(u id.User) string {
	if found := b.users[u]; found != nil {
		return found.Name
	}
	return ""
}

func (b Book) queue(q id.Queue) Named {
	n := Named{ID: string(q)}
	if found := b.queues[q]; found != nil {
		n.Name = found.Name
	}
	return n
}

// Queue is a queue with its name.
func (b Book) Queue(q id.Queue) Named { return b.queue(q) }

func (b Book) asset(a id.Asset) Named {
	n := Named{ID: string(a)}
	if found := b.assets[a]; found != nil {
		n.Name = found.Name
	}
	return n
}

func (b Book) header(c id.Conversation) chat.Header {
	if b.headers == nil {
		return chat.Header{ID: c}
	}
	h, _ := b.headers(c)
	return h
}

// unanswered is the policy that a transfer to an agent would follow.
func (b Book) unanswered(q id.Queue) string {
	if found := b.queues[q]; found != nil && found.OnUnanswered != "" {
		return string(found.OnUnanswered)
	}
	return string(org.Requeue)
}

// wrapUpReasons are what an agent may choose for the queue, in order, and
// whether one has to be chosen.
func (b Book) wrapUpReasons(q id.Queue, u id.User) (list []id.Reason, required bool) {
	var of []id.Reason
	found := b.queues[q]
	if found != nil {
		of = found.WrapUpReasons
	}
	list = b.reasons.Choices(of, b.profile[u])
	return list, found != nil && found.WrapUpRequired && len(list) > 0
}

// customerParams are what a line may tell a customer.
var customerParams = []string{"agent", "queue", "closes_at", "closing"}

// params resolves the names in a line's parameters for an audience.
func (b Book) params(in map[string]string, to Audience) map[string]string {
	if len(in) == 0 {
		return nil
	}
	out := make(map[string]string, len(in))
	for k, v := range in {
		if to == Staff || slices.Contains(customerParams, k) {
			b.resolve(out, k, v)
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (b Book) resolve(out map[string]string, key, value string) {
	both := func(n org.Name) { out[key+"_en"], out[key+"_ar"] = n.In("en"), n.In("ar") }
	switch key {
	case "agent", "from", "to_agent", "guest", "to", "target":
		out[key] = b.user(id.User(value))
	case "queue", "to_queue":
		both(b.queue(id.Queue(value)).Name)
	case "closing":
		if q := b.queues[id.Queue(value)]; q != nil && q.Limits.ThenText != (org.Name{}) {
			both(q.Limits.ThenText)
		}
	case "asset":
		both(b.asset(id.Asset(value)).Name)
	case "reason":
		if name, known := b.reasons.Name(id.Reason(value)); known {
			both(name)
		}
	default:
		out[key] = value
	}
}
