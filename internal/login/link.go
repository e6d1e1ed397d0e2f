package login

import (
	"context"
	"errors"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// linkLife is how long a one-time link works.
const linkLife = 30 * time.Minute

// SetupLink makes the secret of the link by which the first administrator is
// made; the one before it stops working. ok is false once there is an
// administrator.
func (s *Service) SetupLink(ctx context.Context) (secret string, ok bool, err error) {
	has, err := s.store.HasAdministrator(ctx)
	if err != nil || has {
		return "", false, err
	}
	secret, digest := mint()
	err = s.store.PutLink(ctx, access.Link{Digest: digest, Kind: access.SetupLink, Expires: s.now().Add(linkLife)})
	return secret, err == nil, err
}

// CheckSetup says whether a setup link works, without using it up.
func (s *Service) CheckSetup(ctx context.Context, secret string) error {
	has, err := s.store.HasAdministrator(ctx)
	if err != nil {
		return err
	}
	if has {
		return problem.New(problem.SetupDone)
	}
	digest, _ := digestOf(secret)
	link, err := s.store.Link(ctx, access.SetupLink, digest)
	if errors.Is(err, problem.New(problem.NotFound)) || err == nil && !s.now().Before(link.Expires) {
		return problem.New(problem.LinkExpired)
	}
	return err
}

// Found stores an organization with its first administrator, uses up the setup
// link in the same transaction and signs the administrator in.
func (s *Service) Found(ctx context.Context, link string, config org.Config, admin id.User, password, userAgent string) (secret string, err error) {
	if err := s.CheckSetup(ctx, link); err != nil {
		return "", err
	}
	user, ok := userIn(config, admin)
	if !ok {
		return "", errors.New("login: the administrator is not in the organization")
	}
	o := config.Organization
	if err := checkFor(access.Account{OrgName: o.Name, User: user}, password); err != nil {
		return "", err
	}
	hash, err := s.hasher.hash(ctx, password)
	if err != nil {
		return "", err
	}
	digest, _ := digestOf(link)
	if err := s.store.CreateOrganization(ctx, config, map[id.User]string{admin: hash}, digest, s.now()); err != nil {
		return "", err
	}
	return s.begin(ctx, access.Session{Org: o.ID, User: admin, UserAgent: userAgent, ProvenAt: s.now()})
}

// Create stores an organization whose users have no passwords: the sample of
// the demo, whose people enter by links.
func (s *Service) Create(ctx context.Context, config org.Config) error {
	return s.store.CreateOrganization(ctx, config, nil, access.Digest{}, s.now())
}

func userIn(config org.Config, u id.User) (org.User, bool) {
	for _, x := range config.Users {
		if x.ID == u {
			return x, true
		}
	}
	return org.User{}, false
}

// EnterLink makes the secret of a link that signs a user in once. It is for
// the demo on loopback; nothing else may offer it.
func (s *Service) EnterLink(ctx context.Context, o id.Org, u id.User) (string, error) {
	secret, digest := mint()
	return secret, s.store.PutLink(ctx, access.Link{Digest: digest, Kind: access.EnterLink, Org: o, User: u, Expires: s.now().Add(linkLife)})
}

// Enter uses up an enter link and signs its user in. The people of the demo have
// no password that they could be asked for, so the session is proof enough for
// as long as it lasts.
func (s *Service) Enter(ctx context.Context, link, userAgent string) (secret string, err error) {
	digest, _ := digestOf(link)
	taken, err := s.store.TakeLink(ctx, access.EnterLink, digest)
	if errors.Is(err, problem.New(problem.NotFound)) || err == nil && !s.now().Before(taken.Expires) {
		return "", problem.New(problem.LinkExpired)
	}
	if err != nil {
		return "", err
	}
	return s.begin(ctx, access.Session{Org: taken.Org, User: taken.User, UserAgent: userAgent, ProvenAt: s.now().Add(s.absolute)})
}
