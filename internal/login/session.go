package login

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// touchEvery is how often a session's last use is noted at most.
const touchEvery = time.Minute

// proofLife is for how long whoever showed that it is them may do what wants
// that.
const proofLife = 5 * time.Minute

// SignIn makes a session for whoever knows the password, and has the code of
// the second step if there is one, and returns its secret, which is shown to
// nobody but the browser. Wrong password, unknown e-mail and disabled account
// are one answer that takes one time; who has a second step is told to those
// alone who know the password.
//
// address is the network address of the caller, for the back-off.
func (s *Service) SignIn(ctx context.Context, email, password, code, address, userAgent string) (secret string, err error) {
	email = CanonicalEmail(email)
	var account access.Account
	ok, err := s.attempts.guess(doorsOf(email, address), func() (ok bool, err error) {
		account, err = s.store.Account(ctx, email)
		if err != nil && !errors.Is(err, problem.New(problem.NotFound)) {
			return false, err
		}
		ok, err = s.hasher.matches(ctx, bounded(password), account.Password)
		return ok && !account.User.Disabled, err
	})
	if err != nil {
		return "", err
	}
	if !ok {
		return "", problem.New(problem.LoginFailed)
	}
	if err := s.second(ctx, account, code, address); err != nil {
		return "", err
	}
	return s.begin(ctx, s.sessionOf(account, userAgent))
}

// bounded is a password as it is compared: nobody has one that is longer, and
// hashing a megabyte is for nobody.
func bounded(password string) string {
	if utf8.RuneCountInString(password) > MaxPassword {
		return ""
	}
	return password
}

// sessionOf is a session of who has just shown all that they have: it is good
// for nothing but setting a second step up where that is wanted and missing.
func (s *Service) sessionOf(a access.Account, userAgent string) access.Session {
	return access.Session{Org: a.Org, User: a.User.ID, UserAgent: userAgent, ProvenAt: s.now(), Limited: a.LacksStep()}
}

// begin stores a fresh session: signing in never continues an old one.
func (s *Service) begin(ctx context.Context, x access.Session) (secret string, err error) {
	secret, x.Digest = mint()
	x.CreatedAt, x.SeenAt = s.now(), s.now()
	x.UserAgent = clip(x.UserAgent, 200)
	return secret, s.store.CreateSession(ctx, x)
}

func (s *Service) actorOf(session access.Session, u access.Member) access.Actor {
	return access.Actor{
		Kind: access.Staff, Org: session.Org, User: u.ID, Roles: u.Roles, Granted: u.Granted,
		Session: string(session.Digest[:]), Fresh: !s.now().After(session.ProvenAt.Add(proofLife)),
	}
}

// Staff is the member of the staff whose session this is. The user's roles are
// those of this moment. A session that is good for setting a second step up
// alone is refused with [problem.SecondStepAbsent]; whose it is is returned
// nevertheless.
func (s *Service) Staff(ctx context.Context, secret string) (access.Actor, error) {
	digest, ok := digestOf(secret)
	if !ok {
		return access.Actor{}, problem.New(problem.TokenInvalid)
	}
	return s.staff(ctx, digest)
}

func (s *Service) staff(ctx context.Context, digest access.Digest) (access.Actor, error) {
	session, user, err := s.store.Session(ctx, digest)
	if errors.Is(err, problem.New(problem.NotFound)) {
		return access.Actor{}, problem.New(problem.TokenInvalid)
	}
	if err != nil {
		return access.Actor{}, err
	}
	now := s.now()
	session.SeenAt = s.seen.last(digest, session.SeenAt)
	if user.Disabled || now.Sub(session.SeenAt) > s.idle || now.Sub(session.CreatedAt) > s.absolute {
		s.live.end(digest)
		if err := s.store.DeleteSession(ctx, digest); err != nil {
			return access.Actor{}, err
		}
		return access.Actor{}, problem.New(problem.TokenInvalid)
	}
	if now.Sub(session.SeenAt) > touchEvery {
		s.seen.note(digest, now)
	}
	actor := s.actorOf(session, user)
	if session.Limited {
		return actor, problem.New(problem.SecondStepAbsent)
	}
	return actor, nil
}

// Seen says that the actor's desk is open: it keeps the session alive, and is
// refused once the session has ended, wherever that happened.
func (s *Service) Seen(ctx context.Context, actor access.Actor) error {
	_, err := s.staff(ctx, digestIn(actor))
	return err
}

func digestIn(actor access.Actor) access.Digest {
	var d access.Digest
	copy(d[:], actor.Session)
	return d
}

// SignOut ends the actor's session and closes its sockets.
func (s *Service) SignOut(ctx context.Context, actor access.Actor) error {
	if err := s.store.DeleteSession(ctx, digestIn(actor)); err != nil {
		return err
	}
	s.live.end(digestIn(actor))
	return nil
}

// SignOutEverywhere ends all sessions of the user and closes their sockets.
func (s *Service) SignOutEverywhere(ctx context.Context, o id.Org, u id.User) error {
	if err := s.store.DeleteSessions(ctx, o, u); err != nil {
		return err
	}
	s.live.endUser(o, u)
	return nil
}

// Sweep removes sessions and visitor tokens that can no longer be used.
func (s *Service) Sweep(ctx context.Context) error {
	if err := s.KeepSeen(ctx); err != nil {
		return err
	}
	now := s.now()
	if err := s.store.DeleteOldVisitors(ctx, now); err != nil {
		return err
	}
	if err := s.forgetBlocks(ctx); err != nil {
		return err
	}
	return s.store.DeleteOldSessions(ctx, now.Add(-s.idle), now.Add(-s.absolute))
}

// maxEmail is how long an address may be, in characters.
const maxEmail = 254

// CanonicalEmail is how e-mail addresses are compared and stored. It is "", which
// is nobody's, for what is longer than any: failures are remembered by it.
func CanonicalEmail(email string) string {
	email = strings.ToLower(strings.TrimSpace(email))
	if utf8.RuneCountInString(email) > maxEmail {
		return ""
	}
	return email
}

// clip cuts s to at most n bytes of whole characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return strings.ToValidUTF8(s, "")
	}
	return strings.ToValidUTF8(s[:n], "")
}
