package rest

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// Hosts are the names under which the server may be asked for. A page of
// another site that made its own name point here (DNS rebinding) asks for that
// name, and is refused. Addresses are always allowed: no name points to them.
type Hosts struct {
	// Names are host names in lower case without a port; "*.x" stands for all
	// names directly below x.
	Names []string
}

func (h Hosts) allowed(host string) bool {
	name := host
	if n, _, err := net.SplitHostPort(host); err == nil {
		name = n
	}
	name = strings.ToLower(strings.Trim(name, "[]"))
	if _, err := netip.ParseAddr(name); err == nil {
		return true
	}
	for _, allowed := range h.Names {
		if name == allowed {
			return true
		}
		if below, ok := strings.CutPrefix(allowed, "*."); ok {
			if label, rest, found := strings.Cut(name, "."); found && label != "" && rest == below {
				return true
			}
		}
	}
	return false
}

// sameOrigin reports whether the request comes from a page of the very host
// it was sent to. Browsers say so for every socket; a missing origin is no
// browser that shows our pages.
func (a *API) sameOrigin(r *http.Request) bool {
	u, err := url.Parse(r.Header.Get("Origin"))
	if err != nil || u.Host == "" || u.Path != "" || u.RawQuery != "" || u.User != nil {
		return false
	}
	if !strings.EqualFold(u.Host, r.Host) {
		return false
	}
	return u.Scheme == "https" || u.Scheme == "http" && !a.secure
}
