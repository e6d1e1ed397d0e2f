package engine_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/audit"
	"hiwar/internal/config"
	"hiwar/internal/engine"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// acts are what was recorded so far, oldest first, as "who act object".
func (c *centre) acts() (all []string) {
	c.t.Helper()
	for _, r := range c.records() {
		all = append(all, fmt.Sprint(r.Actor, " ", r.Act, " ", r.Object))
	}
	return all
}

func (c *centre) records() []audit.Record {
	c.t.Helper()
	found, err := c.Audit(context.Background(), adam, engine.AuditQuery{Forward: true, Limit: 1000})
	if err != nil {
		c.t.Fatal(err)
	}
	return found
}

func TestWhatIsRecorded(t *testing.T) {
	c := newCentre(t)
	at := adam
	at.Address = "192.0.2.7"
	conv := c.answered(1, anna)
	c.do(customer(1), engine.SendMessage{Conversation: conv, Text: "a secret"})
	c.do(anna, engine.SetPresence{Presence: routing.Idle})
	c.do(anna, engine.SetPresence{Presence: routing.Available})
	if got := c.acts(); got != nil {
		t.Errorf("of their daily work: %q", got)
	}

	file := config.File{Format: config.Format, Teams: []org.Team{{ID: "team_1", Name: org.Name{En: "Back"}}, {ID: "team_2", Name: org.Name{En: "VIP"}}}}
	put := engine.Request{Actor: at, CommandID: "put", Command: engine.PutOn{File: file}}
	for range 2 { // sent twice, done once
		if _, err := c.Do(t.Context(), put); err != nil {
			t.Fatal(err)
		}
	}
	c.do(vera, engine.SetPresence{User: anna.User, Presence: routing.Idle})
	c.refused(anna, engine.DeleteAsset{Asset: "ast_1", Confirmation: "Shop"}, problem.Forbidden)
	c.refused(adam, engine.DeleteAsset{Asset: "ast_1", Confirmation: "Shoe"}, problem.ConfirmationMissing)
	c.conversation(vera, conv)
	c.conversation(vera, conv) // within the hour
	c.do(vera, engine.EndConversation{Conversation: conv})
	c.do(vera, engine.SignOutOfFloor{User: anna.User})
	c.do(adam, engine.DeleteAsset{Asset: "ast_1", Confirmation: "Shop"})
	if _, err := c.ExportAudit(t.Context(), adam, engine.AuditQuery{Forward: true}); err != nil {
		t.Fatal(err)
	}

	want := []string{
		"usr_adam configure team_1", "usr_adam configure team_2", "usr_vera set_presence_of usr_anna",
		"usr_vera read_transcript " + string(conv), "usr_vera end_conversation " + string(conv), "usr_vera sign_out_another usr_anna",
		"usr_adam delete_asset ast_1", "usr_adam export_audit org_acme",
	}
	if got := c.acts(); !slices.Equal(got, want) {
		t.Errorf("recorded: %q\nwant: %q", got, want)
	}
	first := c.records()[0]
	var d engine.Detail
	if err := json.Unmarshal([]byte(first.Detail), &d); err != nil {
		t.Fatal(err)
	}
	before := config.Field{Field: "name.en", From: `"Front"`, To: `"Back"`}
	if first.Address != "192.0.2.7" || first.At.IsZero() || d.Kind != "team" || !slices.Contains(d.Fields, before) {
		t.Errorf("the first record is %+v", first)
	}
	if head, err := c.db.VerifyAudit(t.Context(), acme, audit.Head{}); err != nil || head.N != int64(len(want)) {
		t.Errorf("verified: %v (%v)", head, err)
	}
	c.pass(2 * time.Hour)
	if _, _, err := c.Snapshot(t.Context(), vera, "conv/"+string(conv)); err != nil {
		t.Fatal(err)
	}
	if got := c.acts(); len(got) != len(want)+1 {
		t.Errorf("read again two hours later: %q", got[len(want):])
	}
}

func TestOnlyAdministratorsReadTheRecord(t *testing.T) {
	c := newCentre(t)
	c.do(adam, engine.DeleteAsset{Asset: "ast_2", Confirmation: "Help"})
	for _, who := range []access.Actor{anna, vera, customer(1), {}, bot} {
		if _, err := c.Audit(t.Context(), who, engine.AuditQuery{Limit: 1}); problem.CodeOf(err) != problem.Forbidden && problem.CodeOf(err) != problem.TokenRequired {
			t.Errorf("%s%s reads it: %v", who.User, who.Customer, err)
		}
	}
	if found, err := c.Audit(t.Context(), alien, engine.AuditQuery{Limit: 1}); len(found) > 0 {
		t.Errorf("another organization reads %v (%v)", found, err)
	}
}

// The act and its record are stored together or not at all, and what reads
// something shows nothing where its record could not be stored.
func TestNothingHappensWithoutItsRecord(t *testing.T) {
	fault := ""
	c := newCentreIn(t.TempDir(), t, timed, func(s engine.Store) engine.Store { return faulty{s, &fault} })
	t.Cleanup(c.close)
	conv := c.answered(1, anna)
	fault = "before"
	c.refused(adam, engine.DeleteAsset{Asset: "ast_2", Confirmation: "Help"}, problem.Unavailable)
	if got := c.acts(); got != nil {
		t.Errorf("recorded: %q", got)
	}
	if live, err := c.AssetImpact(t.Context(), adam, "ast_2"); err != nil || live != 0 {
		t.Errorf("the asset: %d, %v", live, err)
	}
	fault = "before"
	if _, _, err := c.Snapshot(t.Context(), vera, "conv/"+string(conv)); problem.CodeOf(err) != problem.Unavailable {
		t.Errorf("read without a record: %v", err)
	}
	c.conversation(vera, conv)
	if got := c.acts(); len(got) != 1 {
		t.Errorf("recorded: %q", got)
	}
}

// An operation either is recorded, or this list says why it need not be.
func TestEveryOperationIsRecordedOrExcused(t *testing.T) {
	recorded := []access.Operation{access.Configure, access.DeleteAsset, access.SetPresenceOf, access.SignOutAnother, access.EndConversation, access.ReadConversation, access.ReadStaffThread, access.ReadHistory, access.ReadAudit, access.ExportAudit, access.ExportPerson, access.ErasePerson, access.HoldRecords, access.BlockCustomer, access.ManageBlocks}
	excused := map[string][]access.Operation{
		"is in the conversation's own record": {
			access.StartConversation, access.JoinCustomer, access.EndChat, access.RateConversation, access.SendMessage, access.MarkReceived, access.AddNote, access.Attach,
			access.PickConversation, access.Transfer, access.Invite, access.CancelInvitation, access.HandOver, access.LeaveConference, access.RemoveGuest,
		},
		"is the caller's own work, in the floor's records": {
			access.SignInToFloor, access.SignOutOfFloor, access.SetPresence, access.ConfirmOffer, access.AcceptOffer, access.DeclineOffer,
			access.SubmitWrapUp, access.ChangeWrapUpTime, access.KeepOwn, access.KeepDraft, access.NoticeAgent, access.NoticeCustomer, access.ShowTyping,
		},
		"is recorded by the transaction that changes the account": {
			access.ChangeRights, access.KeepProviders, access.InviteUser, access.KeepKeys, access.ResetStep, access.ChangeStep, access.ChangePassword, access.EndSessions,
		},
		"is what the customer who reads it was told":                   {access.ReadEarlier},
		"is part of a conversation, which is recorded when it is read": {access.ReadContact},
		"shows nothing that anybody wrote": {
			access.ReadSteps, access.ReadPeople,
			access.ReadDesk, access.ReadConfig, access.ReadTargets, access.ReadWaiting, access.ReadAgents, access.ReadImpact,
		},
	}
	all := slices.Clone(recorded)
	for _, list := range excused {
		all = append(all, list...)
	}
	for _, op := range access.Operations() {
		if n := len(slices.DeleteFunc(slices.Clone(all), func(x access.Operation) bool { return x != op })); n != 1 {
			t.Errorf("%s is in %d lists of this test", op, n)
		}
	}
}
