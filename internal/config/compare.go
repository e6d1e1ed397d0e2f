package config

import (
	"reflect"
	"strings"

	"hiwar/internal/org"
	"hiwar/internal/wire"
)

// Change is what becomes of one object.
type Change struct {
	Kind   string   `json:"kind" enum:"organization,skill,team,role,user,profile,reason,queue,asset,template,hours,provider"`
	ID     string   `json:"id"`
	Name   org.Name `json:"name" doc:"as it will be"`
	New    bool     `json:"new"`
	Fields []Field  `json:"fields" doc:"that change; none for what is new"`
}

// Field is one field of it, by its name in the file, as it was and will be,
// written as in the file.
type Field struct {
	Field string `json:"field"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// Compare lists what changed holds, which [File.On] put on c.
func Compare(c, changed org.Config) []Change {
	list := []Change{}
	if o := changed.Organization; o.Name != (org.Name{}) {
		list = append(list, Change{Kind: "organization", ID: string(o.ID), Name: o.Name, Fields: differences(c.Organization, o)})
	}
	list = compare(list, "skill", c.Skills, changed.Skills, func(s org.Skill) (string, org.Name) { return string(s.ID), s.Name })
	list = compare(list, "team", c.Teams, changed.Teams, func(t org.Team) (string, org.Name) { return string(t.ID), t.Name })
	list = compare(list, "role", c.Roles, changed.Roles, func(r org.OwnRole) (string, org.Name) { return string(r.ID), r.Name })
	list = compare(list, "user", c.Users, changed.Users, func(u org.User) (string, org.Name) {
		return string(u.ID), org.Name{En: u.Name, Ar: u.Name}
	})
	list = compare(list, "profile", c.Profiles, changed.Profiles, func(p org.Profile) (string, org.Name) { return string(p.ID), p.Name })
	list = compare(list, "reason", c.Reasons, changed.Reasons, func(r org.Reason) (string, org.Name) { return string(r.ID), r.Name })
	list = compare(list, "queue", c.Queues, changed.Queues, func(q org.Queue) (string, org.Name) { return string(q.ID), q.Name })
	list = compare(list, "asset", c.Assets, changed.Assets, func(a org.Asset) (string, org.Name) { return string(a.ID), a.Name })
	list = compare(list, "hours", c.Hours, changed.Hours, func(h org.Hours) (string, org.Name) { return string(h.ID), h.Name })
	list = compare(list, "provider", c.Providers, changed.Providers, func(p org.Provider) (string, org.Name) { return string(p.ID), p.Name })
	return compare(list, "template", c.Templates, changed.Templates, func(t org.Template) (string, org.Name) { return string(t.ID), t.Name })
}

func compare[T any](list []Change, kind string, old, changed []T, name func(T) (string, org.Name)) []Change {
	was := map[string]T{}
	for _, x := range old {
		key, _ := name(x)
		was[key] = x
	}
	for _, x := range changed {
		key, called := name(x)
		before, known := was[key]
		c := Change{Kind: kind, ID: key, Name: called, New: !known, Fields: []Field{}}
		if known {
			c.Fields = differences(before, x)
		}
		list = append(list, c)
	}
	return list
}

// differences are the fields in which two objects of one type differ, those of
// objects within them under "settings.rona".
func differences(a, b any) []Field {
	return differ([]Field{}, "", reflect.ValueOf(a), reflect.ValueOf(b))
}

func differ(list []Field, path string, a, b reflect.Value) []Field {
	for i := range a.NumField() {
		tag, _, _ := strings.Cut(a.Type().Field(i).Tag.Get("json"), ",")
		if tag == "-" || tag == "" {
			continue
		}
		from, to := a.Field(i), b.Field(i)
		if from.Kind() == reflect.Struct {
			list = differ(list, below(path, tag), from, to)
			continue
		}
		if x, y := wire.Text(from.Interface()), wire.Text(to.Interface()); x != y {
			list = append(list, Field{Field: below(path, tag), From: x, To: y})
		}
	}
	return list
}
