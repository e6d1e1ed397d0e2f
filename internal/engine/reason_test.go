package engine_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// A reason may be changed for a while; each is kept, and no slot is taken.
func TestARecordedReasonIsCorrected(t *testing.T) {
	c := newCentre(t, func(config *org.Config) {
		config.Organization.Settings.ReasonChangeable = time.Hour
		config.Queues[0].WrapUpRequired = true
	})
	conv := c.answered(1, anna)
	part := c.part(anna)
	c.do(anna, engine.EndConversation{Conversation: conv})
	c.refused(anna, engine.SubmitWrapUp{Part: part}, problem.WrapUpRequired)
	c.do(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_1"})
	c.restart()
	c.pass(time.Hour)
	for range 2 { // the same again has no second effect
		if got := c.do(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_2"}); got.Part != part || got.Conversation != conv {
			t.Errorf("answered %+v", got)
		}
	}
	c.refused(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_9"}, problem.ReasonNotFound)
	c.refused(anna, engine.SubmitWrapUp{Part: part}, problem.WrapUpRequired)
	c.refused(ben, engine.SubmitWrapUp{Part: part, Reason: "rsn_1"}, problem.NotFound)

	desk, _, err := c.Desk(t.Context(), anna)
	if err != nil || desk.Agent.Occupied != 0 || len(desk.Cards) != 0 {
		t.Errorf("a slot was taken: %+v, %v", desk, err)
	}
	data, _, err := c.Snapshot(t.Context(), vera, view.StaffTopic(conv))
	if err != nil {
		t.Fatal(err)
	}
	var kept [][2]string
	for _, e := range data.(view.StaffThread).Entries {
		if e.Line == "wrapup" {
			kept = append(kept, [2]string{e.Params["reason_en"], e.Params["changed"]})
		}
	}
	if diff := cmp.Diff([][2]string{{"Solved", ""}, {"Later", "true"}}, kept); diff != "" {
		t.Errorf("the history of the reason (-want +got):\n%s", diff)
	}
	c.pass(time.Second)
	c.refused(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_1"}, problem.WrapUpDone)
}

// What is written with a wrap-up is for colleagues, stands beside what was
// written before, and is refused before anything is recorded.
func TestANoteGoesWithAWrapUp(t *testing.T) {
	c := newCentre(t, func(config *org.Config) { config.Queues[0].WrapUpRequired = true })
	conv := c.answered(1, anna)
	part := c.part(anna)
	c.do(anna, engine.EndConversation{Conversation: conv})
	c.refused(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_1", Note: strings.Repeat("x", 1001)}, problem.TextTooLong)
	c.refused(anna, engine.SubmitWrapUp{Part: part, Note: "no reason"}, problem.WrapUpRequired)
	if _, _, err := c.Desk(t.Context(), anna); err != nil || c.part(anna) != part {
		t.Fatalf("it was submitted: %v", err)
	}
	c.do(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_1", Note: "card 4111 1111 1111 1111, sent a new one"})
	c.restart()
	c.do(anna, engine.SubmitWrapUp{Part: part, Note: "and another"}) // the reason stays
	c.refused(anna, engine.SubmitWrapUp{Part: part}, problem.WrapUpRequired)
	c.refused(ben, engine.SubmitWrapUp{Part: part, Note: "not mine"}, problem.NotFound)

	data, _, err := c.Snapshot(t.Context(), vera, view.StaffTopic(conv))
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, e := range data.(view.StaffThread).Entries {
		if e.WrapUp || e.Line == "wrapup" {
			said = append(said, e.Line+e.Name+" "+e.Text+e.Params["reason_en"])
		}
	}
	if diff := cmp.Diff([]string{"wrapup Solved", "Anna card •••• •••• •••• 1111, sent a new one", "Anna and another"}, said); diff != "" {
		t.Errorf("colleagues read (-want +got):\n%s", diff)
	}
	thread, _, err := c.Snapshot(t.Context(), customer(1), view.ConversationTopic(conv))
	if err != nil {
		t.Fatal(err)
	}
	if body, err := json.Marshal(thread); err != nil || bytes.Contains(body, []byte("another")) {
		t.Errorf("the customer reads %s, %v", body, err)
	}
	now := c.answered(1, anna)
	past, err := c.History(t.Context(), anna, now, "", 1)
	if err != nil || len(past.Conversations) != 1 || past.Conversations[0].Note != "and another" || past.Conversations[0].Reason.ID != "rsn_1" {
		t.Errorf("the history is %+v, %v", past, err)
	}
}

// Where a queue has no reasons there is nothing to choose, and a note to write.
func TestAWrapUpWithoutReasonsIsANote(t *testing.T) {
	c := newCentre(t, func(config *org.Config) {
		config.Queues[0].WrapUpRequired = true
		for i := range config.Reasons {
			config.Reasons[i].Archived = true
		}
	})
	conv := c.answered(1, anna)
	part := c.part(anna)
	c.do(anna, engine.EndConversation{Conversation: conv})
	c.do(anna, engine.SubmitWrapUp{Part: part, Note: "was helped"})
	now := c.answered(1, anna)
	past, err := c.History(t.Context(), anna, now, "", 1)
	if err != nil || len(past.Conversations) != 1 || past.Conversations[0].Note != "was helped" || past.Conversations[0].Reason != nil {
		t.Errorf("the history is %+v, %v", past, err)
	}
}

// A group is not recorded, only what stands in it, and is read with it.
func TestAReasonInAGroupIsRecorded(t *testing.T) {
	c := newCentre(t, func(config *org.Config) {
		config.Queues[0].WrapUpReasons = []id.Reason{"rsn_1"}
		config.Reasons[1].Group = "rsn_1"
	})
	conv := c.answered(1, anna)
	part := c.part(anna)
	c.do(anna, engine.EndConversation{Conversation: conv})
	desk, _, err := c.Desk(t.Context(), anna)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]id.Reason{"rsn_2"}, desk.Cards[0].WrapUp.Reasons); diff != "" {
		t.Errorf("to choose from (-want +got):\n%s", diff)
	}
	c.refused(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_1"}, problem.ReasonNotFound)
	c.do(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_2"})
	now := c.answered(1, anna)
	past, err := c.History(t.Context(), anna, now, "", 1)
	if err != nil || past.Conversations[0].Reason.Name != (org.Name{En: "Solved › Later", Ar: "حُلّت › لاحقاً"}) {
		t.Errorf("the history is %+v, %v", past, err)
	}
}
