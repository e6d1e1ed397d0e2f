package login

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"encoding/pem"
	"strings"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// mostKeys is how many keys an asset may have in use: one, the one that
// replaces it, and some to spare.
const mostKeys = 5

// NewIdentityKey gives an asset another key. For HS256 a secret is made and
// returned this once; of the others public is the public key in PEM.
func (s *Service) NewIdentityKey(ctx context.Context, o id.Org, asset id.Asset, alg access.Algorithm, public string) (k access.IdentityKey, secret string, err error) {
	k = access.IdentityKey{Org: o, Asset: asset, ID: "key_" + strings.ToLower(rand.Text()[:12]), Algorithm: alg, CreatedAt: s.now()}
	switch alg {
	case access.HS256:
		k.Material = fresh()
		secret = base64.RawURLEncoding.EncodeToString(k.Material)
		// What the site signs with are the characters it was shown: every library
		// takes a text, and not every one decodes it alike.
		k.Material = []byte(secret)
	case access.EdDSA, access.ES256:
		block, rest := pem.Decode([]byte(public))
		if block == nil || block.Type != "PUBLIC KEY" || strings.TrimSpace(string(rest)) != "" {
			return k, "", problem.New(problem.InvalidParameter, "parameter", "public_key")
		}
		k.Material = block.Bytes
	default:
		return k, "", problem.New(problem.InvalidParameter, "parameter", "algorithm")
	}
	if _, err := k.Verifier(); err != nil {
		return k, "", problem.New(problem.InvalidParameter, "parameter", "public_key").Because(err)
	}
	used, err := s.usedKeys(ctx, o, asset)
	if err != nil {
		return k, "", err
	}
	if len(used) >= mostKeys {
		return k, "", problem.New(problem.OutOfRange, "field", "keys", "min", 0, "max", mostKeys)
	}
	return k, secret, s.store.PutIdentityKey(ctx, k)
}

// IdentityKeys are an asset's keys, retired ones included, oldest first.
func (s *Service) IdentityKeys(ctx context.Context, o id.Org, asset id.Asset) ([]access.IdentityKey, error) {
	return s.store.IdentityKeys(ctx, o, asset)
}

// RetireIdentityKey makes tokens of a key worth nothing. Who was let in by one
// stays in until their session ends.
func (s *Service) RetireIdentityKey(ctx context.Context, o id.Org, asset id.Asset, key string) error {
	return s.store.RetireIdentityKey(ctx, o, asset, key, s.now())
}

func (s *Service) usedKeys(ctx context.Context, o id.Org, asset id.Asset) (used []access.IdentityKey, err error) {
	all, err := s.store.IdentityKeys(ctx, o, asset)
	for _, k := range all {
		if k.RetiredAt.IsZero() {
			used = append(used, k)
		}
	}
	return used, err
}

// provenLife is how long a proven visitor's token works: a site that still
// knows its visitor signs anew without anybody noticing.
const provenLife = 24 * time.Hour
