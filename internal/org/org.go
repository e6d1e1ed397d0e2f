// Package org holds what an administrator sets up: the organization, its
// people, teams, queues, assets and reasons, and the rules that make one such
// object valid. It decides nothing about conversations: package routing reads
// a [Config] and acts on it.
//
// Every object carries a version that goes up by one with each change, so two
// administrators who edit one thing get a conflict instead of a silent
// overwrite. Names come in both languages; either may be missing, then the
// other stands in.
package org

import (
	"cmp"
	"time"

	"hiwar/internal/id"
)

// Name is a name in both languages.
type Name struct {
	En string `json:"en"`
	Ar string `json:"ar"`
}

// In is the name in the language "ar" or "en", or in the other where that one
// is missing.
func (n Name) In(lang string) string {
	if lang == "ar" && n.Ar != "" || n.En == "" {
		return n.Ar
	}
	return n.En
}

// Organization is whose data it is, and the settings that hold for all of it.
type Organization struct {
	ID       id.Org   `json:"id,omitempty"`
	Name     Name     `json:"name"`
	Language string   `json:"language"`  // default language, "ar" or "en"
	TimeZone string   `json:"time_zone"` // IANA name
	Settings Settings `json:"settings"`
	Version  int      `json:"-"`
}

// Settings are the organization's durations and switches, with the product's
// defaults in [Defaults]. Every duration is at least one second (or off where
// zero says so), so that tests need not wait.
type Settings struct {
	RONA              time.Duration `json:"rona"`                  // to answer a request: 1–6000 s
	ConfirmWithin     time.Duration `json:"confirm_within"`        // for a desk to confirm that it painted a request
	Grace             time.Duration `json:"grace"`                 // from an agent noticed lost to signed out: 30–600 s
	NoticeToCustomer  time.Duration `json:"notice_to_customer"`    // from an agent's loss to the customer being told
	CustomerUnseen    time.Duration `json:"customer_unseen"`       // unseen while waiting: keeps the place, is not offered
	CustomerGone      time.Duration `json:"customer_gone"`         // unseen while waiting: abandoned
	InactivityClose   time.Duration `json:"inactivity_close"`      // silence after the agent's message until the chat closes
	InactivityWarning time.Duration `json:"inactivity_warning"`    // before that close, the customer is warned
	Ageing            time.Duration `json:"ageing"`                // seconds of waiting that make up for one priority; 0 is strict
	ShortAbandon      time.Duration `json:"short_abandon"`         // an abandon within it is "short"
	NoAgentAfter      time.Duration `json:"no_agent_after"`        // nobody signed in for a waiting request: what then; 0 is never
	Capacity          int           `json:"capacity"`              // conversations per agent at once: 0–50
	OpenOffers        int           `json:"open_offers"`           // open offers per agent at once: 1–capacity
	Exclusive         bool          `json:"exclusive"`             // one conversation per agent at a time, whatever the capacity
	AllowDecline      bool          `json:"allow_decline"`         // off: a request can only be accepted or missed
	AllowReserved     bool          `json:"allow_reserved"`        // off: < and > are refused in agents' messages
	AnswerFactorMost  int           `json:"answer_factor_most"`    // agents may give themselves up to so many times the time to answer: 1–10
	ReasonChangeable  time.Duration `json:"reason_changeable"`     // how long a wrap-up reason may be changed
	ReplyTarget       time.Duration `json:"reply_target"`          // a customer who wrote last is owed an answer so long; 0: the default
	Digits            string        `json:"digits"`                // "latn" or "arab"
	HourCycle         int           `json:"hour_cycle"`            // 12 or 24
	Setup             SetupStep     `json:"setup"`                 // where the first run goes on
	Mask              []string      `json:"mask,omitempty"`        // patterns of what is not kept beside card numbers, as package mask reads them
	HideContact       bool          `json:"hide_contact"`          // agents see that a customer left an e-mail address and a telephone number, not which
	SecondStep        Obliged       `json:"second_step,omitempty"` // who has to show a code when they sign in
}

// Defaults are the settings of a new organization.
func Defaults() Settings {
	return Settings{
		RONA: 30 * time.Second, ConfirmWithin: 5 * time.Second, Grace: 120 * time.Second, NoticeToCustomer: 20 * time.Second,
		CustomerUnseen: 15 * time.Second, CustomerGone: 3 * time.Minute,
		InactivityClose: 10 * time.Minute, InactivityWarning: 2 * time.Minute,
		Ageing: 120 * time.Second, ReplyTarget: defaultReplyTarget, ShortAbandon: 10 * time.Second, NoAgentAfter: time.Minute,
		Capacity: 3, OpenOffers: 3, AnswerFactorMost: 10, ReasonChangeable: 24 * time.Hour, Digits: "latn", HourCycle: 24,
	}
}

const defaultReplyTarget = 120 * time.Second

// AnswerWithin is how long a customer may wait for an answer before it is
// overdue; an organization that was stored before there was a choice has the
// default.
func (s Settings) AnswerWithin() time.Duration { return cmp.Or(s.ReplyTarget, defaultReplyTarget) }

// MostAnswerFactor is the most an agent may give themselves; an organization
// that was stored before there was a choice allows none.
func (s Settings) MostAnswerFactor() int { return max(1, s.AnswerFactorMost) }

// User is somebody on the staff.
type User struct {
	ID           id.User     `json:"id"`
	Name         string      `json:"name"`  // as colleagues and customers read it
	Email        string      `json:"email"` // unique in the installation, lower case
	Roles        []Role      `json:"roles"`
	Teams        []id.Team   `json:"teams"`
	Profile      id.Profile  `json:"profile"` // "": their desk is not bounded
	Skills       []HeldSkill `json:"skills"`
	Capacity     int         `json:"capacity"`      // 0: the team's, else the organization's
	Exclusive    Switch      `json:"exclusive"`     // one conversation at a time
	AnswerFactor float64     `json:"answer_factor"` // 1–10: multiplies the time to answer; 0 means 1
	Language     string      `json:"language"`      // "ar", "en" or "" for the organization's
	Disabled     bool        `json:"disabled"`
	Version      int         `json:"-"`
}

// Has reports whether the user holds the role.
func (u User) Has(r Role) bool {
	for _, x := range u.Roles {
		if x == r {
			return true
		}
	}
	return false
}

// Team is a set of agents that queues are served by.
type Team struct {
	ID        id.Team `json:"id"`
	Name      Name    `json:"name"`
	Capacity  int     `json:"capacity"`  // 0: the organization's; of several teams the lowest holds
	Exclusive Switch  `json:"exclusive"` // one conversation at a time
	Version   int     `json:"-"`
}

// Unanswered says what happens to a conversation transferred to an agent who
// does not accept.
type Unanswered string

// The three policies.
const (
	Requeue Unanswered = "requeue" // back to the queue it came from, keeping its waiting time
	Return  Unanswered = "return"  // to the sender first, once; else requeue
	Close   Unanswered = "close"   // the conversation closes and the customer is told
)

// Queue is ordered waiting tasks and the rule for who may take them.
type Queue struct {
	ID               id.Queue      `json:"id"`
	Name             Name          `json:"name"`
	Teams            []id.Team     `json:"teams"` // the first distribution group
	Wider            []Group       `json:"wider"` // the further ones, in order of After
	Rule             Rule          `json:"rule"`
	Requires         []Requirement `json:"requires"`       // with a rule that looks at skills
	LanguageLevel    int           `json:"language_level"` // what is required of the skill of the customer's language; 0: nothing
	LanguageRelax    time.Duration `json:"language_relax"` // when that is dropped; 0: never
	PerAgent         int           `json:"per_agent"`      // conversations of this queue per agent at once; 0: as many as the capacity
	Sticky           time.Duration `json:"sticky"`         // a returning customer is kept so long for their last agent; 0: off
	ManualPick       bool          `json:"manual_pick"`    // agents may take waiting conversations from the list
	Priority         int           `json:"priority"`       // 1 (highest) – 9
	RONA             time.Duration `json:"rona"`           // 0: the organization's
	OnUnanswered     Unanswered    `json:"on_unanswered"`
	TransfersJoinEnd bool          `json:"transfers_join_end"` // a transfer to this queue joins its end instead of keeping its waiting time
	WrapUpRequired   bool          `json:"wrapup_required"`
	WrapUpAuto       time.Duration `json:"wrapup_auto"`    // 0: off
	WrapUpReasons    []id.Reason   `json:"wrapup_reasons"` // in order, a group for all in it; empty: all of the organization's wrap-up reasons
	WrapUpDefault    id.Reason     `json:"wrapup_default"` // what automatic wrap-up records; "" = not recorded
	Limits           Limits        `json:"limits"`
	Archived         bool          `json:"archived"`
	Version          int           `json:"-"`
}

// Asset is the concrete address at which customers reach us: a widget on one
// or more sites.
type Asset struct {
	ID        id.Asset      `json:"id"`
	Key       string        `json:"key"` // public, in the snippet
	Name      Name          `json:"name"`
	Queue     id.Queue      `json:"queue"`
	Requires  []Requirement `json:"requires"` // asked of whoever takes a request that came by it
	Priority  int           `json:"priority"` // 1 (highest) – 9; 0: the queue's
	Origins   []string      `json:"origins"`  // exact origins of the sites it may stand on
	Languages []string      `json:"languages"`
	Language  string        `json:"language"` // default
	Color     string        `json:"color"`    // #rrggbb
	Form      Form          `json:"form"`     // what is asked before a chat
	Files     Attachments   `json:"attachments"`
	// IdentityRequired: only whom the site has signed for may write.
	IdentityRequired bool `json:"identity_required"`
	Work             Work `json:"proof_of_work"` // of whoever is not signed for
	Deleted          bool `json:"deleted"`
	Version          int  `json:"-"`
}

// ReasonKind tells wrap-up reasons from idle reasons.
type ReasonKind string

// The kinds of reason.
const (
	WrapUpReason ReasonKind = "wrapup"
	IdleReason   ReasonKind = "idle"
)

// ReasonDeclined is the idle reason the system gives to an agent who declined.
const ReasonDeclined id.Reason = "rsn_declined"

// Reason is what an agent picks from a list: why a conversation ended, or why
// they are idle. What wrap-up reasons stand in is a group of them: see [Reasons].
type Reason struct {
	ID       id.Reason  `json:"id"`
	Kind     ReasonKind `json:"kind"`
	Name     Name       `json:"name"`
	Group    id.Reason  `json:"group"` // of wrap-up reasons, the one it stands in; "": none
	Order    int        `json:"order"` // within its group
	Archived bool       `json:"archived"`
	Version  int        `json:"-"`
}

// Config is everything set up in one organization at one moment. Slices are
// ordered by identifier; whoever holds a Config does not change it.
type Config struct {
	Organization Organization `json:"organization"`
	Roles        []OwnRole    `json:"roles"`
	Users        []User       `json:"users"`
	Teams        []Team       `json:"teams"`
	Queues       []Queue      `json:"queues"`
	Assets       []Asset      `json:"assets"`
	Reasons      []Reason     `json:"reasons"`
	Templates    []Template   `json:"templates"`
	Profiles     []Profile    `json:"profiles"`
	Hours        []Hours      `json:"hours"`
	Skills       []Skill      `json:"skills"`
	Providers    []Provider   `json:"providers"`
	Version      int          `json:"version"` // goes up with every change of anything in it
}

// Objects is how many objects it holds beside the organization.
func (c *Config) Objects() int {
	return len(c.Users) + len(c.Teams) + len(c.Queues) + len(c.Assets) + len(c.Reasons) + len(c.Templates) + len(c.Profiles) + len(c.Hours) + len(c.Skills) + len(c.Providers)
}
