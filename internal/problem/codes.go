package problem

// Code is stable: programs branch on it, so it is never renamed.
type Code string

// The codes, by what went wrong.
const (
	// Text.
	TextTooLong        Code = "text_too_long"
	TextEmpty          Code = "text_empty"
	ReservedCharacter  Code = "reserved_character"
	ControlCharacter   Code = "control_character"
	NameInvalid        Code = "name_invalid"
	EmailInvalid       Code = "email_invalid"
	AnswerRequired     Code = "answer_required" // param field: as the form before the chat calls it
	PasswordTooShort   Code = "password_too_short"
	PasswordTooCommon  Code = "password_too_common"
	InvalidUTF8        Code = "invalid_utf8"
	InvalidUnicode     Code = "invalid_unicode"
	BadJSON            Code = "bad_json"
	DuplicateKey       Code = "duplicate_key"
	UnknownField       Code = "unknown_field"
	WrongType          Code = "wrong_type"
	TrailingData       Code = "trailing_data"
	TooDeep            Code = "too_deep"
	OutOfRange         Code = "out_of_range"
	InvalidParameter   Code = "invalid_parameter"
	BodyTooLarge       Code = "body_too_large"
	JSONRequired       Code = "json_required"
	EncodingRefused    Code = "encoding_not_supported"
	ClientMsgIDMissing Code = "client_msg_id_required"
	ClientMsgIDFormat  Code = "client_msg_id_format"
	IDReused           Code = "id_reused"
	SettingInvalid     Code = "setting_invalid"  // params field (its path) and reason: as of org.Config.CheckRouting, or name_taken
	TemplateInvalid    Code = "template_invalid" // param reason: as of text.TemplateFault

	// Attachments.
	AttachmentsOff     Code = "attachments_off" // the asset allows none
	FileEmpty          Code = "file_empty"
	FileTooLarge       Code = "file_too_large"        // param max: in bytes
	FileTypeNotAllowed Code = "file_type_not_allowed" // param types: the endings that are
	ContentMismatch    Code = "content_mismatch"      // param ext: as the name ends
	ImageTooLarge      Code = "image_too_large"       // param max: in megapixels
	ImageUnreadable    Code = "image_unreadable"
	FileNotAccepted    Code = "file_not_accepted" // the scanner found something, or could not be asked: param reason: infected · unscanned
	TooManyFiles       Code = "too_many_files"    // param max
	QuotaExceeded      Code = "quota_exceeded"
	FileNotFound       Code = "file_not_found"

	// Configuration.
	FileFormat        Code = "file_format"
	UnknownReference  Code = "unknown_reference"
	DuplicateID       Code = "duplicate_id"
	VersionConflict   Code = "version_conflict"
	LastAdministrator Code = "last_administrator"
	PersonBusy        Code = "person_busy" // a conversation of theirs goes on, or is being wrapped up
	LegalHold         Code = "legal_hold"  // nothing of it is erased until somebody lifts the hold

	// Conversation.
	ChatClosed      Code = "chat_closed"
	ChatInterrupted Code = "chat_interrupted"
	ChatExists      Code = "chat_exists"
	NotParticipant  Code = "not_participant"
	NotAcceptedYet  Code = "not_accepted_yet"
	NotOwner        Code = "not_owner"
	RequestPending  Code = "request_pending"
	NoRequest       Code = "no_request_pending"
	InConference    Code = "in_conference"
	NoConference    Code = "not_in_conference"

	// Routing.
	OfferExpired        Code = "offer_expired"
	OfferNotFound       Code = "offer_not_found"
	AlreadyTaken        Code = "already_taken"    // somebody else has what was to be picked, or it does not wait any more
	PickNotAllowed      Code = "pick_not_allowed" // the queue, the agent or the customer's absence does not allow it
	AgentInRONA         Code = "agent_in_rona"
	CapacityReached     Code = "capacity_reached"
	InvalidTarget       Code = "invalid_target" // param reason: self · not_available · queue_gone · already_here · outside_profile
	WrapUpRequired      Code = "wrapup_required"
	WrapUpDone          Code = "wrapup_done"
	ReasonNotFound      Code = "reason_not_found"
	DeclineNotAllowed   Code = "decline_not_allowed"
	NotSignedIn         Code = "not_signed_in"
	SignOutOpenWork     Code = "sign_out_open_work"
	StateNotAllowed     Code = "state_not_allowed"
	QueueClosed         Code = "queue_closed"  // params opens_at, where it ever does, and leave_message, where one can be left
	QueueFull           Code = "queue_full"    // as many wait as may; param leave_message
	LimitInvalid        Code = "limit_invalid" // params field, reason: as of package config
	HoursInvalid        Code = "hours_invalid" // params field, reason: as of hours.Reason
	ConfirmationMissing Code = "confirmation_mismatch"

	// Access.
	TokenRequired    Code = "token_required"
	TokenInvalid     Code = "token_invalid"
	IdentityInvalid  Code = "identity_invalid"  // param reason: as of package login
	IdentityRequired Code = "identity_required" // the asset's visitors are signed for by its site
	WorkNeeded       Code = "work_needed"       // of a browser that begins a chat; params zeros, reason: missing · expired · wrong · used
	Forbidden        Code = "forbidden"
	NotFound         Code = "not_found"
	WidgetNotFound   Code = "widget_not_found"
	OriginNotAllowed Code = "origin_not_allowed"
	UnknownHost      Code = "unknown_host"
	LoginFailed      Code = "login_failed"
	SecondStepNeeded Code = "second_step_needed"  // the password is right; a code is to be given with it
	SecondStepAbsent Code = "second_step_missing" // the organization wants a second step that is not set up
	SecondStepOn     Code = "second_step_on"      // it is set up already
	PasskeyRefused   Code = "passkey_refused"     // it could not be made or kept; param reason: as of package login
	ProofNeeded      Code = "proof_needed"        // whoever is signed in has to show once more that it is them
	SetupDone        Code = "setup_done"
	LinkExpired      Code = "link_expired"
	RateLimited      Code = "rate_limited" // param retry_after_ms
	Blocked          Code = "blocked"      // whoever asks is kept from writing, for a while or for good
	CrossOrigin      Code = "cross_origin"

	// Signing in through a provider.
	ProviderUnreachable Code = "provider_unreachable"
	SignInRefused       Code = "sign_in_refused" // param reason: flow · denied · token · secret · email · unknown · roles; reference: of the request

	// Socket.
	AuthTimeout    Code = "auth_timeout"
	SlowConsumer   Code = "slow_consumer"
	SeqAhead       Code = "seq_ahead"
	UnknownCommand Code = "unknown_command"

	// Ours.
	MethodNotAllowed Code = "method_not_allowed"
	Unavailable      Code = "unavailable" // could not be stored; try again with the same id
	Internal         Code = "internal"
)

// statuses of the codes that are not 422, the commonest.
var statuses = map[Code]int{
	InvalidUTF8: 400, InvalidUnicode: 400, BadJSON: 400, DuplicateKey: 400, UnknownField: 400, TrailingData: 400, TooDeep: 400,
	BodyTooLarge: 413, FileTooLarge: 413, QuotaExceeded: 413, JSONRequired: 415, FileTypeNotAllowed: 415, ContentMismatch: 415, FileNotFound: 404, AttachmentsOff: 403, EncodingRefused: 415,
	IDReused: 409, ChatClosed: 409, ChatInterrupted: 409, ChatExists: 409, NotAcceptedYet: 409, RequestPending: 409, NoRequest: 409,
	VersionConflict: 409, PersonBusy: 409, LegalHold: 409, LastAdministrator: 409, InConference: 409, NoConference: 409, OfferExpired: 409, AlreadyTaken: 409, PickNotAllowed: 409, AgentInRONA: 409, CapacityReached: 409, WrapUpDone: 409, QueueClosed: 409, QueueFull: 409,
	NotSignedIn: 409, SignOutOpenWork: 409, StateNotAllowed: 409, SetupDone: 409, SeqAhead: 409, DeclineNotAllowed: 409,
	SecondStepNeeded: 401, SecondStepAbsent: 403, ProofNeeded: 403, SecondStepOn: 409,
	NotParticipant: 403, NotOwner: 403, Forbidden: 403, OriginNotAllowed: 403, CrossOrigin: 403, Blocked: 403,
	OfferNotFound: 404, ReasonNotFound: 404, NotFound: 404, WidgetNotFound: 404,
	TokenRequired: 401, TokenInvalid: 401, IdentityInvalid: 401, IdentityRequired: 401, LoginFailed: 401, AuthTimeout: 401, LinkExpired: 410,
	WorkNeeded: 428, ProviderUnreachable: 502, SignInRefused: 403,
	UnknownHost: 421, RateLimited: 429, SlowConsumer: 429, MethodNotAllowed: 405,
	UnknownCommand: 400, Unavailable: 503, Internal: 500,
}

// Status is the HTTP status that goes with the code.
func (c Code) Status() int {
	if s, ok := statuses[c]; ok {
		return s
	}
	return 422
}
