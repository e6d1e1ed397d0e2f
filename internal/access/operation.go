package access

// Operation is one thing somebody may want done or read. Every command of the
// engine and every read of its own is one; a new one without a row in the
// table is refused to everybody, and a test names it.
type Operation string

// What customers do.
const (
	StartConversation Operation = "start_conversation"
	EndChat           Operation = "end_chat"
	ReadEarlier       Operation = "read_earlier" // their own conversations that have ended
	RateConversation  Operation = "rate_conversation"
	NoticeCustomer    Operation = "notice_customer" // their connection was lost or is back
	JoinCustomer      Operation = "join_customer"   // they have proven who they are
)

// What both sides of a conversation do.
const (
	ReadConversation Operation = "read_conversation"
	SendMessage      Operation = "send_message"
	MarkReceived     Operation = "mark_received"
	ShowTyping       Operation = "show_typing"
	Attach           Operation = "attach" // store a file that a message will carry
)

// What agents do with their own state and requests.
const (
	ReadDesk         Operation = "read_desk"
	ReadConfig       Operation = "read_config"
	NoticeAgent      Operation = "notice_agent" // their connection was lost or is back
	SignInToFloor    Operation = "sign_in_to_floor"
	SignOutOfFloor   Operation = "sign_out_of_floor"
	SetPresence      Operation = "set_presence"
	ConfirmOffer     Operation = "confirm_offer"
	AcceptOffer      Operation = "accept_offer"
	DeclineOffer     Operation = "decline_offer"
	SubmitWrapUp     Operation = "submit_wrapup"
	ChangeWrapUpTime Operation = "change_wrapup_time"
	KeepOwn          Operation = "keep_own" // preferences and drafts, for nobody but oneself
)

// What agents do in a conversation.
const (
	ReadStaffThread  Operation = "read_staff_thread"
	ReadTargets      Operation = "read_targets"
	ReadHistory      Operation = "read_history" // the customer's conversations before this one
	ReadContact      Operation = "read_contact" // the customer's e-mail address and telephone number, where agents do not see them
	AddNote          Operation = "add_note"
	KeepDraft        Operation = "keep_draft"
	PickConversation Operation = "pick_conversation"
	ReadWaiting      Operation = "read_waiting" // who waits: an agent where they may pick, a supervisor everywhere
	Transfer         Operation = "transfer"
	Invite           Operation = "invite"
	CancelInvitation Operation = "cancel_invitation"
	HandOver         Operation = "hand_over"
	LeaveConference  Operation = "leave_conference"
	RemoveGuest      Operation = "remove_guest"
	EndConversation  Operation = "end_conversation"
	BlockCustomer    Operation = "block_customer" // keep the customer of a conversation from writing
)

// What supervisors and administrators do.
const (
	ReadAgents     Operation = "read_agents"
	SetPresenceOf  Operation = "set_presence_of"
	SignOutAnother Operation = "sign_out_another"
	ReadImpact     Operation = "read_impact"
	Configure      Operation = "configure" // read the configuration as a file, try one and put one on
	DeleteAsset    Operation = "delete_asset"
	ReadAudit      Operation = "read_audit"
	ManageBlocks   Operation = "manage_blocks" // see and lift blocks, and block networks
	ExportAudit    Operation = "export_audit"
	ChangeRights   Operation = "change_rights"  // who may sign in, as what, and with how many steps
	InviteUser     Operation = "invite_user"    // a link by which somebody chooses a password
	KeepProviders  Operation = "keep_providers" // by which other systems say who somebody is
	KeepKeys       Operation = "keep_keys"      // of identity
	ReadSteps      Operation = "read_steps"     // who has a second step
	ResetStep      Operation = "reset_step"     // take somebody else's second step away
	ReadPeople     Operation = "read_people"    // find a customer, and see how much is kept of them
	ExportPerson   Operation = "export_person"
	ErasePerson    Operation = "erase_person"
	HoldRecords    Operation = "hold_records" // keep a person or a conversation from being erased, or let go of it
)

// What members of the staff do with their own account.
const (
	ChangePassword Operation = "change_password"
	ChangeStep     Operation = "change_step" // one's own second step and recovery codes
	EndSessions    Operation = "end_sessions"
)
