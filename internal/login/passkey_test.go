package login

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/login/passkeytest"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

const (
	ourSite   = "chat.example.org"
	ourOrigin = "https://chat.example.org"
)

// keyed is Huda with a device that has a passkey of hers.
func keyed(t *testing.T) (d *desk, device *passkeytest.Device, actor access.Actor, made access.Passkey) {
	t.Helper()
	d = founded(t)
	if err := d.PasskeysFor(ourSite, []string{ourOrigin}); err != nil {
		t.Fatal(err)
	}
	device = passkeytest.New(t, ourSite, ourOrigin)
	_, actor = d.signedIn(t, "desk")
	return d, device, actor, d.makes(t, actor, device, "Telephone")
}

func (d *desk) makes(t *testing.T, actor access.Actor, device *passkeytest.Device, name string) access.Passkey {
	t.Helper()
	p, err := d.AddPasskey(t.Context(), actor, device.Make(d.offered(t, actor), name))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (d *desk) offered(t *testing.T, actor access.Actor) access.PasskeyOffer {
	t.Helper()
	offer, err := d.OfferPasskey(t.Context(), actor)
	if err != nil {
		t.Fatal(err)
	}
	return offer
}

// asked is what whoever wants to sign in is asked to sign.
func (d *desk) asked(t *testing.T) access.PasskeyRequest {
	t.Helper()
	r, err := d.RequestPasskey()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (d *desk) arrives(t *testing.T, answer access.PasskeyAnswer) (access.Actor, error) {
	t.Helper()
	secret, err := d.EnterWithPasskey(t.Context(), answer, "192.0.2.1", "test")
	if err != nil {
		return access.Actor{}, err
	}
	return d.Staff(t.Context(), secret)
}

// refuses wants a refusal for a reason.
func refuses(t *testing.T, what string, err error, code problem.Code, reason string) {
	t.Helper()
	var p *problem.Problem
	if !errors.As(err, &p) || p.Code != code || p.Params["reason"] != reason && reason != "" {
		t.Errorf("%s: got %v, want %s (%s)", what, err, code, reason)
	}
}

func TestAPasskeySignsInWithoutAPassword(t *testing.T) {
	d, device, _, made := keyed(t)
	device.Counts = true
	d.now = d.now.Add(time.Hour)
	actor, err := d.arrives(t, device.Sign(d.asked(t)))
	if err != nil || actor.User != "usr_huda" || actor.Org != "org_1" || !actor.Fresh {
		t.Fatalf("signed in as %+v, %v", actor, err)
	}
	all, possible, err := d.Passkeys(t.Context(), actor)
	if err != nil || !possible || len(all) != 1 || all[0].Name != "Telephone" || all[0].Count != 1 || !all[0].UsedAt.Equal(d.now) || all[0].ID != made.ID {
		t.Errorf("listed: %+v, %v, %v", all, possible, err)
	}
	if err := d.RemovePasskey(t.Context(), actor, made.ID); err != nil {
		t.Fatal(err)
	}
	_, err = d.arrives(t, device.Sign(d.asked(t)))
	refuses(t, "after it was removed", err, problem.LoginFailed, "passkey")
	want := []string{engine.ActAddPasskey + " " + made.ID, engine.ActRemovePasskey + " " + made.ID}
	if !slices.Equal(d.store.recorded, want) {
		t.Errorf("recorded: %v, want %v", d.store.recorded, want)
	}
}

// Whatever is not right about what a device signed, nobody is let in.
func TestAWrongAnswerLetsNobodyIn(t *testing.T) {
	for what, wrong := range map[string]func(d *desk, device *passkeytest.Device, actor access.Actor) access.PasskeyAnswer{
		"another origin": func(d *desk, device *passkeytest.Device, _ access.Actor) access.PasskeyAnswer {
			device.Origin = "https://chat.example.org.evil.example"
			return device.Sign(d.asked(t))
		},
		"the origin without TLS": func(d *desk, device *passkeytest.Device, _ access.Actor) access.PasskeyAnswer {
			device.Origin = "http://chat.example.org"
			return device.Sign(d.asked(t))
		},
		"another site": func(d *desk, device *passkeytest.Device, _ access.Actor) access.PasskeyAnswer {
			device.Site = "example.org"
			return device.Sign(d.asked(t))
		},
		"nobody was looked at": func(d *desk, device *passkeytest.Device, _ access.Actor) access.PasskeyAnswer {
			device.Unseen = true
			return device.Sign(d.asked(t))
		},
		"a challenge that is too old": func(d *desk, device *passkeytest.Device, _ access.Actor) access.PasskeyAnswer {
			r := d.asked(t)
			d.now = d.now.Add(challengeLife)
			return device.Sign(r)
		},
		"a challenge of nobody's": func(d *desk, device *passkeytest.Device, _ access.Actor) access.PasskeyAnswer {
			r := d.asked(t)
			r.Challenge = newChallenges(time.Now).make(toEnter, "")
			return device.Sign(r)
		},
		"a challenge for something else": func(d *desk, device *passkeytest.Device, actor access.Actor) access.PasskeyAnswer {
			r, err := d.RequestProof(t.Context(), actor)
			if err != nil {
				t.Fatal(err)
			}
			return device.Sign(r)
		},
		"the challenge of an offer": func(d *desk, device *passkeytest.Device, actor access.Actor) access.PasskeyAnswer {
			return device.Sign(access.PasskeyRequest{Challenge: d.offered(t, actor).Challenge})
		},
		"signed by another key": func(d *desk, device *passkeytest.Device, actor access.Actor) access.PasskeyAnswer {
			known := device.Sign(d.asked(t))
			device.Make(d.offered(t, actor), "never kept")
			answer := device.Sign(d.asked(t))
			answer.Credential = known.Credential
			return answer
		},
		"a key that is not known": func(d *desk, device *passkeytest.Device, actor access.Actor) access.PasskeyAnswer {
			device.Make(d.offered(t, actor), "never kept")
			return device.Sign(d.asked(t))
		},
		"of nobody": func(d *desk, device *passkeytest.Device, _ access.Actor) access.PasskeyAnswer {
			answer := device.Sign(d.asked(t))
			answer.Handle = ""
			return answer
		},
		"of somebody else": func(d *desk, device *passkeytest.Device, _ access.Actor) access.PasskeyAnswer {
			answer := device.Sign(d.asked(t))
			answer.Handle = base64url.EncodeToString(handleOf("org_2", "usr_huda"))
			return answer
		},
		"shared, and was not": func(d *desk, device *passkeytest.Device, _ access.Actor) access.PasskeyAnswer {
			device.Shared = true
			return device.Sign(d.asked(t))
		},
		"text": func(*desk, *passkeytest.Device, access.Actor) access.PasskeyAnswer {
			return access.PasskeyAnswer{Credential: "a b", ClientData: "{}", Signature: strings.Repeat("ا", 100)}
		},
		"nothing": func(*desk, *passkeytest.Device, access.Actor) access.PasskeyAnswer { return access.PasskeyAnswer{} },
	} {
		d, device, actor, _ := keyed(t)
		_, err := d.arrives(t, wrong(d, device, actor))
		refuses(t, what, err, problem.LoginFailed, "passkey")
	}
}

func TestOneWhoIsDisabledIsNotLetInByAPasskey(t *testing.T) {
	d, device, _, _ := keyed(t)
	a := d.store.accounts[huda]
	a.User.Disabled = true
	d.store.accounts[huda] = a
	_, err := d.arrives(t, device.Sign(d.asked(t)))
	refuses(t, "disabled", err, problem.LoginFailed, "passkey")
}

// What was signed once signs nobody in again, however many show it at once, and
// also where the device counts nothing.
func TestAnAnswerWorksForOneOfAnyNumber(t *testing.T) {
	d, device, _, _ := keyed(t)
	answer := device.Sign(d.asked(t))
	var in atomic.Int32
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := d.EnterWithPasskey(t.Context(), answer, "192.0.2.1", "test"); err == nil {
				in.Add(1)
			}
		})
	}
	all.Wait()
	if n := in.Load(); n != 1 {
		t.Errorf("%d got in with one answer", n)
	}
	d.now = d.now.Add(challengeLife + time.Second)
	d.challenges.take(d.asked(t).Challenge) // forgets those that have ended
	_, err := d.arrives(t, answer)
	refuses(t, "later", err, problem.LoginFailed, "passkey")
	if n := len(d.challenges.used); n != 1 {
		t.Errorf("%d used challenges are remembered", n)
	}
}

// A device that counts never counts back: two of it have the same passkey.
func TestACopiedPasskeyLetsNobodyInAnyMore(t *testing.T) {
	d, device, _, made := keyed(t)
	device.Counts, device.Count = true, 6
	if _, err := d.arrives(t, device.Sign(d.asked(t))); err != nil {
		t.Fatal(err)
	}
	device.Count = 4
	_, err := d.arrives(t, device.Sign(d.asked(t)))
	refuses(t, "it counts back", err, problem.LoginFailed, "passkey_copied")
	device.Count = 100
	_, err = d.arrives(t, device.Sign(d.asked(t)))
	refuses(t, "and the other", err, problem.LoginFailed, "passkey_copied")
	if got := d.store.recorded; got[len(got)-1] != engine.ActCopiedPasskey+" "+made.ID || len(got) != 2 {
		t.Errorf("recorded: %v", got)
	}
}

func TestAPasskeyIsMadeForTheSessionThatAskedForIt(t *testing.T) {
	d, device, actor, made := keyed(t)
	add := func(by access.Actor, n access.NewPasskey) error {
		_, err := d.AddPasskey(t.Context(), by, n)
		return err
	}
	offer := d.offered(t, actor)
	if len(offer.Credentials) != 1 || offer.Site != ourSite || offer.Email != huda {
		t.Errorf("offered: %+v", offer)
	}
	_, other := d.signedIn(t, "another desk")
	refuses(t, "another session", add(other, device.Make(offer, "x")), problem.PasskeyRefused, tooOld)
	n := device.Make(offer, "x")
	if err := add(actor, n); err != nil {
		t.Fatal(err)
	}
	refuses(t, "again", add(actor, n), problem.PasskeyRefused, tooOld)
	n = device.Make(access.PasskeyOffer{Challenge: d.asked(t).Challenge, Handle: offer.Handle}, "x")
	refuses(t, "to sign in with", add(actor, n), problem.PasskeyRefused, tooOld)

	device.Origin = "https://evil.example"
	refuses(t, "another origin", add(actor, device.Make(d.offered(t, actor), "x")), problem.PasskeyRefused, "")
	device.Origin, device.Site = ourOrigin, "evil.example"
	refuses(t, "another site", add(actor, device.Make(d.offered(t, actor), "x")), problem.PasskeyRefused, "")
	device.Site, device.Unseen = ourSite, true
	refuses(t, "nobody was looked at", add(actor, device.Make(d.offered(t, actor), "x")), problem.PasskeyRefused, "")
	device.Unseen = false
	refuses(t, "no name", add(actor, device.Make(d.offered(t, actor), " \u200f ")), problem.NameInvalid, "")
	refuses(t, "a long name", add(actor, device.Make(d.offered(t, actor), strings.Repeat("س", access.MaxPasskeyName+1))), problem.NameInvalid, "")
	refuses(t, "no key", add(actor, access.NewPasskey{Name: "x"}), problem.PasskeyRefused, "")

	refuses(t, "another name of what is not there", d.RenamePasskey(t.Context(), actor, "pky_none", "y"), problem.NotFound, "")
	refuses(t, "no other name", d.RenamePasskey(t.Context(), actor, made.ID, ""), problem.NameInvalid, "")
	if err := d.RenamePasskey(t.Context(), actor, made.ID, "هاتف"); err != nil {
		t.Fatal(err)
	}
	if all, _, err := d.Passkeys(t.Context(), actor); err != nil || all[0].Name != "هاتف" {
		t.Errorf("renamed: %+v, %v", all, err)
	}
}

func TestAnAccountHasTenPasskeysAtMost(t *testing.T) {
	d, device, actor, _ := keyed(t)
	ahead := d.offered(t, actor)
	for range access.MaxPasskeys - 1 {
		d.makes(t, actor, device, "another")
	}
	_, err := d.OfferPasskey(t.Context(), actor)
	refuses(t, "one more", err, problem.PasskeyRefused, tooMany)
	_, err = d.AddPasskey(t.Context(), actor, device.Make(ahead, "x"))
	refuses(t, "one that was begun before", err, problem.PasskeyRefused, tooMany)
}

// What is asked for beside the password is answered by the code or by a passkey
// of that very account.
func TestAPasskeyIsASecondStep(t *testing.T) {
	d, device, actor, made := keyed(t)
	if err := d.enter(t, sentence, ""); err != nil {
		t.Errorf("a passkey takes something from the password: %v", err)
	}
	a := d.store.accounts[huda]
	a.Obliged = true
	d.store.accounts[huda] = a
	needed := func() access.PasskeyRequest {
		t.Helper()
		var p *problem.Problem
		if err := d.enter(t, sentence, ""); !errors.As(err, &p) || p.Code != problem.SecondStepNeeded || p.Params["code"] != false {
			t.Fatalf("the password alone: %v", err)
		}
		r, _ := p.Params["passkey"].(access.PasskeyRequest)
		if len(r.Credentials) != 1 {
			t.Fatalf("asked for: %+v", p.Params)
		}
		return r
	}
	wants(t, d.enter(t, "a wrong password", ""), problem.LoginFailed)
	wants(t, d.enter(t, sentence, "123456"), problem.LoginFailed) // there is no authenticator
	answer := device.Sign(needed())
	answer.Handle = "" // it was named, so it need not say whose it is
	if _, err := d.arrives(t, answer); err != nil {
		t.Errorf("the passkey: %v", err)
	}
	_, err := d.arrives(t, answer)
	refuses(t, "again", err, problem.LoginFailed, "passkey")
	wants(t, d.RemovePasskey(t.Context(), actor, made.ID), problem.SecondStepAbsent)

	link, _, err := d.Invite(t.Context(), "org_1", "usr_huda")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.Join(t.Context(), link, another, "", "192.0.2.1", "test")
	wants(t, err, problem.SecondStepNeeded)
	_, err = d.JoinByPasskey(t.Context(), link, another, device.Sign(d.asked(t)), "192.0.2.1", "test")
	refuses(t, "joining by what was asked of anybody", err, problem.LoginFailed, "passkey")
	if _, err = d.JoinByPasskey(t.Context(), link, another, device.Sign(needed()), "192.0.2.1", "test"); err != nil {
		t.Errorf("joining: %v", err)
	}
}

// dina is of another organization, and has a passkey of her own.
func dina(t *testing.T, d *desk) (access.Actor, *passkeytest.Device) {
	t.Helper()
	d.store.accounts["dina@example.org"] = access.Account{Org: "org_2", User: org.User{ID: "usr_dina", Name: "Dina", Email: "dina@example.org", Roles: []org.Role{org.RoleAgent}}}
	secret, err := d.begin(t.Context(), access.Session{Org: "org_2", User: "usr_dina", ProvenAt: d.now})
	if err != nil {
		t.Fatal(err)
	}
	actor, err := d.Staff(t.Context(), secret)
	if err != nil {
		t.Fatal(err)
	}
	device := passkeytest.New(t, ourSite, ourOrigin)
	d.makes(t, actor, device, "Dina's")
	return actor, device
}

func TestNobodysPasskeyIsGoodForSomebodyElse(t *testing.T) {
	d, device, huda1, made := keyed(t)
	dina1, dinas := dina(t, d)
	if actor, err := d.arrives(t, dinas.Sign(d.asked(t))); err != nil || actor.User != "usr_dina" || actor.Org != "org_2" {
		t.Errorf("Dina is %+v, %v", actor, err)
	}
	request, err := d.RequestProof(t.Context(), huda1)
	if err != nil {
		t.Fatal(err)
	}
	refuses(t, "Dina's as Huda's proof", d.ConfirmByPasskey(t.Context(), huda1, dinas.Sign(request), "192.0.2.1"), problem.LoginFailed, "passkey")
	theirs, err := d.RequestProof(t.Context(), dina1)
	if err != nil {
		t.Fatal(err)
	}
	refuses(t, "what Dina was asked", d.ConfirmByPasskey(t.Context(), huda1, device.Sign(theirs), "192.0.2.1"), problem.LoginFailed, "passkey")
	wants(t, d.RemovePasskey(t.Context(), dina1, made.ID), problem.NotFound)
	wants(t, d.RenamePasskey(t.Context(), dina1, made.ID, "mine"), problem.NotFound)

	a := d.store.accounts[huda]
	a.Obliged = true
	d.store.accounts[huda] = a
	var p *problem.Problem
	if err := d.enter(t, sentence, ""); !errors.As(err, &p) {
		t.Fatal(err)
	}
	step, _ := p.Params["passkey"].(access.PasskeyRequest)
	_, err = d.arrives(t, dinas.Sign(step))
	refuses(t, "Dina's after Huda's password", err, problem.LoginFailed, "passkey")
	link, _, err := d.Invite(t.Context(), "org_1", "usr_huda")
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.JoinByPasskey(t.Context(), link, another, dinas.Sign(step), "192.0.2.1", "test")
	refuses(t, "Dina's by Huda's link", err, problem.LoginFailed, "passkey")
}

func TestAPasskeyIsProof(t *testing.T) {
	d, device, actor, _ := keyed(t)
	d.now = d.now.Add(time.Hour)
	ask := func() access.PasskeyRequest {
		t.Helper()
		r, err := d.RequestProof(t.Context(), actor)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	fresh := func() bool {
		t.Helper()
		a, err := d.staff(t.Context(), digestIn(actor))
		if err != nil {
			t.Fatal(err)
		}
		return a.Fresh
	}
	_, other := d.signedIn(t, "another desk")
	refuses(t, "another session", d.ConfirmByPasskey(t.Context(), other, device.Sign(ask()), "192.0.2.1"), problem.LoginFailed, "passkey")
	refuses(t, "what was asked of anybody", d.ConfirmByPasskey(t.Context(), actor, device.Sign(d.asked(t)), "192.0.2.1"), problem.LoginFailed, "passkey")
	if fresh() {
		t.Fatal("a wrong answer is proof")
	}
	answer := device.Sign(ask())
	if err := d.ConfirmByPasskey(t.Context(), actor, answer, "192.0.2.1"); err != nil || !fresh() {
		t.Fatalf("with the right one: %v", err)
	}
	d.now = d.now.Add(proofLife + time.Second)
	refuses(t, "again", d.ConfirmByPasskey(t.Context(), actor, answer, "192.0.2.1"), problem.LoginFailed, "passkey")
	if fresh() {
		t.Error("a repeated answer is proof")
	}
	if err := d.ResetStep(t.Context(), "org_1", "usr_huda"); err != nil {
		t.Fatal(err)
	}
	_, err := d.arrives(t, device.Sign(d.asked(t)))
	refuses(t, "after a reset", err, problem.LoginFailed, "passkey")
}

func TestWhoIsObligedMayMakeAPasskeyInstead(t *testing.T) {
	d := founded(t)
	if err := d.PasskeysFor(ourSite, []string{ourOrigin}); err != nil {
		t.Fatal(err)
	}
	a := d.store.accounts[huda]
	a.Obliged = true
	d.store.accounts[huda] = a
	secret, actor, err := d.arrive(t, "")
	wants(t, err, problem.SecondStepAbsent)
	d.makes(t, actor, passkeytest.New(t, ourSite, ourOrigin), "Telephone")
	if _, err := d.Staff(t.Context(), secret); err != nil {
		t.Errorf("with a passkey: %v", err)
	}
}

func TestWithoutASiteThereAreNoPasskeys(t *testing.T) {
	d := founded(t)
	_, actor := d.signedIn(t, "desk")
	_, err := d.RequestPasskey()
	refuses(t, "signing in", err, problem.PasskeyRefused, noSite)
	_, err = d.OfferPasskey(t.Context(), actor)
	refuses(t, "making one", err, problem.PasskeyRefused, noSite)
	_, err = d.EnterWithPasskey(t.Context(), access.PasskeyAnswer{}, "192.0.2.1", "test")
	refuses(t, "an answer", err, problem.PasskeyRefused, noSite)
	if _, possible, err := d.Passkeys(t.Context(), actor); possible || err != nil {
		t.Errorf("they are possible: %v", err)
	}
	if err := d.PasskeysFor("192.0.2.1", []string{"https://192.0.2.1"}); err == nil {
		t.Error("an address is a site")
	}
}
