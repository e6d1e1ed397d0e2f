package main

import (
	"testing"
	"time"

	"hiwar/client"
	"hiwar/test/check"
)

// told is one command of a history that is made up.
type told struct {
	who, command string
	call, back   int // milliseconds; 0 is without an answer
	seq          int64
	code         string
}

func historyOf(all ...told) *history {
	h := &history{began: time.Now().Add(-time.Minute)}
	for _, x := range all {
		a := h.ask(x.who, check.Record{Command: x.command, Conversation: "c1"})
		if x.back > 0 {
			a.answered(client.Reply{Seq: x.seq}, x.code)
		}
		a.call, a.back = time.Duration(x.call)*time.Millisecond, time.Duration(x.back)*time.Millisecond
	}
	return h
}

func TestWhatCanHaveHappened(t *testing.T) {
	for name, c := range map[string]struct {
		ops   []told
		wrong int
	}{
		"one after another": {ops: []told{
			{"customer0", check.Message, 1, 2, 2, ""},
			{"agent0", check.Accept, 3, 4, 0, ""},
			{"agent0", check.Message, 5, 6, 4, ""},
			{"agent0", check.Transfer, 7, 8, 0, ""},
			{"agent0", check.Message, 9, 10, 0, "not_participant"},
			{"agent1", check.Accept, 11, 12, 0, ""},
			{"customer0", check.End, 13, 14, 0, ""},
			{"agent1", check.Message, 15, 16, 0, "chat_closed"},
		}},
		"numbers against the order of the answers": {wrong: 1, ops: []told{{"customer0", check.Message, 1, 2, 5, ""}, {"customer0", check.Message, 3, 4, 4, ""}}},
		"numbers of what was under way together": {ops: []told{
			{"agent0", check.Accept, 1, 2, 0, ""}, {"customer0", check.Message, 3, 9, 5, ""}, {"agent0", check.Message, 4, 8, 4, ""},
		}},
		"two who have it": {wrong: 1, ops: []told{{"agent0", check.Accept, 1, 2, 0, ""}, {"agent1", check.Accept, 3, 4, 0, ""}}},
		"a word of somebody who gave it away": {wrong: 1, ops: []told{
			{"agent0", check.Accept, 1, 2, 0, ""}, {"agent0", check.Transfer, 3, 4, 0, ""}, {"agent0", check.Message, 5, 6, 3, ""},
		}},
		"a word after the end":    {wrong: 1, ops: []told{{"customer0", check.End, 1, 2, 0, ""}, {"customer0", check.Message, 3, 4, 3, ""}}},
		"a refusal of who has it": {wrong: 1, ops: []told{{"agent0", check.Accept, 1, 2, 0, ""}, {"agent0", check.Message, 3, 4, 0, "not_participant"}}},
		"an answer that never came, of what was done": {ops: []told{
			{"agent0", check.Accept, 1, 2, 0, ""}, {"agent0", check.Transfer, 3, 0, 0, ""}, {"agent1", check.Accept, 5, 6, 0, ""},
		}},
		"an answer that never came, of what was not": {ops: []told{
			{"agent0", check.Accept, 1, 2, 0, ""}, {"agent0", check.Transfer, 3, 0, 0, ""}, {"agent0", check.Message, 5, 6, 3, ""},
		}},
	} {
		if _, n, wrong, undecided := historyOf(c.ops...).linearizable(); wrong != c.wrong || undecided != 0 || n != len(c.ops) {
			t.Errorf("%s: %d wrong, %d undecided of %d operations", name, wrong, undecided, n)
		}
	}
}

func TestHowLongPeopleWaited(t *testing.T) {
	h := historyOf(
		told{"customer0", check.Message, 1, 2, 2, ""}, told{"customer0", check.Message, 10, 60, 3, ""},
		told{"customer1", check.Message, 20, 50, 4, ""}, told{"customer1", check.Message, 90, 91, 5, ""},
	)
	at := func(n int) time.Duration { return time.Duration(n) * time.Millisecond }
	if all := h.longest(at(15), at(70)); len(all) != 2 || max(all[0], all[1]) != at(50) || min(all[0], all[1]) != at(30) {
		t.Errorf("waited %v", all)
	}
	if quiet := h.quiet(at(5), at(100)); quiet != at(45) {
		t.Errorf("nobody was answered for %v", quiet)
	}
}
