package simulation

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

var update = flag.Bool("update", false, "write what the simulation says into testdata")

// example is the day of the guide.
func example(t *testing.T) Plan {
	t.Helper()
	text, err := os.ReadFile("../../docs/guide/a-day.json")
	if err != nil {
		t.Fatal(err)
	}
	p, err := Read(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func run(t *testing.T, p Plan, seed int64) *Result {
	t.Helper()
	r, err := p.Run(seed)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The day of the guide is what the guide shows, to the last figure.
func TestTheDayOfTheGuide(t *testing.T) {
	r := run(t, example(t), 0)
	for file, got := range map[string]string{"testdata/a-day.txt": r.Table(), "../../docs/guide/a-day.svg": r.SVG()} {
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-file +run):\n%s", file, diff)
		}
	}
}

func TestTheSameSeedIsTheSameDay(t *testing.T) {
	p := example(t)
	first, again, other := run(t, p, 7), run(t, p, 7), run(t, p, 8)
	if first.Table() != again.Table() || first.SVG() != again.SVG() {
		t.Error("a day cannot be repeated")
	}
	if first.Table() == other.Table() {
		t.Error("another seed is the same day")
	}
}

// Customers do not know of the rules: with other ones the same people come, as
// patient and with the same matters.
func TestOtherRulesAreTriedOnTheSameCustomers(t *testing.T) {
	p := example(t)
	before := run(t, p, 0)
	p.Rules.RONA = "5s"
	p.Staff[0].Agents += 3
	after := run(t, p, 0)
	if len(before.customers) != len(after.customers) {
		t.Fatalf("%d customers, then %d", len(before.customers), len(after.customers))
	}
	for i, b := range before.customers {
		a := after.customers[i]
		if !a.came.Equal(b.came) || a.patience != b.patience || a.handling != b.handling || a.wrapUp != b.wrapUp {
			t.Fatalf("customer %d is somebody else:\n%+v\n%+v", i, b, a)
		}
	}
}

// Whoever came was answered, left, was not served or still waits, over all and
// in each queue and interval; and the machine counts the same.
func TestEverybodyIsCountedOnce(t *testing.T) {
	p := example(t)
	r := run(t, p, 0)
	for _, f := range r.figures() {
		if f.Came != f.Answered+f.Abandoned+f.NotServed+f.Waiting || len(f.waits) != f.Answered {
			t.Errorf("%s: %+v", f.Name, f)
		}
	}
	came, quarters := 0, 0
	for i := range r.Queues {
		came += r.Queues[i].Came
	}
	for i := range r.Intervals {
		quarters += r.Intervals[i].Came
	}
	if came != r.All.Came || quarters != r.All.Came || came == 0 {
		t.Errorf("%d came to queues, %d in quarters, %d in all", came, quarters, r.All.Came)
	}
	if r.Staff.Missed == 0 || r.All.Abandoned == 0 {
		t.Errorf("nobody missed a request or nobody left: %+v", r.Staff)
	}
}

// A day small enough to be followed by hand: a few customers, one agent, and
// nothing left to chance but when they come.
func TestADayByHand(t *testing.T) {
	one := 1
	p := Plan{
		From: "09:00", To: "10:00", Rules: Rules{Capacity: &one, RONA: "10s"},
		Queues: []Queue{{
			Name: "q", Teams: []string{"t"}, ServiceLevel: "1m", Arrivals: Arrivals{Every: "1h", Expected: []int{6}},
			Patience: &Distribution{Shape: "fixed", Mean: "20m"}, Handling: Distribution{Shape: "fixed", Mean: "30m"}, WrapUp: &Distribution{Shape: "fixed", Mean: "1m"},
		}},
		Staff: []Shift{{Team: "t", Agents: 1, From: "09:00", To: "12:00", Answering: &Distribution{Shape: "fixed", Mean: "5s"}}},
	}
	r := run(t, p, 3)
	// The agent is free again 31 minutes after each accept; who waits 20
	// minutes goes.
	free := r.From
	for i, c := range r.customers {
		begin := c.came
		if free.After(begin) {
			begin = free
		}
		accept := begin.Add(5 * time.Second)
		if accept.Before(c.came.Add(20 * time.Minute)) {
			if !c.answered.Equal(accept) || !c.left.Equal(accept.Add(30*time.Minute)) {
				t.Errorf("customer %d was answered at %v until %v, want %v", i, c.answered, c.left, accept)
			}
			free = accept.Add(31 * time.Minute)
			continue
		}
		if want := c.came.Add(20 * time.Minute); !c.answered.IsZero() || !c.left.Equal(want) {
			t.Errorf("customer %d left at %v, want %v", i, c.left, want)
		}
	}
	if r.All.Abandoned == 0 || r.All.Answered < 2 {
		t.Errorf("the day shows too little: %+v", r.All)
	}
	busy := time.Duration(r.All.Answered) * 31 * time.Minute
	if r.Staff.Busy != busy || r.Staff.Busy+r.Staff.Idle != 3*time.Hour {
		t.Errorf("busy for %v of %v, want %v of 3h", r.Staff.Busy, r.Staff.Busy+r.Staff.Idle, busy)
	}
}

// Whoever never answers is in RONA until they come back, and answers nobody.
func TestAgentsWhoMissEverything(t *testing.T) {
	p := example(t)
	for i := range p.Staff {
		p.Staff[i].MissesPercent = 100
	}
	r := run(t, p, 0)
	if rate, ok := r.Staff.RONARate(); !ok || rate != 1 || r.All.Answered != 0 {
		t.Errorf("RONA %v, %d answered", rate, r.All.Answered)
	}
}

func TestAFaultNamesItsField(t *testing.T) {
	sound := example(t)
	for field, spoil := range map[string]func(*Plan){
		"time_zone":                       func(p *Plan) { p.TimeZone = "Mars/Phobos" },
		"date":                            func(p *Plan) { p.Date = "2026-02-30" },
		"from":                            func(p *Plan) { p.From = "8" },
		"to":                              func(p *Plan) { p.To = p.From },
		"rules.rona":                      func(p *Plan) { p.Rules.RONA = "soon" },
		"rules.ageing":                    func(p *Plan) { p.Rules.Ageing = "-2m" },
		"rules.capacity":                  func(p *Plan) { n := 51; p.Rules.Capacity = &n },
		"rules.open_offers":               func(p *Plan) { n := 0; p.Rules.OpenOffers = &n },
		"queues":                          func(p *Plan) { p.Queues = nil },
		"queues.1.name":                   func(p *Plan) { p.Queues[1].Name = p.Queues[0].Name },
		"queues.0.teams":                  func(p *Plan) { p.Queues[0].Teams = nil },
		"queues.0.teams.0":                func(p *Plan) { p.Queues[0].Teams = []string{"nobody"} },
		"queues.0.priority":               func(p *Plan) { p.Queues[0].Priority = 10 },
		"queues.0.max_wait":               func(p *Plan) { p.Queues[0].MaxWait, p.Queues[0].Then = "-5m", "close" },
		"queues.0.max_waiting":            func(p *Plan) { p.Queues[0].MaxWaiting = 1 << 40 },
		"queues.0.on_close":               func(p *Plan) { p.Queues[0].OnClose = "panic" },
		"queues.0.then":                   func(p *Plan) { p.Queues[0].MaxWait = "5m" },
		"queues.1.then":                   func(p *Plan) { p.Queues[1].Then = "sing" },
		"queues.0.then_queue":             func(p *Plan) { p.Queues[0].Then = "queue" },
		"queues.1.then_queue":             func(p *Plan) { p.Queues[1].Then, p.Queues[1].ThenQueue = "queue", "nowhere" },
		"queues.0.messages.percent":       func(p *Plan) { n := 101; p.Queues[0].Messages = &Messages{Percent: &n} },
		"queues.1.messages.handling.mean": func(p *Plan) { p.Queues[1].Messages = &Messages{Handling: &Distribution{Shape: "fixed"}} },
		"queues.0.open.1":                 func(p *Plan) { p.Queues[0].Open = []string{"09:00-12:00", "11:00-13:00"} },
		"queues.1.open.0":                 func(p *Plan) { p.Queues[1].Open = []string{"25:00-26:00"} },
		"rules.no_agent_after":            func(p *Plan) { p.Rules.NoAgentAfter = "0s" },
		"queues.0.service_level":          func(p *Plan) { p.Queues[0].ServiceLevel = "25h" },
		"queues.0.arrivals.every":         func(p *Plan) { p.Queues[0].Arrivals.Every = "0s" },
		"queues.0.arrivals.expected":      func(p *Plan) { p.Queues[0].Arrivals.Expected = nil },
		"queues.0.arrivals.expected.0":    func(p *Plan) { p.Queues[0].Arrivals.Expected = []int{-1} },
		"queues.0.handling.shape":         func(p *Plan) { p.Queues[0].Handling.Shape = "gaussian" },
		"queues.0.handling.mean":          func(p *Plan) { p.Queues[0].Handling.Mean = "" },
		"queues.0.handling.deviation":     func(p *Plan) { p.Queues[0].Handling = Distribution{Shape: "lognormal", Mean: "1m"} },
		"queues.0.patience.deviation":     func(p *Plan) { p.Queues[0].Patience = &Distribution{"fixed", "1m", "1m"} },
		"staff":                           func(p *Plan) { p.Staff, p.Queues[0].Teams, p.Queues[1].Teams = nil, []string{}, []string{} },
		"staff.0.team":                    func(p *Plan) { p.Staff[0].Team = "" },
		"staff.0.agents":                  func(p *Plan) { p.Staff[0].Agents = 1e9 },
		"staff.0.to":                      func(p *Plan) { p.Staff[0].From, p.Staff[0].To = "22:00", "06:00" },
		"staff.0.misses_percent":          func(p *Plan) { p.Staff[0].MissesPercent = 101 },
		"staff.0.breaks.0.for":            func(p *Plan) { p.Staff[0].Breaks = []Break{{At: "12:00"}} },
		"staff.0.breaks.0.waves":          func(p *Plan) { p.Staff[0].Breaks = []Break{{"12:00", "5m", -1}} },
	} {
		p := copyOf(sound)
		spoil(&p)
		_, err := p.Run(0)
		var fault *Fault
		ok := errors.As(err, &fault)
		if field == "staff" { // a queue without a team is told first
			ok = ok && (fault.Field == "staff" || strings.HasPrefix(fault.Field, "queues.0.teams"))
		} else {
			ok = ok && fault.Field == field
		}
		if !ok || fault.Why == "" {
			t.Errorf("%s: %v", field, err)
		}
	}
	circle := copyOf(sound)
	for i := range circle.Queues {
		circle.Queues[i].Then, circle.Queues[i].ThenQueue = "queue", circle.Queues[1-i].Name
	}
	var round *Fault
	if _, err := circle.Run(0); !errors.As(err, &round) || round.Field != "queues.0.then_queue" {
		t.Errorf("customers go round: %v", err)
	}
	_, err := Read([]byte(`{"queues":[{"nam":"q"}]}`))
	if p := problem.Of(err); p.Code != problem.UnknownField || p.Params["field"] != "queues.0.nam" {
		t.Errorf("an unknown field: %v", err)
	}
}

func copyOf(p Plan) Plan {
	p.Queues, p.Staff = append([]Queue(nil), p.Queues...), append([]Shift(nil), p.Staff...)
	return p
}

// The pictures are XML that a browser reads, and name what they show.
func TestThePicturesCanBeRead(t *testing.T) {
	p := example(t)
	p.Name = `<script>alert("1")</script> & Söhne`
	text := run(t, p, 0).SVG()
	for d := xml.NewDecoder(strings.NewReader(text)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "script" {
			t.Error("a name became a script")
		}
	}
	if strings.Contains(text, "NaN") || !strings.Contains(text, "Service level") {
		t.Error("a value is none, or a title is missing")
	}
}

// limited is a day with one agent, who is busy with the first customer for all of
// it, so that what becomes of the others is what the limits say.
func limited(change func(front, back *Queue)) Plan {
	one := 1
	queue := func(name string) Queue {
		return Queue{
			Name: name, Teams: []string{"t"}, Arrivals: Arrivals{Every: "1h", Expected: []int{30}}, Handling: Distribution{Shape: "fixed", Mean: "10h"},
		}
	}
	p := Plan{
		Date: "2026-11-24", TimeZone: "Asia/Riyadh", From: "09:00", To: "10:00", Rules: Rules{Capacity: &one},
		Queues: []Queue{queue("front"), queue("back")},
		Staff:  []Shift{{Team: "t", Agents: 1, From: "09:00", To: "12:00"}},
	}
	change(&p.Queues[0], &p.Queues[1])
	return p
}

// Whoever has waited enough moves on where there is room, and is not served
// otherwise.
func TestMaximumWaitAndLength(t *testing.T) {
	r := run(t, limited(func(front, back *Queue) {
		front.MaxWait, front.Then, front.ThenQueue = "5m", "queue", "back"
		back.MaxWait, back.MaxWaiting, back.Then = "7m", 3, "close"
	}), 2)
	moved, ended, full := 0, 0, 0
	for i, c := range r.customers {
		stayed := c.left.Sub(c.came)
		switch {
		case !c.answered.IsZero():
		case c.refused == problem.QueueFull && c.queue == 1:
			full++
		case c.moved && c.queue == 0 && stayed == 12*time.Minute && c.cause == routing.CauseMaximumWait:
			moved++
		case !c.moved && c.cause == routing.CauseMaximumWait && stayed == []time.Duration{5 * time.Minute, 7 * time.Minute}[c.queue]:
			ended++
		default:
			t.Errorf("customer %d: %+v", i, c)
		}
	}
	if r.All.Moved != moved || r.All.Full != full || r.All.TooLong != moved+ended || r.All.NotServed != moved+ended || moved == 0 || full == 0 {
		t.Errorf("%d moved on, %d ended, %d found it full: %+v", moved, ended, full, r.All)
	}
	if table := r.Table(); !strings.Contains(table, "turned away: closed") {
		t.Errorf("the table says nothing of limits:\n%s", table)
	}
}

// A closed queue takes nobody, closing time ends the waiting where it is to, and
// so does that nobody is there.
func TestHoursOfADay(t *testing.T) {
	for name, patience := range map[string]time.Duration{"24h": 24 * time.Hour, "2m": 2 * time.Minute} {
		p := limited(func(front, back *Queue) {
			front.Open, front.OnClose, front.Then = []string{"09:40-10:00", "09:00-09:20"}, "what_then", "close"
			back.Open = []string{"09:00-10:00"}
		})
		p.Rules.NoAgentAfter = name
		p.Staff[0].From, p.Staff[0].To = "22:00", "23:00"
		r := run(t, p, 2)
		closed, ended := 0, 0
		for i, c := range r.customers {
			if c.queue == 1 {
				continue
			}
			at := c.came.Sub(r.From)
			ends := map[bool]time.Duration{true: 20 * time.Minute, false: time.Hour}[at < 20*time.Minute]
			switch open := at < 20*time.Minute || at >= 40*time.Minute; {
			case !open && c.refused == problem.QueueClosed:
				closed++
			case open && c.cause == routing.CauseQueueClosed && c.left.Sub(r.From) == min(ends, at+patience):
				ended++
			default:
				t.Errorf("customer %d, %s after the beginning: %+v", i, at, c)
			}
		}
		if f := r.Queues[0]; f.Closed != closed || f.NotServed != ended || f.TooLong != 0 || f.Came != ended || closed == 0 || ended == 0 {
			t.Errorf("%d found it closed, the waiting of %d ended: %+v", closed, ended, f)
		}
	}
}

// Where messages are taken nobody is sent away: who waited enough leaves what
// they asked, who finds it closed leaves a message if they would, and all are
// answered when somebody comes, in their order.
func TestMessagesAreLeft(t *testing.T) {
	p := limited(func(front, back *Queue) {
		front.Open, front.OnClose, front.MaxWait, front.Then = []string{"09:00-09:30"}, "what_then", "5m", "leave_message"
		front.Messages = &Messages{Handling: &Distribution{Shape: "fixed", Mean: "1m"}}
		back.MaxWait, back.Then, back.ThenQueue = "3m", "queue", "front"
		some := 50
		back.Open, back.Messages = []string{"09:00-09:20"}, &Messages{Percent: &some}
		back.Handling.Mean = "2m"
	})
	p.Rules.NoAgentAfter = "24h"
	p.Staff[0].From, p.Staff[0].To = "11:00", "14:00"
	r := run(t, p, 2)
	var left, gone int
	var order []customer
	for i, c := range r.customers {
		at, wrote := c.came.Sub(r.From), c.wrote.Sub(c.came)
		closes := []time.Duration{30 * time.Minute, 20 * time.Minute}[c.queue]
		enough := []time.Duration{min(5*time.Minute, closes-at), 8 * time.Minute}[c.queue]
		switch {
		case at >= closes && c.refused == problem.QueueClosed && c.wrote.IsZero() && c.queue == 1:
			gone++
			continue
		case at >= closes && c.refused == problem.QueueClosed && wrote == 0:
		case at < closes && c.refused == "" && c.answered.IsZero() && wrote == enough:
		default:
			t.Errorf("customer %d of queue %d, %s after the beginning: %+v", i, c.queue, at, c)
		}
		left++
		order = append(order, c)
		if c.replied.IsZero() {
			t.Errorf("customer %d is never answered: %+v", i, c)
		}
	}
	f := r.All
	if f.Left != left || f.Replied != left || f.Answered+f.Abandoned+f.Waiting > 0 || f.NotServed != f.Came || f.Closed != gone+left-f.Came || gone == 0 || f.Came == 0 {
		t.Errorf("%d left, %d gone: %+v", left, gone, f)
	}
	slices.SortFunc(order, func(a, b customer) int { return a.replied.Compare(b.replied) })
	for i, c := range order[1:] {
		took := []time.Duration{time.Minute, 2 * time.Minute}[order[i].queue]
		if c.came.Before(order[i].came) || c.replied.Sub(order[i].replied) != took {
			t.Errorf("after %+v comes %+v", order[i], c)
		}
	}
	if table := r.Table(); !strings.Contains(table, "left messages") {
		t.Errorf("the table says nothing of messages:\n%s", table)
	}
}

// By how much a wait lies outside of what was told.
func TestPromisesKept(t *testing.T) {
	minute := time.Minute
	for _, c := range []struct{ from, to, wait, want time.Duration }{
		{2 * minute, 5 * minute, 3 * minute, 0},
		{2 * minute, 5 * minute, 2 * minute, 0},
		{2 * minute, 5 * minute, 5 * minute, 0},
		{2 * minute, 5 * minute, 90 * time.Second, -30 * time.Second},
		{2 * minute, 5 * minute, 6 * minute, minute},
		{minute, 2 * minute, time.Second, 0},
		{minute, minute, 61 * time.Second, time.Second},
	} {
		if got := (promise{from: c.from, to: c.to}).off(c.wait); got != c.want {
			t.Errorf("told %s to %s, took %s: off by %s, want %s", c.from, c.to, c.wait, got, c.want)
		}
	}
}

// Where days are alike all through, of those who were told how long it takes one
// in ten or so waits longer, and everybody told is accounted for.
func TestEstimatesAreWhatTheySay(t *testing.T) {
	one := 1
	busy := make([]int, 12)
	for i := range busy {
		busy[i] = 60
	}
	p := Plan{
		From: "06:00", To: "18:00", Rules: Rules{Capacity: &one},
		Queues: []Queue{{Name: "q", Teams: []string{"t"}, Arrivals: Arrivals{Every: "1h", Expected: busy}, Patience: &Distribution{Shape: "exponential", Mean: "30m"}, Handling: Distribution{Shape: "exponential", Mean: "10m"}}},
		Staff:  []Shift{{Team: "t", Agents: 9, From: "06:00", To: "24:00"}},
	}
	var sum Estimates
	for seed := range int64(6) {
		e := run(t, p, seed+1).All.Estimates
		if e.Told < e.Answered || e.Answered != e.Inside+e.Sooner+e.Later {
			t.Errorf("%+v", e)
		}
		sum.Told, sum.Answered, sum.Inside, sum.Sooner, sum.Later, sum.off = sum.Told+e.Told, sum.Answered+e.Answered, sum.Inside+e.Inside, sum.Sooner+e.Sooner, sum.Later+e.Later, sum.off+e.off
	}
	off, _ := sum.MeanOff()
	later, _ := share(sum.Later, sum.Answered)
	inside, _ := share(sum.Inside, sum.Answered)
	t.Logf("told %d, answered %d: inside %.2f, later %.2f, off %s on average", sum.Told, sum.Answered, inside, later, off)
	if sum.Answered < 1000 || later < 0.03 || later > 0.25 || inside < 0.35 {
		t.Errorf("%+v", sum)
	}
}
