package cluster_test

import (
	"bytes"
	"slices"
	"sync"
	"testing"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/routing"
)

// there reports whether the floor takes anna for connected.
func (w *world) there(m *member) bool {
	w.t.Helper()
	expected, err := m.engine.Expected(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	for _, a := range expected {
		if a.User == anna.User {
			return true
		}
	}
	return false
}

// becomes waits until the floor believes it, and fails if that takes longer
// than allowed or, where sooner is given, comes before it.
func (w *world) becomes(there bool, sooner, later time.Duration) {
	w.t.Helper()
	begun := time.Now()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for w.there(w.owner()) != there {
		if time.Since(begun) > later {
			w.t.Fatalf("after %v anna is taken for connected: %v", later, !there)
		}
		<-tick.C
	}
	if took := time.Since(begun); took < sooner {
		w.t.Errorf("after %v already anna is taken for connected: %v", took, there)
	}
}

func (w *world) online(m *member) {
	w.t.Helper()
	m.do(anna, "in-"+m.name, engine.SignInToFloor{})
	m.do(anna, "ready-"+m.name, engine.SetPresence{Presence: routing.Available})
	m.do(anna, "", engine.AgentBack{})
}

// Somebody is there as long as one node says so.
func TestThereAtOneOfTwo(t *testing.T) { inFakeTime(t, testThereAtOneOfTwo) }

func testThereAtOneOfTwo(t *testing.T) {
	w := newWorld(t, "a", "b", "c")
	owner := w.owner()
	other := w.another(owner)
	w.online(other)
	owner.do(anna, "", engine.AgentBack{})
	other.do(anna, "", engine.AgentLost{})
	if !w.there(w.owner()) {
		t.Error("lost, and still connected at another node")
	}
	owner.do(anna, "", engine.AgentLost{})
	if w.there(w.owner()) {
		t.Error("nobody says that anna is there, and she is taken for connected")
	}
}

// Who was at a node that is gone is lost 8 s after it was heard last, unless
// they connect elsewhere meanwhile.
func TestThereAtANodeThatIsGone(t *testing.T) { inFakeTime(t, testThereAtANodeThatIsGone) }

func testThereAtANodeThatIsGone(t *testing.T) {
	for _, back := range []bool{false, true} {
		w := newWorld(t, "a", "b", "c")
		owner := w.owner()
		gone := w.another(owner)
		w.online(gone)
		gone.cut.Store(true)
		if !back {
			w.becomes(false, 5*time.Second, 11*time.Second)
			continue
		}
		for _, m := range w.members() {
			if m != gone && m != owner {
				m.do(anna, "", engine.AgentBack{})
			}
		}
		late := time.After(10 * time.Second)
		for waiting := true; waiting; {
			select {
			case <-late:
				waiting = false
			case <-time.After(50 * time.Millisecond):
				if !w.there(w.owner()) {
					t.Fatal("lost, though connected elsewhere")
				}
			}
		}
	}
}

// A new owner learns who is there from whoever has their sockets.
func TestThereAfterAHandOver(t *testing.T) { inFakeTime(t, testThereAfterAHandOver) }

func testThereAfterAHandOver(t *testing.T) {
	w := newWorld(t, "a", "b", "c")
	owner := w.owner()
	hers := w.another(owner)
	w.online(hers)
	owner.leave()
	w.owner(owner.name)
	late := time.After(10 * time.Second)
	for {
		select {
		case <-late:
			return
		case <-time.After(50 * time.Millisecond):
			if !w.there(w.owner()) {
				t.Fatal("anna's desk is open, and the new owner takes her for lost")
			}
		}
	}
}

// No card number leaves a process.
func TestNoCardNumberOnTheLink(t *testing.T) { inFakeTime(t, testNoCardNumberOnTheLink) }

func testNoCardNumberOnTheLink(t *testing.T) {
	w := newWorld(t, "a", "b")
	owner := w.owner()
	other := w.another(owner)
	var mu sync.Mutex
	var asked [][]byte
	w.mu.Lock()
	answer := owner.answer
	owner.answer = func(q []byte, back func([]byte)) {
		mu.Lock()
		asked = append(asked, slices.Clone(q))
		mu.Unlock()
		answer(q, back)
	}
	w.mu.Unlock()
	c := w.talk(owner, other)
	other.do(c, "card", engine.SendMessage{Conversation: c.Conversation, Text: "4111 1111 1111 1111"})
	mu.Lock()
	defer mu.Unlock()
	if len(asked) == 0 {
		t.Fatal("nothing was forwarded")
	}
	for _, q := range asked {
		if bytes.Contains(q, []byte("4111 1111 1111")) {
			t.Errorf("forwarded: %s", q)
		}
	}
}
