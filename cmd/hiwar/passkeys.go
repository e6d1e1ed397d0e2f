package main

import (
	"net/netip"
	"net/url"
)

// passkeys says which site the passkeys of this server are for, and at which
// origins its pages are; "" where browsers would make none, because a passkey is
// for a name and not for an address.
func (p place) passkeys() (site string, origins []string) {
	u, err := url.Parse(p.base)
	if err != nil {
		return "", nil
	}
	if _, err := netip.ParseAddr(u.Hostname()); err != nil {
		return u.Hostname(), []string{p.base}
	}
	for _, o := range p.origins { // on loopback the pages are at localhost too
		if u, err := url.Parse(o); err == nil && u.Hostname() == "localhost" {
			return "localhost", []string{o}
		}
	}
	return "", nil
}

// passkeys are for the whole of the demo: each of its people has a host there.
func (d *demo) passkeys() (site string, origins []string) {
	for _, u := range d.sample.Users {
		origins = append(origins, d.origin(u.Key))
	}
	return demoDomain, origins
}

// takePasskeys has people sign in with passkeys, where browsers can.
func (s *server) takePasskeys(d *demo) {
	site, origins := s.place.passkeys()
	if d != nil {
		site, origins = d.passkeys()
	}
	if site == "" {
		return
	}
	if err := s.login.PasskeysFor(site, origins); err != nil {
		s.log.Warn("there are no passkeys: the address of the server is not one that they could be for", "site", site, "error", err)
	}
}
