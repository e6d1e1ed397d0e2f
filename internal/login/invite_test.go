package login

import (
	"errors"
	"testing"
	"time"

	"hiwar/internal/problem"
)

const another = "ثلاث نخلات أمام باب البيت القديم"

func TestAnInvitationLetsSomebodyChooseAPassword(t *testing.T) {
	d := founded(t)
	before, err := d.SignIn(t.Context(), huda, sentence, "", "127.0.0.1", "test")
	if err != nil {
		t.Fatal(err)
	}
	secret, expires, err := d.Invite(t.Context(), "org_1", "usr_huda")
	if err != nil || !expires.Equal(d.now.Add(24*time.Hour)) {
		t.Fatalf("until %v, %v", expires, err)
	}
	if u, err := d.Invited(t.Context(), secret); err != nil || u.Email != huda {
		t.Errorf("it is for %v, %v", u, err)
	}
	if _, err := d.Join(t.Context(), secret, "short", "", "192.0.2.1", "test"); problem.CodeOf(err) != problem.PasswordTooShort {
		t.Errorf("a short password: %v", err)
	}
	if _, err := d.Join(t.Context(), secret, "Lotus Store Huda", "", "192.0.2.1", "test"); problem.CodeOf(err) != problem.PasswordTooCommon {
		t.Errorf("the organization's name: %v", err)
	}
	session, err := d.Join(t.Context(), secret, another, "", "192.0.2.1", "test")
	if err != nil {
		t.Fatal(err)
	}
	if actor, err := d.Staff(t.Context(), session); err != nil || actor.User != "usr_huda" {
		t.Errorf("signed in as %v, %v", actor.User, err)
	}
	if _, err := d.Staff(t.Context(), before); problem.CodeOf(err) != problem.TokenInvalid {
		t.Errorf("who was signed in before still is: %v", err)
	}
	if _, err := d.SignIn(t.Context(), huda, sentence, "", "127.0.0.1", "test"); problem.CodeOf(err) != problem.LoginFailed {
		t.Errorf("the old password: %v", err)
	}
	if _, err := d.SignIn(t.Context(), huda, another, "", "127.0.0.1", "test"); err != nil {
		t.Errorf("the new password: %v", err)
	}
	for what, err := range map[string]error{
		"used again": second(d.Join(t.Context(), secret, another, "", "192.0.2.1", "test")), "looked at again": second(d.Invited(t.Context(), secret)),
	} {
		if problem.CodeOf(err) != problem.LinkExpired {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestAnInvitationExpiresAndIsReplaced(t *testing.T) {
	d := founded(t)
	first, _, err := d.Invite(t.Context(), "org_1", "usr_huda")
	if err != nil {
		t.Fatal(err)
	}
	later, _, err := d.InviteByEmail(t.Context(), " Huda@Example.org ")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Invited(t.Context(), first); problem.CodeOf(err) != problem.LinkExpired {
		t.Errorf("one that was replaced: %v", err)
	}
	d.now = d.now.Add(24 * time.Hour)
	if _, err := d.Join(t.Context(), later, another, "", "192.0.2.1", "test"); problem.CodeOf(err) != problem.LinkExpired {
		t.Errorf("a day later: %v", err)
	}
	if _, err := d.Invited(t.Context(), "nonsense"); problem.CodeOf(err) != problem.LinkExpired {
		t.Errorf("nonsense: %v", err)
	}
}

func TestWhoMayNotSignInIsNotInvited(t *testing.T) {
	d := founded(t)
	secret, _, err := d.Invite(t.Context(), "org_1", "usr_huda")
	if err != nil {
		t.Fatal(err)
	}
	a := d.store.accounts[huda]
	a.User.Disabled = true
	d.store.accounts[huda] = a
	if _, err := d.Join(t.Context(), secret, another, "", "192.0.2.1", "test"); problem.CodeOf(err) != problem.LinkExpired {
		t.Errorf("disabled since: %v", err)
	}
	for _, email := range []string{huda, "nobody@example.org"} {
		if _, _, err := d.InviteByEmail(t.Context(), email); !errors.Is(err, problem.New(problem.NotFound)) {
			t.Errorf("%s: %v", email, err)
		}
	}
}
