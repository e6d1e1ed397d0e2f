package bare

import (
	"fmt"
	"math/rand/v2"
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/simulation/agenda"
)

// Result is what a day, or many, came to.
type Result struct {
	Days, Steps, Chats, Faults int
	Offers                     int
	Time                       time.Duration // simulated
	PassedOver                 int           // agents who were first and were not asked
	Overtaken                  int           // customers who were first and were not offered
	Met                        map[string]int
	Violations                 []string
}

// Add puts another day to the sum.
func (r *Result) Add(o Result) {
	r.Days, r.Steps, r.Chats, r.Faults, r.Offers = r.Days+o.Days, r.Steps+o.Steps, r.Chats+o.Chats, r.Faults+o.Faults, r.Offers+o.Offers
	r.Time, r.PassedOver, r.Overtaken = r.Time+o.Time, r.PassedOver+o.PassedOver, r.Overtaken+o.Overtaken
	if r.Met == nil {
		r.Met = map[string]int{}
	}
	for what, n := range o.Met {
		r.Met[what] += n
	}
	r.Violations = append(r.Violations, o.Violations...)
}

// world is one day.
type world struct {
	centre
	chance  *rand.Rand
	now     time.Time
	agenda  agenda.Agenda
	floor   *routing.State
	book    *book
	chats   map[id.Conversation]*chat.State
	agents  map[id.User]*agent
	last    id.User // who served the last customer
	closing bool    // nobody new comes, and work is finished
	result  Result
}

// finishing is how long after closing time people finish what they have begun.
const finishing = time.Hour

// checkEvery is how many steps there are from one look at everything to the
// next.
const checkEvery = 100

// Day runs the day of a seed, so many simulated hours long. The same seed is the
// same day.
func Day(seed uint64, hours int) Result {
	w := start(seed)
	end := began.Add(time.Duration(hours) * time.Hour)
	w.pass(end)
	w.closing = true
	w.pass(end.Add(finishing))
	w.look()
	w.book.settled()
	w.result.Time, w.result.Offers = w.now.Sub(began), w.book.made
	return w.result
}

// start is the morning of a day.
func start(seed uint64) *world {
	w := &world{
		chance: rand.New(rand.NewPCG(seed, 5)), now: began, chats: map[id.Conversation]*chat.State{}, agents: map[id.User]*agent{},
		result: Result{Days: 1, Met: map[string]int{}},
	}
	w.centre = draw(w.chance)
	w.floor = routing.New(w.config)
	w.book = newBook(w)
	for i := range w.config.Users {
		w.hire(w.config.Users[i].ID)
	}
	w.arrive()
	w.administer()
	return w
}

// mostSteps is many times what happens in the busiest day.
const mostSteps = 5_000_000

// pass lets time go by until a moment.
func (w *world) pass(until time.Time) {
	for len(w.result.Violations) < 20 {
		if w.result.Steps > mostSteps {
			w.violation("the day does not get on")
			return
		}
		due, waits := w.floor.Deadline()
		next, people := w.agenda.Next()
		switch {
		case waits && !due.After(until) && (!people || !due.After(next)):
			w.now = due
			w.step(routing.Tick{})
		case people && !next.After(until):
			w.now = next
			w.agenda.Take()()
		default:
			w.now = until
			return
		}
	}
}

// step steps the floor, and has the book, the conversations and people notice
// what followed. That somebody is refused is part of every day.
func (w *world) step(ev routing.Event) error {
	effects, err := w.floor.Step(w.now, ev)
	w.result.Steps++
	if err != nil {
		if problem.CodeOf(err) == problem.Internal {
			w.violation("%T: %v", ev, err)
		}
		return err
	}
	w.floor.TakeChanges()
	w.book.note(ev, effects)
	w.told(effects)
	if w.result.Steps%checkEvery == 0 {
		w.look()
	}
	for _, e := range effects {
		w.notice(e)
	}
	return nil
}

// look holds everything against the floor's own invariants.
func (w *world) look() {
	if err := w.floor.Check(w.now); err != nil {
		w.violation("%v", err)
	}
}

func (w *world) violation(format string, args ...any) {
	w.result.Violations = append(w.result.Violations, w.now.Format("15:04:05.000: ")+fmt.Sprintf(format, args...))
}

func (w *world) met(what string) { w.result.Met[what]++ }

// after plans something from a to b from now.
func (w *world) after(a, b time.Duration, do func()) {
	wait := a + time.Duration(w.chance.Int64N(int64(b-a)+1)).Truncate(time.Millisecond)
	w.at(w.now.Add(wait), do)
}

func (w *world) at(at time.Time, do func()) { w.agenda.Add(at, do) }

// odds are n in 1,000.
func (w *world) odds(n int) bool { return w.chance.IntN(1000) < n }
