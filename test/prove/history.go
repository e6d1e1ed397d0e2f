package main

import (
	"cmp"
	"math"
	"slices"
	"sync"
	"time"

	"github.com/anishathalye/porcupine"

	"hiwar/client"
	"hiwar/test/check"
)

// history is what everybody asked and what they were answered, and when: from
// it follows whether the answers can have been given one after another, and how
// long people waited. Its zero value begins now.
type history struct {
	mu    sync.Mutex
	began time.Time
	asked []*asked
}

// asked is a command from the moment it first left to that of its answer.
type asked struct {
	history      *history
	who          string
	command      string
	conversation string
	call, back   time.Duration // since the history began; back is 0 without an answer
	seq          int64         // of the answer
	code         string        // of a refusal
}

func newHistory() *history { return &history{began: time.Now()} }

func (h *history) now() time.Duration { return time.Since(h.began) }

// ask notes that somebody asks for something.
func (h *history) ask(who string, r check.Record) *asked {
	if h == nil {
		return nil
	}
	a := &asked{history: h, who: who, command: r.Command, conversation: r.Conversation, call: h.now()}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = append(h.asked, a)
	return a
}

// answered notes the answer; code is "" unless it was refused.
func (a *asked) answered(reply client.Reply, code string) {
	if a == nil {
		return
	}
	back := a.history.now()
	a.history.mu.Lock()
	defer a.history.mu.Unlock()
	a.back, a.seq, a.code = back, reply.Seq, code
}

// longest is each person's longest wait for an answer among the commands that
// were under way or begun between two moments.
func (h *history) longest(from, to time.Duration) (all []time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	by := map[string]time.Duration{}
	for _, a := range h.asked {
		if back := cmp.Or(a.back, math.MaxInt64); a.call <= to && back >= from {
			by[a.who] = max(by[a.who], min(back, h.now())-a.call)
		}
	}
	for _, wait := range by {
		all = append(all, wait)
	}
	return all
}

// quiet is the longest time between two moments in which nobody was answered.
func (h *history) quiet(from, to time.Duration) (longest time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	answers := []time.Duration{from, to}
	for _, a := range h.asked {
		if a.back > from && a.back < to {
			answers = append(answers, a.back)
		}
	}
	slices.Sort(answers)
	for i := 1; i < len(answers); i++ {
		longest = max(longest, answers[i]-answers[i-1])
	}
	return longest
}

// ── whether the answers fit one order ───────────────────────────────────────

// having is what a conversation is to those who ask for something in it: how
// far it is numbered, who has it, and whether it is over.
type having struct {
	last  int64
	owner string
	over  bool
}

// linearizable counts the conversations whose answers cannot have been given
// one after another, each at some moment between its question and its answer: a
// message gets a number above all before it and only while its writer takes part,
// and only what nobody has can be accepted.
func (h *history) linearizable() (conversations, operations, wrong int, undecided int) {
	h.mu.Lock()
	by := map[string][]porcupine.Operation{}
	people := map[string]int{}
	for _, a := range h.asked {
		if _, known := people[a.who]; !known {
			people[a.who] = len(people)
		}
		switch a.command {
		case check.Message, check.Accept, check.Transfer, check.End:
			if a.conversation != "" {
				back := cmp.Or(int64(a.back), math.MaxInt64)
				by[a.conversation] = append(by[a.conversation], porcupine.Operation{ClientId: people[a.who], Input: a, Output: a, Call: int64(a.call), Return: back})
			}
		}
	}
	h.mu.Unlock()
	model := porcupine.NondeterministicModel{
		Init: func() []any { return []any{having{}} },
		Step: func(state, input, _ any) []any { return state.(having).after(input.(*asked)) },
	}
	m := model.ToModel()
	for _, ops := range by {
		operations += len(ops)
		switch porcupine.CheckOperationsTimeout(m, ops, 20*time.Second) {
		case porcupine.Illegal:
			wrong++
		case porcupine.Unknown:
			undecided++
		}
	}
	return len(by), operations, wrong, undecided
}

// after is what may be once something was carried out; nothing if it cannot have
// been.
func (s having) after(a *asked) []any {
	next, can := s.done(a)
	switch {
	case a.back == 0: // nobody knows whether it was
		if can {
			return []any{s, next}
		}
		return []any{s}
	case a.code != "":
		if s.refuses(a) {
			return []any{s}
		}
		return nil
	case can:
		return []any{next}
	}
	return nil
}

// done is the state after a command that was carried out, and whether it may be.
func (s having) done(a *asked) (having, bool) {
	customer := a.who[0] == 'c'
	takesPart := !s.over && (customer || s.owner == a.who)
	switch a.command {
	case check.Message:
		next := s
		next.last = max(s.last, a.seq)
		return next, takesPart && (a.back == 0 || a.seq > s.last)
	case check.Accept:
		return having{s.last, a.who, false}, !s.over && s.owner == ""
	case check.Transfer:
		return having{s.last, "", false}, takesPart
	default: // it ends
		return having{s.last, s.owner, true}, takesPart
	}
}

// refuses: whether a refusal is true. Of those with other reasons than who has
// the conversation nothing follows.
func (s having) refuses(a *asked) bool {
	switch a.code {
	case "not_participant":
		return s.over || s.owner != a.who
	case "chat_closed":
		return s.over
	}
	return true
}
