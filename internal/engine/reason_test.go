package engine_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/engine"
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
