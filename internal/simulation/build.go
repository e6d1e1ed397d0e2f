package simulation

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"hiwar/internal/hours"
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// The bounds of a plan: beyond them a mistake is likelier than a wish.
const (
	mostAgents    = 10_000
	mostCustomers = 1_000_000
	mostOfADay    = 24 * time.Hour
	patienceAfter = 4 * time.Hour // after the last customer came, whoever is still there is left as they are
)

// centre is a plan made ready: what the machine is told, and what people do.
type centre struct {
	config   org.Config
	from, to time.Time
	queues   []queue
	people   []person
	short    time.Duration
}

type queue struct {
	name     string
	id       id.Queue
	within   time.Duration
	every    time.Duration
	expected []int
	patience *shape
	handling shape
	wrapUp   shape
	asset    id.Asset
	leaves   float64 // of those who find it closed or full, the share who leave a message
	message  shape   // how long answering one takes; without a kind as long as the customer's matter
}

// person is one agent's day.
type person struct {
	user      id.User
	from, to  time.Time
	breaks    []pause
	answering shape
	returning shape
	misses    float64
}

type pause struct{ from, to time.Time }

// builder reads the texts of a plan; the first fault is kept, and what follows
// it does not matter.
type builder struct {
	plan  Plan
	day   hours.Date
	zone  *time.Location
	fault error
	made  centre
}

func (b *builder) fail(field, why string, args ...any) {
	if b.fault == nil {
		b.fault = &Fault{field, fmt.Sprintf(why, args...)}
	}
}

func (p Plan) build() (*centre, error) {
	b := &builder{plan: p}
	b.calendar()
	b.rules()
	b.teams()
	b.queues()
	b.overflows()
	b.staff()
	slices.SortFunc(b.made.config.Users, func(x, y org.User) int { return strings.Compare(string(x.ID), string(y.ID)) })
	if b.fault != nil {
		return nil, b.fault
	}
	return &b.made, nil
}

func (b *builder) calendar() {
	zone, date := b.plan.TimeZone, b.plan.Date
	if zone == "" {
		zone = "UTC"
	}
	if date == "" {
		date = "2026-01-05"
	}
	var err error
	if b.zone, err = time.LoadLocation(zone); err != nil || zone == "Local" {
		b.zone = time.UTC
		b.fail("time_zone", "there is no such time zone; write an IANA name such as Asia/Riyadh")
	}
	if err := b.day.UnmarshalText([]byte(date)); err != nil {
		b.fail("date", "%v", err)
	}
	b.made.from, b.made.to = b.clock("from", b.plan.From), b.clock("to", b.plan.To)
	if !b.made.from.Before(b.made.to) {
		b.fail("to", "is not after from")
	}
}

// clock is a time of the day of the plan.
func (b *builder) clock(field, s string) time.Time {
	var span hours.Span
	if err := span.UnmarshalText([]byte(s + "-24:00")); err != nil {
		b.fail(field, "%q is not a time of the day between 00:00 and 24:00", s)
	}
	return time.Date(b.day.Year, b.day.Month, b.day.Day, int(span.From/60), int(span.From%60), 0, 0, b.zone).UTC()
}

// duration is between a second and a day; text left out is the default.
func (b *builder) duration(field, s string, otherwise time.Duration) time.Duration {
	if s == "" {
		return otherwise
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < time.Second || d > mostOfADay {
		b.fail(field, "%q is not a duration between 1s and 24h, such as 90s or 1m30s", s)
	}
	return d
}

func (b *builder) number(field string, n, least, most int) int {
	if n < least || n > most {
		b.fail(field, "%d is not between %d and %d", n, least, most)
	}
	return n
}

func (b *builder) rules() {
	r, set := b.plan.Rules, org.Defaults()
	set.ConfirmWithin = 0 // a simulated desk shows a request at once
	set.RONA = b.duration("rules.rona", r.RONA, set.RONA)
	set.ShortAbandon = b.duration("rules.short_abandon", r.ShortAbandon, set.ShortAbandon)
	if r.Ageing != "0s" {
		set.Ageing = b.duration("rules.ageing", r.Ageing, set.Ageing)
	} else {
		set.Ageing = 0 // strict priorities
	}
	set.NoAgentAfter = b.duration("rules.no_agent_after", r.NoAgentAfter, set.NoAgentAfter)
	if r.Capacity != nil {
		set.Capacity = b.number("rules.capacity", *r.Capacity, 1, 50)
	}
	if r.OpenOffers != nil {
		set.OpenOffers = b.number("rules.open_offers", *r.OpenOffers, 1, 50)
	}
	b.made.short = set.ShortAbandon
	b.made.config = org.Config{Version: 1, Organization: org.Organization{ID: "org", TimeZone: b.zone.String(), Settings: set}}
}

// teams are those that shifts name; a queue that nobody serves is a fault.
func (b *builder) teams() {
	for i, s := range b.plan.Staff {
		if s.Team == "" {
			b.fail(fmt.Sprintf("staff.%d.team", i), "is missing")
		}
		if !b.hasTeam(s.Team) {
			b.made.config.Teams = append(b.made.config.Teams, org.Team{ID: id.Team(s.Team), Name: org.Name{En: s.Team}})
		}
	}
	slices.SortFunc(b.made.config.Teams, func(x, y org.Team) int { return strings.Compare(string(x.ID), string(y.ID)) })
}

func (b *builder) hasTeam(name string) bool {
	return slices.ContainsFunc(b.made.config.Teams, func(t org.Team) bool { return t.ID == id.Team(name) })
}

func (b *builder) queues() {
	if len(b.plan.Queues) == 0 {
		b.fail("queues", "there is none")
	}
	for i, q := range b.plan.Queues {
		b.queue(fmt.Sprintf("queues.%d", i), q)
	}
	slices.SortFunc(b.made.config.Queues, func(x, y org.Queue) int { return strings.Compare(string(x.ID), string(y.ID)) })
	slices.SortFunc(b.made.config.Assets, func(x, y org.Asset) int { return strings.Compare(string(x.ID), string(y.ID)) })
}

func (b *builder) queue(field string, q Queue) {
	made := queue{name: q.Name, id: id.Queue(q.Name), asset: id.Asset(q.Name)}
	rule := org.Queue{ID: made.id, Name: org.Name{En: q.Name}, Priority: b.number(field+".priority", q.Priority, 0, 9)}
	rule.RONA = b.duration(field+".rona", q.RONA, 0)
	rule.Limits = b.limits(field, q)
	for i, t := range q.Teams {
		if !b.hasTeam(t) {
			b.fail(fmt.Sprintf("%s.teams.%d", field, i), "no shift is of the team %q", t)
		}
		rule.Teams = append(rule.Teams, id.Team(t))
	}
	switch {
	case q.Name == "":
		b.fail(field+".name", "is missing")
	case len(q.Teams) == 0:
		b.fail(field+".teams", "is missing: nobody would ever answer")
	case slices.ContainsFunc(b.made.queues, func(other queue) bool { return other.name == q.Name }):
		b.fail(field+".name", "another queue is called %q", q.Name)
	}
	made.within = b.duration(field+".service_level", q.ServiceLevel, 30*time.Second)
	made.every = b.duration(field+".arrivals.every", q.Arrivals.Every, time.Hour)
	made.expected = q.Arrivals.Expected
	all := 0
	for i, n := range q.Arrivals.Expected {
		all += b.number(fmt.Sprintf("%s.arrivals.expected.%d", field, i), n, 0, mostCustomers)
	}
	if all == 0 || all > mostCustomers {
		b.fail(field+".arrivals.expected", "%d customers in all is not between 1 and %d", all, mostCustomers)
	}
	made.handling = b.distribution(field+".handling", &q.Handling, 0)
	made.wrapUp = b.distribution(field+".wrap_up", q.WrapUp, 0)
	if q.Patience != nil {
		patience := b.distribution(field+".patience", q.Patience, 0)
		made.patience = &patience
	}
	b.messages(field+".messages", q.Messages, &made)
	b.made.queues = append(b.made.queues, made)
	b.made.config.Queues = append(b.made.config.Queues, rule)
	b.made.config.Assets = append(b.made.config.Assets, org.Asset{ID: made.asset, Queue: made.id})
}

// messages reads what those do who cannot wait.
func (b *builder) messages(field string, m *Messages, made *queue) {
	made.leaves = 1
	if m == nil {
		return
	}
	if m.Percent != nil {
		made.leaves = float64(b.number(field+".percent", *m.Percent, 0, 100)) / 100
	}
	if m.Handling != nil {
		made.message = b.distribution(field+".handling", m.Handling, 0)
	}
}

// distribution reads one; where it is left out, the duration is otherwise.
func (b *builder) distribution(field string, d *Distribution, otherwise time.Duration) shape {
	if d == nil {
		return shape{mean: otherwise.Seconds()}
	}
	kinds := []string{"fixed", "exponential", "lognormal"}
	if !slices.Contains(kinds, d.Shape) {
		b.fail(field+".shape", "%q is none of %s", d.Shape, strings.Join(kinds, ", "))
	}
	if d.Mean == "" {
		b.fail(field+".mean", "is missing")
	}
	made := shape{kind: d.Shape, mean: b.duration(field+".mean", d.Mean, 0).Seconds()}
	switch {
	case d.Shape == "lognormal" && d.Deviation == "":
		b.fail(field+".deviation", "is missing")
	case d.Shape != "lognormal" && d.Deviation != "":
		b.fail(field+".deviation", "goes with lognormal only")
	default:
		made.deviation = b.duration(field+".deviation", d.Deviation, 0).Seconds()
	}
	return made
}

func (b *builder) staff() {
	if len(b.plan.Staff) == 0 {
		b.fail("staff", "there is nobody")
	}
	for i, s := range b.plan.Staff {
		b.shift(fmt.Sprintf("staff.%d", i), i, s)
	}
	b.number("staff", len(b.made.people), 1, mostAgents)
}

func (b *builder) shift(field string, n int, s Shift) {
	made := person{
		from: b.clock(field+".from", s.From), to: b.clock(field+".to", s.To),
		answering: b.distribution(field+".answering", s.Answering, 0),
		returning: b.distribution(field+".returning", s.Returning, 2*time.Minute),
		misses:    float64(b.number(field+".misses_percent", s.MissesPercent, 0, 100)) / 100,
	}
	if !made.from.Before(made.to) {
		b.fail(field+".to", "is not after from; a shift over midnight is two")
	}
	capacity := b.number(field+".capacity", s.Capacity, 0, 50)
	for i := range b.number(field+".agents", s.Agents, 1, mostAgents) {
		p := made
		p.user = id.User(fmt.Sprintf("%s-%d-%04d", s.Team, n+1, i+1))
		for j, pause := range s.Breaks {
			p.breaks = append(p.breaks, b.pause(fmt.Sprintf("%s.breaks.%d", field, j), i, pause))
		}
		b.made.people = append(b.made.people, p)
		b.made.config.Users = append(b.made.config.Users, org.User{
			ID: p.user, Name: string(p.user), Roles: []org.Role{org.RoleAgent}, Teams: []id.Team{id.Team(s.Team)}, Capacity: capacity,
		})
		if b.fault != nil {
			return
		}
	}
}

// pause is the break of the nth agent of a shift.
func (b *builder) pause(field string, n int, p Break) pause {
	if p.For == "" {
		b.fail(field+".for", "is missing")
	}
	at, length := b.clock(field+".at", p.At), b.duration(field+".for", p.For, time.Second)
	wave := n % max(1, b.number(field+".waves", p.Waves, 0, 100))
	at = at.Add(time.Duration(wave) * length)
	return pause{at, at.Add(length)}
}
