package simulation

import (
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/problem"
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
		"time_zone":                    func(p *Plan) { p.TimeZone = "Mars/Phobos" },
		"date":                         func(p *Plan) { p.Date = "2026-02-30" },
		"from":                         func(p *Plan) { p.From = "8" },
		"to":                           func(p *Plan) { p.To = p.From },
		"rules.rona":                   func(p *Plan) { p.Rules.RONA = "soon" },
		"rules.ageing":                 func(p *Plan) { p.Rules.Ageing = "-2m" },
		"rules.capacity":               func(p *Plan) { n := 51; p.Rules.Capacity = &n },
		"rules.open_offers":            func(p *Plan) { n := 0; p.Rules.OpenOffers = &n },
		"queues":                       func(p *Plan) { p.Queues = nil },
		"queues.1.name":                func(p *Plan) { p.Queues[1].Name = p.Queues[0].Name },
		"queues.0.teams":               func(p *Plan) { p.Queues[0].Teams = nil },
		"queues.0.teams.0":             func(p *Plan) { p.Queues[0].Teams = []string{"nobody"} },
		"queues.0.priority":            func(p *Plan) { p.Queues[0].Priority = 10 },
		"queues.0.service_level":       func(p *Plan) { p.Queues[0].ServiceLevel = "25h" },
		"queues.0.arrivals.every":      func(p *Plan) { p.Queues[0].Arrivals.Every = "0s" },
		"queues.0.arrivals.expected":   func(p *Plan) { p.Queues[0].Arrivals.Expected = nil },
		"queues.0.arrivals.expected.0": func(p *Plan) { p.Queues[0].Arrivals.Expected = []int{-1} },
		"queues.0.handling.shape":      func(p *Plan) { p.Queues[0].Handling.Shape = "gaussian" },
		"queues.0.handling.mean":       func(p *Plan) { p.Queues[0].Handling.Mean = "" },
		"queues.0.handling.deviation":  func(p *Plan) { p.Queues[0].Handling = Distribution{Shape: "lognormal", Mean: "1m"} },
		"queues.0.patience.deviation":  func(p *Plan) { p.Queues[0].Patience = &Distribution{"fixed", "1m", "1m"} },
		"staff":                        func(p *Plan) { p.Staff, p.Queues[0].Teams, p.Queues[1].Teams = nil, []string{}, []string{} },
		"staff.0.team":                 func(p *Plan) { p.Staff[0].Team = "" },
		"staff.0.agents":               func(p *Plan) { p.Staff[0].Agents = 1e9 },
		"staff.0.to":                   func(p *Plan) { p.Staff[0].From, p.Staff[0].To = "22:00", "06:00" },
		"staff.0.misses_percent":       func(p *Plan) { p.Staff[0].MissesPercent = 101 },
		"staff.0.breaks.0.for":         func(p *Plan) { p.Staff[0].Breaks = []Break{{At: "12:00"}} },
		"staff.0.breaks.0.waves":       func(p *Plan) { p.Staff[0].Breaks = []Break{{"12:00", "5m", -1}} },
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
