package config_test

import (
	"slices"
	"strings"
	"testing"

	"hiwar/internal/config"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// roled is a centre with an administrator, somebody who keeps its people, and a
// role that permits more than they may.
func roled() org.Config {
	c := org.Config{Version: 1, Organization: org.Organization{ID: anOrg, Name: org.Name{En: "A"}, Settings: org.Defaults()}}
	c.Roles = []org.OwnRole{
		{ID: "people", Name: org.Name{En: "People"}, Permissions: []org.Permission{org.MayAnswer, org.MayManageUsers}},
		{ID: "privacy", Name: org.Name{En: "Privacy"}, Permissions: []org.Permission{org.MayErasePeople}},
		{ID: "trainee", Name: org.Name{En: "Trainee"}, Permissions: []org.Permission{org.MayAnswer}},
	}
	c.Users = []org.User{
		{ID: "adam", Email: "adam@a.example", Roles: []org.Role{org.RoleAdministrator}},
		{ID: "bea", Email: "bea@a.example", Roles: []org.Role{"people"}},
		{ID: "cem", Email: "cem@a.example", Roles: []org.Role{org.RoleAgent}},
		{ID: "dua", Email: "dua@a.example", Roles: []org.Role{"privacy"}},
	}
	c.Queues = []org.Queue{{ID: "q", Name: org.Name{En: "Q"}}}
	return c
}

// Nobody gives what they may not do, takes it away, or becomes somebody who may.
func TestNobodyGivesWhatTheyDoNotHave(t *testing.T) {
	user := func(u id.User, change func(*org.User)) config.File {
		c := roled()
		i := slices.IndexFunc(c.Users, func(x org.User) bool { return x.ID == u })
		change(&c.Users[i])
		return config.File{Users: c.Users[i : i+1]}
	}
	role := func(r org.Role, change func(*org.OwnRole)) config.File {
		c := roled()
		i := slices.IndexFunc(c.Roles, func(x org.OwnRole) bool { return x.ID == r })
		change(&c.Roles[i])
		return config.File{Roles: c.Roles[i : i+1]}
	}
	gives := func(all ...org.Role) func(*org.User) { return func(u *org.User) { u.Roles = all } }
	for name, x := range map[string]struct {
		by   []org.Permission
		file config.File
		may  bool
	}{
		"hires an agent":                 {file: config.File{Users: []org.User{{ID: "new", Email: "n@a.example", Roles: []org.Role{org.RoleAgent}}}}, may: true},
		"hires with a role they have":    {file: user("cem", gives("people")), may: true},
		"gives a lesser role":            {file: user("cem", gives("trainee")), may: true},
		"another name for an admin":      {file: user("adam", func(u *org.User) { u.Name = "Adam" }), may: true},
		"another name for a role":        {file: role("privacy", func(r *org.OwnRole) { r.Name.En = "Data" }), may: false},
		"makes a role of what they have": {file: config.File{Roles: []org.OwnRole{{ID: "new", Name: org.Name{En: "N"}, Permissions: []org.Permission{org.MayAnswer}}}}, may: true},
		"disables an agent":              {file: user("cem", func(u *org.User) { u.Disabled = true }), may: true},

		"makes an administrator":         {file: user("cem", gives(org.RoleAdministrator))},
		"makes themselves one":           {file: user("bea", gives("people", org.RoleAdministrator))},
		"makes a supervisor":             {file: user("cem", gives(org.RoleSupervisor))},
		"gives a role of more":           {file: user("cem", gives("privacy"))},
		"takes a role of more":           {file: user("dua", gives(org.RoleAgent))},
		"demotes an administrator":       {file: user("adam", gives(org.RoleAgent))},
		"disables an administrator":      {file: user("adam", func(u *org.User) { u.Disabled = true })},
		"takes an administrator's place": {file: user("adam", func(u *org.User) { u.Email = "bea2@a.example" })},
		"widens their own role":          {file: role("people", func(r *org.OwnRole) { r.Permissions = append(r.Permissions, org.MayReadAudit) })},
		"archives a role of more":        {file: role("privacy", func(r *org.OwnRole) { r.Archived = true })},
		"makes a role of more":           {file: config.File{Roles: []org.OwnRole{{ID: "new", Name: org.Name{En: "N"}, Permissions: []org.Permission{org.MayBlock}}}}},
		"trusts a provider":              {file: config.File{Providers: []org.Provider{{ID: "idp", Name: org.Name{En: "P"}, Issuer: "https://p.example"}}}},
		"wants no second step":           {file: config.File{Organization: secondStep(org.Everybody)}},
		"sets a queue up":                {file: config.File{Queues: []org.Queue{{ID: "q", Name: org.Name{En: "R"}}}}},

		"who sets up sets a queue up":     {by: []org.Permission{org.MayConfigure}, file: config.File{Queues: []org.Queue{{ID: "q", Name: org.Name{En: "R"}}}}, may: true},
		"who sets up hires nobody":        {by: []org.Permission{org.MayConfigure}, file: user("cem", func(u *org.User) { u.Name = "C" })},
		"who sets up trusts no provider":  {by: []org.Permission{org.MayConfigure}, file: config.File{Providers: []org.Provider{{ID: "idp", Name: org.Name{En: "P"}}}}},
		"who administers gives everybody": {by: []org.Permission{org.MayAdminister}, file: user("cem", gives("privacy", org.RoleSupervisor)), may: true},
	} {
		by := x.by
		if by == nil {
			by = []org.Permission{org.MayAnswer, org.MayManageUsers}
		}
		before := roled()
		next, changed, err := x.file.On(before)
		if err != nil {
			t.Fatal(name, err)
		}
		err = config.Permit(before, next, changed, func(p org.Permission) bool { return slices.Contains(by, p) })
		if (err == nil) != x.may || err != nil && problem.CodeOf(err) != problem.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func secondStep(of org.Obliged) org.Organization {
	o := roled().Organization
	o.Settings.SecondStep = of
	return o
}

// Whoever has a role that permits something else from now on is signed out, like
// whoever has another role.
func TestAnotherMeaningOfARoleIsOtherRights(t *testing.T) {
	for name, x := range map[string]struct {
		change func(*org.OwnRole)
		out    bool
	}{
		"another name": {func(r *org.OwnRole) { r.Name.En = "Data" }, false},
		"more":         {func(r *org.OwnRole) { r.Permissions = []org.Permission{org.MayErasePeople, org.MayBlock} }, true},
		"archived":     {func(r *org.OwnRole) { r.Archived = true }, true},
	} {
		c := roled()
		role := c.Roles[1]
		x.change(&role)
		got := config.File{Roles: []org.OwnRole{role}}.OtherRights(c)
		if want := []id.User{"dua"}; x.out != slices.Equal(got, want) || !x.out && got != nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestRolesThatMakeNoSenseAreRefused(t *testing.T) {
	for role, want := range map[string]string{
		`{"id":"x","name":{"en":"X"},"permissions":["audit"]}`:                        "",
		`{"id":"x","name":{"ar":"س"},"permissions":["audit","blocks"]}`:               "",
		`{"id":"x","name":{"en":"X"}}`:                                                "setting_invalid field=roles.0.permissions",
		`{"id":"x","name":{"en":"X"},"permissions":["administer"]}`:                   "invalid_parameter parameter=roles.0.permissions.0",
		`{"id":"x","name":{"en":"X"},"permissions":["everything"]}`:                   "invalid_parameter parameter=roles.0.permissions.0",
		`{"id":"x","name":{"en":"X"},"permissions":["audit","audit"]}`:                "invalid_parameter parameter=roles.0.permissions",
		`{"id":"x","permissions":["audit"]}`:                                          "name_invalid field=roles.0.name",
		`{"id":"administrator","name":{"en":"Mine"},"permissions":["audit"]}`:         "duplicate_id field=roles.0.id",
		`{"id":"x","name":{"en":"` + strings.Repeat("x", 81) + `"},"permissions":[]}`: "name_invalid field=roles.0.name",
	} {
		file := strings.Replace(small, `"teams"`, `"roles":[`+role+`],"teams"`, 1)
		file = strings.Replace(file, `["agent", "administrator"]`, `["agent", "administrator", "x"]`, 1)
		if strings.Contains(role, `"administrator"`) {
			file = strings.Replace(file, `"administrator", "x"`, `"administrator"`, 1)
		}
		f, err := config.Read([]byte(file), anOrg)
		if err == nil {
			var c org.Config
			if c, _, err = f.On(empty()); err == nil {
				err = config.Check(c)
			}
		}
		if want == "" && err != nil || want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)) {
			t.Errorf("%s: %v, want %q", role, err, want)
		}
	}
}
