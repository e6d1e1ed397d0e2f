package login

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
)

// sealer writes secrets that have to be read again so that the database alone
// does not give them away: its key is kept elsewhere.
type sealer struct{ aead cipher.AEAD }

// newSealer wants a key of 256 bits.
func newSealer(key []byte) (sealer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealer{}, err
	}
	aead, err := cipher.NewGCM(block)
	return sealer{aead}, err
}

// seal writes a secret for its owner: whoever copies it into another's row has
// nothing.
func (s sealer) seal(secret []byte, owner string) []byte {
	nonce := make([]byte, s.aead.NonceSize())
	rand.Read(nonce)
	return s.aead.Seal(nonce, nonce, secret, []byte(owner))
}

func (s sealer) open(sealed []byte, owner string) ([]byte, error) {
	n := s.aead.NonceSize()
	if len(sealed) < n {
		return nil, errors.New("login: a sealed secret is cut")
	}
	return s.aead.Open(nil, sealed[:n], sealed[n:], []byte(owner))
}
