package login

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"sync"
	"time"
)

// challengeLife is how long a device has to sign what it was asked to.
const challengeLife = 5 * time.Minute

// purpose is what a challenge is for: one for signing in makes no passkey.
type purpose string

const (
	toAdd   purpose = "add"   // a passkey, to the account of a session
	toEnter purpose = "enter" // by whoever has a passkey
	toStep  purpose = "step"  // by the account whose password, or link, was shown
	toOpen  purpose = "open"  // a socket, by a session
	toProve purpose = "prove" // that the user of a session is still there
)

const (
	nonceBytes     = 16
	challengeBytes = nonceBytes + 8 + sha256.Size
)

// challenges are signed instead of kept, so that strangers who ask for many
// cannot push out those of others; what is kept are those that were used, each
// until it would have ended. A restart ends them all.
type challenges struct {
	now func() time.Time
	key []byte

	mu    sync.Mutex
	used  map[[nonceBytes]byte]time.Time // and when they end
	swept time.Time
}

func newChallenges(now func() time.Time) *challenges {
	return &challenges{now: now, key: fresh(), used: map[[nonceBytes]byte]time.Time{}}
}

// make is a challenge for one purpose of one owner: an account, a session, or ""
// where nobody is known yet.
func (c *challenges) make(p purpose, owner string) string {
	raw := make([]byte, nonceBytes, challengeBytes)
	rand.Read(raw)
	raw = binary.BigEndian.AppendUint64(raw, uint64(c.now().Add(challengeLife).UnixMicro()))
	return base64.RawURLEncoding.EncodeToString(append(raw, c.sign(raw, p, owner)...))
}

// is reports whether a challenge was made for this and has not ended. Whether it
// was used, take says.
func (c *challenges) is(challenge string, p purpose, owner string) bool {
	raw, ok := rawChallenge(challenge)
	if !ok {
		return false
	}
	signed := raw[:len(raw)-sha256.Size]
	return hmac.Equal(raw[len(signed):], c.sign(signed, p, owner)) && c.now().Before(endOf(raw))
}

// take uses up a challenge: of any number of concurrent callers exactly one gets
// it.
func (c *challenges) take(challenge string) bool {
	raw, ok := rawChallenge(challenge)
	if !ok {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.now()
	if now.Sub(c.swept) > challengeLife {
		for nonce, ends := range c.used {
			if !now.Before(ends) {
				delete(c.used, nonce)
			}
		}
		c.swept = now
	}
	nonce := [nonceBytes]byte(raw)
	if _, used := c.used[nonce]; used {
		return false
	}
	c.used[nonce] = endOf(raw)
	return true
}

func (c *challenges) sign(raw []byte, p purpose, owner string) []byte {
	mac := hmac.New(sha256.New, c.key)
	mac.Write(raw)
	mac.Write([]byte(string(p) + "\x00" + owner))
	return mac.Sum(nil)
}

func rawChallenge(challenge string) ([]byte, bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(challenge)
	return raw, err == nil && len(raw) == challengeBytes
}

func endOf(raw []byte) time.Time {
	return time.UnixMicro(int64(binary.BigEndian.Uint64(raw[nonceBytes:])))
}
