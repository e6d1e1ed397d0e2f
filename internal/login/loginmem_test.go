package login

import (
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// mem is a Store in memory: what the interface promises and nothing more.
type mem struct {
	mu       sync.Mutex
	accounts map[string]access.Account // by e-mail
	sessions map[access.Digest]access.Session
	links    map[access.Digest]access.Link
	visitors map[access.Digest]access.Visitor
	keys     []access.IdentityKey
	people   map[string]id.Customer // by asset and subject
	uses     map[access.Digest]access.Digest
	secrets  map[string][]byte
	codes    map[access.Digest]id.User
	blocks   []access.Block
	passkeys []access.Passkey
	recorded []string // acts and what they were done to
	outside  outside
	touched  int
	fail     error  // of the next touches
	asked    func() // for an account, before it is answered
}

func newMem() *mem {
	return &mem{
		accounts: map[string]access.Account{}, sessions: map[access.Digest]access.Session{},
		links: map[access.Digest]access.Link{}, visitors: map[access.Digest]access.Visitor{}, secrets: map[string][]byte{},
		people: map[string]id.Customer{}, uses: map[access.Digest]access.Digest{}, codes: map[access.Digest]id.User{}, asked: func() {},
	}
}

var notFound = problem.New(problem.NotFound)

func (m *mem) Account(_ context.Context, email string) (access.Account, error) {
	m.asked()
	m.mu.Lock()
	defer m.mu.Unlock()
	a, ok := m.accounts[email]
	if !ok {
		return a, notFound
	}
	return a, nil
}

func (m *mem) HasAdministrator(context.Context) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range m.accounts {
		if a.User.Has(org.RoleAdministrator) && !a.User.Disabled {
			return true, nil
		}
	}
	return false, nil
}

func (m *mem) CreateOrganization(_ context.Context, c org.Config, passwords map[id.User]string, link access.Digest, now time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if link != (access.Digest{}) {
		l, ok := m.links[link]
		if !ok || l.Kind != access.SetupLink || !now.Before(l.Expires) {
			return problem.New(problem.LinkExpired)
		}
		delete(m.links, link)
	}
	for _, u := range c.Users {
		m.accounts[u.Email] = access.Account{Org: c.Organization.ID, OrgName: c.Organization.Name, User: u, Password: passwords[u.ID]}
	}
	return nil
}

func (m *mem) CreateSession(_ context.Context, s access.Session) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions[s.Digest] = s
	return nil
}

func (m *mem) Session(_ context.Context, d access.Digest) (access.Session, access.Member, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.sessions[d]
	if !ok {
		return s, access.Member{}, notFound
	}
	for _, a := range m.accounts {
		if a.User.ID == s.User {
			return s, access.Member{User: a.User}, nil
		}
	}
	return s, access.Member{}, notFound
}

func (m *mem) TouchSessions(_ context.Context, seen map[access.Digest]time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	for d, at := range seen {
		if s, ok := m.sessions[d]; ok {
			s.SeenAt = at
			m.sessions[d] = s
		}
	}
	m.touched++
	return nil
}

func (m *mem) DeleteSession(_ context.Context, d access.Digest) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.sessions, d)
	return nil
}

func (m *mem) EndedSessions(_ context.Context, of []access.Digest) ([]access.Digest, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(of), func(d access.Digest) bool { _, there := m.sessions[d]; return there }), nil
}

func (m *mem) DeleteSessions(_ context.Context, o id.Org, u id.User) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for d, s := range m.sessions {
		if s.Org == o && s.User == u {
			delete(m.sessions, d)
		}
	}
	return nil
}

func (m *mem) SessionsOf(_ context.Context, o id.Org, u id.User) (all []access.Session, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.sessions {
		if s.Org == o && s.User == u {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b access.Session) int { return b.SeenAt.Compare(a.SeenAt) })
	return all, nil
}

func (m *mem) ChangePassword(ctx context.Context, o id.Org, u id.User, hash string, kept access.Digest) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for d, s := range m.sessions {
		if s.Org == o && s.User == u && d != kept {
			delete(m.sessions, d)
		}
	}
	for i := range m.accounts {
		if a := m.accounts[i]; a.User.ID == u {
			a.Password = hash
			m.accounts[i] = a
		}
	}
	return nil
}

func (m *mem) DeleteOldSessions(_ context.Context, idle, absolute time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for d, s := range m.sessions {
		if s.SeenAt.Before(idle) || s.CreatedAt.Before(absolute) {
			delete(m.sessions, d)
		}
	}
	return nil
}

func (m *mem) PutLink(_ context.Context, l access.Link) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for d, old := range m.links {
		if l.Kind == old.Kind && (l.Kind == access.SetupLink || l.Kind == access.InviteLink && l.Org == old.Org && l.User == old.User) {
			delete(m.links, d)
		}
	}
	m.links[l.Digest] = l
	return nil
}

func (m *mem) Link(_ context.Context, k access.LinkKind, d access.Digest) (access.Link, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, ok := m.links[d]
	if !ok || l.Kind != k {
		return l, notFound
	}
	return l, nil
}

func (m *mem) TakeLink(_ context.Context, k access.LinkKind, d access.Digest) (access.Link, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	l, ok := m.links[d]
	if !ok || l.Kind != k {
		return l, notFound
	}
	delete(m.links, d)
	return l, nil
}

func (m *mem) Invited(ctx context.Context, d access.Digest) (access.Link, org.User, error) {
	l, err := m.Link(ctx, access.InviteLink, d)
	if err != nil {
		return l, org.User{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, a := range m.accounts {
		if a.User.ID == l.User {
			return l, a.User, nil
		}
	}
	return l, org.User{}, notFound
}

func (m *mem) Join(ctx context.Context, d access.Digest, hash string, now time.Time) error {
	l, err := m.TakeLink(ctx, access.InviteLink, d)
	if err != nil || !now.Before(l.Expires) {
		return problem.New(problem.LinkExpired)
	}
	for email, a := range m.accounts {
		if a.User.ID == l.User {
			a.Password = hash
			m.accounts[email] = a
		}
	}
	return m.DeleteSessions(ctx, l.Org, l.User)
}

func (m *mem) PutVisitor(_ context.Context, v access.Visitor) (access.Visitor, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if old, ok := m.visitors[v.Digest]; ok {
		return old, nil
	}
	m.visitors[v.Digest] = v
	return v, nil
}

func (m *mem) Visitor(_ context.Context, d access.Digest) (access.Visitor, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.visitors[d]
	if !ok {
		return v, notFound
	}
	return v, nil
}

func (m *mem) SetVisitorConversation(_ context.Context, d access.Digest, c id.Conversation) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	v := m.visitors[d]
	v.Conversation = c
	m.visitors[d] = v
	return nil
}

func (m *mem) Secret(_ context.Context, name string, fresh []byte) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s, ok := m.secrets[name]; ok {
		return s, nil
	}
	m.secrets[name] = fresh
	return fresh, nil
}

// contains reports whether the store holds these bytes anywhere: what it does
// must not sign anybody in.
func (m *mem) contains(secret string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	for d := range m.sessions {
		if strings.Contains(string(d[:]), secret) {
			return true
		}
	}
	for d := range m.visitors {
		if strings.Contains(string(d[:]), secret) {
			return true
		}
	}
	for d := range m.links {
		if strings.Contains(string(d[:]), secret) {
			return true
		}
	}
	return false
}

func (m *mem) DeleteVisitor(_ context.Context, d access.Digest) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.visitors, d)
	return nil
}

func (m *mem) DeleteVisitorsOf(_ context.Context, o id.Org, c id.Customer) (ended []access.Digest, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for d, v := range m.visitors {
		if v.Org == o && v.Customer == c && !v.Proven {
			delete(m.visitors, d)
			ended = append(ended, d)
		}
	}
	return ended, nil
}

func (m *mem) DeleteOldVisitors(_ context.Context, now time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for d, v := range m.visitors {
		if !v.Expires.IsZero() && !v.Expires.After(now) {
			delete(m.visitors, d)
		}
	}
	return nil
}

func (m *mem) PutIdentityKey(_ context.Context, k access.IdentityKey) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keys = append(m.keys, k)
	return nil
}

func (m *mem) IdentityKeys(_ context.Context, o id.Org, asset id.Asset) (found []access.IdentityKey, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, k := range m.keys {
		if k.Org == o && k.Asset == asset {
			found = append(found, k)
		}
	}
	return found, nil
}

func (m *mem) RetireIdentityKey(_ context.Context, o id.Org, asset id.Asset, key string, at time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range m.keys {
		if k := &m.keys[i]; k.Org == o && k.Asset == asset && k.ID == key {
			if k.RetiredAt.IsZero() {
				k.RetiredAt = at
			}
			return nil
		}
	}
	return notFound
}

func (m *mem) Prove(_ context.Context, p access.Proof) (access.Visitor, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v := p.Visitor
	if known, ok := m.visitors[v.Digest]; ok {
		return known, nil
	}
	if p.Use != (access.Digest{}) {
		if _, used := m.uses[p.Use]; used {
			return access.Visitor{}, badIdentity("used")
		}
		m.uses[p.Use] = v.Digest
	}
	person := string(v.Asset) + "/" + p.Subject
	if c, ok := m.people[person]; ok {
		v.Customer = c
	} else {
		m.people[person] = v.Customer
	}
	m.visitors[v.Digest] = v
	return v, nil
}

func (m *mem) PutBlock(_ context.Context, b access.Block, most int) (access.Block, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return b, m.fail
	}
	for i, x := range m.blocks {
		if x.Org == b.Org && x.Subject() == b.Subject() {
			b.ID = x.ID
			m.blocks[i] = b
			return b, nil
		}
	}
	if len(m.blocks) >= most {
		return b, problem.New(problem.OutOfRange)
	}
	m.blocks = append(m.blocks, b)
	return b, nil
}

func (m *mem) Blocks(_ context.Context, o id.Org, now time.Time, query string, _ id.Block, limit int) (found []access.Blocked, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, b := range m.blocks {
		if b.Org == o && b.Holds(now) && strings.Contains(b.Network+b.Reason, query) && len(found) < limit {
			found = append(found, access.Blocked{Block: b})
		}
	}
	return found, nil
}

func (m *mem) EveryBlock(context.Context) ([]access.Block, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.blocks), nil
}

func (m *mem) DeleteBlock(_ context.Context, o id.Org, block id.Block) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.fail != nil {
		return m.fail
	}
	before := len(m.blocks)
	m.blocks = slices.DeleteFunc(m.blocks, func(b access.Block) bool { return b.Org == o && b.ID == block })
	if len(m.blocks) == before {
		return notFound
	}
	return nil
}

func (m *mem) DeleteOldBlocks(_ context.Context, now time.Time) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.blocks = slices.DeleteFunc(m.blocks, func(b access.Block) bool { return !b.Holds(now) })
	return nil
}
