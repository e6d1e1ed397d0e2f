package login

import (
	"encoding/base64"
	"encoding/json"
	"sync"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// journey is a sign-in between here and a provider. It is kept by nobody but
// the browser that set out, sealed, so that strangers who set out and never come
// back cost nothing, and whoever comes back in another browser has nothing.
type journey struct {
	Org      id.Org      `json:"o"`
	Provider id.Provider `json:"p"`
	Flow     access.Flow `json:"f"`
	Back     string      `json:"b"`
	Until    time.Time   `json:"u"`
	// User: the provider has said that it is them, and a code is wanted yet.
	User id.User `json:"w,omitempty"`
}

// journeyLife is how long somebody may take to sign in at a provider, and to
// find their code.
const journeyLife = 10 * time.Minute

const ownerOfJourney = "sign-in through a provider"

func newFlow() access.Flow {
	return access.Flow{State: secretText(), Nonce: secretText(), Verifier: secretText()}
}

// secretText is 256 random bits as text.
func secretText() string { return base64.RawURLEncoding.EncodeToString(fresh()) }

func (p *Providers) seal(j journey) string {
	text, err := json.Marshal(j)
	if err != nil {
		return "" // opens nothing
	}
	return base64.RawURLEncoding.EncodeToString(p.sealer.seal(text, ownerOfJourney))
}

// open is the journey of a cookie that is ours and not over yet.
func (p *Providers) open(cookie string) (j journey, err error) {
	sealed, err := base64.RawURLEncoding.DecodeString(cookie)
	if err != nil {
		return j, lost(err)
	}
	text, err := p.sealer.open(sealed, ownerOfJourney)
	if err != nil {
		return j, lost(err)
	}
	if err := json.Unmarshal(text, &j); err != nil {
		return j, lost(err)
	}
	if p.now().After(j.Until) {
		return j, lost(nil)
	}
	return j, nil
}

// lost is said to whoever comes back from a way that they did not set out on,
// or that is over.
func lost(err error) error { return problem.New(problem.SignInRefused, "reason", "flow").Because(err) }

// spent are the journeys that have ended, as long as their cookies would open.
// Only who has such a cookie adds to them.
type spent struct {
	mu    sync.Mutex
	until map[string]time.Time
}

// first reports whether nobody has come with it yet, and that somebody has now.
func (s *spent) first(what string, until, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for key, over := range s.until {
		if now.After(over) {
			delete(s.until, key)
		}
	}
	if _, known := s.until[what]; known {
		return false
	}
	s.until[what] = until
	return true
}
