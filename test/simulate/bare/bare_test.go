package bare

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"hiwar/internal/routing"
)

// A few days end in order, and the same seed is the same day.
func TestDays(t *testing.T) {
	var sum Result
	for seed := range uint64(4) {
		day := Day(seed, 4)
		if again := Day(seed, 4); !reflect.DeepEqual(day, again) {
			t.Errorf("seed %d is two days:\n%+v\n%+v", seed, day, again)
		}
		sum.Add(day)
	}
	for _, v := range sum.Violations {
		t.Error(v)
	}
	if sum.Chats < 500 || sum.Offers < 500 || sum.PassedOver+sum.Overtaken > 0 {
		t.Errorf("%+v", sum)
	}
}

// The book sees what is not fair: an agent who was first and is not asked, and a
// customer who was first and is not offered.
func TestTheBookSeesInversions(t *testing.T) {
	for what, spoil := range map[string]func(*book) int{
		"idle longer": func(b *book) int {
			for _, d := range b.order {
				d.ranked = b.w.now.AddDate(1, 0, 0) // and one of them is asked
			}
			b.order[0].ranked = began.AddDate(-1, 0, 0)
			return 1
		},
		"waited longer": func(b *book) int {
			for _, line := range b.waiting {
				for _, r := range line {
					r.since = r.since.AddDate(-1, 0, 0)
					return 2
				}
			}
			return 0
		},
	} {
		if !seen(spoil) {
			t.Errorf("nobody noticed: %s", what)
		}
	}
}

// The book sees who is free before somebody who waits, whether it was the agent
// or the customer whom the last event touched.
func TestTheBookSeesWhoIsNotOffered(t *testing.T) {
	for what, touch := range map[string]func(*book){
		"freed": func(b *book) { b.moved = append(b.moved, b.order...) },
		"eased": func(b *book) {
			for _, line := range b.waiting {
				for _, r := range line {
					b.eased = append(b.eased, r)
				}
			}
		},
	} {
		w := start(3)
		for len(w.result.Violations) == 0 && w.now.Before(began.Add(4*finishing)) {
			w.pass(w.now.Add(time.Minute))
			for _, d := range w.book.order {
				d.capacity++ // there is room, and nobody uses it
			}
			touch(w.book)
			w.book.leftUndone()
			for _, d := range w.book.order {
				d.capacity--
			}
		}
		if len(w.result.Violations) == 0 || !strings.Contains(strings.Join(w.result.Violations, " "), "is free") {
			t.Errorf("%s: nobody noticed: %v", what, w.result.Violations)
		}
	}
}

// seen spoils the book of one day after the other until the offers that follow
// are called unfair.
func seen(spoil func(*book) int) bool {
	for seed := range uint64(40) {
		w := start(seed)
		for range 30 {
			w.pass(w.now.Add(finishing / 10))
			kind := spoil(w.book)
			w.pass(w.now.Add(finishing / 10))
			if kind == 1 && w.result.PassedOver > 0 || kind == 2 && w.result.Overtaken > 0 {
				return true
			}
			if len(w.result.Violations) > 0 {
				break
			}
		}
	}
	return false
}

// What happens twice, too late or to nobody is called by its name.
func TestTheBookSeesWhatIsWrong(t *testing.T) {
	w := start(1)
	w.pass(w.now.Add(finishing))
	b := w.book
	for _, e := range []routing.Effect{
		routing.OfferClosed{Offer: 1 << 40, Agent: w.config.Users[0].ID, Conversation: "c000000", End: routing.OfferMissed},
		routing.WrapUpSubmitted{Part: 1 << 40, Agent: w.config.Users[0].ID},
		routing.PartEnded{Part: 1 << 40, Agent: "nobody", Conversation: "c000000"},
		routing.PresenceChanged{Agent: w.config.Users[0].ID, From: routing.RONA, To: routing.Available},
	} {
		before := len(w.result.Violations)
		b.effect(routing.Tick{}, e)
		if len(w.result.Violations) == before {
			t.Errorf("nothing is wrong with %T%+v", e, e)
		}
	}
	for w.floor.Check(w.now) == nil && w.book.closed == w.book.started {
		w.pass(w.now.Add(time.Second))
	}
	before := len(w.result.Violations)
	b.settled()
	if len(w.result.Violations) == before {
		t.Error("the books balance in the middle of the day")
	}
}
