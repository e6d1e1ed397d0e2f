package client

import (
	"net/http"
	"net/url"
	"sync"
)

// cookies keeps what the one server said, whatever its scheme: a session
// cookie marked Secure is still sent to a server on loopback, as browsers do.
type cookies struct {
	mu   sync.Mutex
	kept map[string]*http.Cookie
}

func newCookies() *cookies { return &cookies{kept: map[string]*http.Cookie{}} }

func (j *cookies) SetCookies(_ *url.URL, set []*http.Cookie) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, c := range set {
		if c.MaxAge < 0 || c.Value == "" {
			delete(j.kept, c.Name)
		} else {
			j.kept[c.Name] = &http.Cookie{Name: c.Name, Value: c.Value}
		}
	}
}

func (j *cookies) Cookies(*url.URL) []*http.Cookie {
	j.mu.Lock()
	defer j.mu.Unlock()
	list := make([]*http.Cookie, 0, len(j.kept))
	for _, c := range j.kept {
		list = append(list, c)
	}
	return list
}
