package sim

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// floor is a server of one queue in memory: it rings the one agent who sits,
// passes on what is said, and keeps a record.
type floor struct {
	mu     sync.Mutex
	nobody bool // no agent ever answers
	desk   *floorDesk
	chats  map[string]*floorChat
	record []string
	opened int
	busy   map[string]bool
	rona   time.Duration
}

func (f *floor) note(format string, args ...any) {
	f.record = append(f.record, fmt.Sprintf(format, args...))
}

func (f *floor) count(prefix string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	n := 0
	for _, line := range f.record {
		if len(line) >= len(prefix) && line[:len(prefix)] == prefix {
			n++
		}
	}
	return n
}

type floorChat struct {
	f    *floor
	id   string
	news chan ChatNews
	held bool
	over bool
	lang string
}

type floorDesk struct {
	f     *floor
	news  chan DeskNews
	ready bool
}

var errGone = errors.New("gone")

func (f *floor) Visit(_ context.Context, v Visit) (Chat, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.opened++
	c := &floorChat{f: f, id: fmt.Sprint(v.Number), news: make(chan ChatNews, 100), lang: v.Language}
	f.chats[c.id] = c
	f.note("opened %s", v.Persona)
	f.offer(c)
	return c, nil
}

// offer rings the agent, and misses after the time to answer.
func (f *floor) offer(c *floorChat) {
	if f.desk == nil || !f.desk.ready || f.nobody || c.over {
		return
	}
	desk := f.desk
	desk.news <- DeskNews{Kind: DeskRequest, Request: c.id, Conversation: c.id}
	time.AfterFunc(f.rona, func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if !c.held && !c.over && desk.ready {
			f.note("missed")
			desk.ready = false
			desk.news <- DeskNews{Kind: DeskGone, Request: c.id}
			desk.news <- DeskNews{Kind: DeskRONA}
		}
	})
}

func (f *floor) SitDown(_ context.Context, agent string) (Desk, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if agent != "karim" {
		return nil, errGone
	}
	f.desk = &floorDesk{f: f, news: make(chan DeskNews, 1000)}
	return f.desk, nil
}

func (c *floorChat) News() <-chan ChatNews              { return c.news }
func (c *floorChat) Typing(context.Context, bool) error { return nil }
func (c *floorChat) Close() error                       { return nil }

func (c *floorChat) Say(_ context.Context, text string) error {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	if c.over {
		return errGone
	}
	c.f.note("customer says")
	if c.held {
		c.f.desk.news <- DeskNews{Kind: DeskSaid, Conversation: c.id}
	}
	return nil
}

func (c *floorChat) End(context.Context) error {
	c.f.mu.Lock()
	defer c.f.mu.Unlock()
	if c.over {
		return errGone
	}
	if c.held {
		c.f.note("customer ends")
	} else {
		c.f.note("customer gives up")
	}
	c.end()
	return nil
}

func (c *floorChat) end() {
	c.over = true
	c.news <- ChatOver
	if c.held {
		c.f.desk.news <- DeskNews{Kind: DeskOver, Conversation: c.id, Part: c.id}
	}
}

func (d *floorDesk) News() <-chan DeskNews                      { return d.news }
func (d *floorDesk) Typing(context.Context, string, bool) error { return nil }
func (d *floorDesk) Close() error                               { return nil }

func (d *floorDesk) Available(context.Context) error {
	d.f.mu.Lock()
	defer d.f.mu.Unlock()
	d.f.note("available")
	d.ready = true
	for _, c := range d.f.chats {
		if !c.held && !c.over {
			d.f.offer(c)
		}
	}
	return nil
}

func (d *floorDesk) Idle(_ context.Context, reason string) error {
	d.f.mu.Lock()
	defer d.f.mu.Unlock()
	d.ready = false
	d.f.note("idle %s", reason)
	return nil
}

func (d *floorDesk) Accept(_ context.Context, request string) error {
	d.f.mu.Lock()
	defer d.f.mu.Unlock()
	c := d.f.chats[request]
	if c.over || c.held {
		return errGone
	}
	c.held = true
	d.f.note("accepted")
	c.news <- ChatJoined
	d.news <- DeskNews{Kind: DeskGone, Request: c.id}
	d.news <- DeskNews{Kind: DeskBegan, Conversation: c.id, Language: c.lang}
	return nil
}

func (d *floorDesk) Say(_ context.Context, conversation, _ string) error {
	d.f.mu.Lock()
	defer d.f.mu.Unlock()
	c := d.f.chats[conversation]
	if c.over {
		return errGone
	}
	d.f.note("agent says")
	c.news <- ChatAnswer
	return nil
}

func (d *floorDesk) End(_ context.Context, conversation string) error {
	d.f.mu.Lock()
	defer d.f.mu.Unlock()
	c := d.f.chats[conversation]
	if c.over {
		return errGone
	}
	d.f.note("agent ends")
	c.end()
	return nil
}

func (d *floorDesk) WrapUp(_ context.Context, part, reason string) error {
	d.f.mu.Lock()
	defer d.f.mu.Unlock()
	if d.f.busy[part] {
		return errGone
	}
	d.f.busy[part] = true
	d.f.note("wrapped up")
	return nil
}

// play runs an hour in no time.
func play(t *testing.T, f *floor, c Config, span time.Duration) {
	t.Helper()
	f.chats, f.busy = map[string]*floorChat{}, map[string]bool{}
	if f.rona == 0 {
		f.rona = 30 * time.Second
	}
	c.Server, c.Sample = f, Organization()
	ctx, cancel := context.WithTimeout(t.Context(), span)
	defer cancel()
	if err := Run(ctx, c); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Run ended with %v", err)
	}
}

func TestAnHourOfTheDemo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &floor{}
		play(t, f, Config{Seed: 1}, time.Hour)
		opened, accepted, wrapped := f.count("opened"), f.count("accepted"), f.count("wrapped up")
		if opened < 100 || accepted < opened/2 {
			t.Errorf("%d customers came, %d were accepted", opened, accepted)
		}
		if accepted-wrapped > 8 {
			t.Errorf("%d accepted, only %d wrapped up", accepted, wrapped)
		}
		for _, want := range []string{"missed", "idle break", "agent ends", "customer says"} {
			if f.count(want) == 0 {
				t.Errorf("nobody %s in an hour", want)
			}
		}
		if said := f.count("agent says"); said < 2*accepted {
			t.Errorf("agents wrote %d messages in %d conversations", said, accepted)
		}
	})
}

func TestCustomersGiveUpWhenNobodyAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &floor{nobody: true}
		play(t, f, Config{Seed: 1, Most: 2}, time.Hour)
		if gone := f.count("customer gives up"); gone == 0 || f.count("opened")-gone > 3*2 {
			t.Errorf("%d came, %d gave up", f.count("opened"), gone)
		}
	})
}

// Nobody is there more often than Most says, however many come.
func TestNoMoreCustomersThanAskedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &floor{nobody: true}
		play(t, f, Config{Seed: 2, Most: 1}, 3*time.Minute)
		if n := f.count("opened") - f.count("customer gives up"); n > 3 {
			t.Errorf("%d customers at three assets, want one each", n)
		}
	})
}

func TestSpeedShortensEveryDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow, fast := &floor{}, &floor{rona: 3 * time.Second}
		play(t, slow, Config{Seed: 3}, 30*time.Minute)
		play(t, fast, Config{Seed: 3, Speed: 10}, 3*time.Minute)
		if a, b := slow.count("opened"), fast.count("opened"); a != b {
			t.Errorf("%d customers in half an hour, %d in a tenth of it at ten times the speed", a, b)
		}
	})
}
