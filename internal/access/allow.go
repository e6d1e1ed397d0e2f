package access

import (
	"slices"

	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// rule says who may do an operation. What it does not grant is refused.
type rule struct {
	// customer: the customer of the conversation may. With starts also one
	// who has no conversation yet.
	customer, starts bool
	// role that staff need; "" means that no member of the staff may.
	role org.Role
	// in is what staff must be to the conversation; nil means that the
	// operation concerns none.
	in []Relation
	// anyway is the role that needs no relation to the conversation.
	anyway org.Role
	// system: the engine itself may.
	system bool
}

var (
	present = []Relation{OwnerOf, GuestIn}
	reading = []Relation{OwnerOf, GuestIn, OfferedTo, WrappingUp}
	holding = []Relation{OwnerOf, GuestIn, WrappingUp}
	owning  = []Relation{OwnerOf}
	guest   = []Relation{GuestIn}
)

// table is the whole of who may do what. Whether it makes sense at this moment
// (the offer is still open, the target is free) is the machines' to say.
var table = map[Operation]rule{
	StartConversation: {customer: true, starts: true},
	EndChat:           {customer: true},
	RateConversation:  {customer: true},
	ReadEarlier:       {customer: true, starts: true},
	NoticeCustomer:    {customer: true, system: true},
	JoinCustomer:      {system: true}, // once package login has seen the proof

	ReadConversation: {customer: true, role: org.RoleAgent, in: reading, anyway: org.RoleSupervisor},
	SendMessage:      {customer: true, role: org.RoleAgent, in: present},
	MarkReceived:     {customer: true, role: org.RoleAgent, in: present},
	ShowTyping:       {customer: true, role: org.RoleAgent, in: present},
	Attach:           {customer: true, role: org.RoleAgent, in: present},

	ReadDesk:         {role: org.RoleAgent},
	ReadConfig:       {role: anyRole},
	NoticeAgent:      {role: org.RoleAgent, system: true},
	SignInToFloor:    {role: org.RoleAgent},
	SignOutOfFloor:   {role: org.RoleAgent},
	SetPresence:      {role: org.RoleAgent},
	ConfirmOffer:     {role: org.RoleAgent},
	AcceptOffer:      {role: org.RoleAgent},
	DeclineOffer:     {role: org.RoleAgent},
	SubmitWrapUp:     {role: org.RoleAgent},
	ChangeWrapUpTime: {role: org.RoleAgent},
	KeepOwn:          {role: anyRole},

	ReadStaffThread:  {role: org.RoleAgent, in: reading, anyway: org.RoleSupervisor},
	ReadTargets:      {role: org.RoleAgent, in: present},
	ReadHistory:      {role: org.RoleAgent, in: holding, anyway: org.RoleSupervisor},
	ReadContact:      {role: org.RoleSupervisor, anyway: org.RoleAdministrator},
	AddNote:          {role: org.RoleAgent, in: present},
	KeepDraft:        {role: org.RoleAgent, in: holding},
	PickConversation: {role: org.RoleAgent}, // whose queue it waits in, the floor knows
	ReadWaiting:      {role: org.RoleAgent, anyway: org.RoleSupervisor},
	Transfer:         {role: org.RoleAgent, in: owning},
	Invite:           {role: org.RoleAgent, in: owning},
	CancelInvitation: {role: org.RoleAgent, in: owning},
	HandOver:         {role: org.RoleAgent, in: owning},
	LeaveConference:  {role: org.RoleAgent, in: guest},
	RemoveGuest:      {role: org.RoleAgent, in: owning},
	EndConversation:  {role: org.RoleAgent, in: owning, anyway: org.RoleSupervisor},
	BlockCustomer:    {role: org.RoleAgent, in: holding, anyway: org.RoleSupervisor},

	ReadAgents:     {role: org.RoleSupervisor},
	SetPresenceOf:  {role: org.RoleSupervisor},
	SignOutAnother: {role: org.RoleSupervisor},
	ReadImpact:     {role: org.RoleAdministrator},
	Configure:      {role: org.RoleAdministrator, system: true}, // also whoever runs the server, on its console
	DeleteAsset:    {role: org.RoleAdministrator},
	ReadAudit:      {role: org.RoleAdministrator},
	ManageBlocks:   {role: org.RoleAdministrator},
	ExportAudit:    {role: org.RoleAdministrator},
	ChangeRights:   {role: org.RoleAdministrator},
	InviteUser:     {role: org.RoleAdministrator},
	KeepKeys:       {role: org.RoleAdministrator},
	ReadSteps:      {role: org.RoleAdministrator},
	ResetStep:      {role: org.RoleAdministrator},
	ReadPeople:     {role: org.RoleAdministrator, system: true},
	ExportPerson:   {role: org.RoleAdministrator, system: true},
	ErasePerson:    {role: org.RoleAdministrator, system: true},
	HoldRecords:    {role: org.RoleAdministrator, system: true},

	ChangePassword: {role: anyRole},
	ChangeStep:     {role: anyRole},
	EndSessions:    {role: anyRole},
}

// anyRole stands for "whoever is on the staff".
const anyRole org.Role = "*"

// Allow says whether the actor may do op, being rel to the conversation it
// concerns ([None] if it concerns none). A refusal is a [problem.Problem] that
// tells strangers nothing: a conversation they have nothing to do with is
// [problem.NotFound] to them.
func Allow(a Actor, op Operation, rel Relation) error {
	r, known := table[op]
	if !known {
		return problem.New(problem.Forbidden)
	}
	switch a.Kind {
	case Customer:
		return r.forCustomer(a, rel)
	case Staff:
		return r.forStaff(a, rel)
	case System:
		if r.system {
			return nil
		}
		return problem.New(problem.Forbidden)
	case Anonymous:
		return problem.New(problem.TokenRequired)
	}
	return problem.New(problem.TokenRequired)
}

func (r rule) forCustomer(a Actor, rel Relation) error {
	switch {
	case !r.customer || a.Customer == "":
		return problem.New(problem.Forbidden)
	case r.starts || rel == TheCustomer:
		return nil
	default:
		return problem.New(problem.NotFound)
	}
}

func (r rule) forStaff(a Actor, rel Relation) error {
	if a.User == "" || r.role == "" {
		return problem.New(problem.Forbidden)
	}
	if r.anyway != "" && slices.Contains(a.Roles, r.anyway) {
		return nil
	}
	if r.role != anyRole && !slices.Contains(a.Roles, r.role) {
		return problem.New(problem.Forbidden)
	}
	if r.in == nil || slices.Contains(r.in, rel) {
		return nil
	}
	return r.missing(rel)
}

// missing names what somebody who has something to do with the conversation,
// but not enough, lacks.
func (r rule) missing(rel Relation) error {
	switch rel {
	case None, TheCustomer:
		return problem.New(problem.NotFound)
	case OfferedTo:
		return problem.New(problem.NotAcceptedYet)
	case GuestIn:
		return problem.New(problem.NotOwner)
	case OwnerOf: // only what guests may
		return problem.New(problem.NoConference)
	case WrappingUp, Former:
		return problem.New(problem.NotParticipant)
	}
	return problem.New(problem.NotFound)
}

// Operations lists every operation that has a row, in no order.
func Operations() []Operation {
	all := make([]Operation, 0, len(table))
	for op := range table {
		all = append(all, op)
	}
	return all
}
