package access

import "hiwar/internal/problem"

// wantsProof says of every operation whether whoever asks for it has to have
// shown a moment ago that it is them: with it, somebody who finds an open desk
// could make the account, or the organization, theirs. What only disturbs the
// work of the moment does not want it: an agent is not to type a password while
// a customer waits.
var wantsProof = map[Operation]bool{
	ChangeRights:  true, // who may sign in
	InviteUser:    true, // the link is a password
	ResetStep:     true,
	ChangeStep:    true,
	KeepProviders: true, // whoever holds one can be anybody
	KeepKeys:      true, // who holds one may say who visitors are
	ExportAudit:   true, // takes what everybody did away
	DeleteAsset:   true, // ends conversations, and cannot be undone
	ExportPerson:  true, // takes all that somebody ever wrote away
	ErasePerson:   true, // cannot be undone

	ChangePassword: false, // asks for the present one itself
	EndSessions:    false, // whoever thinks that somebody else is in must not be kept waiting

	StartConversation: false, EndChat: false, RateConversation: false, NoticeCustomer: false, JoinCustomer: false,
	ReadConversation: false, SendMessage: false, MarkReceived: false, ShowTyping: false, Attach: false,
	ReadDesk: false, ReadConfig: false, NoticeAgent: false, SignInToFloor: false, SignOutOfFloor: false, SetPresence: false,
	ConfirmOffer: false, AcceptOffer: false, DeclineOffer: false, SubmitWrapUp: false, ChangeWrapUpTime: false, KeepOwn: false,
	ReadStaffThread: false, ReadTargets: false, ReadHistory: false, ReadContact: false, ReadEarlier: false, AddNote: false, KeepDraft: false, PickConversation: false, ReadWaiting: false,
	Transfer: false, Invite: false, CancelInvitation: false, HandOver: false, LeaveConference: false, RemoveGuest: false, EndConversation: false, BlockCustomer: false,
	ReadPeople: false, HoldRecords: false,
	ReadAgents: false, SetPresenceOf: false, SignOutAnother: false, ReadImpact: false, ReadAudit: false, ReadSteps: false,
	ManageBlocks: false, // is taken back with one press, and wanted in a hurry
	Configure:    false, // queues and texts; of what else is in the file, ChangeRights decides
}

// WantsProof reports whether an operation does. One that nobody decided on
// does.
func WantsProof(op Operation) bool {
	wants, decided := wantsProof[op]
	return wants || !decided
}

// Prove refuses an operation that wants proof to whoever has shown none of
// late. It says nothing of whether they may do it at all; [Allow] does.
func Prove(a Actor, op Operation) error {
	if a.Kind == Staff && !a.Fresh && WantsProof(op) {
		return problem.New(problem.ProofNeeded)
	}
	return nil
}
