package id

import (
	"sort"
	"testing"
)

func TestMintedIdentifiersSortAsTheirBytesAndAreValid(t *testing.T) {
	var made []string
	for i := range 256 {
		made = append(made, string(Mint[User](PrefixUser, [16]byte{byte(i), 1, 2, 15: byte(255 - i)})))
	}
	if !sort.StringsAreSorted(made) {
		t.Error("identifiers do not sort as the bytes they were made of")
	}
	seen := map[string]bool{}
	for _, s := range made {
		if !Valid(PrefixUser, s) {
			t.Errorf("%q is not valid", s)
		}
		if seen[s] {
			t.Errorf("%q was made twice", s)
		}
		seen[s] = true
	}
}

func TestValidRefusesWhatMintCannotMake(t *testing.T) {
	good := string(Mint[Queue](PrefixQueue, [16]byte{1}))
	for _, s := range []string{"", "que_", good[:len(good)-1], good + "0", "usr" + good[3:], good[:len(good)-1] + "l", good[:len(good)-1] + "\n"} {
		if Valid(PrefixQueue, s) {
			t.Errorf("Valid(%q) = true", s)
		}
	}
}
