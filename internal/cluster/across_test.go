package cluster_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/view"
)

func (w *world) desk(m *member) view.Desk {
	w.t.Helper()
	data, _, err := m.Snapshot(w.t.Context(), anna, "agent/"+string(anna.User))
	if err != nil {
		w.t.Fatal(err)
	}
	d, ok := data.(view.Desk)
	if !ok {
		w.t.Fatalf("a desk is a %T", data)
	}
	return d
}

// thread is what was said, as a node answers it.
func (w *world) thread(m *member, c id.Conversation) (texts []string) {
	w.t.Helper()
	var before id.Seq
	for {
		page, more, err := m.Entries(w.t.Context(), vera, c, before, 200)
		if err != nil {
			w.t.Fatal(err)
		}
		var some []string
		for _, e := range page {
			if e.Text != "" {
				some = append(some, e.Text)
			}
		}
		texts = append(some, texts...)
		if !more || len(page) == 0 {
			return texts
		}
		before = page[0].Seq
	}
}

// One conversation, its agent at one node and its customer at another: both
// have all of it, in order, whichever has the organization.
func TestOneConversationAcrossNodes(t *testing.T) { inFakeTime(t, testOneConversationAcrossNodes) }

func testOneConversationAcrossNodes(t *testing.T) {
	w := newWorld(t, "a", "b", "c")
	owner := w.owner()
	for _, hers := range []*member{w.another(owner)} {
		var mu sync.Mutex
		var told []id.Seq
		c := w.talk(hers, owner)
		cancel := hers.bus.Subscribe(func(m engine.Message) {
			mu.Lock()
			defer mu.Unlock()
			if m.Topic == view.ConversationTopic(c.Conversation) {
				for _, e := range m.Events[view.Staff] {
					told = append(told, e.Seq)
				}
			}
		}, func() {})
		defer cancel()
		for i := range 20 {
			owner.do(c, fmt.Sprint("c", i), engine.SendMessage{Conversation: c.Conversation, Text: fmt.Sprint("سؤال ", i)})
			hers.do(anna, fmt.Sprint("a", i), engine.SendMessage{Conversation: c.Conversation, Text: fmt.Sprint("جواب ", i)})
		}
		mu.Lock()
		for i, seq := range told {
			if seq != told[0]+id.Seq(i) {
				t.Fatalf("told %v", told)
			}
		}
		if len(told) < 40 {
			t.Errorf("told %d of 40", len(told))
		}
		mu.Unlock()
		for _, m := range w.members() {
			if got := len(w.thread(m, c.Conversation)); got != 40 {
				t.Errorf("%s shows %d of 40", m.name, got)
			}
		}
	}
}

// A node that is gone is replaced, and a command whose answer was lost has one
// effect. The node that comes back, as after SIGSTOP, stores nothing more.
func TestTakeOver(t *testing.T) { inFakeTime(t, testTakeOver) }

func testTakeOver(t *testing.T) {
	w := newWorld(t, "a", "b")
	owner := w.owner()
	other := w.another(owner)
	c := w.talk(other, owner)
	said := engine.SendMessage{Conversation: c.Conversation, Text: "هل أنت هنا؟"}
	first := owner.do(c, "once", said)
	owner.cut.Store(true)
	begun := time.Now()
	again := other.do(c, "once", said)
	if took := time.Since(begun); took > 6*time.Second {
		t.Errorf("it took %v", took)
	} else {
		t.Logf("taken over and answered after %v", took)
	}
	if !again.Duplicate || again.Seq != first.Seq {
		t.Errorf("said again it is %+v, and was %+v", again, first)
	}
	// What the old owner believes to decide is refused.
	_, err := owner.engine.Do(t.Context(), engine.Request{Actor: c, CommandID: "late", Command: engine.SendMessage{Conversation: c.Conversation, Text: "zombie"}})
	if err == nil {
		t.Error("a node that was replaced has stored something")
	}
	if _, err := owner.engine.Do(t.Context(), engine.Request{Actor: c, CommandID: "later", Command: said}); !errors.Is(err, engine.ErrElsewhere) {
		t.Errorf("it still answers for the organization: %v", err)
	}
	owner.cut.Store(false)
	owner.do(c, "back", engine.SendMessage{Conversation: c.Conversation, Text: "الآن"})
	want := "هل أنت هنا؟, الآن"
	if got := strings.Join(w.thread(owner, c.Conversation), ", "); got != want {
		t.Errorf("said: %s, want %s", got, want)
	}
}

// While an organization goes from node to node, whoever writes is not told to
// try again, and what they wrote stands in the order in which they wrote it.
func TestHandOverKeepsOrder(t *testing.T) { inFakeTime(t, testHandOverKeepsOrder) }

func testHandOverKeepsOrder(t *testing.T) {
	w := newWorld(t, "a", "b")
	owner := w.owner()
	other := w.another(owner)
	c := w.talk(other, owner)
	const lines = 300
	var answered sync.WaitGroup
	answered.Add(lines)
	var mu sync.Mutex
	var worst time.Duration
	moved := make(chan struct{})
	for i := range lines {
		if i == lines/3 {
			go func() {
				defer close(moved)
				owner.leave()
			}()
		}
		sent := time.Now()
		other.Submit(engine.Request{Actor: c, CommandID: fmt.Sprint("m", i), Command: engine.SendMessage{Conversation: c.Conversation, Text: fmt.Sprint(i)}}, func(_ engine.Reply, err error) {
			defer answered.Done()
			if err != nil {
				t.Errorf("message %d: %v", i, err)
			}
			mu.Lock()
			defer mu.Unlock()
			worst = max(worst, time.Since(sent))
		})
	}
	answered.Wait()
	<-moved
	t.Logf("the longest waited %v", worst)
	texts := w.thread(other, c.Conversation)
	if len(texts) != lines {
		t.Fatalf("%d of %d lines were stored", len(texts), lines)
	}
	for i, text := range texts {
		if text != fmt.Sprint(i) {
			t.Fatalf("line %d is %s", i, text)
		}
	}
}
