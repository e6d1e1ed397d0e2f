package login

import "testing"

// Of all tokens only those that were made here are taken, and for their asset.
func FuzzEmbed(f *testing.F) {
	s, err := New(f.Context(), newMem(), Options{HashMemory: 8})
	if err != nil {
		f.Fatal(err)
	}
	good := s.EmbedToken("org_1", "ast_1", "https://shop.example.org")
	for _, seed := range []string{good, good + "=", good[1:], "." + good, "", ".", "e30.", "e30.e30", "eyJhbGciOiJub25lIn0.e30."} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		if origin, err := s.CheckEmbed(token, "org_1", "ast_1"); err == nil && token != good {
			t.Fatalf("%q is taken, for %q", token, origin)
		}
		if _, err := s.CheckEmbed(token, "org_1", "ast_2"); err == nil {
			t.Fatalf("%q is taken for another asset", token)
		}
	})
}
