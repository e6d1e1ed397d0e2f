package login

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"hiwar/internal/access"
)

// What every authenticator can do (RFC 6238): six digits, of SHA-1, every half
// minute.
const (
	codeDigits  = 6
	stepSeconds = 30
	secretBytes = 20
	clockSkew   = 1 // steps that a telephone's clock may be off, either way
)

var base32text = base32.StdEncoding.WithPadding(base32.NoPadding)

// stepCode is the code of a step.
func stepCode(secret []byte, step int64) (string, error) {
	return hotp.GenerateCodeCustom(base32text.EncodeToString(secret), uint64(step), hotp.ValidateOpts{Digits: codeDigits, Algorithm: otp.AlgorithmSHA1})
}

// stepOf is the step whose code this is, if it is that of now or beside it. All
// are compared, so that the time tells nothing of which.
func stepOf(secret []byte, code string, now time.Time) (step int64, ok bool) {
	present := now.Unix() / stepSeconds
	for at := present - clockSkew; at <= present+clockSkew; at++ {
		want, err := stepCode(secret, at)
		if err == nil && subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			step, ok = at, true
		}
	}
	return step, ok
}

// enrolment is the address that authenticators read from a picture.
func enrolment(secret []byte, email string) string {
	v := url.Values{"secret": {base32text.EncodeToString(secret)}, "issuer": {issuer}}
	return "otpauth://totp/" + url.PathEscape(issuer+":"+email) + "?" + v.Encode()
}

const issuer = "Hiwar"

// Recovery codes have 120 random bits, so that a plain digest of them gives
// nothing away.
const (
	recoveryCodes = 10
	recoveryChars = 24
	recoveryGroup = 6
)

func newRecoveryCodes() (codes []string, digests []access.Digest) {
	for range recoveryCodes {
		raw := make([]byte, recoveryChars*5/8)
		rand.Read(raw)
		text := base32text.EncodeToString(raw)
		var groups []string
		for at := 0; at < len(text); at += recoveryGroup {
			groups = append(groups, text[at:at+recoveryGroup])
		}
		codes = append(codes, strings.Join(groups, "-"))
		digests = append(digests, sha256.Sum256([]byte(text)))
	}
	return codes, digests
}

// plainCode is a code as it is compared: the digits of every keyboard are
// digits, and how it was set apart, or that it was written small, does not
// matter.
func plainCode(typed string) string {
	return strings.Map(func(r rune) rune {
		for _, zero := range []rune{'0', '٠', '۰', '０'} {
			if zero <= r && r <= zero+9 {
				return '0' + r - zero
			}
		}
		if unicode.IsLetter(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, typed)
}

// recoveryDigest is what is kept of a recovery code; no digit is in its
// alphabet that looks like a letter, so one that was read as such is one.
func recoveryDigest(code string) (access.Digest, bool) {
	code = strings.NewReplacer("0", "O", "1", "I", "8", "B").Replace(code)
	return sha256.Sum256([]byte(code)), len(code) == recoveryChars
}
