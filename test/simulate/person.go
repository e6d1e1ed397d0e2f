package simulate

import (
	"fmt"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/test/check"
)

// person is anybody with a journal.
type person struct {
	w       *world
	actor   access.Actor
	journal check.Journal
	saying  map[string][]func() // by conversation: what waits for the message before it
}

func (w *world) person(name string, a access.Actor) *person {
	p := &person{w: w, actor: a, saying: map[string][]func(){}}
	p.write(check.Record{Kind: check.Who, Client: name, User: string(a.User)})
	w.all = append(w.all, p)
	return p
}

func (p *person) write(r check.Record) { p.journal = append(p.journal, r) }

// do sends a command under an identifier of its own until it is answered, as a
// client does that comes back with what it had not heard of. Then it goes on.
func (p *person) do(r check.Record, c engine.Command, then func(engine.Reply, error)) {
	p.w.commands++
	r.ID = fmt.Sprintf("c%d", p.w.commands)
	p.send(r, engine.Request{Actor: p.actor, CommandID: r.ID, Command: c}, 0, then)
}

// say sends a message when the one before it in the conversation was answered:
// that is how clients keep a sender's order.
func (p *person) say(c id.Conversation, text string, then func(engine.Reply, error)) {
	key := string(c)
	next := func() {
		p.do(check.Record{Command: check.Message, Conversation: key, Text: text}, engine.SendMessage{Conversation: c, Text: text}, func(r engine.Reply, err error) {
			if then != nil {
				then(r, err)
			}
			waiting := p.saying[key]
			if len(waiting) == 0 {
				delete(p.saying, key)
				return
			}
			p.saying[key] = waiting[1:]
			waiting[0]()
		})
	}
	waiting, busy := p.saying[key]
	if busy {
		p.saying[key] = append(waiting, next)
		return
	}
	p.saying[key] = nil
	next()
}

func (p *person) send(r check.Record, q engine.Request, tries int, then func(engine.Reply, error)) {
	r.Kind = check.Sent
	p.write(r)
	a := p.w.round(q)[0]
	p.answered(r, q, a, tries, then)
}

func (p *person) answered(r check.Record, q engine.Request, a engine.Answer, tries int, then func(engine.Reply, error)) {
	code := problem.CodeOf(a.Err)
	switch {
	case a.Err == nil:
		if tries > 0 && a.Reply.Duplicate {
			p.w.met(lostAck)
		}
		p.acked(r.ID, a.Reply)
		if remembered(q.Command) && p.w.troubled && p.w.odds(8) {
			p.again(r, q, a.Reply)
		}
	case code == problem.Unavailable:
		// What is tried while nobody can answer changes nothing: those tries are left out.
		p.w.after(p.w.silence()+p.w.between(200*time.Millisecond, patience(tries)), func() { p.send(r, q, tries+1, then) })
		return
	case code == problem.Internal:
		p.w.violation("%T: %v", q.Command, a.Err)
	default:
		p.write(check.Record{Kind: check.Refused, ID: r.ID, Code: string(code)})
	}
	if then != nil {
		then(a.Reply, a.Err)
	}
}

// patience is how long clients wait at most before they try again: longer each
// time, up to ten seconds.
func patience(tries int) time.Duration {
	return min(time.Second<<min(tries, 4), 10*time.Second)
}

func (p *person) acked(id string, r engine.Reply) {
	p.write(check.Record{Kind: check.Acked, ID: id, Conversation: string(r.Conversation), Seq: int64(r.Seq), Part: int64(r.Part), Duplicate: r.Duplicate})
}

// again sends something that was answered a second time, up to an hour later.
func (p *person) again(r check.Record, q engine.Request, first engine.Reply) {
	p.w.result.Faults[laterAgain]++
	p.w.after(p.w.between(time.Millisecond, time.Hour), func() {
		p.send(r, q, 0, func(reply engine.Reply, err error) {
			reply.Duplicate = first.Duplicate
			if err != nil || reply != first {
				p.w.violation("%T was answered %+v, and later %+v %v", q.Command, first, reply, err)
			}
		})
	})
}
