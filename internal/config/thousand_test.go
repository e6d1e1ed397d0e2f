package config_test

import (
	"bytes"
	"testing"

	"hiwar/internal/config"
	"hiwar/internal/config/configtest"
	"hiwar/internal/org"
)

// A file that is made of an organization and put on an empty one gives an
// organization of which the same file is made, byte for byte.
func TestAFileOfAThousandObjectsComesBackByteForByte(t *testing.T) {
	c := configtest.Thousand(anOrg)
	if err := config.Check(c); err != nil {
		t.Fatal(err)
	}
	if n := configtest.Count(c); n < 1000 {
		t.Fatalf("%d objects", n)
	}
	file := config.WriteToKeep(c)
	const another = "org_01k00000000000000000000001"
	f, err := config.Read(file, another)
	if err != nil {
		t.Fatal(err)
	}
	there, changed, err := f.On(org.Config{Organization: org.Organization{ID: another}, Version: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := config.Check(there); err != nil {
		t.Error(err)
	}
	if n := configtest.Count(changed); n != configtest.Count(c) {
		t.Errorf("%d objects of %d arrived", n, configtest.Count(c))
	}
	if again := config.WriteToKeep(there); !bytes.Equal(file, again) {
		t.Errorf("another file: %d bytes, before %d", len(again), len(file))
	}
	if there.Organization.ID != another {
		t.Errorf("the file brought its organization along: %s", there.Organization.ID)
	}
}
