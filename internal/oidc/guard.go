package oidc

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// mostAnswer is how much of an answer is read.
const mostAnswer = 1 << 20

// guarded makes the client that asks providers. An administrator says which
// address that is, so it must not become a way to what only this machine
// reaches: no redirect is followed, no proxy is used, and addresses are judged
// when their names have been resolved.
func guarded(loopback bool, timeout time.Duration) *http.Client {
	dialer := &net.Dialer{Timeout: timeout, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		if !allowed(to.Addr(), loopback) {
			return fmt.Errorf("oidc: %s is not asked", to.Addr())
		}
		return nil
	}}
	return &http.Client{
		Timeout:       timeout,
		CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("oidc: redirects are not followed") },
		Transport: bounded{&http.Transport{
			DialContext: dialer.DialContext, TLSHandshakeTimeout: timeout, ForceAttemptHTTP2: true,
			MaxResponseHeaderBytes: 32 << 10, DisableKeepAlives: true, // sign-ins are far between
		}},
	}
}

// embedding are networks whose addresses stand for others of IPv4.
var embedding = []netip.Prefix{netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32")}

// allowed are the addresses that a provider may have: public ones and those of
// the organization's own network, but none that are this machine's or its
// link's, where clouds keep their keys.
func allowed(ip netip.Addr, loopback bool) bool {
	ip = ip.Unmap()
	for _, p := range embedding {
		if p.Contains(ip) {
			return false
		}
	}
	switch {
	case ip.IsLoopback():
		return loopback
	case ip.IsUnspecified(), ip.IsMulticast(), ip.IsLinkLocalUnicast(), ip == netip.AddrFrom4([4]byte{255, 255, 255, 255}):
		return false
	}
	return true
}

// bounded reads no more of an answer than anybody needs.
type bounded struct{ next http.RoundTripper }

// RoundTrip implements [http.RoundTripper].
func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	answer.Body = &limited{answer.Body, mostAnswer}
	return answer, nil
}

// limited fails where more comes than may: half an answer is none.
type limited struct {
	io.ReadCloser
	left int
}

// Read implements [io.Reader].
func (l *limited) Read(b []byte) (int, error) {
	n, err := l.ReadCloser.Read(b)
	if l.left -= n; l.left < 0 {
		return 0, errors.New("oidc: the answer is too long")
	}
	return n, err
}
