package simulate

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/simulation/agenda"
	"hiwar/test/check"
)

// Result is what a day, or many, came to.
type Result struct {
	Days, Rounds, Commits int
	Time                  time.Duration // simulated
	Chats                 int
	Faults                map[string]int
	Met                   map[string]int // rare states
	Acked, Told           int
	Commands              int    // that were answered
	Hash, Answers         uint64 // of all that was committed, and answered
	Violations            []string
}

// Add puts another day to the sum. Hashes are not summed.
func (r *Result) Add(o Result) {
	r.Days, r.Rounds, r.Commits = r.Days+o.Days, r.Rounds+o.Rounds, r.Commits+o.Commits
	r.Commands += o.Commands
	r.Time, r.Chats, r.Acked, r.Told = r.Time+o.Time, r.Chats+o.Chats, r.Acked+o.Acked, r.Told+o.Told
	if r.Faults == nil {
		r.Faults, r.Met = map[string]int{}, map[string]int{}
	}
	for k, n := range o.Faults {
		r.Faults[k] += n
	}
	for k, n := range o.Met {
		r.Met[k] += n
	}
	r.Violations = append(r.Violations, o.Violations...)
}

// AllFaults is how many there were.
func (r *Result) AllFaults() (n int) {
	for _, k := range r.Faults {
		n += k
	}
	return n
}

// world is one day.
type world struct {
	plan
	chance *rand.Rand
	now    time.Duration
	agenda agenda.Agenda
	clock  clock
	store  *memory
	base   engine.Store // what the engine works on: the store, or a database beside it
	bus    post
	engine *engine.Engine
	turns  *engine.Turns // nil while the process is down
	alarm  time.Duration // when the engine wants to be woken; 0 is never

	agents    []*agent
	customers []*customer // open ones
	all       []*person
	byTopic   map[string]*follower

	ids, commands int
	answers       digest
	troubled      bool          // faults happen
	lookAgain     int           // the round after which the whole floor is held to its invariants
	closing       bool          // nobody new comes, and work is finished
	frozen        time.Duration // the process is stopped until then
	upAt          time.Duration // with turns nil: the process is started again then
	disturbed     time.Duration // timers may be late until a second after then
	soundSince    time.Time     // what falls due after this is in time; by the engine's clock
	result        Result
}

// settling is how long after closing time people finish what they have begun,
// without faults.
const settling = 40 * time.Minute

// Day runs the day of a seed, so many simulated hours long.
func Day(seed uint64, hours int) Result {
	return play(seed, hours, func(m *memory) (engine.Store, error) { return m, nil })
}

func play(seed uint64, hours int, on func(*memory) (engine.Store, error)) Result {
	w := &world{
		chance: rand.New(rand.NewPCG(seed, 1)), answers: newDigest(), byTopic: map[string]*follower{}, troubled: true,
		result: Result{Days: 1, Faults: map[string]int{}, Met: map[string]int{}},
	}
	w.plan = draw(w.chance)
	w.store = newMemory(w.config)
	w.store.seen = w.look
	var err error
	if w.base, err = on(w.store); err != nil {
		w.violation("the database cannot be used: %v", err)
		return w.result
	}
	w.bus.w = w
	w.boot()
	for n := range w.plan.agents {
		w.hire(n)
	}
	w.arrive()
	span := time.Duration(hours) * time.Hour
	w.pass(span)
	w.troubled, w.closing = false, true
	w.pass(span + settling)
	w.everybodyResumes()
	w.judge()
	w.result.Time, w.result.Chats, w.result.Hash, w.result.Commits = w.now, len(w.store.order), w.store.hash.sum.Sum64(), w.store.commits
	w.result.Answers = w.answers.sum.Sum64()
	return w.result
}

// mostSteps is many times what happens in the busiest minute.
const mostSteps = 400_000

// pass lets time go by until a moment.
func (w *world) pass(until time.Duration) {
	minute := w.now
	for steps := 0; len(w.result.Violations) < 20; steps++ {
		if w.now >= minute+time.Minute {
			minute, steps = w.now, 0
		}
		if steps == mostSteps {
			w.violation("the day does not get on: down %t, stopped until %s, %d rounds", w.turns == nil, w.frozen, w.result.Rounds)
			return
		}
		next, planned := w.agenda.Next()
		at := next.Sub(begin)
		if w.alarm > 0 && (!planned || w.alarm <= at) {
			at, planned = w.alarm, false
		}
		if at > until || !planned && w.alarm == 0 {
			break
		}
		w.now = max(w.now, at)
		w.clock.passed = w.now
		if planned {
			w.agenda.Take()()
		} else {
			w.round()
		}
	}
	w.now = max(w.now, until)
	w.clock.passed = w.now
}

// after plans something.
func (w *world) after(d time.Duration, do func()) { w.agenda.Add(begin.Add(w.now+d), do) }

// between is a time from a to b.
func (w *world) between(a, b time.Duration) time.Duration {
	return a + time.Duration(w.chance.Int64N(int64(b-a)+1)).Truncate(time.Millisecond)
}

// odds are n in 1,000.
func (w *world) odds(n int) bool { return w.chance.IntN(1000) < n }

func (w *world) violation(format string, args ...any) {
	w.result.Violations = append(w.result.Violations, fmt.Sprintf("at %s: ", w.now)+fmt.Sprintf(format, args...))
}

func (w *world) met(what string) { w.result.Met[what]++ }

// boot starts the process on what is stored.
func (w *world) boot() {
	w.engine = engine.New(engine.Options{Store: w.base, Bus: &w.bus, Clock: &w.clock, Log: slog.New(slog.DiscardHandler), NewID: w.newID})
	turns, err := w.engine.ByHand(context.Background())
	if err != nil {
		w.violation("the process does not start: %v", err)
		return
	}
	w.turns = turns
	w.round() // what fell due meanwhile
}

func (w *world) newID() [16]byte {
	w.ids++
	return [16]byte{12: byte(w.ids >> 24), 13: byte(w.ids >> 16), 14: byte(w.ids >> 8), 15: byte(w.ids)}
}

var errAway = problem.New(problem.Unavailable).Because(errors.New("nobody answers"))

// round has the engine carry requests out, in whatever trouble there is.
func (w *world) round(requests ...engine.Request) []engine.Answer {
	answers := make([]engine.Answer, len(requests))
	for i := range answers {
		answers[i].Err = errAway
	}
	if w.turns == nil {
		w.alarm = 0
		return answers
	}
	if w.now < w.frozen {
		w.alarm = w.frozen
		return answers
	}
	t := trouble(none)
	if w.troubled && len(requests) > 0 {
		t = w.drawTrouble()
	}
	if t == killBefore || t == stopped {
		w.down(t)
		return answers
	}
	w.store.fault = t.commit()
	commits := w.store.commits
	asked := requests
	if t == repeated {
		asked = append(requests[:len(requests):len(requests)], requests...)
	}
	got, err := w.turns.Round(asked...)
	w.result.Rounds++
	w.answered(got)
	committed := w.store.commits > commits
	if err != nil {
		w.violation("the engine stops: %v", err)
	}
	if n := w.engine.Counts().Violations.Load(); n > 0 {
		w.violation("%d effects contradicted one another", n)
	}
	for _, what := range w.store.wrong {
		w.violation("%s", what)
	}
	w.store.wrong = nil
	for _, a := range got {
		if t.commit() == sound && w.now > w.disturbed+5*time.Second && problem.CodeOf(a.Err) == problem.Unavailable {
			w.violation("nothing is in the way and the answer is %v", a.Err)
		}
	}
	w.sleep()
	if t == repeated {
		w.once(requests, got)
		got = got[:len(requests)]
	}
	answers = w.aftermath(t, got, answers, committed)
	if w.result.Rounds >= w.lookAgain {
		w.invariants()
		w.lookAgain = w.result.Rounds + max(betweenLooks, len(w.store.alive)/8)
	}
	return answers
}

// sleep sets the alarm.
func (w *world) sleep() {
	w.alarm = 0
	if d, ok := w.turns.Wait(); ok {
		w.alarm = w.now + d
	}
}

// betweenLooks is how many rounds there are at least between two looks at the
// whole floor. A look costs agents times requests, so on a floor on which
// thousands wait there are more: else the busiest days would do little else.
const betweenLooks = 64

// invariants holds what is committed to the rules of the floor.
func (w *world) invariants() {
	s, err := routing.Load(w.store.config, w.store.records())
	if err == nil {
		err = s.Check(w.store.now)
	}
	if err != nil {
		w.violation("stored: %v", err)
	}
}

// judge compares the journals with what is stored.
func (w *world) judge() {
	w.invariants()
	var journals []check.Journal
	for _, p := range w.all {
		journals = append(journals, p.journal)
	}
	report := check.Verify(journals, w.store.dump(), check.Options{Settled: true, Alone: true})
	w.result.Acked, w.result.Told = report.Acked, report.Told
	for _, v := range report.Violations {
		w.violation("%s", v)
	}
}
