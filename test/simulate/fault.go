package simulate

import (
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/problem"
)

// trouble is what happens around a round.
type trouble int

// The troubles, as guarantees name the failures they belong to.
const (
	none        trouble = iota
	killBefore          // the process is killed before it commits
	killUnacked         // … after the commit, before anybody is answered
	killUntold          // … after the answers, before anybody is told
	lostAnswer          // the answer is lost on its way
	diskFull            // the commit stores nothing and fails
	uncertainty         // the commit stores everything and fails
	wallJump            // the clock on the wall is set
	stopped             // the process stands still for a while, and goes on
	repeated            // the same requests arrive again, at once
	cutOff              // whoever listens is disconnected
)

var troubles = []struct {
	is     trouble
	weight int
	name   string
}{
	{killBefore, 6, "killed before the commit"},
	{killUnacked, 6, "killed between commit and answer"},
	{killUntold, 6, "killed between answer and telling"},
	{lostAnswer, 20, "answer lost"},
	{diskFull, 6, "commit failed, nothing stored"},
	{uncertainty, 6, "commit failed, all stored"},
	{wallJump, 4, "wall clock set"},
	{stopped, 4, "process stopped for a while"},
	{repeated, 30, "request repeated at once"},
	{cutOff, 12, "listener cut off"},
}

// Names of the faults that people bring about, beside those above.
const (
	agentCut    = "agent's connection lost"
	customerCut = "customer's connection lost"
	laterAgain  = "answered request sent again"
)

// Faults are all that may happen; a long run has met every one.
func Faults() []string {
	all := []string{agentCut, customerCut, laterAgain}
	for _, t := range troubles {
		all = append(all, t.name)
	}
	return all
}

// perThousand rounds of requests so many have trouble.
const perThousand = 30

// drawTrouble says whether something happens now, and counts it.
func (w *world) drawTrouble() trouble {
	if !w.odds(perThousand) {
		return none
	}
	n := w.chance.IntN(100)
	for _, t := range troubles {
		if n -= t.weight; n < 0 {
			w.result.Faults[t.name]++
			return t.is
		}
	}
	return none
}

// commit is what the store does about it.
func (t trouble) commit() commitFault {
	switch t {
	case diskFull:
		return refusing
	case uncertainty:
		return uncertain
	}
	return sound
}

// down ends the process, or lets it stand still.
func (w *world) down(t trouble) {
	if t == stopped {
		w.frozen = w.now + w.between(time.Second, 3*time.Minute)
		w.alarm = w.frozen
		w.unsound(w.frozen)
		return
	}
	w.turns, w.alarm = nil, 0
	if len(w.store.records().Parts) > 0 {
		w.timersRunning()
	}
	away := w.between(100*time.Millisecond, 5*time.Second)
	if w.odds(50) {
		away = w.between(time.Minute, 10*time.Minute)
	}
	w.unsound(w.now + away)
	w.upAt = w.now + away
	w.after(away, func() {
		if w.turns == nil {
			w.boot()
			w.after(w.between(100*time.Millisecond, 3*time.Second), w.everybodyResumes)
		}
	})
}

// silence is how long it is until the process can answer.
func (w *world) silence() time.Duration {
	if w.turns == nil {
		return max(0, w.upAt-w.now)
	}
	return max(0, w.frozen-w.now)
}

// unsound: until a moment, and a second after it, timers may be late.
func (w *world) unsound(until time.Duration) {
	w.disturbed = max(w.disturbed, until)
	w.soundSince = begin.AddDate(1, 0, 0)
	w.after(until-w.now+time.Second, func() {
		if w.now >= w.disturbed+time.Second {
			w.soundSince = w.store.now
		}
	})
}

// once: of two equal requests in a round the second gets the first one's
// answer.
func (w *world) once(requests []engine.Request, got []engine.Answer) {
	for i, q := range requests {
		first, again := got[i], got[i+len(requests)]
		if first.Err != nil || !remembered(q.Command) {
			continue
		}
		again.Reply.Duplicate = first.Reply.Duplicate
		if again.Err != nil || again.Reply != first.Reply {
			w.violation("%T was answered %+v and then %+v", q.Command, first, again)
		}
	}
}

// remembered are the commands that always have an effect if they are answered.
func remembered(c engine.Command) bool {
	switch c.(type) {
	case engine.StartConversation, engine.SendMessage, engine.AddNote, engine.AcceptOffer, engine.DeclineOffer, engine.Transfer,
		engine.Invite, engine.CancelInvitation, engine.HandOver, engine.LeaveConference, engine.RemoveGuest, engine.EndConversation, engine.EndChat:
		return true
	}
	return false
}

// timersRunning notes that a wrap-up's timer runs over a restart.
func (w *world) timersRunning() {
	for _, p := range w.store.records().Parts {
		if !p.WrapUpDeadline.IsZero() {
			w.met(wrapUpRestart)
			return
		}
	}
}

// aftermath is what becomes of the answers and of what is told.
func (w *world) aftermath(t trouble, got, lost []engine.Answer, committed bool) []engine.Answer {
	told := w.bus.take()
	switch t {
	case killUnacked:
		if committed {
			w.met(crashMidCommit)
		}
		w.down(t)
		return lost
	case killUntold:
		if len(told) > 0 {
			w.met(ackBeforeTold)
		}
		w.down(t)
		return got
	case lostAnswer:
		w.deliver(told)
		return lost
	case diskFull, uncertainty:
		w.unsound(w.now)
		for _, a := range got {
			if committed && problem.CodeOf(a.Err) != problem.Unavailable {
				w.violation("a commit failed and %+v was answered", a)
			}
		}
		if committed && t == diskFull {
			w.met(fullDisk)
		}
		w.after(w.between(10*time.Millisecond, 2*time.Second), w.everybodyResumes)
	case wallJump:
		w.clock.off += []time.Duration{time.Hour, -time.Hour, 5 * time.Minute, -5 * time.Minute}[w.chance.IntN(4)]
	case cutOff:
		for _, f := range w.listeners() {
			if w.odds(200) {
				f.deaf = true
			}
		}
		w.after(w.between(time.Second, time.Minute), w.everybodyResumes)
	}
	w.deliver(told)
	return got
}
