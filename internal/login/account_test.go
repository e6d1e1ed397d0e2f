package login

import (
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/problem"
)

// signedIn is a browser of Huda's.
func (d *desk) signedIn(t *testing.T, browser string) (secret string, actor access.Actor) {
	t.Helper()
	secret, err := d.SignIn(t.Context(), huda, sentence, "", "127.0.0.1", browser)
	if err != nil {
		t.Fatal(err)
	}
	if actor, err = d.Staff(t.Context(), secret); err != nil {
		t.Fatal(err)
	}
	return secret, actor
}

func TestWhereOneIsSignedInIsListedAndEnded(t *testing.T) {
	d := founded(t)
	d.now = d.now.Add(time.Minute)
	lost, there := d.signedIn(t, "lost phone")
	d.now = d.now.Add(time.Minute)
	_, here := d.signedIn(t, "desk")
	ended := make(chan struct{})
	defer d.live.open(there, func() { close(ended) })()

	all, own, err := d.Sessions(t.Context(), here)
	if err != nil || len(all) != 3 || all[0].Name() != own || all[0].UserAgent != "desk" || all[1].UserAgent != "lost phone" {
		t.Fatalf("sessions %+v, own %q, %v", all, own, err)
	}
	wants(t, d.EndSession(t.Context(), here, "nobody's"), problem.NotFound)
	stranger := here
	stranger.User = "usr_other"
	wants(t, d.EndSession(t.Context(), stranger, all[1].Name()), problem.NotFound)
	if err := d.EndSession(t.Context(), here, all[1].Name()); err != nil {
		t.Fatal(err)
	}
	<-ended // what was open with it is closed
	_, err = d.Staff(t.Context(), lost)
	wants(t, err, problem.TokenInvalid)
	if all, _, err = d.Sessions(t.Context(), here); err != nil || len(all) != 2 {
		t.Errorf("afterwards %+v, %v", all, err)
	}
	d.now = d.now.Add(13 * time.Hour)
	if all, _, err = d.Sessions(t.Context(), here); err != nil || len(all) != 0 {
		t.Errorf("what can no longer be used is listed: %+v, %v", all, err)
	}
}

func TestAnotherPasswordForWhoKnowsThePresentOne(t *testing.T) {
	d := founded(t)
	other, there := d.signedIn(t, "elsewhere")
	mine, here := d.signedIn(t, "here")
	ended := make(chan struct{})
	defer d.live.open(there, func() { close(ended) })()
	defer d.live.open(here, func() { t.Error("the one that asks was ended") })()

	change := func(present, next string) error {
		return d.ChangePassword(t.Context(), here, present, next, "127.0.0.1")
	}
	wants(t, change("a guess", another), problem.LoginFailed)
	wants(t, change(sentence, "short"), problem.PasswordTooShort)
	wants(t, change(sentence, "passwordpassword"), problem.PasswordTooCommon)
	wants(t, change(sentence, "Lotus Store Huda"), problem.PasswordTooCommon) // where they work, and who they are
	if err := change(sentence, another); err != nil {
		t.Fatal(err)
	}
	<-ended
	_, err := d.Staff(t.Context(), other)
	wants(t, err, problem.TokenInvalid)
	if _, err := d.Staff(t.Context(), mine); err != nil {
		t.Errorf("the one that asked: %v", err)
	}
	_, err = d.SignIn(t.Context(), huda, sentence, "", "127.0.0.1", "test")
	wants(t, err, problem.LoginFailed)
	if _, err = d.SignIn(t.Context(), huda, another, "", "127.0.0.1", "test"); err != nil {
		t.Errorf("with the new one: %v", err)
	}
}

// Whoever sits down at an open desk may not guess for ever.
func TestGuessingThePresentPasswordIsSlowedDown(t *testing.T) {
	d := founded(t)
	_, here := d.signedIn(t, "here")
	var err error
	for range freeFailures + 1 {
		err = d.ChangePassword(t.Context(), here, "a guess", another, "127.0.0.1")
	}
	wants(t, err, problem.RateLimited)
	wants(t, d.ChangePassword(t.Context(), here, sentence, another, "127.0.0.1"), problem.RateLimited)
}
