package access

import "testing"

func TestNetworksAsTheyAreWritten(t *testing.T) {
	for _, c := range []struct{ written, want string }{
		{"203.0.113.7", "203.0.113.7/32"},
		{" 203.0.113.7/24 ", "203.0.113.0/24"},
		{"::ffff:203.0.113.7", "203.0.113.7/32"},
		{"203.0.0.0/16", "203.0.0.0/16"},
		{"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"},
		{"2001:db8:1:2:3::/80", "2001:db8:1:2::/64"},
		{"2001:db8::/32", "2001:db8::/32"},
		{"fe80::1%eth0", "fe80::/64"},

		{"203.0.0.0/15", ""}, // a slip of the hand
		{"0.0.0.0/0", ""},
		{"2001::/31", ""},
		{"::/0", ""},
		{"::ffff:0.0.0.0/96", ""}, // everybody, by another name
		{"", ""},
		{"203.0.113", ""},
		{"203.0.113.7/33", ""},
		{"example.org", ""},
	} {
		p, ok := NetworkOf(c.written)
		if ok != (c.want != "") || ok && p.String() != c.want {
			t.Errorf("%q is %s (%v), want %q", c.written, p, ok, c.want)
		}
	}
}
