package login

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/golang-jwt/jwt/v5"

	"hiwar/internal/access"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// Bounds of an identity token. It is to be made for one page and be used at
// once: what lives longer is a password that lies about.
const (
	MaxIdentityToken = 4096
	identityLife     = time.Hour
	identitySkew     = time.Minute // between the site's clock and ours
	maxSubject       = 255
	maxUse           = 128
)

// identity is what a site says of its visitor. Only the subject is always there.
type identity struct {
	subject string
	signed  access.Signed
	use     string
	expires time.Time
}

// claims are what a token may say. Others are ignored.
type claims struct {
	jwt.RegisteredClaims
	Name       string         `json:"name"`
	Email      string         `json:"email"`
	Phone      string         `json:"phone"`
	Attributes map[string]any `json:"attributes"`
	Priority   *int           `json:"priority"`
	Requires   []claimedSkill `json:"requires"`
}

// badIdentity refuses a token; the reason is for who integrates:
//
//	large      longer than 4096 characters
//	malformed  no signed token, or a claim of a wrong kind
//	key        the header's kid is none of the asset's keys in use
//	algorithm  not the key's, or a header that changes the rules
//	signature  does not fit
//	audience   aud is not the asset's public key
//	lifetime   exp or iat is missing, or they are more than an hour apart
//	expired    exp is past
//	early      iat or nbf is to come
//	subject    sub is missing or too long
//	priority   is not from 1 to 9
//	requires   more than 20 skills, or no skill could be asked for so
//	used       the jti was used before
func badIdentity(reason string) *problem.Problem {
	return problem.New(problem.IdentityInvalid, "reason", reason)
}

// readIdentity checks a token as of now. The algorithm is the key's: what the
// token says of it must agree and chooses nothing. keys are those in use.
func readIdentity(token, audience string, keys []access.IdentityKey, now time.Time) (identity, error) {
	if len(token) > MaxIdentityToken {
		return identity{}, badIdentity("large")
	}
	var c claims
	parser := jwt.NewParser(
		jwt.WithValidMethods([]string{string(access.HS256), string(access.EdDSA), string(access.ES256)}),
		jwt.WithStrictDecoding(), jwt.WithExpirationRequired(), jwt.WithIssuedAt(),
		jwt.WithAudience(audience), jwt.WithLeeway(identitySkew), jwt.WithTimeFunc(func() time.Time { return now }),
	)
	_, err := parser.ParseWithClaims(token, &c, func(t *jwt.Token) (any, error) { return keyFor(t, keys) })
	if err != nil {
		return identity{}, badIdentity(reasonOf(err)).Because(err)
	}
	if c.IssuedAt == nil || c.ExpiresAt.Sub(c.IssuedAt.Time) > identityLife {
		return identity{}, badIdentity("lifetime")
	}
	if s := c.Subject; s == "" || len(s) > maxSubject || !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }) {
		return identity{}, badIdentity("subject")
	}
	if len(c.ID) > maxUse {
		return identity{}, badIdentity("malformed")
	}
	signed := access.Signed{Name: c.Name, Email: c.Email, Phone: c.Phone, Attributes: plain(c.Attributes)}
	if c.Priority != nil {
		if signed.Priority = *c.Priority; signed.Priority < 1 || signed.Priority > org.LowestPriority {
			return identity{}, badIdentity("priority")
		}
	}
	if signed.Requires, err = required(c.Requires); err != nil {
		return identity{}, err
	}
	return identity{subject: c.Subject, use: c.ID, expires: c.ExpiresAt.Time, signed: signed}, nil
}

var (
	errKey       = errors.New("no such key")
	errAlgorithm = errors.New("not the key's algorithm")
)

// keyFor is what the token's signature is checked with.
func keyFor(t *jwt.Token, keys []access.IdentityKey) (any, error) {
	kid, _ := t.Header["kid"].(string)
	for _, k := range keys {
		if k.ID != kid {
			continue
		}
		_, critical := t.Header["crit"] // rules that we do not know
		if t.Method.Alg() != string(k.Algorithm) || critical {
			return nil, errAlgorithm
		}
		return k.Verifier()
	}
	return nil, errKey
}

func reasonOf(err error) string {
	for _, x := range []struct {
		is     error
		reason string
	}{
		{errKey, "key"},
		{errAlgorithm, "algorithm"},
		{jwt.ErrTokenRequiredClaimMissing, "lifetime"},
		{jwt.ErrTokenInvalidAudience, "audience"},
		{jwt.ErrTokenExpired, "expired"},
		{jwt.ErrTokenUsedBeforeIssued, "early"},
		{jwt.ErrTokenNotValidYet, "early"},
		{jwt.ErrTokenSignatureInvalid, "signature"},
	} {
		if errors.Is(err, x.is) {
			return x.reason
		}
	}
	return "malformed"
}

// plain are the values that people can read: texts, numbers and yes or no.
func plain(given map[string]any) map[string]string {
	out := map[string]string{}
	for name, v := range given {
		switch v := v.(type) {
		case string:
			out[name] = v
		case float64, bool:
			var b bytes.Buffer
			if json.NewEncoder(&b).Encode(v) == nil {
				out[name] = strings.TrimSpace(b.String())
			}
		}
	}
	return out
}
