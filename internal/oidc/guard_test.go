package oidc

import (
	"net/netip"
	"testing"
)

// Names are judged by what they have been resolved to, however it is written.
func TestWhichAddressesAreAsked(t *testing.T) {
	for address, want := range map[string]bool{
		"93.184.216.34": true, "10.1.2.3": true, "192.168.1.1": true, "2606:2800:220:1::1": true, "fd00::1": true,
		"127.0.0.1": false, "::1": false, "::ffff:127.0.0.1": false,
		"169.254.169.254": false, "::ffff:169.254.169.254": false, "fe80::1": false, "64:ff9b::a9fe:a9fe": false, "2002:a9fe:a9fe::1": false,
		"0.0.0.0": false, "::": false, "224.0.0.1": false, "ff02::1": false, "255.255.255.255": false,
	} {
		if got := allowed(netip.MustParseAddr(address), false); got != want {
			t.Errorf("%s: %t", address, got)
		}
	}
	if !allowed(netip.MustParseAddr("127.0.0.1"), true) {
		t.Error("loopback is not asked where it may be")
	}
}
