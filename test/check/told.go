package check

import "strings"

// journal holds one client's journal to the dump.
func (v *verifier) journal(j *Journal, sent map[[2]string]bool) {
	c := &clientView{verifier: v, commands: map[string]*sending{}, topics: map[string]*position{}, order: map[string][]string{}}
	for i := range *j {
		c.record(&(*j)[i])
	}
	for _, s := range c.commands {
		if s.Command == Message || s.Command == Note || s.Command == Transfer && s.Text != "" {
			sent[[2]string{s.Conversation, s.ID}] = true
		}
	}
	c.sendersOrder()
	if v.options.Settled {
		c.finished()
	}
}

// clientView follows one journal.
type clientView struct {
	*verifier
	name     string
	user     string
	commands map[string]*sending // by identifier
	topics   map[string]*position
	order    map[string][]string // identifiers of messages by conversation, as first sent
}

type sending struct {
	Record
	acked *Record
}

// position is how far a client has come in a topic.
type position struct {
	last     int64
	followed bool
}

func (c *clientView) record(r *Record) {
	switch r.Kind {
	case Who:
		c.name, c.user = r.Client, r.User
	case Sent:
		c.sent(r)
	case Acked:
		c.report.Acked++
		c.acked(r)
	case Cut:
	case Refused:
		c.refusedIsNotStored(r)
	case Told:
		c.report.Told++
		c.told(r)
	case Reset:
		c.topics[r.Topic] = &position{r.Seq, true}
		if head, ok := c.head(r.Topic); ok && r.Seq > head {
			c.found(Lost, "%s was shown %s up to %d, stored is %d", c.name, r.Topic, r.Seq, head)
		}
	case Resumed:
		p := c.topics[r.Topic]
		if p == nil || p.last != r.Seq {
			c.found(Invented, "the journal of %s resumes %s at %d, which it had not reached", c.name, r.Topic, r.Seq)
			p = &position{last: r.Seq}
			c.topics[r.Topic] = p
		}
		p.followed = true
	case Left:
		if p := c.topics[r.Topic]; p != nil {
			p.followed = false
		}
	}
}

func (c *clientView) sent(r *Record) {
	first, again := c.commands[r.ID]
	if !again {
		c.commands[r.ID] = &sending{Record: *r}
		if r.Command == Message {
			c.order[r.Conversation] = append(c.order[r.Conversation], r.ID)
		}
		return
	}
	if first.Command != r.Command || first.Conversation != r.Conversation || first.Text != r.Text || first.Offer != r.Offer || first.Part != r.Part {
		c.found(Invented, "the journal of %s repeats %s with other content", c.name, r.ID)
	}
}

// refusedIsNotStored: a definite no has no effect.
func (c *clientView) refusedIsNotStored(r *Record) {
	s, ok := c.commands[r.ID]
	if !ok || s.Command != Message && s.Command != Note {
		return
	}
	if len(c.byClientID[[2]string{s.Conversation, s.ID}]) > 0 {
		c.found(Invented, "%s of %s was refused (%s) and is stored", r.ID, c.name, r.Code)
	}
}

// acked: the effect is stored, and a second answer says the same as the first.
func (c *clientView) acked(r *Record) {
	s, ok := c.commands[r.ID]
	if !ok {
		c.found(Invented, "%s was answered %s, which it never sent", c.name, r.ID)
		return
	}
	if s.acked != nil && (s.acked.Seq != r.Seq || s.acked.Part != r.Part || s.acked.Conversation != r.Conversation) {
		c.found(Doubled, "%s got two answers to %s: %+v and %+v", c.name, r.ID, *s.acked, *r)
	}
	s.acked = r
	switch s.Command {
	case Message:
		c.messageStored(s, "message", r.Seq)
	case Note:
		c.messageStored(s, "note", r.Seq)
	case Start:
		if c.conversations[r.Conversation] == nil {
			c.found(Lost, "%s started %s, which is not stored", c.name, r.Conversation)
		}
	case Accept:
		c.acceptStored(s, r)
	case WrapUp:
		if p := c.parts[s.Part]; p == nil || p.SubmittedAt == 0 || p.Agent != c.user || s.Reason != "" && p.Reason != s.Reason {
			c.found(Lost, "%s wrapped up part %d with %q, stored is %+v", c.name, s.Part, s.Reason, p)
		}
	case Transfer:
		c.leftConversation(s)
	case End:
		if conv := c.conversations[s.Conversation]; conv == nil || conv.ClosedAt == 0 {
			c.found(Lost, "%s ended %s, which is not closed", c.name, s.Conversation)
		}
		c.replyKept(s)
	}
}

func (c *clientView) messageStored(s *sending, kind string, seq int64) {
	stored := c.byClientID[[2]string{s.Conversation, s.ID}]
	if len(stored) == 0 {
		c.found(Lost, "%s was told that %s is stored, and it is not", c.name, s.ID)
		return
	}
	// More than one is what another rule finds.
	switch e := stored[0]; {
	case e.Kind != kind || e.Seq != seq:
		c.found(Lost, "%s was told that %s is %s %d; it is %s %d", c.name, s.ID, kind, seq, e.Kind, e.Seq)
	case e.Text != s.Text:
		c.found(Lost, "%s is stored as %q, not as %q", s.ID, e.Text, s.Text)
	case e.Author != c.user:
		c.found(Lost, "%s of %s is stored as written by %q", s.ID, c.name, e.Author)
	}
}

func (c *clientView) acceptStored(s *sending, r *Record) {
	if o := c.offers[s.Offer]; o == nil || o.Ending != "accepted" || o.Agent != c.user {
		c.found(Lost, "%s accepted offer %d, stored is %+v", c.name, s.Offer, o)
	}
	if p := c.parts[r.Part]; p == nil || p.Agent != c.user {
		c.found(Lost, "%s was given part %d, stored is %+v", c.name, r.Part, p)
	}
}

// leftConversation: whoever transferred away has a part that ended, and the
// conversation has a task of the transfer.
func (c *clientView) leftConversation(s *sending) {
	c.replyKept(s)
	if s.Text != "" { // the note to whoever gets it carries the command's identifier
		notes := c.byClientID[[2]string{s.Conversation, s.ID}]
		if len(notes) != 1 || notes[0].Text != s.Text || notes[0].Kind != "note" {
			c.found(Lost, "%s transferred %s with the note %q, stored is %+v", c.name, s.Conversation, s.Text, notes)
		}
	}
	if c.left[[2]string{s.Conversation, c.user}] {
		return
	}
	c.found(Lost, "%s transferred %s away and has no part in it that ended", c.name, s.Conversation)
}

func (c *clientView) replyKept(s *sending) {
	if !c.replies[[2]string{s.Conversation, s.ID}] {
		c.found(Lost, "the answer to %s of %s is not kept", s.ID, c.name)
	}
}

// told: each event comes after the one before it, and says what is stored.
// The identifier of a message is told to its sender only.
func (c *clientView) told(r *Record) {
	p := c.topics[r.Topic]
	if p == nil {
		p = &position{}
		c.topics[r.Topic] = p
		c.found(Holes, "%s was told %s %d before anything", c.name, r.Topic, r.Seq)
		p.last = r.Seq - 1
	}
	switch {
	case r.Seq <= p.last:
		c.found(Disordered, "%s was told %s %d after %d", c.name, r.Topic, r.Seq, p.last)
	case r.Seq > p.last+1:
		c.found(Holes, "%s was told %s %d after %d", c.name, r.Topic, r.Seq, p.last)
	}
	p.last = max(p.last, r.Seq)
	kind, id, text, ok := c.stored(r.Topic, r.Seq)
	if ok && (kind != r.Event || r.ClientID != "" && id != r.ClientID || text != r.Text) {
		c.found(Disordered, "%s was told that %s %d is %s %s %q; stored is %s %s %q", c.name, r.Topic, r.Seq, r.Event, r.ClientID, r.Text, kind, id, text)
	} else if head, known := c.head(r.Topic); !ok && known && r.Seq > head {
		c.found(Lost, "%s was told %s %d; stored is up to %d", c.name, r.Topic, r.Seq, head)
	}
}

// stored finds an event. Of agents' topics only the latest are kept.
func (v *verifier) stored(topic string, seq int64) (kind, id, text string, ok bool) {
	if user, is := strings.CutPrefix(topic, "agent/"); is {
		f := v.feeds[user]
		if f == nil || len(f.Events) == 0 {
			return "", "", "", false
		}
		i := seq - f.Events[0].Seq
		if i < 0 || i >= int64(len(f.Events)) {
			return "", "", "", false
		}
		return f.Events[i].Kind, "", "", true
	}
	entries := v.entries(topic)
	if seq < 1 || seq > int64(len(entries)) {
		return "", "", "", false
	}
	e := entries[seq-1]
	return e.Kind, e.ClientID, e.Text, e.Seq == seq
}

func (v *verifier) entries(topic string) []Entry {
	id, _ := strings.CutPrefix(topic, "conv/")
	id, staff := strings.CutSuffix(id, "/staff")
	c := v.conversations[id]
	switch {
	case c == nil:
		return nil
	case staff:
		return c.Staff
	}
	return c.Entries
}

// head is where a topic stands in the store.
func (v *verifier) head(topic string) (int64, bool) {
	if user, is := strings.CutPrefix(topic, "agent/"); is {
		if f := v.feeds[user]; f != nil {
			return f.Head, true
		}
		return 0, false
	}
	return int64(len(v.entries(topic))), true
}

// sendersOrder: what a client sent first has the lower number.
func (c *clientView) sendersOrder() {
	for conversation, ids := range c.order {
		last, before := int64(0), ""
		for _, id := range ids {
			for _, e := range c.byClientID[[2]string{conversation, id}] {
				if e.Seq < last {
					c.found(Disordered, "%s sent %s before %s, which got the lower number", c.name, before, id)
				}
				last, before = max(last, e.Seq), id
			}
		}
	}
}

func (c *clientView) finished() {
	for topic, p := range c.topics {
		if head, ok := c.head(topic); p.followed && ok && p.last != head {
			c.found(Unfinished, "%s has %s up to %d of %d", c.name, topic, p.last, head)
		}
	}
}
