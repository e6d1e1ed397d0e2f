package access

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/x509"
	"fmt"
)

// Verifier is what a token's signature is checked with: the secret, or a public
// key of the very kind the algorithm takes.
func (k IdentityKey) Verifier() (any, error) {
	if k.Algorithm == HS256 {
		return k.Material, nil
	}
	public, err := x509.ParsePKIXPublicKey(k.Material)
	if err != nil {
		return nil, err
	}
	switch p := public.(type) {
	case ed25519.PublicKey:
		if k.Algorithm == EdDSA {
			return p, nil
		}
	case *ecdsa.PublicKey:
		if k.Algorithm == ES256 && p.Curve == elliptic.P256() {
			return p, nil
		}
	}
	return nil, fmt.Errorf("a key of kind %T for %s", public, k.Algorithm)
}
