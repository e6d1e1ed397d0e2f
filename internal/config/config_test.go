package config_test

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/config"
	"hiwar/internal/hours"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

const anOrg id.Org = "org_01k00000000000000000000000"

// small is a centre as somebody would write it by hand.
const small = `{
  "format": "hiwar-configuration-1",
  "organization": {"name": {"en": "Nakheel", "ar": "نخيل"}, "language": "ar", "time_zone": "Asia/Riyadh", "settings": {"rona": "20s"}},
  "teams": [{"id": "care", "name": {"en": "Care"}}],
  "users": [{"id": "sara", "name": "Sara", "email": "sara@example.org", "roles": ["agent", "administrator"], "teams": ["care"]}],
  "reasons": [{"id": "solved", "kind": "wrapup", "name": {"en": "Solved"}}],
  "queues": [{"id": "orders", "name": {"en": "Orders"}, "teams": ["care"], "wrapup_reasons": ["solved"], "wrapup_default": "solved"}],
  "assets": [{"id": "shop", "name": {"en": "Shop"}, "queue": "orders", "origins": ["https://shop.example.org"]}]
}`

func read(t *testing.T, file string) config.File {
	t.Helper()
	f, err := config.Read([]byte(file), anOrg)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func on(t *testing.T, file string, c org.Config) (next, changed org.Config) {
	t.Helper()
	next, changed, err := read(t, file).On(c)
	if err != nil {
		t.Fatal(err)
	}
	return next, changed
}

func empty() org.Config { return org.Config{Organization: org.Organization{ID: anOrg}, Version: 7} }

func TestAFileWrittenByHandIsAWholeCentre(t *testing.T) {
	c, _ := on(t, small, empty())
	if err := config.Check(c); err != nil {
		t.Fatal(err)
	}
	q := c.Queues[0]
	if q.Teams[0] != c.Teams[0].ID || c.Users[0].Teams[0] != c.Teams[0].ID || c.Assets[0].Queue != q.ID || q.WrapUpDefault != c.Reasons[0].ID {
		t.Errorf("words did not become one identifier: %+v", c)
	}
	if s := c.Organization.Settings; s.RONA != 20*time.Second || s.Grace != org.Defaults().Grace {
		t.Errorf("settings: %+v", s)
	}
	if q.Priority != 5 || q.OnUnanswered != org.Requeue || c.Assets[0].Key == "" {
		t.Errorf("what was left out has no default: %+v %+v", q, c.Assets[0])
	}
	if c.Version != 8 || q.Version != 1 || c.Organization.Version != 1 {
		t.Errorf("versions: %d, %d, %d", c.Version, q.Version, c.Organization.Version)
	}
}

// The guide's example is one that works.
func TestTheExampleOfTheGuideIsAFile(t *testing.T) {
	guide, err := os.ReadFile("../../docs/guide/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(guide), "```json\n")
	example, _, found := strings.Cut(rest, "```")
	if !found {
		t.Fatal("the guide has no example")
	}
	c, _ := on(t, small, empty())
	next, changed := on(t, example, c)
	if err := config.Check(next); err != nil || len(changed.Queues) != 1 {
		t.Errorf("%v; it changes %+v", err, changed)
	}
}

func TestPuttingAFileOnTwiceIsPuttingItOnOnce(t *testing.T) {
	once, _ := on(t, small, empty())
	twice, changed := on(t, small, once)
	if diff := cmp.Diff(once, twice); diff != "" {
		t.Errorf("(-once +twice):\n%s", diff)
	}
	if list := config.Compare(once, changed); len(list) != 0 {
		t.Errorf("changes: %+v", list)
	}
}

// full gives every field that a file has some value; a type of field that
// nobody thought of makes it fail.
func full(t *testing.T) org.Config {
	c, _ := on(t, small, empty())
	c.Profiles = []org.Profile{{ID: id.Mint[id.Profile](id.PrefixProfile, [16]byte{1})}}
	c.Hours = []org.Hours{{ID: id.Mint[id.Hours](id.PrefixHours, [16]byte{1})}}
	c.Templates = []org.Template{{ID: id.Mint[id.Template](id.PrefixTemplate, [16]byte{1})}}
	c.Skills = []org.Skill{{ID: id.Mint[id.Skill](id.PrefixSkill, [16]byte{1})}}
	c.Providers = []org.Provider{{ID: id.Mint[id.Provider](id.PrefixProvider, [16]byte{1})}}
	c.Roles = []org.OwnRole{{ID: id.Mint[org.Role](id.PrefixRole, [16]byte{1})}}
	fill(t, reflect.ValueOf(&c).Elem(), "config")
	return c
}

func fill(t *testing.T, v reflect.Value, path string) {
	switch v.Addr().Interface().(type) {
	case *hours.Span:
		v.Set(reflect.ValueOf(hours.Span{From: 540, To: hours.EndOfDay}))
		return
	case *hours.Date:
		v.Set(reflect.ValueOf(hours.Date{Year: 2026, Month: 9, Day: 23}))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			f := v.Type().Field(i)
			tag := f.Tag.Get("json")
			if tag == "" {
				t.Errorf("%s.%s has no name in the file", path, f.Name)
			}
			if tag != "-" {
				fill(t, v.Field(i), path+"."+f.Name)
			}
		}
	case reflect.Slice:
		if v.Len() == 0 {
			v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		}
		for i := range v.Len() {
			fill(t, v.Index(i), path)
		}
	case reflect.String:
		if v.IsZero() {
			v.SetString("<x> & ي")
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(1e9 + 1)
	case reflect.Float64:
		v.SetFloat(1.25)
	case reflect.Map:
		m := reflect.MakeMap(v.Type())
		x := reflect.New(v.Type().Elem()).Elem()
		fill(t, x, path)
		m.SetMapIndex(reflect.ValueOf("key").Convert(v.Type().Key()), x)
		v.Set(m)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem(), path)
	default:
		t.Errorf("%s: a test for %s is missing", path, v.Type())
	}
}

func TestWritingAndReadingBackLosesNothing(t *testing.T) {
	c := minted(t, full(t))
	if diff := cmp.Diff(c, minted(t, c)); diff != "" {
		t.Errorf("written and read (-before +after):\n%s", diff)
	}
	next, changed := on(t, string(config.Write(c)), c)
	if list := config.Compare(c, changed); len(list) > 0 || next.Version != c.Version {
		t.Errorf("putting a configuration's own file on it changes %+v", list)
	}
}

// minted is c written and read: words for identifiers become identifiers.
func minted(t *testing.T, c org.Config) org.Config {
	t.Helper()
	f := read(t, string(config.Write(c)))
	o := f.Organization
	o.ID = anOrg
	return org.Config{
		Version: c.Version, Organization: o, Teams: f.Teams, Users: f.Users, Profiles: f.Profiles, Reasons: f.Reasons,
		Queues: f.Queues, Assets: f.Assets, Templates: f.Templates, Hours: f.Hours, Skills: f.Skills, Providers: f.Providers,
	}
}

func TestWhatAFileDoesNotHaveStays(t *testing.T) {
	c, _ := on(t, small, empty())
	next, changed := on(t, `{"format": "hiwar-configuration-1", "teams": [{"id": "vip", "name": {"en": "VIP"}}]}`, c)
	if len(next.Teams) != 2 || len(next.Queues) != 1 || next.Organization.Name.En != "Nakheel" {
		t.Errorf("%+v", next)
	}
	if len(changed.Teams) != 1 || len(changed.Queues) != 0 || changed.Organization.Name.En != "" {
		t.Errorf("changed: %+v", changed)
	}
	if len(c.Teams) != 1 {
		t.Error("the configuration in force was written to")
	}
}

// Only whom the file itself disables or gives other roles has something open
// that has to end: a file that is put on again names nobody.
func TestWhomAFileGivesOtherRights(t *testing.T) {
	agent, both := []org.Role{org.RoleAgent}, []org.Role{org.RoleAgent, org.RoleSupervisor}
	before := org.Config{Users: []org.User{{ID: "goes", Roles: both}, {ID: "gone", Roles: both, Disabled: true}, {ID: "loses", Roles: both}, {ID: "same", Roles: both}}}
	file := config.File{Users: []org.User{
		{ID: "new", Roles: both},
		{ID: "same", Name: "Dina", Roles: both},
		{ID: "gone", Roles: both, Disabled: true},
		{ID: "goes", Roles: both, Disabled: true},
		{ID: "loses", Roles: agent},
	}}
	if got := file.OtherRights(before); !slices.Equal(got, []id.User{"goes", "loses"}) {
		t.Errorf("got %q", got)
	}
	after, _, err := file.On(before)
	if err != nil {
		t.Fatal(err)
	}
	if got := file.OtherRights(after); got != nil {
		t.Errorf("put on again: %q", got)
	}
}

func TestAComparisonNamesTheFields(t *testing.T) {
	c, _ := on(t, small, empty())
	file := strings.NewReplacer(`"rona": "20s"`, `"rona": "45s"`, `"wrapup_default": "solved"`, `"rona": "1m"`,
		`"email": "sara@example.org"`, `"email": "sara@example.com"`).Replace(small)
	_, changed := on(t, file, c)
	var got []string
	for _, x := range config.Compare(c, changed) {
		for _, f := range x.Fields {
			got = append(got, x.Kind+" "+f.Field+": "+f.From+" → "+f.To)
		}
	}
	want := []string{
		`organization settings.rona: "20s" → "45s"`,
		`user email: "sara@example.org" → "sara@example.com"`,
		`queue rona: "0s" → "1m0s"`,
		`queue wrapup_default: "` + string(c.Reasons[0].ID) + `" → ""`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAFileOfAnotherVersionIsRefused(t *testing.T) {
	c, _ := on(t, small, empty())
	file := strings.Replace(small, `"organization"`, `"version": 7, "organization"`, 1)
	if _, _, err := read(t, file).On(c); problem.CodeOf(err) != problem.VersionConflict {
		t.Errorf("got %v", err)
	}
	if _, _, err := read(t, strings.Replace(file, "7", "8", 1)).On(c); err != nil {
		t.Errorf("the version in force: %v", err)
	}
}

func TestWhatMakesNoSenseIsRefusedByItsField(t *testing.T) {
	for _, x := range []struct{ from, to, want string }{
		{`hiwar-configuration-1`, `hiwar-configuration-9`, "file_format expected=hiwar-configuration-1"},
		{`"rona": "20s"`, `"rona": "7000s"`, "out_of_range field=organization.settings.rona max=6000 min=1"},
		{`"rona": "20s"`, `"rona": "-1s"`, "out_of_range field=organization.settings.rona max=6000 min=1"},
		{`"rona": "20s"`, `"capacity": 51`, "out_of_range field=organization.settings.capacity max=50 min=0"},
		{`"rona": "20s"`, `"ronna": "20s"`, "unknown_field field=organization.settings.ronna suggestion=rona"},
		{`"kind": "wrapup"`, `"kind": "mood"`, "invalid_parameter parameter=reasons.0.kind"},
		{`{"en": "Care"}`, `{}`, "name_invalid field=teams.0.name max=80 reason=in_file"},
		{`{"en": "Care"}`, `{"ar": " فريق"}`, "name_invalid field=teams.0.name.ar max=80 reason=in_file"},
		{`"teams": ["care"]}]`, `"teams": ["vip"]}]`, "unknown_reference field=users.0.teams.0"},
		{`"queue": "orders"`, `"queue": "sales"`, "unknown_reference field=assets.0.queue"},
		{`sara@example.org`, `Sara@example.org`, "email_invalid field=users.0.email reason=in_file"},
		{`sara@example.org`, `a@b@c`, "email_invalid field=users.0.email reason=in_file"},
		{`["agent", "administrator"]`, `["agent", "boss"]`, "unknown_reference field=users.0.roles.1"},
		{`["agent", "administrator"]`, `["agent"]`, "last_administrator"},
		{`"email"`, `"disabled": true, "email"`, "last_administrator"},
		{`"wrapup_default"`, `"priority": 10, "wrapup_default"`, "out_of_range field=queues.0.priority max=9 min=1"},
		{`"wrapup_default"`, `"on_unanswered": "drop", "wrapup_default"`, "invalid_parameter parameter=queues.0.on_unanswered"},
		{`https://shop.example.org`, `https://shop.example.org/`, "invalid_parameter parameter=assets.0.origins.0"},
		{`https://shop.example.org`, `javascript:alert(1)`, "invalid_parameter parameter=assets.0.origins.0"},
		{`"origins"`, `"color": "red", "origins"`, "invalid_parameter parameter=assets.0.color"},
		{`"origins"`, `"language": "fr", "origins"`, "invalid_parameter parameter=assets.0.language"},
	} {
		file := strings.Replace(small, x.from, x.to, 1)
		if file == small {
			t.Fatalf("%s is not in the file", x.from)
		}
		f, err := config.Read([]byte(file), anOrg)
		if err == nil {
			var c org.Config
			if c, _, err = f.On(empty()); err == nil {
				err = config.Check(c)
			}
		}
		if err == nil || !strings.HasPrefix(err.Error(), x.want) {
			t.Errorf("%s: got %v, want %s", x.to, err, x.want)
		}
	}
}

func TestAnAssetIsDeletedBySomebodyWhoTypesItsName(t *testing.T) {
	c, _ := on(t, small, empty())
	file := strings.Replace(small, `"origins"`, `"deleted": true, "origins"`, 1)
	if _, _, err := read(t, file).On(c); problem.CodeOf(err) != problem.InvalidParameter {
		t.Errorf("deleted by a file: %v", err)
	}
	c.Assets[0].Deleted = true
	if _, _, err := read(t, small).On(c); problem.CodeOf(err) != problem.InvalidParameter {
		t.Errorf("brought back by a file: %v", err)
	}
	if _, _, err := read(t, file).On(c); err != nil {
		t.Errorf("the file of a centre with a deleted asset: %v", err)
	}
}

func TestAnObjectThatIsThereTwiceIsRefused(t *testing.T) {
	twice := strings.Replace(small, `"teams": [`, `"teams": [{"id": "care", "name": {"en": "Other"}}, `, 1)
	if _, err := config.Read([]byte(twice), anOrg); err == nil || !strings.HasPrefix(err.Error(), "duplicate_id field=teams.1.id") {
		t.Errorf("a word twice: %v", err)
	}
	c, _ := on(t, small, empty())
	c.Teams = append(c.Teams, c.Teams[0])
	if err := config.Check(c); problem.CodeOf(err) != problem.DuplicateID {
		t.Errorf("a team twice: %v", err)
	}
	c, _ = on(t, small, empty())
	twin := c.Users[0]
	twin.ID = id.Mint[id.User](id.PrefixUser, [16]byte{9})
	c.Users = append(c.Users, twin)
	if err := config.Check(c); problem.CodeOf(err) != problem.DuplicateID {
		t.Errorf("an address twice: %v", err)
	}
}
