package sim

import (
	"context"
	"time"
)

// comesBack is how long a simulated agent stays away after the server was.
const comesBack = 5 * time.Second

// shiftLength is how many requests are planned ahead.
const shiftLength = 256

// agent plays a simulated agent, day after day, until ctx is done.
func (p *player) agent(ctx context.Context, key string) {
	for first := true; first || p.wait(ctx, comesBack); first = false {
		desk, err := p.Server.SitDown(ctx, key)
		if err != nil {
			p.Log.DebugContext(ctx, "a simulated agent could not sign in", "agent", key, "err", err)
			continue
		}
		w := &worker{player: p, desk: desk, shift: Shift(p.Seed, key, shiftLength), held: map[string]*talk{}, offered: map[string]Answer{}}
		w.work(ctx)
		desk.Close()
	}
}

// worker is one agent at one desk. Everything in it is used by the one
// goroutine of work: what takes time is a deadline in it, not a goroutine.
type worker struct {
	*player
	desk    Desk
	shift   []Answer
	next    int // in shift
	offered map[string]Answer
	held    map[string]*talk // by conversation
	todo    []task
}

// talk is a conversation the agent is in.
type talk struct {
	answer   Answer
	language string
	said     int  // replies given
	busy     bool // a reply is on its way
	again    bool // the customer wrote meanwhile
	closing  int  // counts what the customer wrote, so that an old closing is void
}

// task is something to do at a moment.
type task struct {
	at time.Time
	do func(ctx context.Context) error
}

func (w *worker) after(d time.Duration, do func(ctx context.Context) error) {
	w.todo = append(w.todo, task{time.Now().Add(w.real(d)), do})
}

// work takes what comes and does what is due until the desk is lost or ctx is
// done.
func (w *worker) work(ctx context.Context) {
	if err := w.desk.Available(ctx); err != nil {
		return
	}
	for {
		t := time.NewTimer(w.untilDue())
		select {
		case n, ok := <-w.desk.News():
			t.Stop()
			if !ok {
				return
			}
			w.take(n)
		case <-t.C:
			w.due(ctx)
		case <-ctx.Done():
			t.Stop()
			return
		}
	}
}

// untilDue is how long there is nothing to do.
func (w *worker) untilDue() time.Duration {
	rest := time.Hour
	for _, t := range w.todo {
		rest = min(rest, time.Until(t.at))
	}
	return max(rest, 0)
}

// due does what is due. What the server refuses has been overtaken by
// something that comes as news.
func (w *worker) due(ctx context.Context) {
	now := time.Now()
	var later []task
	todo := w.todo
	w.todo = nil
	for _, t := range todo {
		if t.at.After(now) {
			later = append(later, t)
		} else if err := t.do(ctx); err != nil {
			w.Log.DebugContext(ctx, "a simulated agent was refused", "err", err)
		}
	}
	w.todo = append(later, w.todo...)
}

func (w *worker) take(n DeskNews) {
	switch n.Kind {
	case DeskRequest:
		w.request(n)
	case DeskGone:
		delete(w.offered, n.Request)
	case DeskBegan:
		w.begin(n)
	case DeskSaid:
		w.heard(n.Conversation)
	case DeskOver:
		w.finish(n)
	case DeskRONA:
		back := w.shift[w.next%len(w.shift)].Return
		w.after(back, w.desk.Available)
	}
}

func (w *worker) request(n DeskNews) {
	if _, known := w.offered[n.Request]; known {
		return
	}
	a := w.shift[w.next%len(w.shift)]
	w.next++
	w.offered[n.Request] = a
	if a.Miss {
		return
	}
	w.after(a.Accept, func(ctx context.Context) error {
		if _, still := w.offered[n.Request]; !still {
			return nil
		}
		return w.desk.Accept(ctx, n.Request)
	})
}

// begin answers at once: whoever waited has asked already.
func (w *worker) begin(n DeskNews) {
	if w.held[n.Conversation] != nil {
		return
	}
	w.held[n.Conversation] = &talk{answer: w.shift[max(w.next-1, 0)%len(w.shift)], language: n.Language}
	w.heard(n.Conversation)
}

// heard plans the next reply, or the end when nothing is left to say.
func (w *worker) heard(conversation string) {
	t := w.held[conversation]
	if t == nil {
		return
	}
	t.closing++
	if t.busy {
		t.again = true
		return
	}
	steps := t.answer.Replies[t.language]
	if t.said >= len(steps) {
		w.close(conversation, t)
		return
	}
	step := steps[t.said]
	t.busy = true
	line := step.Lines[0]
	w.after(step.Read, func(ctx context.Context) error {
		_ = w.desk.Typing(ctx, conversation, true) // a signal that may be lost
		return nil
	})
	w.after(step.Read+line.Typing, func(ctx context.Context) error {
		if w.held[conversation] != t {
			return nil
		}
		t.busy, t.said = false, t.said+1
		if err := w.desk.Say(ctx, conversation, line.Text); err != nil {
			return err
		}
		if t.again || t.said >= len(steps) {
			t.again = false
			w.heard(conversation)
		}
		return nil
	})
}

// close ends the chat if the customer has nothing more to say.
func (w *worker) close(conversation string, t *talk) {
	mark := t.closing
	w.after(t.answer.Close, func(ctx context.Context) error {
		if w.held[conversation] != t || t.closing != mark {
			return nil
		}
		return w.desk.End(ctx, conversation)
	})
}

func (w *worker) finish(n DeskNews) {
	a := w.shift[w.next%len(w.shift)]
	if t := w.held[n.Conversation]; t != nil {
		a = t.answer
	}
	delete(w.held, n.Conversation)
	w.after(a.WrapAfter, func(ctx context.Context) error {
		if err := w.desk.WrapUp(ctx, n.Part, a.WrapUp); err != nil {
			return err
		}
		if a.Break == 0 || len(w.held) > 0 {
			return nil
		}
		w.after(a.Break, w.desk.Available)
		return w.desk.Idle(ctx, Rest)
	})
}
