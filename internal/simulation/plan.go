package simulation

import "hiwar/internal/wire"

// Plan is a day as its file describes it. Durations are written "90s" or
// "1m30s", times of the day "08:00".
type Plan struct {
	Name     string  `json:"name"`
	Seed     int64   `json:"seed"`
	Date     string  `json:"date"`      // "2026-11-24"; matters where clocks change
	TimeZone string  `json:"time_zone"` // IANA name
	From     string  `json:"from"`      // the first customer may come
	To       string  `json:"to"`        // the last customer may come
	Rules    Rules   `json:"rules"`
	Queues   []Queue `json:"queues"`
	Staff    []Shift `json:"staff"`
}

// Rules are the settings of the organization that matter on the floor, by the
// names they have there; what is left out is as in a new organization.
type Rules struct {
	RONA         string `json:"rona"`
	Ageing       string `json:"ageing"`
	ShortAbandon string `json:"short_abandon"`
	Capacity     *int   `json:"capacity"`
	OpenOffers   *int   `json:"open_offers"`
	NoAgentAfter string `json:"no_agent_after"`
}

// Queue is a queue and the people who come to it.
type Queue struct {
	Name         string        `json:"name"`
	Teams        []string      `json:"teams"`
	Priority     int           `json:"priority"`
	RONA         string        `json:"rona"`
	ServiceLevel string        `json:"service_level"` // to be answered within
	Arrivals     Arrivals      `json:"arrivals"`
	Patience     *Distribution `json:"patience"` // left out: they wait for ever
	Handling     Distribution  `json:"handling"` // from accept to the end of the talk
	WrapUp       *Distribution `json:"wrap_up"`  // left out: none
	Open         []string      `json:"open"`     // "09:00-17:00"; left out: always
	OnClose      string        `json:"on_close"` // this and what follows as in the limits of a configuration
	MaxWaiting   int           `json:"max_waiting"`
	MaxWait      string        `json:"max_wait"`
	Then         string        `json:"then"`
	ThenQueue    string        `json:"then_queue"`
	Messages     *Messages     `json:"messages"` // of customers of this queue who leave one instead of waiting
}

// Messages are what customers leave where nobody is there for them and a queue
// takes messages. Who has waited enough leaves what they asked.
type Messages struct {
	Percent  *int          `json:"percent"`  // of those who find it closed or full; left out: all
	Handling *Distribution `json:"handling"` // left out: as long as with a customer who is there
}

// Arrivals is how many customers are expected in each interval of the day, from
// its beginning on. Within an interval they come independently of each other.
type Arrivals struct {
	Every    string `json:"every"`
	Expected []int  `json:"expected"`
}

// Distribution is how a duration varies.
type Distribution struct {
	Shape     string `json:"shape"` // fixed, exponential or lognormal
	Mean      string `json:"mean"`
	Deviation string `json:"deviation"` // of lognormal
}

// Shift is a number of agents of a team who work at the same time.
type Shift struct {
	Team          string        `json:"team"`
	Agents        int           `json:"agents"`
	From          string        `json:"from"`
	To            string        `json:"to"`
	Capacity      int           `json:"capacity"`  // 0: the organization's
	Answering     *Distribution `json:"answering"` // from request to accept; left out: at once
	MissesPercent int           `json:"misses_percent"`
	Returning     *Distribution `json:"returning"` // from RONA to Available; left out: two minutes
	Breaks        []Break       `json:"breaks"`
}

// Break is taken in turns: the agents of a shift go in so many waves, one after
// the other.
type Break struct {
	At    string `json:"at"`
	For   string `json:"for"`
	Waves int    `json:"waves"` // 0: all at once
}

// Read reads a plan from JSON, strictly: what it does not know, it refuses. The
// error names the field: a [Fault], or a problem of package wire.
func Read(data []byte) (Plan, error) {
	var p Plan
	if err := wire.Decode(data, &p); err != nil {
		return Plan{}, err
	}
	_, err := p.build()
	return p, err
}

// Fault is why a plan cannot be run.
type Fault struct {
	Field string // such as "queues.0.handling.mean"
	Why   string
}

// Error names the field first.
func (f *Fault) Error() string { return f.Field + ": " + f.Why }
