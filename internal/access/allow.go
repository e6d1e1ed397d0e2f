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
	// may is what staff need; "" means that no member of the staff may.
	may org.Permission
	// in is what staff must be to the conversation; nil means that the
	// operation concerns none.
	in []Relation
	// anyway is what needs no relation to the conversation, and not the other.
	anyway org.Permission
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

	ReadConversation: {customer: true, may: org.MayAnswer, in: reading, anyway: org.MayReadAll},
	SendMessage:      {customer: true, may: org.MayAnswer, in: present},
	MarkReceived:     {customer: true, may: org.MayAnswer, in: present},
	ShowTyping:       {customer: true, may: org.MayAnswer, in: present},
	Attach:           {customer: true, may: org.MayAnswer, in: present},

	ReadDesk:         {may: org.MayAnswer},
	ReadConfig:       {may: anybody},
	NoticeAgent:      {may: org.MayAnswer, system: true},
	SignInToFloor:    {may: org.MayAnswer},
	SignOutOfFloor:   {may: org.MayAnswer},
	SetPresence:      {may: org.MayAnswer},
	ConfirmOffer:     {may: org.MayAnswer},
	AcceptOffer:      {may: org.MayAnswer},
	DeclineOffer:     {may: org.MayAnswer},
	SubmitWrapUp:     {may: org.MayAnswer},
	ChangeWrapUpTime: {may: org.MayAnswer},
	KeepOwn:          {may: anybody},

	ReadStaffThread:  {may: org.MayAnswer, in: reading, anyway: org.MayReadAll},
	ReadTargets:      {may: org.MayAnswer, in: present},
	ReadHistory:      {may: org.MayAnswer, in: holding, anyway: org.MayReadAll},
	ReadContact:      {may: org.MayReadContact},
	AddNote:          {may: org.MayAnswer, in: present},
	KeepDraft:        {may: org.MayAnswer, in: holding},
	PickConversation: {may: org.MayAnswer}, // whose queue it waits in, the floor knows
	ReadWaiting:      {may: org.MayAnswer, anyway: org.MayReadAll},
	Transfer:         {may: org.MayAnswer, in: owning},
	Invite:           {may: org.MayAnswer, in: owning},
	CancelInvitation: {may: org.MayAnswer, in: owning},
	HandOver:         {may: org.MayAnswer, in: owning},
	LeaveConference:  {may: org.MayAnswer, in: guest},
	RemoveGuest:      {may: org.MayAnswer, in: owning},
	EndConversation:  {may: org.MayAnswer, in: owning, anyway: org.MayIntervene},
	BlockCustomer:    {may: org.MayAnswer, in: holding, anyway: org.MayIntervene},

	ReadAgents:     {may: org.MayLead},
	SetPresenceOf:  {may: org.MayLead},
	SignOutAnother: {may: org.MayLead},
	ReadImpact:     {may: org.MayConfigure, anyway: org.MayKeepAssets},
	Configure:      {may: org.MayConfigure, anyway: org.MayManageUsers, system: true}, // also whoever runs the server, on its console
	DeleteAsset:    {may: org.MayKeepAssets},
	ReadAudit:      {may: org.MayReadAudit},
	ManageBlocks:   {may: org.MayBlock},
	ExportAudit:    {may: org.MayReadAudit},
	ChangeRights:   {may: org.MayManageUsers},
	InviteUser:     {may: org.MayManageUsers},
	KeepProviders:  {may: org.MayAdminister},
	KeepKeys:       {may: org.MayKeepAssets},
	ReadSteps:      {may: org.MayManageUsers},
	ResetStep:      {may: org.MayManageUsers},
	ReadPeople:     {may: org.MayFindPeople, anyway: org.MayErasePeople, system: true},
	ExportPerson:   {may: org.MayErasePeople, system: true},
	ErasePerson:    {may: org.MayErasePeople, system: true},
	HoldRecords:    {may: org.MayFindPeople, system: true},

	ChangePassword: {may: anybody},
	ChangeStep:     {may: anybody},
	EndSessions:    {may: anybody},
}

// anybody stands for "whoever is on the staff".
const anybody org.Permission = "*"

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
	if a.User == "" || r.may == "" {
		return problem.New(problem.Forbidden)
	}
	if r.anyway != "" && a.May(r.anyway) {
		return nil
	}
	if r.may != anybody && !a.May(r.may) {
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
