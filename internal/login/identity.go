package login

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// Prove exchanges an identity token for the token of a proven visitor.
//
// Like a start it may be repeated: the same identity token with the same key of
// the request gives the same visitor token, also when the identity token has
// expired meanwhile or may be used once.
//
// customer is minted by the caller and used if the site's person is new. What the
// site has signed beside who it is passes gate before it is stored; the subject
// does not, because two of them must never become one.
func (s *Service) Prove(ctx context.Context, o id.Org, asset org.Asset, token, key string, customer id.Customer, gate func(string) string) (secret string, v access.Visitor, err error) {
	keys, err := s.usedKeys(ctx, o, asset.ID)
	if err != nil {
		return "", v, err
	}
	raw := s.derive("identity", string(o), string(asset.ID), token, key)
	secret, digest := base64.RawURLEncoding.EncodeToString(raw), access.Digest(sha256.Sum256(raw))
	who, bad := readIdentity(token, asset.Key, keys, s.now())
	v, err = s.store.Visitor(ctx, digest)
	if err == nil {
		return secret, v, s.current(ctx, v)
	}
	if !errors.Is(err, problem.New(problem.NotFound)) {
		return "", v, err
	}
	if bad != nil {
		return "", v, bad
	}
	now := s.now()
	p := access.Proof{Subject: who.subject, Visitor: access.Visitor{
		Digest: digest, Org: o, Asset: asset.ID, Customer: customer, CreatedAt: now, Proven: true, Expires: now.Add(provenLife), Signed: who.signed.Through(gate),
	}}
	if who.use != "" {
		p.Use, p.UseEnds = sha256.Sum256([]byte(who.use)), who.expires.Add(identitySkew)
	}
	v, err = s.store.Prove(ctx, p)
	return secret, v, err
}

// derive makes 256 bits of parts; who does not know them all, or our key, makes
// others.
func (s *Service) derive(parts ...string) []byte {
	mac := hmac.New(sha256.New, s.visitKey)
	for _, part := range parts {
		// Hashed one by one, so that no two lists run together into one text.
		sum := sha256.Sum256([]byte(part))
		mac.Write(sum[:])
	}
	return mac.Sum(nil)
}

// current refuses a visitor whose time is over, and forgets them.
func (s *Service) current(ctx context.Context, v access.Visitor) error {
	if v.Expires.IsZero() || s.now().Before(v.Expires) {
		return nil
	}
	if err := s.Forget(ctx, v); err != nil {
		return err
	}
	return problem.New(problem.TokenInvalid)
}

// Forget makes a visitor's token worth nothing and closes its sockets.
func (s *Service) Forget(ctx context.Context, v access.Visitor) error {
	if err := s.store.DeleteVisitor(ctx, v.Digest); err != nil {
		return err
	}
	s.live.end(v.Digest)
	return nil
}

// Joined makes the tokens of a customer worth nothing whose conversations are a
// proven person's now: whoever else holds one is not that person. Who was
// blocked as the one is as the other.
func (s *Service) Joined(ctx context.Context, o id.Org, anonymous id.Customer) error {
	ended, err := s.store.DeleteVisitorsOf(ctx, o, anonymous)
	for _, d := range ended {
		s.live.end(d)
	}
	return errors.Join(err, s.blockJoined(ctx, o, anonymous))
}
