package oidc

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"sync"
	"time"

	library "github.com/coreos/go-oidc/v3/oidc"
)

// authority is a provider as it describes itself.
type authority struct {
	provider *library.Provider // keeps its keys, and asks for them again when one is new
	methods  []string          // how it takes secrets
}

// How long it is remembered what a provider says of itself, and that it did not
// answer; of how many providers at most.
const (
	describedFor = time.Hour
	silentFor    = 5 * time.Second
	mostKnown    = 1000
)

// known remembers providers. However many ask for one at the same time, it is
// asked once.
type known struct {
	now      func() time.Time
	discover func(issuer string) (*authority, error)

	mu sync.Mutex
	of map[string]*found
}

type found struct {
	done    chan struct{} // closed when the rest is there
	at      *authority
	err     error
	expires time.Time
}

// get asks a provider of which nothing is known, or nothing of late.
func (k *known) get(ctx context.Context, issuer string) (*authority, error) {
	f := k.found(issuer)
	select {
	case <-f.done:
		return f.at, f.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (k *known) found(issuer string) *found {
	k.mu.Lock()
	defer k.mu.Unlock()
	if f, ok := k.of[issuer]; ok && !f.over(k.now()) {
		return f
	}
	if len(k.of) >= mostKnown {
		clear(k.of)
	}
	f := &found{done: make(chan struct{})}
	k.of[issuer] = f
	// It goes on without whoever asked first, for all who wait beside them.
	go func() {
		defer close(f.done)
		f.at, f.err = k.discover(issuer)
		f.expires = k.now().Add(describedFor)
		if f.err != nil {
			f.expires = k.now().Add(silentFor)
		}
	}()
	return f
}

// over reports whether an answer is there and too old.
func (f *found) over(now time.Time) bool {
	select {
	case <-f.done:
		return now.After(f.expires)
	default:
		return false
	}
}

func (c *Client) discover(issuer string) (*authority, error) {
	if err := c.safe(issuer); err != nil {
		return nil, err
	}
	provider, err := library.NewProvider(library.ClientContext(context.Background(), c.http), issuer)
	if err != nil {
		return nil, err
	}
	var said struct {
		Keys    string   `json:"jwks_uri"`
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	if err := provider.Claims(&said); err != nil {
		return nil, err
	}
	at := provider.Endpoint()
	if err := errors.Join(c.safe(at.AuthURL), c.safe(at.TokenURL), c.safe(said.Keys)); err != nil {
		return nil, err
	}
	return &authority{provider, said.Methods}, nil
}

// safe wants an address over TLS, or of this machine where that is allowed.
func (c *Client) safe(address string) error {
	u, err := url.Parse(address)
	if err != nil {
		return err
	}
	ip := net.ParseIP(u.Hostname())
	here := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	if u.Host == "" || u.User != nil || u.Scheme != "https" && (u.Scheme != "http" || !here || !c.loopback) {
		return fmt.Errorf("oidc: %q is not asked", address)
	}
	return nil
}
