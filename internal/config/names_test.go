package config_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"hiwar/internal/config"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// named are two objects of each list with these names.
func named(t *testing.T, one, other org.Name) org.Config {
	t.Helper()
	c, _ := on(t, small, empty())
	c.Teams = []org.Team{{ID: "t1", Name: one}, {ID: "t2", Name: other}}
	c.Skills = []org.Skill{{ID: "s1", Name: one, Kind: org.YesNo}, {ID: "s2", Name: other, Kind: org.YesNo}}
	c.Profiles = []org.Profile{{ID: "p1", Name: one}, {ID: "p2", Name: other}}
	c.Reasons = []org.Reason{{ID: "r1", Kind: org.IdleReason, Name: one}, {ID: "r2", Kind: org.IdleReason, Name: other}}
	c.Queues = []org.Queue{{ID: "q1", Name: one}, {ID: "q2", Name: other}}
	c.Assets = []org.Asset{{ID: "a1", Name: one}, {ID: "a2", Name: other}}
	c.Templates = []org.Template{{ID: "x1", Name: one}, {ID: "x2", Name: other}}
	c.Hours = []org.Hours{{ID: "h1", Name: one}, {ID: "h2", Name: other}}
	c.Roles = []org.OwnRole{{ID: "o1", Name: one}, {ID: "o2", Name: other}}
	return c
}

// only is the one list of c of that name, as what changed.
func only(c org.Config, list string) (changed org.Config) {
	of := func(c *org.Config) reflect.Value {
		return reflect.ValueOf(c).Elem().FieldByNameFunc(func(field string) bool { return strings.EqualFold(field, list) })
	}
	of(&changed).Set(of(&c))
	return changed
}

var everyList = []string{"teams", "skills", "profiles", "reasons", "queues", "assets", "templates", "hours", "roles"}

func TestNoTwoOfAKindHaveOneNameAsPeopleReadIt(t *testing.T) {
	for _, c := range []struct {
		one, other org.Name
		at         string // "" is that both may be
	}{
		{org.Name{En: "Sales"}, org.Name{En: "Support"}, ""},
		{org.Name{En: "Sales"}, org.Name{En: "SALES"}, "en"},
		{org.Name{Ar: "أحمد"}, org.Name{Ar: "احمد"}, "ar"},
		{org.Name{Ar: "خدمة  العملاء"}, org.Name{Ar: "خدمه العملاء"}, "ar"},
		{org.Name{En: "VIP", Ar: "كبار"}, org.Name{En: "Gold", Ar: "VIP"}, "ar"},
		{org.Name{En: "Queue 1"}, org.Name{En: "Queue ١"}, "en"},
		{org.Name{En: "Queue 1"}, org.Name{En: "Queue 2"}, ""},
	} {
		for _, list := range everyList {
			next := named(t, c.one, c.other)
			old := named(t, org.Name{En: "a"}, org.Name{En: "b"})
			err := config.Distinct(old, next, only(next, list))
			if c.at == "" {
				if err != nil {
					t.Errorf("%s: %v beside %v: %v", list, c.one, c.other, err)
				}
				continue
			}
			p := problem.Of(err)
			field, _ := p.Params["field"].(string)
			if p.Code != problem.SettingInvalid || p.Params["reason"] != "name_taken" || !strings.HasPrefix(field, list+".") {
				t.Errorf("%s: %v beside %v: %v", list, c.one, c.other, err)
			}
		}
	}
}

func TestANameThatWasThereTwiceDoesNotStopOtherChanges(t *testing.T) {
	twins := named(t, org.Name{En: "Sales"}, org.Name{En: "sales"})
	next := twins
	next.Queues = slices.Clone(twins.Queues)
	next.Queues[1].Priority = 3
	if err := config.Distinct(twins, next, only(next, "queues")); err != nil {
		t.Errorf("another field: %v", err)
	}
	next.Queues[1].Archived = true
	if err := config.Distinct(twins, next, only(next, "queues")); err != nil {
		t.Errorf("archived: %v", err)
	}
	old := next
	next.Queues = slices.Clone(next.Queues)
	next.Queues[1].Archived = false
	if err := config.Distinct(old, next, only(next, "queues")); err == nil {
		t.Error("brought back beside its twin")
	}
	// The same name elsewhere is another name.
	next = named(t, org.Name{En: "Break"}, org.Name{En: "Break"})
	next.Reasons[1].Kind = org.WrapUpReason
	next.Templates[1].Group.En = "Closing"
	for _, list := range []string{"reasons", "templates"} {
		if err := config.Distinct(org.Config{}, next, only(next, list)); err != nil {
			t.Errorf("%s: %v", list, err)
		}
	}
}

// One bad row among thousands is named as it stands in the file, wherever the
// configuration that follows has it.
func TestABadRowIsNamedByItsPlaceInTheFile(t *testing.T) {
	c, _ := on(t, small, empty())
	const rows, bad = 3000, 1234
	var users strings.Builder
	for i := range rows {
		email := fmt.Sprintf("u%d@example.org", i)
		if i == bad {
			email = "SARA@example.org"
		}
		fmt.Fprintf(&users, `, {"id": "w%d", "name": "U %d", "email": %q}`, i, i, email)
	}
	f := read(t, `{"format": "hiwar-configuration-1", "users": [`+users.String()[2:]+`]}`)
	next, _, err := f.On(c)
	if err != nil {
		t.Fatal(err)
	}
	p := problem.Of(f.In(config.Check(next), next))
	if want := fmt.Sprintf("users.%d.email", bad); p.Code != problem.EmailInvalid || p.Params["row"] != want {
		t.Errorf("%v, not in row %s", p, want)
	}
	// What is wrong with an object that the file does not have is in no row.
	next.Queues[0].Priority = 0
	next.Users = c.Users
	p = problem.Of(f.In(config.Check(next), next))
	if _, named := p.Params["row"]; named || p.Params["field"] != "queues.0.priority" {
		t.Errorf("another object: %v", p)
	}
	if f.In(nil, next) != nil {
		t.Error("a problem from nowhere")
	}
}
