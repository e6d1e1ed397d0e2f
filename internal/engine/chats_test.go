package engine

import (
	"fmt"
	"testing"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/id"
)

// Whoever still writes is not forgotten for those who have left, however many
// they are: reading a long conversation again costs more than a hundred
// messages.
func TestClosedConversationsPushNoOpenOneOut(t *testing.T) {
	cs := newChats()
	cs.open.most, cs.closed.most = 1000, 100
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	key := func(n int) chatKey { return chatKey{"o", id.Conversation(fmt.Sprint(n))} }
	begin := func(n, sent int) *cachedChat {
		return cs.add(key(n), chat.New(chat.Header{ID: key(n).conv, StartedAt: at}), sent, nil)
	}
	kept := func(n int) bool { _, ok := cs.byKey[key(n)]; return ok }

	begin(0, 500)
	for n := 1; n <= 50; n++ {
		c := begin(n, 4)
		cs.said(c, 1)
		if _, err := c.state.Step(at, chat.Close{Cause: "customer_ended"}); err != nil {
			t.Fatal(err)
		}
		cs.sort(c)
		cs.shrink()
	}
	if !kept(0) {
		t.Error("an open conversation was pushed out by closed ones")
	}
	// 4 × (16 + 5) is the most that 100 holds.
	if kept(46) || !kept(47) || cs.closed.cost != 84 || cs.closed.order.Len() != 4 {
		t.Errorf("of the closed ones %d are kept, at %d", cs.closed.order.Len(), cs.closed.cost)
	}
	begin(51, 400)
	if cs.shrink(); !kept(0) || !kept(51) {
		t.Errorf("open ones were dropped though they cost only %d", cs.open.cost)
	}
	cs.get(key(0))
	begin(52, 300)
	if cs.shrink(); !kept(0) || kept(51) || !kept(52) {
		t.Error("not the one that was used longest ago was dropped")
	}
	cs.drop(key(0))
	if cs.drop(key(52)); cs.open.cost != 0 || len(cs.byKey) != 4 {
		t.Errorf("with no open one left they cost %d, and %d are kept", cs.open.cost, len(cs.byKey))
	}
}
