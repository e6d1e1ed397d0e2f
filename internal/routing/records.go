package routing

import (
	"maps"
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// The records are the whole state of a floor: what a store keeps as rows, what
// [Load] builds a State from and what views are made of. They are plain
// values; a State hands out copies.

// Presence is an agent's state. Engaged and Wrap-up are not here: they follow
// from the agent's parts.
type Presence string

// The presences. A decline is Idle with [org.ReasonDeclined].
const (
	SignedOut Presence = "signed_out"
	Idle      Presence = "idle"
	Available Presence = "available"
	RONA      Presence = "rona"
)

// Agent is one person's place on the floor. A user who never signed in has
// none.
type Agent struct {
	ID          id.User
	Presence    Presence
	IdleReason  id.Reason // with Idle; "" is plain Idle
	Since       time.Time // entered this presence
	By          id.User   // who set it; "" is the agent or the system
	SignedInAt  time.Time
	AvailableAt time.Time // last became Available
	RankedAt    time.Time // last offered work or became Available: who waits longest is next
	LastOffer   id.Offer  // the last offer made to them: round robin goes by it
	LostAt      time.Time // noticed lost; zero while connected
	ToldAt      time.Time // the customers of a lost agent were told; zero if not
	Missed      *Missed   // with RONA: the request that was not answered
	SignedOutBy Cause     // with SignedOut: CauseAgentLost when the grace ran out
}

// Missed is the request behind a RONA.
type Missed struct {
	Offer        id.Offer
	Conversation id.Conversation
	At           time.Time // when the offer expired
}

// Conversation is the floor's share of a conversation: who has it, who should
// get it, and whether it may go on. What was said is package chat's.
type Conversation struct {
	ID             id.Conversation
	Asset          id.Asset
	Customer       id.Customer
	Language       string         // the customer's: a skill may be required for it
	Requires       []org.Required // its own: what the customer answered, and what their site has signed
	Queue          id.Queue       // the queue it is in, or was answered from
	Priority       int
	StartedAt      time.Time
	WaitingSince   time.Time // first asked for a human; orders every queue and never changes
	Interrupted    bool      // its asset was deleted: it can only be ended
	AnsweredAt     time.Time // first accepted by an agent; zero if nobody ever did
	CustomerLostAt time.Time // unseen since; zero while connected
	Away           bool      // unseen for so long that nobody is offered it while it waits
	SpokeAt        time.Time // of the last message
	AgentSpokeLast bool      // only then does silence close the conversation
	WarnedAt       time.Time // the customer was warned of that close; zero if not
	Returned       bool      // on_unanswered_transfer = return was used once
	LeftMessage    bool      // nobody was there, so it became a left message: kept until somebody has answered it
	ClosedAt       time.Time
	Cause          Cause // with ClosedAt: how it ended
}

// TaskKind tells what kind of need for an agent a task is.
type TaskKind string

// The kinds. A transfer to a queue is a TaskQueue of origin OriginTransfer;
// a TaskTransfer is for one agent.
const (
	TaskQueue      TaskKind = "queue"
	TaskTransfer   TaskKind = "transfer"
	TaskConference TaskKind = "conference"
)

// Origin tells how a visit to a queue began.
type Origin string

// The origins.
const (
	OriginNew      Origin = "new"
	OriginTransfer Origin = "transfer"
	OriginReturn   Origin = "return"   // agent lost, unanswered transfer
	OriginOverflow Origin = "overflow" // waited too long in another queue
	OriginMessage  Origin = "message"  // waited, and was left as a message
)

// TaskState is where a task is in its life; see the package's picture.
type TaskState string

// The states of a task. An ended task leaves the floor.
const (
	TaskWaiting TaskState = "waiting"
	TaskOffered TaskState = "offered"
	TaskHeld    TaskState = "held"
	TaskEnded   TaskState = "ended"
)

// Task is one need for an agent.
type Task struct {
	ID           id.Task
	Conversation id.Conversation
	Kind         TaskKind
	State        TaskState
	Queue        id.Queue // where it waits; for the other kinds: where it goes if not answered
	Target       id.User  // TaskTransfer, TaskConference: the agent asked
	From         id.User  // who transferred or invited; "" for a new conversation
	Origin       Origin   // TaskQueue
	Except       id.User  // not offered to this agent in this visit (the sender of the transfer)
	WaitingSince time.Time
	Priority     int
	EnteredAt    time.Time     // the visit began
	NobodySince  time.Time     // TaskQueue: nobody who serves the queue is signed in; zero while somebody is
	Widened      time.Duration // of the visit: groups that open later than this are not open yet
	Relaxed      time.Duration // of the visit: relaxations that come later than this have not come yet
	KeptFor      id.User       // offered to this agent alone, for a while
	LeftMessage  bool          // nobody waits for an answer at this moment: it comes after everybody who does
	EndedAt      time.Time     // with CauseAbandoned: when the customer was last seen
	Cause        Cause         // with TaskEnded
}

// OfferEnd is the one end an offer has.
type OfferEnd string

// The ends; "" is still open. Only OfferMissed is RONA.
const (
	OfferOpen      OfferEnd = ""
	OfferAccepted  OfferEnd = "accepted"
	OfferMissed    OfferEnd = "missed"
	OfferDeclined  OfferEnd = "declined"
	OfferWithdrawn OfferEnd = "withdrawn"
)

// Offer is a task held for one agent until a deadline; people read "request".
// An answer at the deadline is in time.
type Offer struct {
	ID           id.Offer
	Task         id.Task
	Conversation id.Conversation
	Agent        id.User
	Slot         int // from 1; the lowest that was free
	Capacity     int // the agent's at that moment: Slot <= Capacity
	MadeAt       time.Time
	Deadline     time.Time
	ConfirmedAt  time.Time // a desk painted it; zero if none did
	End          OfferEnd
	Cause        Cause     // with OfferWithdrawn
	DeclineWith  id.Reason // with OfferDeclined
	EndedAt      time.Time
	Decision     Decision
}

// Role is an agent's role in a conversation.
type Role string

// The roles: one owner, any number of guests in a conference.
const (
	Owner Role = "owner"
	Guest Role = "guest"
)

// Part is one agent's share of a conversation, from accept to wrap-up
// submitted. It keeps the slot of its offer until then.
type Part struct {
	ID             id.Part
	Task           id.Task
	Conversation   id.Conversation
	Agent          id.User
	Queue          id.Queue // whose wrap-up rules hold
	Slot           int
	Capacity       int
	Role           Role
	ReceivedAt     time.Time // the offer reached the agent: the timer people see counts from here
	AcceptedAt     time.Time
	EndedAt        time.Time // the agent's talk ended and wrap-up began; zero while connected
	EndCause       Cause
	WrapUpDeadline time.Time // of automatic wrap-up; zero if it is off or was stopped
	SubmittedAt    time.Time // wrap-up over; zero while it runs. The part has then left the floor.
	Reason         id.Reason // "" = not recorded
	Automatic      bool      // the timer submitted it
}

// Cause says why something ended.
type Cause string

// The causes. Those of a closed conversation are the first block.
const (
	CauseCustomer           Cause = "customer" // the customer ended or left
	CauseAgent              Cause = "agent"
	CauseInactivity         Cause = "inactivity"
	CauseSupervisor         Cause = "supervisor"
	CauseAssetDeleted       Cause = "asset_deleted"
	CauseMaximumWait        Cause = "maximum_wait"
	CauseQueueClosed        Cause = "queue_closed"
	CauseTransferUnanswered Cause = "transfer_unanswered"
	CauseAbandoned          Cause = "abandoned" // the customer went away while waiting

	CauseAccepted     Cause = "accepted"
	CauseTransferred  Cause = "transferred"
	CauseHandedOver   Cause = "handed_over"
	CauseLeft         Cause = "left"         // a guest left
	CauseRemoved      Cause = "removed"      // the owner removed a guest
	CauseCancelled    Cause = "cancelled"    // the inviter cancelled
	CauseMissedOther  Cause = "missed_other" // the agent missed another offer
	CauseDeclined     Cause = "declined"     // the agent declined another offer
	CauseWentIdle     Cause = "went_idle"
	CauseSignedOut    Cause = "signed_out"
	CauseAgentLost    Cause = "agent_lost"
	CauseUndelivered  Cause = "undelivered" // no desk confirmed it
	CauseCapacity     Cause = "capacity"    // the agent's capacity was lowered
	CauseCustomerAway Cause = "customer_away"
	CauseEnded        Cause = "conversation_ended"
	CauseConfigured   Cause = "configured"   // a queue or agent is gone
	CauseNobodyThere  Cause = "nobody_there" // nobody was signed in for the request
	CauseUnanswered   Cause = "unanswered"   // missed or declined by the only agent asked
)

// Decision is why an offer went where it went, kept with the offer.
type Decision struct {
	Config     int               // version of the configuration
	Considered int               // agents who could have had it
	RunnersUp  []id.User         // up to ten, in order
	Picked     bool              `json:",omitempty"` // the agent took it from the list
	Overtook   int               `json:",omitempty"` // with Picked: how many waited before it
	Excluded   map[Exclusion]int `json:",omitempty"` // how many agents each reason ruled out
	Rule       org.Rule          `json:",omitempty"` // by which the first of them was chosen
	Since      time.Time         `json:",omitzero"`  // the agent was last offered work or became Available; not with round robin
	Occupied   int               `json:",omitempty"` // slots the agent had in use
	Match      int               `json:",omitempty"` // with best available: how well the agent matched, in hundredths of a level
	Kept       bool              `json:",omitempty"` // for the agent the customer knows
	Asked      []Asked           `json:",omitempty"` // the first skills asked for, as they stood
	AskedMore  int               `json:",omitempty"` // so many more were
}

// Exclusion is what rules an agent out of a decision.
type Exclusion string

// The exclusions.
const (
	NotSignedIn     Exclusion = "not_signed_in"
	NotAvailable    Exclusion = "not_available"
	AtCapacity      Exclusion = "at_capacity"
	AtQueueCapacity Exclusion = "at_queue_capacity" // as many of this queue as it allows per agent
	OffersFull      Exclusion = "offers_full"       // as many open offers as allowed at once
	Unreachable     Exclusion = "unreachable"
	LacksSkill      Exclusion = "lacks_skill"
	GroupNotOpen    Exclusion = "group_not_open" // the visit is too young for the agent's group
	KeptForOther    Exclusion = "kept_for_other" // a returning customer waits for the agent they had
	IsSender        Exclusion = "is_sender"
	TakesPart       Exclusion = "takes_part" // already in the conversation
	NotServing      Exclusion = "not_serving"
)

// Unanswered is the policy for a transfer to an agent who does not accept.
type Unanswered = org.Unanswered

// Records are all open records of a floor, or those that a step changed. Each
// slice is ordered by identifier.
type Records struct {
	Agents        []Agent
	Conversations []Conversation
	Tasks         []Task
	Offers        []Offer
	Parts         []Part
	// The last ordinals handed out.
	LastTask  id.Task
	LastOffer id.Offer
	LastPart  id.Part
}

func (a Agent) copy() Agent {
	if a.Missed != nil {
		missed := *a.Missed
		a.Missed = &missed
	}
	return a
}

func (o Offer) copy() Offer {
	o.Decision.RunnersUp = slices.Clone(o.Decision.RunnersUp)
	o.Decision.Asked = slices.Clone(o.Decision.Asked)
	o.Decision.Excluded = maps.Clone(o.Decision.Excluded)
	return o
}
