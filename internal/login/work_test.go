package login

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// zeros: little enough for a test, and too much to be guessed.
const zeros = 6

// reason is why work was refused; "" if it was not.
func reason(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		return ""
	}
	wants(t, err, problem.WorkNeeded)
	if got := problem.Of(err).Params["zeros"]; got != zeros {
		t.Errorf("what is asked for is not said: %v", err)
	}
	return fmt.Sprint(problem.Of(err).Params["reason"])
}

// Work is taken once, for the asset and the minutes it was asked for; whoever
// repeats a start because its answer was lost has done it.
func TestWorkIsTakenOnce(t *testing.T) {
	d := open(t)
	embed := d.EmbedToken("org_1", "ast_1", "https://shop.example")
	done := access.Work{Zeros: zeros, Answer: access.DoWork(embed, zeros)}
	check := func(o id.Org, a id.Asset, key string, w access.Work) string {
		t.Helper()
		return reason(t, d.CheckWork(o, a, embed, key, w))
	}
	another := d.EmbedToken("org_1", "ast_1", "https://shop.example")
	for what, c := range map[string]struct{ got, want string }{
		"none asked for":  {check("org_1", "ast_1", "k0", access.Work{}), ""},
		"none done":       {check("org_1", "ast_1", "k0", access.Work{Zeros: zeros}), "missing"},
		"a part of it":    {check("org_1", "ast_1", "k0", access.Work{Zeros: zeros, Answer: done.Answer[:7]}), "wrong"},
		"another asset":   {check("org_1", "ast_2", "k0", done), "expired"},
		"another's asset": {check("org_2", "ast_1", "k0", done), "expired"},
		"another token":   {check("org_1", "ast_1", "k0", access.Work{Zeros: zeros, Answer: access.DoWork(another, zeros)}), "wrong"},
		"no token":        {reason(t, d.CheckWork("org_1", "ast_1", "", "k0", done)), "expired"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", what, c.got, c.want)
		}
	}
	got := []string{
		check("org_1", "ast_1", "k1", done), check("org_1", "ast_1", "k1", done), // its answer was lost
		check("org_1", "ast_1", "k2", done),
	}
	d.now = d.now.Add(embedLife)
	if got = append(got, check("org_1", "ast_1", "k1", done)); !slices.Equal(got, []string{"", "", "used", "expired"}) {
		t.Errorf("once, again, elsewhere, later: %q", got)
	}
}

// After a restart nobody knows what was used before, so nothing from before is
// taken for a new start; a start that had begun goes on.
func TestWorkDoneBeforeARestart(t *testing.T) {
	d := open(t)
	embed := d.EmbedToken("org_1", "ast_1", "https://shop.example")
	done := access.Work{Zeros: zeros, Answer: access.DoWork(embed, zeros)}
	_, _, err := d.StartVisitor(t.Context(), "org_1", "ast_1", embed, "k1", "cus_1", access.Work{Zeros: zeros})
	if reason(t, err) != "missing" || len(d.store.visitors) != 0 {
		t.Errorf("without work: %v, and there are %v", err, d.store.visitors)
	}
	if _, _, err = d.StartVisitor(t.Context(), "org_1", "ast_1", embed, "k1", "cus_1", done); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(10 * time.Second)
	again, err := New(t.Context(), d.store, Options{Now: func() time.Time { return d.now }, HashMemory: 64})
	if err != nil {
		t.Fatal(err)
	}
	if got := reason(t, again.CheckWork("org_1", "ast_1", embed, "k2", done)); got != "expired" {
		t.Errorf("for a new start: %q", got)
	}
	if _, v, err := again.StartVisitor(t.Context(), "org_1", "ast_1", embed, "k1", "cus_2", done); err != nil || v.Customer != "cus_1" {
		t.Errorf("the start that had begun: %+v, %v", v, err)
	}
}

// What is remembered of work has a bound, and is forgotten with the tokens.
func TestWorkIsForgotten(t *testing.T) {
	w := newWorks(time.Now)
	now := time.Now()
	w.now = func() time.Time { return now }
	refused := func(reason string) error { return problem.New(problem.WorkNeeded, "reason", reason) }
	for i := range mostWorks {
		if err := w.use(embed{Nonce: fmt.Sprint(i), Expires: now.Unix() + 10}, "k", refused); err != nil {
			t.Fatal(err)
		}
	}
	wants(t, w.use(embed{Nonce: "one more", Expires: now.Unix() + 10}, "k", refused), problem.RateLimited)
	now = now.Add(2 * time.Minute)
	if err := w.use(embed{Nonce: "later", Expires: now.Unix() + 10}, "k", refused); err != nil || len(w.used) != 1 {
		t.Errorf("later there are %d, %v", len(w.used), err)
	}
}
