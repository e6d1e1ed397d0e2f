package login

import (
	"context"
	"slices"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// factor changes the second step of a user where it may be changed.
func (m *mem) factor(u id.User, change func(*access.Factor) bool) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for email, a := range m.accounts {
		if a.User.ID == u && change(&a.Factor) {
			m.accounts[email] = a
			return true
		}
	}
	return false
}

func (m *mem) BeginFactor(_ context.Context, _ id.Org, u id.User, sealed []byte) error {
	if !m.factor(u, func(f *access.Factor) bool {
		if !f.On() {
			*f = access.Factor{Sealed: sealed}
		}
		return !f.On()
	}) {
		return problem.New(problem.SecondStepOn)
	}
	return nil
}

func (m *mem) ConfirmFactor(ctx context.Context, o id.Org, u id.User, next access.Factor, codes []access.Digest) error {
	if !m.factor(u, func(f *access.Factor) bool {
		if f.On() || string(f.Sealed) != string(next.Sealed) {
			return false
		}
		*f = next
		return true
	}) {
		return notFound
	}
	for d, s := range m.sessions {
		if s.User == u {
			s.Limited = false
			m.sessions[d] = s
		}
	}
	return m.PutCodes(ctx, o, u, codes)
}

func (m *mem) TakeStep(_ context.Context, _ id.Org, u id.User, step int64) (bool, error) {
	return m.factor(u, func(f *access.Factor) bool {
		if step <= f.Step {
			return false
		}
		f.Step = step
		return true
	}), nil
}

func (m *mem) TakeCode(_ context.Context, _ id.Org, u id.User, code access.Digest) (bool, error) {
	return m.factor(u, func(f *access.Factor) bool {
		if m.codes[code] != u {
			return false
		}
		delete(m.codes, code)
		f.Codes--
		return true
	}), nil
}

func (m *mem) PutCodes(_ context.Context, _ id.Org, u id.User, codes []access.Digest) error {
	m.factor(u, func(f *access.Factor) bool {
		for d, of := range m.codes {
			if of == u {
				delete(m.codes, d)
			}
		}
		for _, d := range codes {
			m.codes[d] = u
		}
		f.Codes = len(codes)
		return true
	})
	return nil
}

func (m *mem) DeleteFactor(ctx context.Context, o id.Org, u id.User, out bool) error {
	had := m.factor(u, func(f *access.Factor) bool {
		had := f.Sealed != nil
		*f = access.Factor{}
		return had
	})
	if out {
		m.mu.Lock()
		n := len(m.passkeys)
		m.passkeys = slices.DeleteFunc(m.passkeys, func(p access.Passkey) bool { return p.User == u })
		n -= len(m.passkeys)
		m.counted(u, -n)
		had = had || n > 0
		m.mu.Unlock()
	}
	if !had {
		return notFound
	}
	if out {
		return m.DeleteSessions(ctx, o, u)
	}
	return nil
}

func (m *mem) Factors(context.Context, id.Org) (users []id.User, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range m.accounts {
		if a.Factor.On() || a.Passkeys > 0 {
			users = append(users, a.User.ID)
		}
	}
	return users, nil
}

func (m *mem) ProveSession(_ context.Context, d access.Digest, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s, ok := m.sessions[d]; ok && at.After(s.ProvenAt) {
		s.ProvenAt = at
		m.sessions[d] = s
	}
	return nil
}
