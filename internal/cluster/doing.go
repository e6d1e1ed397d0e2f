package cluster

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"strings"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// Do carries a command out where its organization is. What is noticed of
// connections is evidence for whoever has the organization, and no command yet.
func (n *Node) Do(ctx context.Context, r engine.Request) (engine.Reply, error) {
	if there, is := noticed(r.Command); is {
		return engine.Reply{}, n.notice(ctx, r.Actor, there)
	}
	r = n.repeatable(r)
	return ask(ctx, n, r.Actor.Org, true, func() (engine.Reply, error) { return n.engine.Do(ctx, r) }, "Do", r)
}

// repeatable is the request as it may be sent to another node, twice if need
// be: without card numbers, and with a name. What has to be named by the client
// is left to be refused.
func (n *Node) repeatable(r engine.Request) engine.Request {
	r = n.engine.Passing(r)
	switch r.Command.(type) {
	case engine.SendMessage, engine.AddNote:
	default:
		if r.CommandID == "" {
			r.CommandID = rand.Text()
		}
	}
	return r
}

// lane keeps the order of what one caller submits while its organization is
// not here.
type lane struct {
	under int // with the engine here
	queue []submitted
	runs  bool
}

type submitted struct {
	request engine.Request
	then    func(engine.Reply, error)
}

func laneOf(a access.Actor) string {
	return string(a.Org) + "/" + string(a.User) + "/" + string(a.Customer)
}

// Submit is [Node.Do] for who does not wait; see [engine.Engine.Submit].
func (n *Node) Submit(r engine.Request, then func(engine.Reply, error)) {
	key := laneOf(r.Actor)
	n.mu.Lock()
	l := n.lanes[key]
	if l == nil {
		l = &lane{}
		n.lanes[key] = l
	}
	_, here := n.owns[r.Actor.Org]
	if len(l.queue) > 0 || l.runs || !here && l.under == 0 {
		n.enqueue(key, l, submitted{r, then})
		n.mu.Unlock()
		return
	}
	l.under++
	n.mu.Unlock()
	n.engine.Submit(r, func(reply engine.Reply, err error) {
		elsewhere := errors.Is(err, engine.ErrElsewhere)
		n.mu.Lock()
		l.under--
		if elsewhere {
			n.enqueue(key, l, submitted{r, then})
		} else {
			n.tidy(key, l)
		}
		n.mu.Unlock()
		if !elsewhere {
			then(reply, err)
		}
	})
}

// enqueue and tidy need the lock.
func (n *Node) enqueue(key string, l *lane, s submitted) {
	l.queue = append(l.queue, s)
	if !l.runs {
		l.runs = true
		go n.run(key, l)
	}
}

func (n *Node) tidy(key string, l *lane) {
	if l.under == 0 && len(l.queue) == 0 && !l.runs {
		delete(n.lanes, key)
	}
}

// run does what waits in a lane: as much of it together as there is.
func (n *Node) run(key string, l *lane) {
	for {
		n.mu.Lock()
		if len(l.queue) == 0 {
			l.runs = false
			n.tidy(key, l)
			n.mu.Unlock()
			return
		}
		next := l.queue[:first(l.queue)]
		l.queue = l.queue[len(next):]
		n.mu.Unlock()
		if len(next) == 1 {
			next[0].then(n.Do(context.Background(), next[0].request))
		} else {
			n.series(context.Background(), next)
		}
		n.over()
	}
}

// Snapshot is the engine's, wherever the organization is.
func (n *Node) Snapshot(ctx context.Context, a access.Actor, topic string) (any, id.Seq, error) {
	v, err := ask(ctx, n, a.Org, true, func() (v pair[any, id.Seq], err error) {
		v.a, v.b, err = n.engine.Snapshot(ctx, a, topic)
		return v, err
	}, "Snapshot", a, topic)
	raw, far := v.a.(json.RawMessage)
	if err != nil || !far {
		return v.a, v.b, err
	}
	switch {
	case strings.HasPrefix(topic, "agent/"):
		v.a, err = typed[view.Desk](raw)
	case strings.HasSuffix(topic, "/staff"):
		v.a, err = typed[view.StaffThread](raw)
	default:
		v.a, err = typed[view.Conversation](raw)
	}
	return v.a, v.b, err
}

func typed[T any](raw json.RawMessage) (v T, err error) {
	if err := json.Unmarshal(raw, &v); err != nil {
		return v, problem.New(problem.Internal).Because(err)
	}
	return v, nil
}

// Since is the engine's, wherever the organization is.
func (n *Node) Since(ctx context.Context, a access.Actor, topic string, since id.Seq, limit int) ([]view.Event, id.Seq, error) {
	v, err := ask(ctx, n, a.Org, true, func() (v pair[[]view.Event, id.Seq], err error) {
		v.a, v.b, err = n.engine.Since(ctx, a, topic, since, limit)
		return v, err
	}, "Since", a, topic, since, limit)
	return v.a, v.b, err
}

// ChangePreferences runs change here: it is no more than a function.
func (n *Node) ChangePreferences(ctx context.Context, a access.Actor, change func(*org.Preferences) error) (org.Preferences, error) {
	return engine.ChangePreferences(ctx, n, a, change)
}

// KeepPreferences is the engine's: what is one's own is nobody's organization.
func (n *Node) KeepPreferences(ctx context.Context, a access.Actor, change func(*org.Preferences) error) (org.Preferences, error) {
	return n.engine.KeepPreferences(ctx, a, change)
}

// Masked is a text without card numbers. The organization's own patterns are
// known where it is.
func (n *Node) Masked(o id.Org, text string) string { return n.engine.Masked(o, text) }

// Expected is nobody: who is there is decided by the node that has the
// organization.
func (n *Node) Expected(context.Context) ([]access.Actor, error) { return nil, nil }
