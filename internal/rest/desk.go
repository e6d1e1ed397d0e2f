package rest

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// Settings are what a desk needs of the organization's set-up.
type Settings struct {
	Organization       view.Named    `json:"organization"`
	Language           string        `json:"language"`
	TimeZone           string        `json:"time_zone"`
	HourCycle          int           `json:"hour_cycle" doc:"12 or 24"`
	Digits             string        `json:"digits" doc:"latn or arab"`
	RONAMS             int64         `json:"rona_ms" doc:"time to answer a request"`
	AnswerFactorMost   int           `json:"answer_factor_most" doc:"agents may give themselves up to so many times the time to answer"`
	GraceMS            int64         `json:"grace_ms" doc:"how long a lost connection is waited for before its agent is signed out"`
	ReplyTargetMS      int64         `json:"reply_target_ms" doc:"how long a customer may wait for an answer before it is overdue"`
	ReasonChangeableMS int64         `json:"reason_changeable_ms" doc:"how long a wrap-up reason may be changed after it was recorded"`
	AllowDecline       bool          `json:"allow_decline"`
	AllowReserved      bool          `json:"allow_reserved" doc:"agents may write the less-than and greater-than signs"`
	Picks              bool          `json:"picks" doc:"the caller may take waiting conversations from the list of some queue"`
	Queues             []view.Named  `json:"queues"`
	Reasons            []ReasonInSet `json:"reasons" doc:"in the order of lists"`
	// What a message can begin with: those of everybody and of the caller's teams.
	Templates []Template `json:"templates" doc:"that the caller may use, in the order of lists"`
}

// ReasonInSet is a reason one can choose, or a group of them.
type ReasonInSet struct {
	ID    id.Reason `json:"id"`
	Kind  string    `json:"kind" doc:"wrapup or idle"`
	Name  org.Name  `json:"name"`
	Group id.Reason `json:"group,omitempty" doc:"the one it stands in; a reason that others stand in is a group and is not chosen itself"`
}

// NewPresence is a state somebody is to have.
type NewPresence struct {
	Presence   string    `json:"presence" enum:"available,idle"`
	IdleReason id.Reason `json:"idle_reason,omitempty"`
}

// Decline is why a request is declined.
type Decline struct {
	Reason id.Reason `json:"reason,omitempty"`
}

type (
	// PresenceInput is the request of setPresence.
	PresenceInput struct {
		Command
		Body JSON[NewPresence]
	}
	// OfferInput is a request about an offer.
	OfferInput struct {
		Command
		Offer id.Offer `path:"offer" minimum:"1" doc:"number of the offer"`
	}
	// DeclineInput is the request of declineOffer.
	DeclineInput struct {
		OfferInput
		Body JSON[Decline]
	}
)

func (a *API) deskOperations() {
	const tag = "desk"
	add(a, operation{"getDesk", http.MethodGet, Prefix + "/desk", tag, staff, "The caller's state and work", 0}, a.desk)
	add(a, operation{"getDeskSettings", http.MethodGet, Prefix + "/desk/settings", tag, staff, "What the desk needs of the organization's set-up", 0}, a.settings)
	add(a, operation{"getToday", http.MethodGet, Prefix + "/me/today", tag, staff, "The caller's figures since midnight in the organization's time zone", 0},
		func(ctx context.Context, c *call, _ *Nothing) (*Answer[view.Today], error) {
			today, err := a.engine.Today(ctx, c.actor)
			return &Answer[view.Today]{today}, err
		})
	add(a, operation{"setPresence", http.MethodPut, Prefix + "/me/presence", tag, staff, "Be Available or Idle", 0},
		func(ctx context.Context, c *call, in *PresenceInput) (*Stored, error) {
			p := in.Body.value
			return a.do(ctx, c, in.Command, engine.SetPresence{Presence: routing.Presence(p.Presence), IdleReason: p.IdleReason})
		})
	add(a, operation{"signIn", http.MethodPost, Prefix + "/me/sign-in", tag, staff, "Come to the floor, as Idle; opening a desk's socket does so too", 0},
		func(ctx context.Context, c *call, in *Command) (*Stored, error) {
			return a.do(ctx, c, *in, engine.SignInToFloor{})
		})
	add(a, operation{"signOut", http.MethodPost, Prefix + "/me/sign-out", tag, staff, "Leave the floor; refused while there is open work", 0},
		func(ctx context.Context, c *call, in *Command) (*Stored, error) {
			return a.do(ctx, c, *in, engine.SignOutOfFloor{})
		})
	add(a, operation{"acceptOffer", http.MethodPost, Prefix + "/offers/{offer}/acceptance", tag, staff, "Accept a request", 0},
		func(ctx context.Context, c *call, in *OfferInput) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.AcceptOffer{Offer: in.Offer})
		})
	add(a, operation{"declineOffer", http.MethodPost, Prefix + "/offers/{offer}/decline", tag, staff, "Decline a request, where the organization allows it", 0},
		func(ctx context.Context, c *call, in *DeclineInput) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.DeclineOffer{Offer: in.Offer, Reason: in.Body.value.Reason})
		})
	add(a, operation{"confirmOffer", http.MethodPost, Prefix + "/offers/{offer}/confirmation", tag, staff, "Say that the request is on the screen", 0},
		func(ctx context.Context, c *call, in *OfferInput) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.ConfirmOffer{Offer: in.Offer})
		})
}

func (a *API) desk(ctx context.Context, c *call, _ *Nothing) (*Answer[view.Desk], error) {
	data, _, err := a.engine.Snapshot(ctx, c.actor, "agent/"+string(c.actor.User))
	if err != nil {
		return nil, err
	}
	desk, err := of[view.Desk](data)
	return &Answer[view.Desk]{desk}, err
}

// of is the snapshot as the type its topic has.
func of[T any](data any) (T, error) {
	switch v := data.(type) {
	case T:
		return v, nil
	case *T:
		return *v, nil
	}
	var none T
	return none, problem.New(problem.Internal)
}

func (a *API) settings(ctx context.Context, c *call, _ *Nothing) (*Answer[Settings], error) {
	config, err := a.engine.Config(ctx, c.actor)
	if err != nil {
		return nil, err
	}
	o := config.Organization
	s := Settings{
		Organization: view.Named{ID: string(o.ID), Name: o.Name}, Language: o.Language, TimeZone: o.TimeZone,
		HourCycle: o.Settings.HourCycle, Digits: o.Settings.Digits, RONAMS: o.Settings.RONA.Milliseconds(),
		GraceMS: o.Settings.Grace.Milliseconds(), ReplyTargetMS: o.Settings.AnswerWithin().Milliseconds(), ReasonChangeableMS: o.Settings.ReasonChangeable.Milliseconds(), AnswerFactorMost: o.Settings.MostAnswerFactor(),
		AllowDecline: o.Settings.AllowDecline, AllowReserved: o.Settings.AllowReserved,
		Queues: []view.Named{},
	}
	user := userIn(config, c.actor.User)
	profile := config.ProfileOf(user)
	for _, q := range config.Queues {
		s.Picks = s.Picks || q.ManualPick && config.Permits(user.Roles, org.MayAnswer) && q.ServedBy(user.Teams)
		if !q.Archived {
			s.Queues = append(s.Queues, view.Named{ID: string(q.ID), Name: q.Name})
		}
	}
	s.Reasons = reasonsFor(config, profile)
	s.Templates = templatesFor(config, c.actor.User)
	return &Answer[Settings]{s}, nil
}

// reasonsFor are the reasons that may be chosen with a profile, and the groups
// of wrap-up reasons.
func reasonsFor(c org.Config, p *org.Profile) []ReasonInSet {
	list := []ReasonInSet{}
	tree, reasons := org.NewReasons(c.Reasons), slices.Clone(c.Reasons)
	slices.SortStableFunc(reasons, func(a, b org.Reason) int { return cmp.Compare(a.Order, b.Order) })
	for _, r := range reasons {
		if !r.Archived && (r.Kind == org.IdleReason && p.Idle(r.ID) || r.Kind == org.WrapUpReason && (tree.Group(r.ID) || tree.Allowed(r.ID, p))) {
			list = append(list, ReasonInSet{r.ID, string(r.Kind), r.Name, r.Group})
		}
	}
	return list
}
