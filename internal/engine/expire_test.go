package engine_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

func keepsTwoDays(config *org.Config) { config.Queues[0].Limits.KeepDays = 2 }

// watched is a store that a test stands beside: before it commits, when it is
// asked what is due, and when it overwrites.
type watched struct {
	engine.Store
	engine.People
	committing, asked func()
	scrubs            int
}

func (w *watched) Commit(ctx context.Context, b *engine.Batch) error {
	w.committing()
	return w.Store.Commit(ctx, b)
}

func (w *watched) Ended(ctx context.Context, o id.Org, q id.Queue, before time.Time, limit int) ([]id.Conversation, error) {
	w.asked()
	return w.People.Ended(ctx, o, q, before, limit)
}

func (w *watched) Scrub(ctx context.Context) error {
	w.scrubs++
	return w.People.Scrub(ctx)
}

// newWatched opens a centre on such a store.
func newWatched(t *testing.T, change func(*org.Config)) (*centre, *watched) {
	t.Helper()
	nothing := func() {}
	w := &watched{committing: nothing, asked: nothing}
	c := newCentreIn(t.TempDir(), t, change, func(s engine.Store) engine.Store {
		w.Store, w.People = s, s.(engine.People)
		return w
	})
	t.Cleanup(c.close)
	return c, w
}

// expired takes a step of the retention.
func (c *centre) expired(limit int) engine.Expired {
	c.t.Helper()
	done, err := c.Expire(c.t.Context(), limit)
	if err != nil {
		c.t.Fatal(err)
	}
	return done
}

// A queue's retention removes what was said so long ago and nothing younger, a
// few at a time, whatever restarts come between; what is held stays, and so do
// the conversations themselves. The last step overwrites what was deleted.
func TestRetention(t *testing.T) {
	c, w := newWatched(t, keepsTwoDays)
	var old []id.Conversation
	for n := 1; n <= 4; n++ {
		old = append(old, c.past(n, anna, "rsn_1"))
	}
	if err := c.Hold(t.Context(), adam, string(old[1]), "a case"); err != nil {
		t.Fatal(err)
	}
	if err := c.Hold(t.Context(), adam, "cus_3", "another"); err != nil {
		t.Fatal(err)
	}
	c.pass(47 * time.Hour)
	if done := c.expired(1); done.Conversations != 0 || done.More {
		t.Errorf("too early: %+v", done)
	}
	young := c.past(5, anna, "rsn_1")
	c.pass(2 * time.Hour)
	if done := c.expired(1); done.Conversations != 1 || !done.More || w.scrubs != 0 {
		t.Errorf("the first: %+v, overwritten %d times", done, w.scrubs)
	}
	c.restart()
	if done := c.expired(1); done.Conversations != 1 || done.More || w.scrubs != 1 {
		t.Errorf("the second and last, after a restart: %+v, overwritten %d times", done, w.scrubs)
	}
	if done := c.expired(1); done.Conversations != 0 || done.More || w.scrubs != 1 {
		t.Errorf("no more: %+v, overwritten %d times", done, w.scrubs)
	}
	erased := func() (list []string) {
		for n, conv := range append(slices.Clone(old), young) {
			p, err := c.Person(t.Context(), adam, id.Customer(fmt.Sprint("cus_", n+1)))
			if err != nil || len(p.Conversations) != 1 || p.Conversations[0].Record.Header.ID != conv {
				t.Fatalf("%+v, %v", p, err)
			}
			if !p.Conversations[0].ErasedAt.IsZero() {
				list = append(list, string(p.Customer))
			}
		}
		return list
	}
	if got := erased(); !slices.Equal(got, []string{"cus_1", "cus_4"}) {
		t.Errorf("erased: %v", got)
	}
	var acts []string
	for _, r := range c.records() {
		if r.Act == engine.ActExpire {
			acts = append(acts, r.Actor+" "+r.Object)
		}
	}
	if !slices.Equal(acts, []string{"console que_1", "console que_1"}) {
		t.Errorf("recorded: %v", acts)
	}
	if err := c.Release(t.Context(), adam, "cus_3"); err != nil {
		t.Fatal(err)
	}
	c.expired(1)
	if got := erased(); !slices.Equal(got, []string{"cus_1", "cus_3", "cus_4"}) {
		t.Errorf("once it is let go: %v", got)
	}
}

// Files are given to be removed only once what they were of is erased: a commit
// that fails leaves both.
func TestRetentionThatIsNotStoredRemovesNoFile(t *testing.T) {
	fault := ""
	c := newCentreIn(t.TempDir(), t, keepsTwoDays, func(s engine.Store) engine.Store { return faulty{s, &fault} })
	t.Cleanup(c.close)
	conv, part := c.answered(1, anna), c.part(anna)
	c.do(customer(1), with(conv, "", c.uploaded(customer(1), conv, "u1")))
	c.do(anna, engine.EndConversation{Conversation: conv})
	c.do(anna, engine.SubmitWrapUp{Part: part, Reason: "rsn_1"})
	c.pass(49 * time.Hour)
	fault = "before"
	if done, err := c.Expire(t.Context(), 10); problem.CodeOf(err) != problem.Unavailable || len(done.Blobs) != 0 || done.Conversations != 0 {
		t.Errorf("with a failing commit: %+v, %v", done, err)
	}
	if done := c.expired(10); done.Conversations != 1 || !slices.Equal(done.Blobs, []string{"blob-u1"}) {
		t.Errorf("once it can be stored: %+v", done)
	}
}

// stall has the loop stand still in its next commit, until go on is called.
func (w *watched) stall(c *centre) (goOn func()) {
	entered, leave := make(chan struct{}), make(chan struct{})
	w.committing = func() {
		w.committing = func() {}
		close(entered)
		<-leave
	}
	go func() { // only its commit counts
		_, _ = c.Do(context.Background(), engine.Request{Actor: adam, CommandID: "stall", Command: engine.DeleteAsset{Asset: "ast_2", Confirmation: "Help"}})
	}()
	<-entered
	return func() { close(leave) }
}

// queued returns when so many calls wait for the loop.
func (c *centre) queued(n int) {
	for c.Waiting() < n {
		runtime.Gosched()
	}
}

// Whoever asks for a hold first has it, also where both are stored by one
// commit.
func TestAHoldComesBeforeWhatIsAskedLater(t *testing.T) {
	c, w := newWatched(t, keepsTwoDays)
	c.past(1, anna, "rsn_1")
	c.pass(49 * time.Hour)
	held, erased := make(chan error, 1), make(chan error, 1)
	goOn := w.stall(c)
	go func() { held <- c.Hold(context.Background(), adam, "cus_1", "a case") }()
	c.queued(1)
	go func() {
		_, err := c.ErasePerson(context.Background(), adam, "cus_1", "sara@example.com")
		erased <- err
	}()
	c.queued(2)
	goOn()
	if err := <-held; err != nil {
		t.Error(err)
	}
	wantProblem(t, "held in the same round", <-erased, problem.LegalHold)
}

// Whoever asks for a hold before the retention's commit has it, also where the
// retention had looked before that.
func TestAHoldComesBeforeTheRetention(t *testing.T) {
	c, w := newWatched(t, keepsTwoDays)
	c.past(1, anna, "rsn_1")
	c.pass(49 * time.Hour)
	held := make(chan error, 1)
	var goOn func()
	w.asked = func() {
		w.asked = func() {}
		goOn = w.stall(c)
		go func() { held <- c.Hold(context.Background(), adam, "cus_1", "a case") }()
		c.queued(1)
		go func() { c.queued(2); goOn() }()
	}
	if done := c.expired(10); done.Conversations != 0 {
		t.Errorf("removed: %+v", done)
	}
	if err := <-held; err != nil {
		t.Error(err)
	}
}
