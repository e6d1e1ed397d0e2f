package main

import (
	"net"
	"slices"
	"testing"

	"hiwar/sim"
)

// A passkey is for the name that people see, and browsers make none for a
// number.
func TestPasskeysAreForThePublicAddress(t *testing.T) {
	loopback := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}
	for _, c := range []struct {
		config  config
		bound   *net.TCPAddr
		site    string
		origins []string
	}{
		{config{URL: "https://Chat.Example.org/"}, loopback, "chat.example.org", []string{"https://chat.example.org"}},
		{config{URL: "https://chat.example.org:8443", Hosts: list{"other.example.org"}}, loopback, "chat.example.org", []string{"https://chat.example.org:8443"}},
		{config{}, loopback, "localhost", []string{"http://localhost:8080"}},
		{config{URL: "http://192.0.2.1"}, loopback, "", nil},
		{config{URL: "https://[2001:db8::1]"}, loopback, "", nil},
	} {
		p, err := locate(&c.config, c.bound)
		if err != nil {
			t.Fatal(err)
		}
		if site, origins := p.passkeys(); site != c.site || !slices.Equal(origins, c.origins) {
			t.Errorf("%s: for %q at %v, want %q at %v", c.config.URL, site, origins, c.site, c.origins)
		}
	}
	d := demo{sample: sim.Organization(), port: 8080}
	site, origins := d.passkeys()
	if site != "hiwar.localhost" || !slices.Contains(origins, "http://omar.hiwar.localhost:8080") || slices.Contains(origins, "http://shop.hiwar.localhost:8080") {
		t.Errorf("the demo's are for %q at %v", site, origins)
	}
}
