package sim

import (
	"slices"
	"strconv"
	"time"
	"unicode/utf8"
)

// Visit is one customer's chat as planned: when they come, what they say, and
// how long each of it takes them. All times are at pace 1.
type Visit struct {
	Number   int           // from 1, in order of At
	At       time.Duration // since the plan began
	Persona  string
	Asset    string
	Name     string
	Email    string
	Language string
	Opening  string
	// Patience is how long they wait for an agent before they leave.
	Patience time.Duration
	// Steps answer the agent's first message, the second …; the last one is
	// the thanks.
	Steps []Step
	// Linger is how long after the thanks they stay if nobody ends the chat.
	Linger time.Duration
}

// Step is what somebody says in one go.
type Step struct {
	Read  time.Duration // before they begin to type
	Lines []Line
}

// Line is one message, and the time it takes to type.
type Line struct {
	Typing time.Duration
	Text   string
}

const (
	patienceLow  = 4 * time.Minute
	patienceHigh = 8 * time.Minute
	typingMost   = 12 * time.Second // nobody watches longer
)

// firsts are when the first customers of the demo's own asset come, so that a
// newcomer has somebody to answer at once and a second one soon after.
var firsts = []time.Duration{2 * time.Second, 25 * time.Second}

// means are the times between two customers of an asset: a calm day.
var means = []struct {
	asset string
	mean  time.Duration
}{
	{AssetStore, 70 * time.Second},
	{AssetAccount, 55 * time.Second},
	{AssetHelp, 65 * time.Second},
}

// Plan is who comes within span, in order of time: a Poisson process for each
// asset. The same seed and span give the same plan, and a longer span only
// adds to it.
func Plan(seed uint64, span time.Duration) []Visit {
	var visits []Visit
	for _, m := range means {
		visits = append(visits, plan(seed, m.asset, m.mean, span)...)
	}
	slices.SortStableFunc(visits, func(a, b Visit) int { return int(a.At - b.At) })
	for i := range visits {
		visits[i].Number = i + 1
	}
	return visits
}

func plan(seed uint64, asset string, mean, span time.Duration) []Visit {
	comes := chanceOf(seed, "arrivals/"+asset)
	cast := castOf(asset, chanceOf(seed, "cast/"+asset))
	var visits []Visit
	at := time.Duration(0)
	for i := 0; ; i++ {
		if asset == AssetStore && i < len(firsts) {
			at = firsts[i]
		} else {
			at += comes.wait(mean)
		}
		if at > span {
			return visits
		}
		visits = append(visits, visit(cast(i), asset, at, chanceOf(seed, "visit/"+asset+"/"+strconv.Itoa(i))))
	}
}

// castOf says who the i-th customer of an asset is: everybody once, shuffled,
// before anybody comes again. The demo's first is always the same friendly
// one.
func castOf(asset string, c chance) func(int) Persona {
	var who []Persona
	for _, p := range Personas() {
		if slices.Contains(p.Assets, asset) {
			who = append(who, p)
		}
	}
	rest := who
	if asset == AssetStore {
		rest = who[2:] // sara, then james: one in each language
	}
	c.Shuffle(len(rest), func(i, j int) { rest[i], rest[j] = rest[j], rest[i] })
	return func(i int) Persona { return who[i%len(who)] }
}

func visit(p Persona, asset string, at time.Duration, c chance) Visit {
	v := Visit{
		At: at, Persona: p.Key, Asset: asset, Name: p.Name, Email: p.Email, Language: p.Language, Opening: p.Opening,
		Patience: p.Patience, Linger: c.between(40*time.Second, 90*time.Second),
	}
	if v.Patience == 0 {
		v.Patience = c.between(patienceLow, patienceHigh)
	}
	for _, turn := range append(slices.Clone(p.Turns), p.Thanks) {
		v.Steps = append(v.Steps, step(turn, p.Pace, c))
	}
	return v
}

func step(texts []string, pace float64, c chance) Step {
	s := Step{Read: c.between(1500*time.Millisecond, 4*time.Second)}
	for _, text := range texts {
		typing := time.Duration(float64(utf8.RuneCountInString(text))/pace*1000) * time.Millisecond
		s.Lines = append(s.Lines, Line{Typing: min(typing+c.between(300*time.Millisecond, time.Second), typingMost), Text: text})
	}
	return s
}
