package bus

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hiwar/internal/bus/bustest"
	"hiwar/internal/engine"
)

// across publishes at one process and listens at another.
type across struct {
	*Between // publishes
	to       *Between
}

func (a across) Subscribe(deliver func(engine.Message), over func()) (cancel func()) {
	return a.to.Subscribe(deliver, over)
}

func TestWithinOneOfSeveral(t *testing.T) {
	bustest.Run(t, func(t *testing.T) (bustest.Bus, func()) { return two(t)[0], func() {} })
}

func TestBetweenTwo(t *testing.T) {
	bustest.Run(t, func(t *testing.T) (bustest.Bus, func()) {
		both := two(t)
		return across{both[0], both[1]}, func() { settle(t, both[0], both[1]) }
	})
}

// settle waits until what was published at one has come to the other.
func settle(t *testing.T, from, to *Between) {
	t.Helper()
	came := make(chan struct{}, 1)
	cancel := to.Subscribe(func(m engine.Message) {
		if m.Org == "" {
			came <- struct{}{}
		}
	}, func() {})
	defer cancel()
	from.Publish([]engine.Message{{Topic: "settled"}})
	select {
	case <-came:
	case <-time.After(10 * time.Second):
		t.Fatal("what was published did not come to the other process")
	}
}

// two are processes with embedded servers that reach each other.
func two(t *testing.T) [2]*Between {
	t.Helper()
	var servers [2]*Embedded
	var both [2]*Between
	log := slog.New(slog.DiscardHandler)
	for i, name := range []string{"a", "b"} {
		e, err := Embed("127.0.0.1:0", name, "secret", log)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(e.Close)
		servers[i] = e
		if both[i], err = Join("", name, "test", log, e.InProcess()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(both[i].Close)
		heard := func(_ []byte, answer func([]byte)) { answer([]byte(name)) }
		if err := both[i].Answer(heard); err != nil {
			t.Fatal(err)
		}
	}
	for _, e := range servers {
		if err := e.Reach([]string{servers[0].Address(), servers[1].Address()}); err != nil {
			t.Fatal(err)
		}
	}
	for i, other := range []string{"b", "a"} {
		reached(t, both[i], other)
	}
	return both
}

// reached waits until one process can ask another, and so is heard by it.
func reached(t *testing.T, b *Between, other string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		once, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
		answer, err := b.Ask(once, other, nil)
		cancel()
		if err == nil {
			if string(answer) != other {
				t.Fatalf("%s answered as %q", other, answer)
			}
			return
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatalf("%s was not reached: %v", other, err)
		}
	}
}

func TestAskingNobody(t *testing.T) {
	both := two(t)
	_, err := both[0].Ask(t.Context(), "c", []byte("anybody?"))
	var e interface{ NotSent() bool }
	if !errors.As(err, &e) || !e.NotSent() {
		t.Fatalf("got %v, want an error that says that nobody heard it", err)
	}
	_, err = both[0].Ask(t.Context(), "b", make([]byte, mostAtOnce+1))
	if !errors.As(err, &e) || !strings.Contains(err.Error(), "max_payload") {
		t.Fatalf("got %v, want that the question is too long", err)
	}
}

// Whoever does not know the secret is not let in.
func TestStrangersAreNotHeard(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	ours, err := Embed("127.0.0.1:0", "a", "secret", log)
	if err != nil {
		t.Fatal(err)
	}
	defer ours.Close()
	stranger, err := Embed("127.0.0.1:0", "b", "another", log)
	if err != nil {
		t.Fatal(err)
	}
	defer stranger.Close()
	if err := stranger.Reach([]string{ours.Address()}); err != nil {
		t.Fatal(err)
	}
	// It is refused at once and tries again: no try of a second may succeed.
	deadline := time.After(time.Second)
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if ours.server.NumRoutes() > 0 {
				t.Fatal("a server with another secret has a route")
			}
		case <-deadline:
			return
		}
	}
}

// Frames of a later release are lost on this one, and what it adds to those of
// this version is ignored.
func TestAnotherRelease(t *testing.T) {
	both := two(t)
	var got []engine.Message
	came := make(chan struct{})
	cancel := both[1].Subscribe(func(m engine.Message) {
		got = append(got, m)
		if m.Topic == "last" {
			close(came)
		}
	}, func() {})
	defer cancel()
	for _, body := range []string{
		`{"v":2,"from":"a","n":1,"messages":[{"org":"org_1","topic":"not understood"}]}`,
		`not even JSON`,
		`{"v":1,"from":"c","n":1,"new":true,"messages":[{"org":"org_1","topic":"last","new":{}}]}`,
	} {
		both[0].publish("events", []byte(body))
	}
	select {
	case <-came:
	case <-time.After(10 * time.Second):
		t.Fatal("nothing came")
	}
	if len(got) != 1 {
		t.Errorf("got %v, want the last alone", got)
	}
}

// Whatever is lost on the way, whoever listens is told that something was, and
// gets nothing twice.
func TestLossIsNoticed(t *testing.T) {
	both := two(t)
	var got []string
	came := make(chan struct{})
	cancel := both[1].Subscribe(func(m engine.Message) {
		if m.Lost {
			got = append(got, "lost")
		} else if m.Org != "" {
			got = append(got, m.Topic)
		}
		if m.Topic == "last" {
			close(came)
		}
	}, func() {})
	defer cancel()
	for _, body := range []string{
		`{"v":1,"from":"c","n":7,"messages":[{"org":"org_1","topic":"first"}]}`,
		`{"v":1,"from":"c","n":8,"messages":[{"org":"org_1","topic":"second"}]}`,
		`{"v":1,"from":"c","n":8,"messages":[{"org":"org_1","topic":"second"}]}`,
		`{"v":1,"from":"c","n":10}`,
		`{"v":1,"from":"c","n":11,"messages":[{"org":"org_1","topic":"last"}]}`,
	} {
		both[0].publish("events", []byte(body))
	}
	select {
	case <-came:
	case <-time.After(10 * time.Second):
		t.Fatal("nothing came")
	}
	if want := "first second lost last"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

// Whoever publishes is never held up, connected or not.
func TestPublishingWithoutConnection(t *testing.T) {
	log := slog.New(slog.DiscardHandler)
	e, err := Embed("127.0.0.1:0", "a", "secret", log)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Join("", "a", "test", log, e.InProcess())
	if err != nil {
		t.Fatal(err)
	}
	e.Close()
	heard := 0
	cancel := b.Subscribe(func(engine.Message) { heard++ }, func() {})
	for range 3 * waiting {
		b.Publish([]engine.Message{{Org: "org_1", Topic: "a"}})
	}
	cancel()
	if heard != 3*waiting {
		t.Errorf("%d of %d came to who is here", heard, 3*waiting)
	}
	if b.Connected() == nil {
		t.Error("the bus says that it is connected")
	}
	b.Close()
	if got := b.counts.dropped.Load(); got == 0 {
		t.Error("nothing was counted as lost")
	}
}

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
