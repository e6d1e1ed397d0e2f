package login

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
	"golang.org/x/text/unicode/norm"

	"hiwar/internal/problem"
)

// Parameters of argon2id for new hashes. A stored hash says its own.
const (
	memoryKiB = 19 << 10 // unless Options say otherwise
	passes    = 2
	threads   = 1
	keyBytes  = 32
	saltBytes = 16
)

// waiting is how many sign-ins may queue for a turn to hash; the next is told
// to come back, so that a flood of guesses costs memory for none of them.
const waiting = 64

// hasher hashes passwords, a few at a time.
type hasher struct {
	memory uint32 // KiB
	turns  chan struct{}
	queue  chan struct{}
	// decoy is compared with when there is no account, so that an unknown
	// e-mail takes as long as a wrong password: it is the same code.
	decoy string
}

func newHasher(memory uint32, atOnce int) *hasher {
	h := &hasher{memory: memory, turns: make(chan struct{}, atOnce), queue: make(chan struct{}, waiting)}
	h.decoy = encode(memory, passes, threads, make([]byte, saltBytes), make([]byte, keyBytes))
	return h
}

// turn waits for a turn; done gives it back.
func (h *hasher) turn(ctx context.Context) (done func(), err error) {
	select {
	case h.queue <- struct{}{}:
	default:
		return nil, problem.New(problem.RateLimited, "retry_after_ms", int64(1000))
	}
	defer func() { <-h.queue }()
	select {
	case h.turns <- struct{}{}:
		return func() { <-h.turns }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// hash makes what is stored of a password. Composed and decomposed letters
// are one password: which of them a keyboard makes is not up to its owner.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	done, err := h.turn(ctx)
	if err != nil {
		return "", err
	}
	defer done()
	salt := make([]byte, saltBytes)
	rand.Read(salt)
	key := argon2.IDKey(norm.NFC.Bytes([]byte(password)), salt, passes, h.memory, threads, keyBytes)
	return encode(h.memory, passes, threads, salt, key), nil
}

// matches compares a password with a stored hash, "" standing for an account
// that does not exist or has no password: then the work is the same and the
// answer no.
func (h *hasher) matches(ctx context.Context, password, stored string) (bool, error) {
	exists := stored != ""
	if !exists {
		stored = h.decoy
	}
	memory, time, threads, salt, want, err := decode(stored)
	if err != nil {
		return false, err
	}
	done, err := h.turn(ctx)
	if err != nil {
		return false, err
	}
	defer done()
	got := argon2.IDKey(norm.NFC.Bytes([]byte(password)), salt, time, memory, threads, uint32(len(want)))
	return subtle.ConstantTimeCompare(got, want) == 1 && exists, nil
}

// encode writes a hash in PHC form.
func encode(memory, time uint32, threads uint8, salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, memory, time, threads, b64.EncodeToString(salt), b64.EncodeToString(key))
}

func decode(stored string) (memory, time uint32, threads uint8, salt, key []byte, err error) {
	parts := strings.Split(stored, "$")
	bad := fmt.Errorf("login: a stored password hash is not argon2id in PHC form")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return 0, 0, 0, nil, nil, bad
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &time, &threads); err != nil {
		return 0, 0, 0, nil, nil, bad
	}
	// A hash from elsewhere may ask for anything; it is not obeyed blindly.
	if memory < 8 || memory > 1<<20 || time < 1 || time > 16 || threads < 1 || threads > 16 {
		return 0, 0, 0, nil, nil, bad
	}
	salt, err = base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return 0, 0, 0, nil, nil, bad
	}
	key, err = base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(key) < 16 {
		return 0, 0, 0, nil, nil, bad
	}
	return memory, time, threads, salt, key, nil
}
