package cluster_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"hiwar/internal/engine"
)

// submit has c's messages submitted at a node, and waits until all are answered.
func (w *world) submit(m *member, c engine.Request, texts ...string) {
	w.t.Helper()
	var answered sync.WaitGroup
	answered.Add(len(texts))
	for _, text := range texts {
		c.CommandID, c.Command = text, engine.SendMessage{Conversation: c.Actor.Conversation, Text: text}
		m.Submit(c, func(_ engine.Reply, err error) {
			defer answered.Done()
			if err != nil {
				w.t.Errorf("%s: %v", text, err)
			}
		})
	}
	answered.Wait()
}

func lines(of string, n int) (all []string) {
	for i := range n {
		all = append(all, fmt.Sprint(of, "-", i))
	}
	return all
}

// What is said in one breath at another node is stored as it would be here: by
// few commits, not by one for each.
func TestWhatIsSaidInOneBreathGoesTogether(t *testing.T) { inFakeTime(t, testOneBreath) }

func testOneBreath(t *testing.T) {
	w := newWorld(t, "a", "b")
	owner := w.owner()
	other := w.another(owner)
	c := w.talk(other, owner)
	before := owner.engine.Counts().Rounds.Load()
	w.submit(other, engine.Request{Actor: c}, lines("line", 120)...)
	if n := owner.engine.Counts().Rounds.Load() - before; n > 12 {
		t.Errorf("120 messages took %d commits", n)
	}
	texts := w.thread(other, c.Conversation)
	for i, text := range lines("line", 120) {
		if i >= len(texts) || texts[i] != text {
			t.Fatalf("%d lines were stored, and number %d is not %s", len(texts), i, text)
		}
	}
}

// A refusal of one is no refusal of those beside it, and each is told its own.
func TestOneOfSeveralIsRefused(t *testing.T) { inFakeTime(t, testOneRefused) }

func testOneRefused(t *testing.T) {
	w := newWorld(t, "a", "b")
	owner := w.owner()
	other := w.another(owner)
	c := w.talk(other, owner)
	var mu sync.Mutex
	var got []string
	var answered sync.WaitGroup
	for i, text := range []string{"one", "", "three", strings.Repeat("x", 20_000), "five"} {
		answered.Add(1)
		other.Submit(engine.Request{Actor: c, CommandID: fmt.Sprint("m", i), Command: engine.SendMessage{Conversation: c.Conversation, Text: text}}, func(r engine.Reply, err error) {
			defer answered.Done()
			mu.Lock()
			defer mu.Unlock()
			got = append(got, fmt.Sprint(i, " ", r.Seq > 0, " ", err == nil))
		})
	}
	answered.Wait()
	if want := "[0 true true 1 false false 2 true true 3 false false 4 true true]"; fmt.Sprint(got) != want {
		t.Errorf("answered were %v, want %s", got, want)
	}
}

// Whatever the link loses, delays or says twice, what each node was told is
// stored once and in the order in which it was told: in one breath, or each when
// the one before was answered.
func TestFaultyLink(t *testing.T) { inFakeTime(t, testFaultyLink) }

func testFaultyLink(t *testing.T) {
	w := newWorld(t, "a", "b", "c")
	owner := w.owner()
	c := w.talk(owner, owner)
	w.faulty.Store(true)
	var all sync.WaitGroup
	for _, m := range w.members() {
		all.Go(func() { w.submit(m, engine.Request{Actor: c}, lines(m.name, 40)...) })
		all.Go(func() {
			for _, text := range lines(m.name+"+", 15) {
				if _, err := m.Do(t.Context(), engine.Request{Actor: c, CommandID: text, Command: engine.SendMessage{Conversation: c.Conversation, Text: text}}); err != nil {
					t.Errorf("%s: %v", text, err)
				}
			}
		})
	}
	all.Wait()
	w.faulty.Store(false)
	got := map[string][]string{}
	for _, text := range w.thread(w.another(owner), c.Conversation) {
		of, _, _ := strings.Cut(text, "-")
		got[of] = append(got[of], text)
	}
	for _, m := range w.members() {
		for of, n := range map[string]int{m.name: 40, m.name + "+": 15} {
			if want := lines(of, n); fmt.Sprint(got[of]) != fmt.Sprint(want) {
				t.Errorf("of %s was stored %v", of, got[of])
			}
		}
	}
}
