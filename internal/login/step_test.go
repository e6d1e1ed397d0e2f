package login

import (
	"bytes"
	"encoding/base32"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/problem"
)

// The values of RFC 6238, appendix B, cut to six digits.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	secret := []byte("12345678901234567890")
	for at, want := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if got, err := stepCode(secret, at/stepSeconds); err != nil || got != want {
			t.Errorf("at %d: got %s (%v), want %s", at, got, err, want)
		}
	}
}

// begun is a secret that the actor was given for their authenticator.
func (d *desk) begun(t *testing.T, actor access.Actor) (secret []byte) {
	t.Helper()
	e, err := d.Enrol(t.Context(), actor)
	if err != nil {
		t.Fatal(err)
	}
	if secret, err = base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(e.Secret); err != nil {
		t.Fatal(err)
	}
	at, err := url.Parse(e.Address)
	if err != nil || at.Scheme != "otpauth" || at.Host != "totp" || at.Path != "/Hiwar:"+huda || at.Query().Get("secret") != e.Secret || at.Query().Get("issuer") != "Hiwar" {
		t.Errorf("address %s (%v)", e.Address, err)
	}
	return secret
}

// shown is what an authenticator with the secret shows now.
func (d *desk) shown(t *testing.T, secret []byte) string {
	t.Helper()
	code, err := stepCode(secret, d.now.Unix()/stepSeconds)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// enrolled is Huda with an authenticator: what it shows now, and what she wrote
// down.
func enrolled(t *testing.T) (d *desk, shows func() string, codes []string) {
	t.Helper()
	d = founded(t)
	_, actor := d.signedIn(t, "desk")
	secret := d.begun(t, actor)
	shows = func() string { return d.shown(t, secret) }
	codes, err := d.ConfirmStep(t.Context(), actor, shows())
	if err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(stepSeconds * time.Second)
	return d, shows, codes
}

func (d *desk) enter(t *testing.T, password, code string) error {
	_, err := d.SignIn(t.Context(), huda, password, code, "192.0.2.1", "test")
	return err
}

func wrongOf(code string) string {
	if code[0] == '0' {
		return "1" + code[1:]
	}
	return "0" + code[1:]
}

func TestWhoHasASecondStepIsAskedForIt(t *testing.T) {
	d, shows, _ := enrolled(t)
	wants(t, d.enter(t, sentence, ""), problem.SecondStepNeeded)
	wants(t, d.enter(t, "a wrong password", ""), problem.LoginFailed) // it is told to nobody else
	wants(t, d.enter(t, "a wrong password", shows()), problem.LoginFailed)
	wants(t, d.enter(t, sentence, wrongOf(shows())), problem.LoginFailed)
	if err := d.enter(t, sentence, shows()); err != nil {
		t.Errorf("the right code: %v", err)
	}
	wants(t, d.enter(t, sentence, shows()), problem.LoginFailed) // a second time
	d.now = d.now.Add(stepSeconds * time.Second)
	arabic := strings.NewReplacer("0", "٠", "1", "١", "2", "٢", "3", "٣", "4", "٤", "5", "٥", "6", "٦", "7", "٧", "8", "٨", "9", "٩")
	code := shows()
	if err := d.enter(t, sentence, " "+arabic.Replace(code[:3]+" "+code[3:])); err != nil {
		t.Errorf("typed in Arabic digits, set apart: %v", err)
	}
}

func TestATelephonesClockMayBeAStepOff(t *testing.T) {
	for steps, fits := range map[time.Duration]bool{-2: false, -1: true, 0: true, 1: true, 2: false} {
		d, shows, _ := enrolled(t)
		d.now = d.now.Add(10 * stepSeconds * time.Second)
		right := d.now
		d.now = right.Add(steps * stepSeconds * time.Second)
		code := shows()
		d.now = right
		if err := d.enter(t, sentence, code); (err == nil) != fits {
			t.Errorf("%d steps off: %v", steps, err)
		}
	}
}

// A code that was used takes those before it with it: one that was looked at
// over somebody's shoulder is worth nothing.
func TestACodeWorksForOneOfAnyNumber(t *testing.T) {
	d, shows, codes := enrolled(t)
	for _, code := range []string{shows(), codes[0]} {
		var in atomic.Int32
		var all sync.WaitGroup
		for range 4 { // as many as may fail for nothing, and one
			all.Go(func() {
				if d.enter(t, sentence, code) == nil {
					in.Add(1)
				}
			})
		}
		all.Wait()
		if n := in.Load(); n != 1 {
			t.Errorf("%d got in with one code", n)
		}
		d.now = d.now.Add(time.Hour)
	}
}

func TestRecoveryCodesWorkOnceEach(t *testing.T) {
	d, _, codes := enrolled(t)
	if len(codes) != 10 || len(codes[0]) != 27 {
		t.Fatalf("codes %q", codes)
	}
	for _, stored := range []string{codes[0], strings.ReplaceAll(codes[0], "-", "")} {
		if d.store.contains(stored) {
			t.Error("a code itself is stored")
		}
	}
	typed := strings.ToLower(strings.ReplaceAll(codes[3], "-", " "))
	if err := d.enter(t, sentence, typed); err != nil {
		t.Errorf("a recovery code: %v", err)
	}
	wants(t, d.enter(t, sentence, codes[3]), problem.LoginFailed)
	if err := d.enter(t, sentence, codes[4]); err != nil {
		t.Errorf("another: %v", err)
	}
	_, actor, err := d.arrive(t, codes[5])
	if err != nil {
		t.Fatal(err)
	}
	if step, err := d.Step(t.Context(), actor); err != nil || !step.On || step.Codes != 7 {
		t.Errorf("left: %+v, %v", step, err)
	}
	fresh, err := d.NewCodes(t.Context(), actor)
	if err != nil || len(fresh) != 10 {
		t.Fatalf("new ones: %q, %v", fresh, err)
	}
	wants(t, d.enter(t, sentence, codes[6]), problem.LoginFailed)
	if err := d.enter(t, sentence, fresh[0]); err != nil {
		t.Errorf("one of the new: %v", err)
	}
}

// arrive signs Huda in with a code.
func (d *desk) arrive(t *testing.T, code string) (secret string, actor access.Actor, err error) {
	t.Helper()
	if secret, err = d.SignIn(t.Context(), huda, sentence, code, "192.0.2.1", "test"); err != nil {
		return "", actor, err
	}
	actor, err = d.Staff(t.Context(), secret)
	return secret, actor, err
}

// Whoever knows the password may not try all codes, from however many places.
func TestGuessingCodesIsSlowedDown(t *testing.T) {
	d, shows, _ := enrolled(t)
	guess := func(from string) error {
		_, err := d.SignIn(t.Context(), huda, sentence, wrongOf(shows()), from, "test")
		return err
	}
	for i := range freeCodes {
		wants(t, guess(string(rune('a'+i))), problem.LoginFailed)
	}
	wants(t, guess("elsewhere"), problem.RateLimited)
	wants(t, d.enter(t, sentence, shows()), problem.RateLimited)
	d.now = d.now.Add(time.Minute)
	if err := d.enter(t, sentence, shows()); err != nil {
		t.Errorf("a minute later: %v", err)
	}
}

func TestTheSecretIsSealed(t *testing.T) {
	d := founded(t)
	_, actor := d.signedIn(t, "desk")
	raw := d.begun(t, actor)
	sealed := d.store.accounts[huda].Factor.Sealed
	if bytes.Contains(sealed, raw) || bytes.Contains(sealed, []byte(base32text.EncodeToString(raw))) {
		t.Error("the secret can be read in what is stored")
	}
	if got, err := d.sealer.open(sealed, owner("org_1", "usr_huda")); err != nil || !bytes.Equal(got, raw) {
		t.Errorf("opened: %x, %v", got, err)
	}
	if _, err := d.sealer.open(sealed, owner("org_1", "usr_other")); err == nil {
		t.Error("another's row opens it")
	}
	if again, err := New(t.Context(), d.store, Options{}); err != nil {
		t.Error(err)
	} else if _, err := again.sealer.open(sealed, owner("org_1", "usr_huda")); err == nil {
		t.Error("another key opens it")
	}
}

func TestASecondStepIsNotThereUntilACodeWasSeen(t *testing.T) {
	d := founded(t)
	_, actor := d.signedIn(t, "desk")
	_, err := d.ConfirmStep(t.Context(), actor, "000000")
	wants(t, err, problem.NotFound) // nothing was begun
	right := d.shown(t, d.begun(t, actor))
	_, err = d.ConfirmStep(t.Context(), actor, wrongOf(right))
	wants(t, err, problem.LoginFailed)
	if err := d.enter(t, sentence, ""); err != nil {
		t.Errorf("begun, it is asked for: %v", err)
	}
	if _, err := d.ConfirmStep(t.Context(), actor, right); err != nil {
		t.Fatal(err)
	}
	wants(t, d.enter(t, sentence, ""), problem.SecondStepNeeded)
	_, err = d.Enrol(t.Context(), actor)
	wants(t, err, problem.SecondStepOn)
	wants(t, d.enter(t, sentence, right), problem.LoginFailed) // the code that confirmed it
	if err := d.TakeStepOff(t.Context(), actor); err != nil {
		t.Fatal(err)
	}
	if err := d.enter(t, sentence, ""); err != nil {
		t.Errorf("taken off, it is asked for: %v", err)
	}
}

// An invitation stands for the password alone.
func TestAnInvitationIsNoWayAroundTheSecondStep(t *testing.T) {
	d, shows, _ := enrolled(t)
	link, _, err := d.Invite(t.Context(), "org_1", "usr_huda")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Join(t.Context(), link, another, "", "192.0.2.1", "test")
	wants(t, err, problem.SecondStepNeeded)
	_, err = d.Join(t.Context(), link, another, wrongOf(shows()), "192.0.2.1", "test")
	wants(t, err, problem.LoginFailed)
	if _, err = d.Join(t.Context(), link, another, shows(), "192.0.2.1", "test"); err != nil {
		t.Errorf("with a code: %v", err)
	}
}

func TestWhoIsObligedSetsASecondStepUpFirst(t *testing.T) {
	d := founded(t)
	a := d.store.accounts[huda]
	a.Obliged = true
	d.store.accounts[huda] = a
	secret, actor, err := d.arrive(t, "")
	wants(t, err, problem.SecondStepAbsent)
	if actor.User != "usr_huda" || !actor.Fresh {
		t.Errorf("who it is is not known: %+v", actor)
	}
	_, _, err = d.Ticket(t.Context(), d.NewTicket(actor), func() {})
	wants(t, err, problem.SecondStepAbsent)
	wants(t, d.TakeStepOff(t.Context(), actor), problem.SecondStepAbsent)
	if _, err := d.ConfirmStep(t.Context(), actor, d.shown(t, d.begun(t, actor))); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Staff(t.Context(), secret); err != nil {
		t.Errorf("with a second step: %v", err)
	}
}

func TestAResetEndsTheSecondStepAndTheSessions(t *testing.T) {
	d, shows, _ := enrolled(t)
	secret, actor, err := d.arrive(t, shows())
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	defer d.live.open(actor, func() { close(ended) })()
	if err := d.ResetStepByEmail(t.Context(), " Huda@Example.org"); err != nil {
		t.Fatal(err)
	}
	<-ended
	_, err = d.Staff(t.Context(), secret)
	wants(t, err, problem.TokenInvalid)
	if err := d.enter(t, sentence, ""); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	wants(t, d.ResetStep(t.Context(), "org_1", "usr_huda"), problem.NotFound)
}

func TestProofLastsAWhile(t *testing.T) {
	d, shows, _ := enrolled(t)
	secret, actor, err := d.arrive(t, shows())
	if err != nil || !actor.Fresh {
		t.Fatalf("just signed in: %+v, %v", actor, err)
	}
	fresh := func() bool {
		t.Helper()
		actor, err = d.Staff(t.Context(), secret)
		if err != nil {
			t.Fatal(err)
		}
		return actor.Fresh
	}
	d.now = d.now.Add(proofLife)
	if !fresh() {
		t.Error("five minutes later it is asked for again")
	}
	d.now = d.now.Add(time.Second)
	if fresh() {
		t.Error("it lasts for ever")
	}
	wants(t, d.Confirm(t.Context(), actor, "a guess", "", "192.0.2.1"), problem.LoginFailed)
	wants(t, d.Confirm(t.Context(), actor, "", wrongOf(shows()), "192.0.2.1"), problem.LoginFailed)
	if fresh() {
		t.Error("a guess is proof")
	}
	for what, prove := range map[string]func() error{
		"the password": func() error { return d.Confirm(t.Context(), actor, sentence, "", "192.0.2.1") },
		"a code":       func() error { return d.Confirm(t.Context(), actor, "", shows(), "192.0.2.1") },
	} {
		d.now = d.now.Add(time.Hour)
		if err := prove(); err != nil || !fresh() {
			t.Errorf("%s is no proof: %v", what, err)
		}
	}
}

// Nobody in the demo has a password.
func TestWhoEnteredByALinkIsNotAskedForProof(t *testing.T) {
	d := founded(t)
	link, err := d.EnterLink(t.Context(), "org_1", "usr_huda")
	if err != nil {
		t.Fatal(err)
	}
	secret, err := d.Enter(t.Context(), link, "test")
	if err != nil {
		t.Fatal(err)
	}
	d.now = d.now.Add(3 * time.Hour)
	if actor, err := d.Staff(t.Context(), secret); err != nil || !actor.Fresh {
		t.Errorf("%+v, %v", actor, err)
	}
}
