package login

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

const (
	huda     = "huda@example.org"
	sentence = "قهوة الصباح على الشرفة الزرقاء"
)

// desk is a Service with one administrator, huda, and a clock to turn.
type desk struct {
	*Service
	store *mem
	now   time.Time
}

func open(t *testing.T) *desk {
	t.Helper()
	d := &desk{store: newMem(), now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	s, err := New(t.Context(), d.store, Options{Now: func() time.Time { return d.now }, HashMemory: 64})
	if err != nil {
		t.Fatal(err)
	}
	d.Service = s
	return d
}

func founded(t *testing.T) *desk {
	t.Helper()
	d := open(t)
	link, ok, err := d.SetupLink(t.Context())
	if err != nil || !ok {
		t.Fatalf("SetupLink: %v %v", ok, err)
	}
	if _, err := d.Found(t.Context(), link, config(), "usr_huda", sentence, "test"); err != nil {
		t.Fatal(err)
	}
	return d
}

func config() org.Config {
	return org.Config{
		Organization: org.Organization{ID: "org_1", Name: org.Name{En: "Lotus Store"}},
		Users: []org.User{{
			ID: "usr_huda", Name: "Huda", Email: huda,
			Roles: []org.Role{org.RoleAgent, org.RoleSupervisor, org.RoleAdministrator},
		}},
	}
}

func wants(t *testing.T, err error, code problem.Code) {
	t.Helper()
	if problem.CodeOf(err) != code || err == nil {
		t.Errorf("got %v, want %s", err, code)
	}
}

func (d *desk) signIn(t *testing.T) string {
	t.Helper()
	secret, err := d.SignIn(t.Context(), huda, sentence, "", "192.0.2.1", "test")
	if err != nil {
		t.Fatal(err)
	}
	return secret
}

func TestTheFirstAdministratorIsMadeOnceByALink(t *testing.T) {
	d := open(t)
	first, _, _ := d.SetupLink(t.Context())
	second, ok, err := d.SetupLink(t.Context()) // a restart prints a new one
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	_, err = d.Found(t.Context(), first, config(), "usr_huda", sentence, "")
	wants(t, err, problem.LinkExpired)
	_, err = d.Found(t.Context(), second, config(), "usr_huda", "short", "")
	wants(t, err, problem.PasswordTooShort)
	secret, err := d.Found(t.Context(), second, config(), "usr_huda", sentence, "") // a refused password costs no link
	if err != nil {
		t.Fatal(err)
	}
	actor, err := d.Staff(t.Context(), secret)
	if err != nil || actor.User != "usr_huda" || actor.Org != "org_1" || actor.Kind != access.Staff || len(actor.Roles) != 3 {
		t.Fatalf("Staff = %+v, %v", actor, err)
	}
	_, err = d.Found(t.Context(), second, config(), "usr_huda", sentence, "")
	wants(t, err, problem.SetupDone)
	if _, ok, err := d.SetupLink(t.Context()); ok || err != nil {
		t.Errorf("a second setup link was made: %v", err)
	}
}

func TestASetupLinkExpires(t *testing.T) {
	d := open(t)
	link, _, _ := d.SetupLink(t.Context())
	d.now = d.now.Add(linkLife)
	wants(t, d.CheckSetup(t.Context(), link), problem.LinkExpired)
	_, err := d.Found(t.Context(), link, config(), "usr_huda", sentence, "")
	wants(t, err, problem.LinkExpired)
	wants(t, d.CheckSetup(t.Context(), "nonsense"), problem.LinkExpired)
}

func TestOfManyWhoUseOneSetupLinkOneWins(t *testing.T) {
	d := open(t)
	link, _, _ := d.SetupLink(t.Context())
	var wg sync.WaitGroup
	var mu sync.Mutex
	won := 0
	for range 4 {
		wg.Go(func() {
			if _, err := d.Found(context.Background(), link, config(), "usr_huda", sentence, ""); err == nil {
				mu.Lock()
				won++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if won != 1 {
		t.Errorf("%d administrators were made", won)
	}
}

func TestSigningIn(t *testing.T) {
	d := founded(t)
	for _, c := range []struct{ email, password string }{
		{huda, "another long sentence"},
		{huda, ""},
		{"nobody@example.org", sentence},
		{"", ""},
		{huda, strings.Repeat("x", 1<<20)},
		{strings.Repeat("x", 1<<20), sentence},
	} {
		_, err := d.SignIn(t.Context(), c.email, c.password, "", "192.0.2.9", "")
		wants(t, err, problem.LoginFailed)
	}
	for key := range d.attempts.known {
		if len(key) > 300 {
			t.Errorf("%d bytes are remembered of one failure", len(key))
		}
	}
	// The address as typed on a phone, the password in decomposed letters.
	secret, err := d.SignIn(t.Context(), " Huda@Example.org ", sentence, "", "192.0.2.1", "")
	if err != nil {
		t.Fatal(err)
	}
	if d.store.contains(secret) {
		t.Error("the session's secret is in the store")
	}
	other := d.signIn(t)
	if other == secret {
		t.Error("two sessions have one secret")
	}
	_, err = d.Staff(t.Context(), strings.Repeat("A", 43))
	wants(t, err, problem.TokenInvalid)
	_, err = d.Staff(t.Context(), "")
	wants(t, err, problem.TokenInvalid)
}

func TestPasswordsInComposedAndDecomposedLettersAreOne(t *testing.T) {
	h := newHasher(64, 1)
	stored, err := h.hash(t.Context(), "caf\u00e9 au lait tous les jours")
	if err != nil {
		t.Fatal(err)
	}
	ok, err := h.matches(t.Context(), "cafe\u0301 au lait tous les jours", stored)
	if !ok || err != nil {
		t.Errorf("matches = %v, %v", ok, err)
	}
}

// Whether an account exists shows neither in the answer nor in the work done.
func TestAnUnknownEmailIsAnsweredByTheSameCode(t *testing.T) {
	h := newHasher(memoryKiB, 1)
	stored, err := h.hash(t.Context(), sentence)
	if err != nil {
		t.Fatal(err)
	}
	for name, stored := range map[string]string{"known": stored, "unknown": h.decoy} {
		memory, time, threads, salt, key, err := decode(stored)
		if err != nil || memory != memoryKiB || time != passes || threads != 1 || len(salt) != saltBytes || len(key) != keyBytes {
			t.Errorf("%s: other work is done: m=%d t=%d p=%d %d %d %v", name, memory, time, threads, len(salt), len(key), err)
		}
	}
	if ok, err := h.matches(t.Context(), "", ""); ok || err != nil {
		t.Errorf("nobody was signed in without a password: %v %v", ok, err)
	}
}

func TestADisabledAccountCannotSignInNorGoOn(t *testing.T) {
	d := founded(t)
	secret := d.signIn(t)
	a := d.store.accounts[huda]
	a.User.Disabled = true
	d.store.accounts[huda] = a
	_, err := d.SignIn(t.Context(), huda, sentence, "", "192.0.2.1", "")
	wants(t, err, problem.LoginFailed)
	_, err = d.Staff(t.Context(), secret)
	wants(t, err, problem.TokenInvalid)
}

func TestFailuresSlowDownTheirPairAndTheirAddressOnly(t *testing.T) {
	d := founded(t)
	for range freeFailures {
		_, err := d.SignIn(t.Context(), huda, "wrong password", "", "192.0.2.66", "")
		wants(t, err, problem.LoginFailed)
	}
	_, err := d.SignIn(t.Context(), huda, sentence, "", "192.0.2.66", "")
	wants(t, err, problem.RateLimited)
	if got := problem.Of(err).Params["retry_after_ms"]; got != int64(1000) {
		t.Errorf("retry_after_ms = %v", got)
	}
	d.signIn(t) // huda herself, from her own address, is not locked out

	d.now = d.now.Add(time.Second)
	if _, err := d.SignIn(t.Context(), huda, sentence, "", "192.0.2.66", ""); err != nil {
		t.Errorf("after the wait: %v", err)
	}
}

// trying is an attempt that ends like this.
func (a *attempts) trying(ok bool, doors ...door) error {
	_, err := a.guess(doors, func() (bool, error) { return ok, nil })
	return err
}

func TestOneAddressTryingEverybodyIsSlowedDown(t *testing.T) {
	a := newAttempts(func() time.Time { return time.Unix(1000, 0) })
	for i := range freeOfAddress {
		if err := a.trying(false, doorsOf(string(rune('a'+i)), "192.0.2.66")...); err != nil {
			t.Fatalf("try %d: %v", i, err)
		}
	}
	wants(t, a.trying(true, doorsOf("z", "192.0.2.66")...), problem.RateLimited)
	if err := a.trying(true, doorsOf("z", "192.0.2.67")...); err != nil {
		t.Error(err)
	}
}

// One good account buys no guesses at others.
func TestWhoGetsInForgivesTheirOwnFailuresOnly(t *testing.T) {
	a := newAttempts(func() time.Time { return time.Unix(1000, 0) })
	for range freeOfAddress - 1 {
		for _, ok := range []bool{false, true} {
			if err := a.trying(ok, doorsOf("good", "192.0.2.66")...); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := a.trying(false, doorsOf("good", "192.0.2.66")...); err != nil {
		t.Error(err)
	}
	wants(t, a.trying(true, doorsOf("other", "192.0.2.66")...), problem.RateLimited)
}

func TestFailuresAreForgottenAndBounded(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	a := newAttempts(func() time.Time { return now })
	pair, other := doorsOf("e", "192.0.2.1")[0], doorsOf("f", "192.0.2.1")[0]
	for range 30 {
		if err := a.trying(false, pair); err != nil {
			t.Fatal(err)
		}
		now = now.Add(max(a.wait(pair), 0))
	}
	now = now.Add(-longestBackOff)
	if got := a.wait(pair); got != longestBackOff {
		t.Errorf("30 failures wait %v", got)
	}
	now = now.Add(forgottenAfter + time.Second)
	if err := a.trying(false, pair); err != nil {
		t.Errorf("an hour later: %v", err)
	}
	if got := a.wait(pair); got != 0 {
		t.Errorf("an hour later one failure waits %v", got)
	}
	for i := range attemptEntries {
		if err := a.trying(false, door{key: string(rune(i)), free: 1}); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.trying(true, other); err != nil {
		t.Error(err)
	}
	if len(a.known) > attemptEntries || a.order.Len() != len(a.known) {
		t.Errorf("%d entries are kept, %d in order", len(a.known), a.order.Len())
	}
}

// Who makes many guesses at once gets as many for nothing as who makes them one
// after the other.
func TestGuessesAtOnceAreCountedToo(t *testing.T) {
	d := founded(t)
	asked, compared := 0, 0
	guess := func() error {
		_, err := d.SignIn(t.Context(), huda, "a wrong password", "", "192.0.2.66", "")
		return err
	}
	// Each begins before the one before it has ended.
	d.store.asked = func() {
		if asked++; asked > 4*freeFailures {
			return
		}
		if problem.CodeOf(guess()) == problem.LoginFailed {
			compared++
		}
	}
	if problem.CodeOf(guess()) == problem.LoginFailed {
		compared++
	}
	if compared != freeFailures {
		t.Errorf("%d of those at once were compared, %d are free", compared, freeFailures)
	}
	d.store.asked = func() {}
	wants(t, guess(), problem.RateLimited)
	d.signIn(t) // elsewhere nothing is the matter
}

// A whole centre signs in from one address in the morning.
func TestManyMayComeFromOneAddressAtOnce(t *testing.T) {
	a := newAttempts(func() time.Time { return time.Unix(1000, 0) })
	var come func(i int) (bool, error)
	come = func(i int) (bool, error) {
		if i == 3*freeOfAddress {
			return true, nil
		}
		return a.guess(doorsOf(string(rune('a'+i)), "192.0.2.1"), func() (bool, error) { return come(i + 1) })
	}
	if ok, err := come(0); !ok || err != nil {
		t.Errorf("%v, %v", ok, err)
	}
	if len(a.known) != 0 {
		t.Errorf("nobody failed, and %d are remembered", len(a.known))
	}
}

// What broke on our side is nobody's failure.
func TestAnErrorOfOursIsNoAttempt(t *testing.T) {
	a := newAttempts(func() time.Time { return time.Unix(1000, 0) })
	broken := errors.New("disk full")
	for range 2 * freeFailures {
		if _, err := a.guess(doorsOf("e", "192.0.2.1"), func() (bool, error) { return false, broken }); !errors.Is(err, broken) {
			t.Fatal(err)
		}
	}
	if len(a.known) != 0 {
		t.Errorf("%d are remembered", len(a.known))
	}
}

func TestSessionsEnd(t *testing.T) {
	t.Run("unused for twelve hours", func(t *testing.T) {
		d := founded(t)
		secret := d.signIn(t)
		for range 3 { // every use counts from anew
			d.now = d.now.Add(11 * time.Hour)
			if _, err := d.Staff(t.Context(), secret); err != nil {
				t.Fatal(err)
			}
		}
		d.now = d.now.Add(12*time.Hour + time.Second)
		_, err := d.Staff(t.Context(), secret)
		wants(t, err, problem.TokenInvalid)
		if len(d.store.sessions) != 1 { // that of founded
			t.Errorf("%d sessions are left", len(d.store.sessions))
		}
	})
	t.Run("after thirty days, however much used", func(t *testing.T) {
		d := founded(t)
		secret := d.signIn(t)
		for range 60 {
			d.now = d.now.Add(12 * time.Hour)
			if _, err := d.Staff(t.Context(), secret); err != nil {
				t.Fatal(err)
			}
		}
		d.now = d.now.Add(time.Second)
		_, err := d.Staff(t.Context(), secret)
		wants(t, err, problem.TokenInvalid)
	})
	t.Run("by sweeping", func(t *testing.T) {
		d := founded(t)
		d.now = d.now.Add(13 * time.Hour)
		fresh := d.signIn(t)
		if err := d.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Staff(t.Context(), fresh); err != nil || len(d.store.sessions) != 1 {
			t.Errorf("%d sessions are left: %v", len(d.store.sessions), err)
		}
	})
}

// Use keeps a session alive although it is written down only from time to time,
// that of all sessions at once, and again after it could not be.
func TestUseIsWrittenTogether(t *testing.T) {
	d := founded(t)
	secrets := []string{d.signIn(t), d.signIn(t), d.signIn(t)}
	use := func(span time.Duration) {
		t.Helper()
		for range span / time.Hour {
			d.now = d.now.Add(time.Hour)
			for _, secret := range secrets {
				if _, err := d.Staff(t.Context(), secret); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	use(20 * time.Hour)
	if d.store.touched != 0 {
		t.Errorf("written %d times by use alone", d.store.touched)
	}
	d.store.fail = errors.New("the disk is full")
	if err := d.KeepSeen(t.Context()); !errors.Is(err, d.store.fail) {
		t.Errorf("nothing can be written: %v", err)
	}
	d.store.fail = nil
	for range 2 { // the second has nothing to write
		if err := d.KeepSeen(t.Context()); err != nil {
			t.Error(err)
		}
	}
	seen := 0
	for _, s := range d.store.sessions {
		if s.SeenAt.Equal(d.now) {
			seen++
		}
	}
	if d.store.touched != 1 || seen != len(secrets) {
		t.Errorf("%d sessions were seen in %d writes", seen, d.store.touched)
	}
	use(2 * time.Hour)
	if err := d.Sweep(t.Context()); err != nil || len(d.store.sessions) != len(secrets) || d.store.touched != 2 {
		t.Errorf("sweeping leaves %d sessions after %d writes: %v", len(d.store.sessions), d.store.touched, err)
	}
}

func TestSigningOutEndsWhatWasOpened(t *testing.T) {
	d := founded(t)
	here, there := d.signIn(t), d.signIn(t)
	socket := func(secret string) (access.Actor, <-chan struct{}) {
		t.Helper()
		actor, err := d.Staff(t.Context(), secret)
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan struct{})
		actor, closed, err := d.Ticket(t.Context(), d.NewTicket(actor), func() { close(ended) })
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(closed)
		return actor, ended
	}
	actor, endedHere := socket(here)
	_, endedThere := socket(there)

	if err := d.SignOut(t.Context(), actor); err != nil {
		t.Fatal(err)
	}
	<-endedHere
	wants(t, d.Seen(t.Context(), actor), problem.TokenInvalid)
	select {
	case <-endedThere:
		t.Fatal("signing out here ended the session there")
	default:
	}
	if err := d.SignOutEverywhere(t.Context(), "org_1", "usr_huda"); err != nil {
		t.Fatal(err)
	}
	<-endedThere
	_, err := d.Staff(t.Context(), there)
	wants(t, err, problem.TokenInvalid)
}

// With several processes a ticket of one opens a socket at another, as soon, once
// at each, and its session's end closes that.
func TestATicketOfAnotherProcess(t *testing.T) {
	d := founded(t)
	another := func() *Service {
		s, err := New(t.Context(), d.store, Options{Now: func() time.Time { return d.now }, HashMemory: 64, Shared: true})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	here, there := another(), another()
	secret := d.signIn(t)
	actor, err := here.Staff(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	ticket := here.NewTicket(actor)
	ended := make(chan struct{})
	got, _, err := there.Ticket(t.Context(), ticket, func() { close(ended) })
	if err != nil || got.User != actor.User {
		t.Fatalf("%+v, %v", got, err)
	}
	_, _, err = there.Ticket(t.Context(), ticket, func() {})
	wants(t, err, problem.TokenInvalid)
	if err := there.SignOutEverywhere(t.Context(), actor.Org, actor.User); err != nil {
		t.Fatal(err)
	}
	<-ended
	_, _, err = here.Ticket(t.Context(), here.NewTicket(actor), func() {})
	wants(t, err, problem.TokenInvalid)

	if actor, err = here.Staff(t.Context(), d.signIn(t)); err != nil {
		t.Fatal(err)
	}
	late := here.NewTicket(actor)
	for name, bad := range map[string]string{
		"another's session": late[:strings.IndexByte(late, '.')] + ticket[strings.IndexByte(ticket, '.'):],
		"no session":        late[:strings.IndexByte(late, '.')],
		"a challenge":       here.challenges.make(toProve, actor.Session) + late[strings.IndexByte(late, '.'):],
	} {
		if _, _, err := there.Ticket(t.Context(), bad, func() {}); problem.CodeOf(err) != problem.TokenInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	d.now = d.now.Add(ticketLife)
	_, _, err = there.Ticket(t.Context(), late, func() {})
	wants(t, err, problem.TokenInvalid)
}

func TestATicketWorksOnceAndSoon(t *testing.T) {
	d := founded(t)
	actor, err := d.Staff(t.Context(), d.signIn(t))
	if err != nil {
		t.Fatal(err)
	}
	ticket := d.NewTicket(actor)
	if _, _, err := d.Ticket(t.Context(), ticket, func() {}); err != nil {
		t.Fatal(err)
	}
	_, _, err = d.Ticket(t.Context(), ticket, func() {})
	wants(t, err, problem.TokenInvalid)

	late := d.NewTicket(actor)
	d.now = d.now.Add(ticketLife)
	_, _, err = d.Ticket(t.Context(), late, func() {})
	wants(t, err, problem.TokenInvalid)

	early := d.NewTicket(actor)
	if err := d.SignOut(t.Context(), actor); err != nil {
		t.Fatal(err)
	}
	_, _, err = d.Ticket(t.Context(), early, func() {}) // signed out between ticket and socket
	wants(t, err, problem.TokenInvalid)
	if n := len(d.live.known); n != 0 {
		t.Errorf("%d sessions count as open", n)
	}
}

func TestTicketsAreBounded(t *testing.T) {
	d := open(t)
	oldest := d.NewTicket(access.Actor{})
	for range maxTickets {
		d.NewTicket(access.Actor{})
	}
	if n := len(d.tickets.known); n > maxTickets {
		t.Errorf("%d tickets are kept", n)
	}
	_, ok := d.tickets.take(first(digestOf(oldest)))
	if ok {
		t.Error("the oldest was kept instead of the newest")
	}
}

func first(d access.Digest, _ bool) access.Digest { return d }

func TestEnterLinksSignInOnce(t *testing.T) {
	d := founded(t)
	link, err := d.EnterLink(t.Context(), "org_1", "usr_huda")
	if err != nil {
		t.Fatal(err)
	}
	secret, err := d.Enter(t.Context(), link, "")
	if err != nil {
		t.Fatal(err)
	}
	if actor, err := d.Staff(t.Context(), secret); err != nil || actor.User != "usr_huda" {
		t.Errorf("%+v %v", actor, err)
	}
	_, err = d.Enter(t.Context(), link, "")
	wants(t, err, problem.LinkExpired)
	late, _ := d.EnterLink(t.Context(), "org_1", "usr_huda")
	d.now = d.now.Add(linkLife)
	_, err = d.Enter(t.Context(), late, "")
	wants(t, err, problem.LinkExpired)
}

func TestAVisitorWhoRepeatsTheStartIsTheSameCustomer(t *testing.T) {
	d := open(t)
	embed := d.EmbedToken("org_1", "ast_1", "https://shop.example")
	secret, v, err := d.StartVisitor(t.Context(), "org_1", "ast_1", embed, "k1", "cus_1", access.Work{})
	if err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(time.Hour) // the embed token has expired; the answer was lost
	again, w, err := d.StartVisitor(t.Context(), "org_1", "ast_1", embed, "k1", "cus_2", access.Work{})
	if err != nil || again != secret || !reflect.DeepEqual(w, v) || w.Customer != "cus_1" {
		t.Errorf("again: %q %+v %v, first %q %+v", again, w, err, secret, v)
	}
	_, _, err = d.StartVisitor(t.Context(), "org_1", "ast_1", embed, "k2", "cus_3", access.Work{}) // a new start with an old token
	wants(t, err, problem.TokenInvalid)
	if d.store.contains(secret) {
		t.Error("the visitor token is in the store")
	}
	// What an asset of another organization is asked with the same words is
	// another question.
	_, _, err = d.StartVisitor(t.Context(), "org_2", "ast_1", embed, "k1", "cus_4", access.Work{})
	wants(t, err, problem.TokenInvalid)
}

func TestEmbedTokensAreForOneAssetAndFiveMinutes(t *testing.T) {
	d := open(t)
	token := d.EmbedToken("org_1", "ast_1", "https://shop.example")
	if origin, err := d.CheckEmbed(token, "org_1", "ast_1"); err != nil || origin != "https://shop.example" {
		t.Fatalf("%q %v", origin, err)
	}
	_, err := d.CheckEmbed(token, "org_1", "ast_2")
	wants(t, err, problem.TokenInvalid)
	_, err = d.CheckEmbed(token, "org_2", "ast_1") // another organization's, named alike
	wants(t, err, problem.TokenInvalid)
	for _, forged := range []string{"", ".", token + "x", "x" + token, strings.Replace(token, ".", "", 1), strings.Repeat("a", 2000)} {
		_, err := d.CheckEmbed(forged, "org_1", "ast_1")
		wants(t, err, problem.TokenInvalid)
	}
	d.now = d.now.Add(embedLife)
	_, err = d.CheckEmbed(token, "org_1", "ast_1")
	wants(t, err, problem.TokenInvalid)
}

func TestACustomersSocketOpensTheirConversationOnly(t *testing.T) {
	d := open(t)
	embed := d.EmbedToken("org_1", "ast_1", "https://shop.example")
	secret, v, err := d.StartVisitor(t.Context(), "org_1", "ast_1", embed, "k1", "cus_1", access.Work{})
	if err != nil {
		t.Fatal(err)
	}
	socket := func(secret, embed string) (access.Actor, error) {
		actor, _, err := d.Customer(t.Context(), secret, embed, func() {})
		return actor, err
	}
	_, err = socket(secret, embed)
	wants(t, err, problem.NotFound) // no conversation yet
	if err := d.Opened(t.Context(), v, "conv_1"); err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(time.Hour)
	actor, err := socket(secret, embed) // the frame reconnects with an old embed token
	if err != nil || actor.Conversation != "conv_1" || actor.Customer != "cus_1" || actor.Kind != access.Customer {
		t.Errorf("%+v %v", actor, err)
	}
	_, err = socket(secret, d.EmbedToken("org_1", "ast_2", "https://evil.example"))
	wants(t, err, problem.Forbidden)
	_, err = socket(secret, d.EmbedToken("org_2", "ast_1", "https://evil.example"))
	wants(t, err, problem.Forbidden)
	_, err = socket(strings.Repeat("A", 43), "")
	wants(t, err, problem.TokenInvalid)
	_, err = socket("garbage", "")
	wants(t, err, problem.TokenInvalid)
}

func TestPasswordRules(t *testing.T) {
	context := []string{"Huda Al-Masri", "huda.masri@lotus.example", "Lotus Store"}
	for password, want := range map[string]problem.Code{
		"short":                           problem.PasswordTooShort,
		"fourteen chars":                  problem.PasswordTooShort,
		strings.Repeat("قصيرة ", 100):     problem.OutOfRange,
		"passwordpassword":                problem.PasswordTooCommon,
		"123456789012345678":              problem.PasswordTooCommon,
		"aaaaaaaaaaaaaaaaaaaa":            problem.PasswordTooCommon,
		"qwertyuiop 2026 !!":              problem.PasswordTooCommon,
		"Correct Horse Battery Staple":    problem.PasswordTooCommon,
		"huda.masri.lotus.2026":           problem.PasswordTooCommon,
		"Lotus Store Password":            problem.PasswordTooCommon,
		"كلمة المرور كلمة المرور":         problem.PasswordTooCommon,
		"a blue bicycle at noon":          "",
		sentence:                          "",
		"lotus store bicycle kitchen":     "",
		"😀 smile at the green umbrella 😀": "",
		"0f9a8b7c6d5e4f3a2b":              "",
	} {
		err := CheckPassword(password, context...)
		if want == "" && err != nil || want != "" && problem.CodeOf(err) != want {
			t.Errorf("%q: got %v, want %q", password, err, want)
		}
	}
}

func TestStoredHashesAreNotObeyedBlindly(t *testing.T) {
	for _, stored := range []string{
		"x", "$argon2i$v=19$m=19456,t=2,p=1$AAAA$AAAA", "$argon2id$v=16$m=19456,t=2,p=1$AAAA$AAAA",
		"$argon2id$v=19$m=4294967295,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=2,p=1$AAAA$AA", "$argon2id$v=19$m=19456,t=2,p=1$!$AAAAAAAAAAAAAAAAAAAAAA",
	} {
		if _, err := newHasher(64, 1).matches(t.Context(), "x", stored); err == nil {
			t.Errorf("%q was accepted", stored)
		}
	}
}

func TestAFullHasherSendsPeopleAwayInsteadOfEatingMemory(t *testing.T) {
	h := newHasher(64, 1)
	h.turns <- struct{}{} // one hash that never ends
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	errs := make(chan error, waiting+1)
	for range waiting + 1 {
		wg.Go(func() {
			_, err := h.turn(ctx)
			errs <- err
		})
	}
	wants(t, <-errs, problem.RateLimited) // all others wait
	cancel()
	wg.Wait()
	for range waiting {
		if err := <-errs; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}
