package login

import (
	"context"
	"slices"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// counted keeps how many passkeys an account has. The lock is held.
func (m *mem) counted(u id.User, more int) {
	for email, a := range m.accounts {
		if a.User.ID == u {
			a.Passkeys += more
			m.accounts[email] = a
		}
	}
}

// passkey changes one where it may be changed.
func (m *mem) passkey(o id.Org, u id.User, passkey string, change func(*access.Passkey) bool) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, p := range m.passkeys {
		if p.Org == o && p.User == u && p.ID == passkey {
			return change(&m.passkeys[i])
		}
	}
	return false
}

func (m *mem) AddPasskey(ctx context.Context, p access.Passkey, most int) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	own := 0
	for _, k := range m.passkeys {
		if slices.Equal(k.Credential, p.Credential) {
			return problem.New(problem.PasskeyRefused, "reason", "known")
		}
		if k.Org == p.Org && k.User == p.User {
			own++
		}
	}
	if own >= most {
		return problem.New(problem.PasskeyRefused, "reason", "most")
	}
	m.passkeys = append(m.passkeys, p)
	m.counted(p.User, 1)
	for d, s := range m.sessions {
		if s.User == p.User {
			s.Limited = false
			m.sessions[d] = s
		}
	}
	m.witness(ctx)
	return nil
}

// witness keeps what was to be recorded.
func (m *mem) witness(ctx context.Context) {
	if _, r, ok := engine.WitnessOf(ctx); ok {
		m.recorded = append(m.recorded, r.Act+" "+r.Object)
	}
}

func (m *mem) Passkeys(_ context.Context, o id.Org, u id.User) (own []access.Passkey, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.passkeys {
		if p.Org == o && p.User == u {
			own = append(own, p)
		}
	}
	return own, nil
}

func (m *mem) Passkey(_ context.Context, credential []byte) (access.Passkey, org.User, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, p := range m.passkeys {
		for _, a := range m.accounts {
			if slices.Equal(p.Credential, credential) && a.User.ID == p.User {
				return p, a.User, nil
			}
		}
	}
	return access.Passkey{}, org.User{}, notFound
}

func (m *mem) RenamePasskey(ctx context.Context, o id.Org, u id.User, passkey, name string) error {
	if !m.passkey(o, u, passkey, func(p *access.Passkey) bool { p.Name = name; return true }) {
		return notFound
	}
	m.witness(ctx)
	return nil
}

func (m *mem) DeletePasskey(ctx context.Context, o id.Org, u id.User, passkey string, last bool) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	at := slices.IndexFunc(m.passkeys, func(p access.Passkey) bool { return p.Org == o && p.User == u && p.ID == passkey })
	if at < 0 {
		return notFound
	}
	for _, a := range m.accounts {
		if a.User.ID == u && a.Passkeys == 1 && !a.Factor.On() && !last {
			return problem.New(problem.SecondStepAbsent, "reason", "last")
		}
	}
	m.passkeys = slices.Delete(m.passkeys, at, at+1)
	m.counted(u, -1)
	m.witness(ctx)
	return nil
}

func (m *mem) UsePasskey(_ context.Context, o id.Org, u id.User, passkey string, count int64, at time.Time) (bool, error) {
	return m.passkey(o, u, passkey, func(p *access.Passkey) bool {
		if !p.CopiedAt.IsZero() || count <= p.Count && count+p.Count > 0 {
			return false
		}
		p.Count, p.UsedAt = count, at
		return true
	}), nil
}

func (m *mem) RefusePasskey(ctx context.Context, o id.Org, u id.User, passkey string, at time.Time) error {
	if !m.passkey(o, u, passkey, func(p *access.Passkey) bool { p.CopiedAt = at; return true }) {
		return notFound
	}
	m.witness(ctx)
	return nil
}
