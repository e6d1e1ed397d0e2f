package login

import (
	"crypto/sha256"
	"encoding/base64"

	"hiwar/internal/access"
)

// mint makes a secret for its holder and the digest to keep of it.
func mint() (secret string, digest access.Digest) {
	raw := fresh()
	return base64.RawURLEncoding.EncodeToString(raw), sha256.Sum256(raw)
}

// digestOf is the digest of a secret as its holder shows it; false if it does
// not even have the shape of one, which spares the store the question.
func digestOf(secret string) (access.Digest, bool) {
	if len(secret) != 43 {
		return access.Digest{}, false
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(secret)
	if err != nil {
		return access.Digest{}, false
	}
	return sha256.Sum256(raw), true
}
