package login

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// second asks for the second step of whoever has one. Every way in that begins
// with something known goes through it.
func (s *Service) second(ctx context.Context, a access.Account, code, address string) error {
	if !a.AsksStep() {
		return nil
	}
	if code = plainCode(code); code == "" {
		return s.stepNeeded(ctx, a)
	}
	ok, err := s.attempts.guess(codesOf(a), func() (bool, error) { return s.taken(ctx, a, code, address) })
	if err == nil && !ok {
		err = problem.New(problem.LoginFailed, "reason", "code")
	}
	return err
}

func owner(o id.Org, u id.User) string { return string(o) + "\x00" + string(u) }

// taken uses up a code, of the authenticator or to recover. It works once,
// however many ask at the same time.
func (s *Service) taken(ctx context.Context, a access.Account, code, address string) (bool, error) {
	if len(code) == codeDigits {
		// A secret that cannot be read (its key is gone) fits no code; the recovery
		// codes still let their owner in.
		secret, err := s.sealer.open(a.Factor.Sealed, owner(a.Org, a.User.ID))
		if err != nil {
			return false, nil
		}
		step, ok := stepOf(secret, code, s.now())
		if !ok || step <= a.Factor.Step {
			return false, nil
		}
		return s.store.TakeStep(ctx, a.Org, a.User.ID, step)
	}
	digest, ok := recoveryDigest(code)
	if !ok {
		return false, nil
	}
	actor := access.Actor{Kind: access.Staff, Org: a.Org, User: a.User.ID, Address: address}
	return s.store.TakeCode(engine.WithWitness(ctx, actor, engine.ActUseCode, string(a.User.ID), s.now()), a.Org, a.User.ID, digest)
}

// account is that of whoever is signed in.
func (s *Service) account(ctx context.Context, actor access.Actor) (access.Account, error) {
	_, user, err := s.store.Session(ctx, digestIn(actor))
	if errors.Is(err, problem.New(problem.NotFound)) {
		return access.Account{}, problem.New(problem.TokenInvalid)
	}
	if err != nil {
		return access.Account{}, err
	}
	return s.store.Account(ctx, CanonicalEmail(user.Email))
}

// Step is the actor's second step.
func (s *Service) Step(ctx context.Context, actor access.Actor) (access.Step, error) {
	a, err := s.account(ctx, actor)
	return access.Step{On: a.Factor.On(), Codes: a.Factor.Codes, Obliged: a.Obliged, Passkeys: a.Passkeys}, err
}

// Enrol makes a secret for the actor's authenticator. Nothing asks for it until
// [Service.ConfirmStep] has seen a code of it; until then another replaces it.
func (s *Service) Enrol(ctx context.Context, actor access.Actor) (access.Enrolment, error) {
	a, err := s.account(ctx, actor)
	if err != nil {
		return access.Enrolment{}, err
	}
	secret := make([]byte, secretBytes)
	rand.Read(secret)
	if err := s.store.BeginFactor(ctx, a.Org, a.User.ID, s.sealer.seal(secret, owner(a.Org, a.User.ID))); err != nil {
		return access.Enrolment{}, err
	}
	return access.Enrolment{Secret: base32text.EncodeToString(secret), Address: enrolment(secret, a.User.Email)}, nil
}

// ConfirmStep turns the actor's second step on, for a code of the secret that
// was made. The recovery codes are returned this once. All sessions of the
// actor are whole from then on.
func (s *Service) ConfirmStep(ctx context.Context, actor access.Actor, code string) (codes []string, err error) {
	a, err := s.account(ctx, actor)
	if err != nil {
		return nil, err
	}
	if a.Factor.On() {
		return nil, problem.New(problem.SecondStepOn)
	}
	secret, err := s.sealer.open(a.Factor.Sealed, owner(a.Org, a.User.ID))
	if err != nil {
		return nil, problem.New(problem.NotFound).Because(err)
	}
	codes, digests := newRecoveryCodes()
	ok, err := s.attempts.guess(codesOf(a), func() (bool, error) {
		step, ok := stepOf(secret, plainCode(code), s.now())
		if !ok {
			return false, nil
		}
		f := access.Factor{Sealed: a.Factor.Sealed, ConfirmedAt: s.now(), Step: step}
		return true, s.store.ConfirmFactor(ctx, a.Org, a.User.ID, f, digests)
	})
	if err == nil && !ok {
		err = problem.New(problem.LoginFailed, "reason", "code")
	}
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// NewCodes replaces the actor's recovery codes; they are returned this once.
func (s *Service) NewCodes(ctx context.Context, actor access.Actor) ([]string, error) {
	codes, digests := newRecoveryCodes()
	return codes, s.store.PutCodes(ctx, actor.Org, actor.User, digests)
}

// TakeStepOff ends the actor's second step, unless the organization wants it.
func (s *Service) TakeStepOff(ctx context.Context, actor access.Actor) error {
	a, err := s.account(ctx, actor)
	if err != nil {
		return err
	}
	if a.Obliged {
		return problem.New(problem.SecondStepAbsent, "reason", "obliged")
	}
	return s.store.DeleteFactor(ctx, actor.Org, actor.User, false)
}

// ResetStep ends somebody's second step and their passkeys, because their
// telephone is lost, and all their sessions, because somebody may have found it.
func (s *Service) ResetStep(ctx context.Context, o id.Org, u id.User) error {
	if err := s.store.DeleteFactor(ctx, o, u, true); err != nil {
		return err
	}
	s.live.endUser(o, u)
	return nil
}

// ResetStepByEmail is ResetStep for who is known by their address only. It is
// recorded as done on the server itself.
func (s *Service) ResetStepByEmail(ctx context.Context, email string) error {
	a, err := s.store.Account(ctx, CanonicalEmail(email))
	if err != nil {
		return err
	}
	ctx = engine.WithWitness(ctx, access.Actor{Kind: access.System, Org: a.Org}, engine.ActStepReset, string(a.User.ID), s.now())
	return s.ResetStep(ctx, a.Org, a.User.ID)
}

// Steps are the users of an organization who have a second step or a passkey.
func (s *Service) Steps(ctx context.Context, o id.Org) ([]id.User, error) {
	return s.store.Factors(ctx, o)
}

// Confirm notes that the actor is who they were, by their password or a code:
// for a while they may do what wants that.
func (s *Service) Confirm(ctx context.Context, actor access.Actor, password, code, address string) error {
	a, err := s.account(ctx, actor)
	if err != nil {
		return err
	}
	if strings.TrimSpace(code) != "" && a.Factor.On() {
		err = s.second(ctx, a, code, address)
	} else {
		err = s.knows(ctx, a, password, address)
	}
	if err != nil {
		return err
	}
	return s.store.ProveSession(ctx, digestIn(actor), s.now())
}

// knows refuses who is signed in and does not know their password; guessing
// costs what guessing at the door does.
func (s *Service) knows(ctx context.Context, a access.Account, password, address string) error {
	ok, err := s.attempts.guess(doorsOf(CanonicalEmail(a.User.Email), address), func() (bool, error) {
		return s.hasher.matches(ctx, bounded(password), a.Password)
	})
	if err == nil && !ok {
		err = problem.New(problem.LoginFailed, "reason", "present")
	}
	return err
}
