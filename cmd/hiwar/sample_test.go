package main

import (
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	configuration "hiwar/internal/config"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/sim"
)

// sampled is the organization of a demo on the usual port.
func sampled(t *testing.T) (*demo, org.Config) {
	t.Helper()
	d := &demo{sample: sim.Organization(), port: 8080}
	c, err := d.organization(nil)
	if err != nil {
		t.Fatal(err)
	}
	return d, c
}

// The sample is a file like any other: exported it can be put on again, and
// anybody can make an organization of theirs from it.
func TestTheSampleIsAConfigurationFile(t *testing.T) {
	_, c := sampled(t)
	o := c.Organization.ID
	again, err := organizationOf(configuration.WriteToKeep(c), o, o)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c, again); diff != "" {
		t.Errorf("exported and put on again (-was +is):\n%s", diff)
	}
	other, err := organizationOf(sampleFile, "org_other", "org_other")
	if err != nil {
		t.Fatal(err)
	}
	if other.Users[0].ID == c.Users[0].ID || len(other.Templates) != len(c.Templates) {
		t.Errorf("another's is %+v", other)
	}
}

// Whoever plays in the demo is in its organization, and so is what they use.
func TestTheSampleHasWhoPlaysInIt(t *testing.T) {
	d, c := sampled(t)
	for _, u := range d.sample.Users {
		at := slices.IndexFunc(c.Users, func(x org.User) bool { return x.Email == u.Email })
		if at < 0 || c.Users[at].ID != sampleID[id.User](id.PrefixUser, u.Key) {
			t.Errorf("%s is not in it", u.Key)
			continue
		}
		if x := c.Users[at]; u.Simulated && (len(x.Teams) == 0 || !slices.Contains(x.Roles, org.RoleAgent)) {
			t.Errorf("%s is simulated and serves no queue", u.Key)
		}
	}
	if len(c.Users) != len(d.sample.Users) {
		t.Errorf("of %d users %d play", len(c.Users), len(d.sample.Users))
	}
	for _, a := range d.sample.Assets {
		if !slices.ContainsFunc(c.Assets, func(x org.Asset) bool { return x.Key == a.PublicKey }) {
			t.Errorf("asset %s is not in it", a.Key)
		}
	}
	has := func(kind org.ReasonKind, key string) bool {
		return slices.ContainsFunc(c.Reasons, func(r org.Reason) bool {
			return r.Kind == kind && r.ID == sampleID[id.Reason](id.PrefixReason, key)
		})
	}
	for _, a := range sim.Shift(1, "karim", 200) {
		if !has(org.WrapUpReason, a.WrapUp) {
			t.Errorf("agents record %q, which is no reason", a.WrapUp)
		}
	}
	if !has(org.IdleReason, sim.Rest) {
		t.Errorf("agents rest with %q, which is no reason", sim.Rest)
	}
}

func TestTheSampleSpeaksBothLanguages(t *testing.T) {
	_, c := sampled(t)
	names := 0
	var walk func(at string, v reflect.Value)
	walk = func(at string, v reflect.Value) {
		if n, ok := v.Interface().(org.Name); ok {
			if (n.En == "") != (n.Ar == "") {
				t.Errorf("%s lacks a language: %+v", at, n)
			}
			names++
			return
		}
		switch v.Kind() {
		case reflect.Slice:
			for i := range v.Len() {
				walk(at, v.Index(i))
			}
		case reflect.Struct:
			for i := range v.NumField() {
				if f := v.Type().Field(i); f.IsExported() {
					walk(at+"."+f.Name, v.Field(i))
				}
			}
		default:
		}
	}
	walk("", reflect.ValueOf(c))
	if names < 50 {
		t.Errorf("looked at %d names", names)
	}
}
