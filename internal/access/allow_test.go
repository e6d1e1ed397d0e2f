package access

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// identity is one kind of caller in one relation to a conversation.
type identity struct {
	name  string
	actor Actor
	rel   Relation
}

func staff(roles ...org.Role) Actor {
	return Actor{Kind: Staff, Org: "org_1", User: "usr_1", Roles: roles}
}

var identities = []identity{
	{"anonymous", Actor{Kind: Anonymous}, None},
	{"nobody", Actor{}, None},
	{"customer-own", Actor{Kind: Customer, Org: "org_1", Customer: "cus_1", Conversation: "conv_1"}, TheCustomer},
	{"customer-other", Actor{Kind: Customer, Org: "org_1", Customer: "cus_1"}, None},
	{"owner", staff(org.RoleAgent), OwnerOf},
	{"guest", staff(org.RoleAgent), GuestIn},
	{"asked", staff(org.RoleAgent), OfferedTo},
	{"wrapping", staff(org.RoleAgent), WrappingUp},
	{"former", staff(org.RoleAgent), Former},
	{"agent", staff(org.RoleAgent), None},
	{"supervisor", staff(org.RoleSupervisor), None},
	{"administrator", staff(org.RoleAdministrator), None},
	{"roleless", staff(), None},
	{"system", Actor{Kind: System}, None},
}

// matrix is written out by hand, so that a change of the table has to be made
// twice and thought about once more: who is allowed, by operation.
var matrix = map[Operation]string{
	StartConversation: "customer-own customer-other",
	EndChat:           "customer-own",
	RateConversation:  "customer-own",
	ReadEarlier:       "customer-own customer-other",
	NoticeCustomer:    "customer-own system",
	JoinCustomer:      "system",

	ReadConversation: "customer-own owner guest asked wrapping supervisor",
	SendMessage:      "customer-own owner guest",
	MarkReceived:     "customer-own owner guest",
	ShowTyping:       "customer-own owner guest",
	Attach:           "customer-own owner guest",

	ReadDesk:         "owner guest asked wrapping former agent",
	ReadConfig:       "owner guest asked wrapping former agent supervisor administrator roleless",
	NoticeAgent:      "owner guest asked wrapping former agent system",
	SignInToFloor:    "owner guest asked wrapping former agent",
	SignOutOfFloor:   "owner guest asked wrapping former agent",
	SetPresence:      "owner guest asked wrapping former agent",
	ConfirmOffer:     "owner guest asked wrapping former agent",
	AcceptOffer:      "owner guest asked wrapping former agent",
	DeclineOffer:     "owner guest asked wrapping former agent",
	SubmitWrapUp:     "owner guest asked wrapping former agent",
	ChangeWrapUpTime: "owner guest asked wrapping former agent",
	KeepOwn:          "owner guest asked wrapping former agent supervisor administrator roleless",

	ReadStaffThread:  "owner guest asked wrapping supervisor",
	ReadTargets:      "owner guest",
	ReadHistory:      "owner guest wrapping supervisor",
	ReadContact:      "supervisor administrator",
	AddNote:          "owner guest",
	KeepDraft:        "owner guest wrapping",
	PickConversation: "owner guest asked wrapping former agent",
	ReadWaiting:      "owner guest asked wrapping former agent supervisor",
	Transfer:         "owner",
	Invite:           "owner",
	CancelInvitation: "owner",
	HandOver:         "owner",
	LeaveConference:  "guest",
	RemoveGuest:      "owner",
	EndConversation:  "owner supervisor",
	BlockCustomer:    "owner guest wrapping supervisor",

	ReadAgents:     "supervisor",
	SetPresenceOf:  "supervisor",
	SignOutAnother: "supervisor",
	ReadImpact:     "administrator",
	Configure:      "administrator system", // on the console of the server
	DeleteAsset:    "administrator",
	ReadAudit:      "administrator",
	ManageBlocks:   "administrator",
	ExportAudit:    "administrator",
	ChangeRights:   "administrator",
	InviteUser:     "administrator",
	KeepKeys:       "administrator",
	KeepProviders:  "administrator",
	ReadSteps:      "administrator",
	ResetStep:      "administrator",
	ReadPeople:     "administrator system",
	ExportPerson:   "administrator system",
	ErasePerson:    "administrator system",
	HoldRecords:    "administrator system",

	ChangePassword: "owner guest asked wrapping former agent supervisor administrator roleless",
	ChangeStep:     "owner guest asked wrapping former agent supervisor administrator roleless",
	EndSessions:    "owner guest asked wrapping former agent supervisor administrator roleless",
}

func TestEveryIdentityMayDoExactlyWhatTheMatrixSays(t *testing.T) {
	for op, want := range matrix {
		for _, who := range identities {
			allowed := slices.Contains(strings.Fields(want), who.name)
			if err := Allow(who.actor, op, who.rel); (err == nil) != allowed {
				t.Errorf("%s by %s: got %v, want allowed = %v", op, who.name, err, allowed)
			}
		}
	}
}

func TestRefusalsTellStrangersNothing(t *testing.T) {
	for _, c := range []struct {
		who  string
		op   Operation
		want problem.Code
	}{
		{"anonymous", ReadConversation, problem.TokenRequired},
		{"nobody", ReadConversation, problem.TokenRequired},
		{"customer-other", SendMessage, problem.NotFound},
		{"customer-own", ReadStaffThread, problem.Forbidden},
		{"agent", SendMessage, problem.NotFound},
		{"asked", SendMessage, problem.NotAcceptedYet},
		{"asked", Transfer, problem.NotAcceptedYet},
		{"guest", Transfer, problem.NotOwner},
		{"owner", LeaveConference, problem.NoConference},
		{"wrapping", SendMessage, problem.NotParticipant},
		{"former", ReadConversation, problem.NotParticipant},
		{"administrator", ReadConversation, problem.Forbidden},
		{"supervisor", DeleteAsset, problem.Forbidden},
		{"agent", "sudo", problem.Forbidden},
	} {
		i := slices.IndexFunc(identities, func(x identity) bool { return x.name == c.who })
		err := Allow(identities[i].actor, c.op, identities[i].rel)
		if !errors.Is(err, problem.New(c.want)) {
			t.Errorf("%s by %s: got %v, want %s", c.op, c.who, err, c.want)
		}
	}
}

// The constants are read from the source: one that is forgotten in the table
// or in the matrix is named here.
func TestEveryOperationHasARow(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "operation.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		text, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		found++
		if _, ok := table[Operation(text)]; !ok {
			t.Errorf("%s has no row in the table", v.Names[0].Name)
		}
		if _, ok := matrix[Operation(text)]; !ok {
			t.Errorf("%s has no row in the matrix of this test", v.Names[0].Name)
		}
		return true
	})
	if all := len(Operations()); found == 0 || found != all || all != len(matrix) {
		t.Errorf("%d operations in the source, %d in the table, %d in the matrix", found, all, len(matrix))
	}
}
