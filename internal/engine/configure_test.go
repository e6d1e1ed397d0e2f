package engine_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/access"
	"hiwar/internal/config"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// file is a configuration file with these members.
func (c *centre) file(members string) config.File {
	c.t.Helper()
	if members != "" {
		members = ", " + members
	}
	f, err := config.Read([]byte(`{"format": "hiwar-configuration-1"`+members+`}`), acme)
	if err != nil {
		c.t.Fatal(err)
	}
	return f
}

func (c *centre) config() org.Config {
	c.t.Helper()
	k, err := c.Config(c.t.Context(), adam)
	if err != nil {
		c.t.Fatal(err)
	}
	return k
}

// withUser is the file of the users in force with one of them changed.
func (c *centre) withUser(u id.User, f func(*org.User)) config.File {
	k := c.config()
	users := slices.Clone(k.Users)
	f(&users[slices.IndexFunc(users, func(x org.User) bool { return x.ID == u })])
	return config.File{Version: k.Version, Users: users}
}

// Who is on the floor is told when what their desk needs may be another.
func TestDesksAreToldOfAnotherSetUp(t *testing.T) {
	c := newCentre(t)
	c.ready(anna, ben)
	told := func() (topics []string) {
		for _, m := range c.messages() {
			if m.Signal != nil && m.Signal.Kind == "settings" {
				topics = append(topics, m.Topic)
			}
		}
		return topics
	}
	asset := slices.Clone(c.config().Assets[:1])
	asset[0].Name.En = "Shop site"
	for _, x := range []struct {
		what string
		file config.File
		want []string
	}{
		{"a reason", c.file(`"reasons": [{"id": "sold", "kind": "wrapup", "name": {"en": "Sold"}}]`), []string{"agent/usr_anna", "agent/usr_ben"}},
		{"one of them", c.withUser(anna.User, func(u *org.User) { u.Name = "Anna B." }), []string{"agent/usr_anna"}},
		{"an asset", config.File{Assets: asset}, nil},
	} {
		c.messages()
		x.file.Version = c.config().Version
		c.do(adam, engine.PutOn{File: x.file})
		if diff := cmp.Diff(x.want, told()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", x.what, diff)
		}
	}
	c.do(ben, engine.SetPresence{Presence: routing.Idle})
	c.do(ben, engine.SignOutOfFloor{})
	c.messages()
	c.do(adam, engine.PutOn{File: c.file(`"reasons": [{"id": "lost", "kind": "wrapup", "name": {"en": "Lost"}}]`)})
	if diff := cmp.Diff([]string{"agent/usr_anna"}, told()); diff != "" {
		t.Errorf("with one signed out (-want +got):\n%s", diff)
	}
}

func TestAFileThatIsPutOnIsInForceAndStored(t *testing.T) {
	c := newCentre(t)
	before := c.config()
	c.do(adam, engine.PutOn{File: c.file(`
		"organization": {"name": {"en": "Acme & Sons"}, "language": "en", "time_zone": "Africa/Cairo", "settings": {"rona": "10s"}},
		"teams": [{"id": "vip", "name": {"en": "VIP"}}],
		"profiles": [{"id": "narrow", "name": {"en": "Narrow"}, "teams": ["vip"]}],
		"users": [{"id": "dina", "name": "Dina", "email": "dina@acme.example", "roles": ["agent"], "teams": ["vip"], "profile": "narrow"}],
		"reasons": [{"id": "sold", "kind": "wrapup", "name": {"en": "Sold"}}],
		"queues": [{"id": "sales", "name": {"en": "Sales"}, "teams": ["vip"], "wrapup_reasons": ["sold"], "wrapup_required": true}],
		"assets": [{"id": "site", "name": {"en": "Site"}, "queue": "sales", "origins": ["https://acme.example"]}],
		"templates": [{"id": "hi", "name": {"en": "Hi"}, "text": {"en": "Hello"}, "teams": ["vip"]}]`)})
	inForce := c.config()
	if inForce.Version != before.Version+1 || len(inForce.Queues) != len(before.Queues)+1 {
		t.Fatalf("version %d → %d, %d queues", before.Version, inForce.Version, len(inForce.Queues))
	}
	site := inForce.Assets[len(inForce.Assets)-1]
	for _, a := range inForce.Assets {
		if a.Name.En == "Site" {
			site = a
		}
	}
	c.do(customer(1), engine.StartConversation{Asset: site.ID, Customer: "cus_1", Name: "Sara", Text: "hello"})
	c.restart()
	if diff := cmp.Diff(inForce, c.config()); diff != "" {
		t.Errorf("what was in force and what is stored (-in force +stored):\n%s", diff)
	}
}

func TestAPlanSaysWhatPuttingOnDoes(t *testing.T) {
	c := newCentre(t)
	c.ready(anna, ben)
	c.write(1, "hello") // offered to one of them
	asked := anna
	if len(c.desk(anna).Cards) == 0 {
		asked = ben
	}
	c.settle()
	off := c.withUser(asked.User, func(u *org.User) { u.Disabled = true })
	plan, err := c.Plan(t.Context(), adam, off)
	if err != nil {
		t.Fatal(err)
	}
	want := engine.Plan{
		Version: c.config().Version, Effects: engine.PlanEffects{Withdrawn: 1, Offered: 1, SignedOut: 1},
		Changes: []config.Change{{
			Kind: "user", ID: string(asked.User), Name: plan.Changes[0].Name, Fields: []config.Field{{Field: "disabled", From: "false", To: "true"}},
		}},
	}
	if diff := cmp.Diff(want, plan); diff != "" {
		t.Errorf("plan (-want +got):\n%s", diff)
	}
	if len(c.desk(asked).Cards) != 1 {
		t.Fatal("a plan did something")
	}
	c.do(adam, engine.PutOn{File: off})
	if d := c.desk(asked); len(d.Cards) != 0 || d.Agent.Presence != string(routing.SignedOut) {
		t.Errorf("the agent's desk afterwards: %+v", d)
	}
	other := map[id.User]int{anna.User: len(c.desk(anna).Cards), ben.User: len(c.desk(ben).Cards)}
	if other[anna.User]+other[ben.User] != 1 {
		t.Errorf("the conversation is offered to %v", other)
	}
}

// What only one organization can have is refused to the next, and nothing of
// anybody's fails because they asked.
func TestWhatAnotherOrganizationHasIsRefused(t *testing.T) {
	c := newCentre(t)
	other := sample()
	other.Organization.ID = alien.Org
	for i := range other.Users {
		other.Users[i].Email = "their." + other.Users[i].Email
	}
	for i := range other.Assets {
		other.Assets[i].Key = "their-" + other.Assets[i].Key
	}
	if err := c.db.CreateOrganization(t.Context(), other, nil, access.Digest{}, morning); err != nil {
		t.Fatal(err)
	}
	failed := c.Counts().Failed.Load()
	for _, x := range []struct{ members, field, row string }{
		{`"users": [{"id": "x", "name": "X", "email": "x@acme.example"}, {"id": "y", "name": "Y", "email": "their.anna@acme.example"}]`, "email", "users.1.email"},
		{`"queues": [{"id": "q", "name": {"en": "Q"}}], "assets": [{"id": "x", "name": {"en": "X"}, "queue": "q", "key": "their-shop"}]`, "key", "assets.0.key"},
	} {
		_, err := c.Do(t.Context(), engine.Request{Actor: adam, CommandID: x.field, Command: engine.PutOn{File: c.file(x.members)}})
		if p := problem.Of(err); p.Code != problem.DuplicateID || p.Params["row"] != x.row {
			t.Errorf("the %s of another organization: %v", x.field, err)
		}
	}
	if n := c.Counts().Failed.Load(); n != failed {
		t.Errorf("%d commits failed", n-failed)
	}
}

func TestAFileIsPutOnWholeOrNotAtAll(t *testing.T) {
	c := newCentre(t)
	before := c.config()
	for what, x := range map[string]struct {
		members string
		code    problem.Code
	}{
		"a queue of a team that is not there": {`"teams": [{"id": "vip", "name": {"en": "VIP"}}], "queues": [{"id": "q", "name": {"en": "Q"}, "teams": ["other"]}]`, problem.UnknownReference},
		"no such time zone":                   {`"organization": {"name": {"en": "A"}, "language": "en", "time_zone": "Mars/Olympus"}`, problem.InvalidParameter},
		"made from another version":           {`"version": 99, "teams": [{"id": "vip", "name": {"en": "VIP"}}]`, problem.VersionConflict},
		"an address that somebody has":        {`"users": [{"id": "x", "name": "X", "email": "anna@acme.example"}]`, problem.DuplicateID},
	} {
		t.Run(what, func(t *testing.T) {
			c.refused(adam, engine.PutOn{File: c.file(x.members)}, x.code)
			if _, err := c.Plan(t.Context(), adam, c.file(x.members)); problem.CodeOf(err) != x.code {
				t.Errorf("the plan: %v", err)
			}
		})
	}
	if diff := cmp.Diff(before, c.config()); diff != "" {
		t.Errorf("something of it is in force (-before +after):\n%s", diff)
	}
	if _, err := c.Plan(t.Context(), vera, c.file("")); problem.CodeOf(err) != problem.Forbidden {
		t.Errorf("a supervisor's plan: %v", err)
	}
}

// Whatever is asked first is done, and the other is told what it would leave.
func TestTwoAdministratorsCannotDemoteEachOtherAtOnce(t *testing.T) {
	zoe := staff("usr_zoe", org.RoleAdministrator)
	c := newCentre(t, func(k *org.Config) {
		k.Users = append(k.Users, org.User{ID: zoe.User, Name: "Zoe", Email: "zoe@acme.example", Roles: zoe.Roles, Version: 1})
	})
	for round := range 5 {
		errs := make([]error, 2)
		var both sync.WaitGroup
		for i, q := range []struct {
			by    access.Actor
			other id.User
		}{{adam, zoe.User}, {zoe, adam.User}} {
			file := c.withUser(q.other, func(u *org.User) { u.Roles = []org.Role{org.RoleAgent} })
			file.Version = 0 // neither noticed the other
			file.Users = slices.DeleteFunc(file.Users, func(u org.User) bool { return u.ID != q.other })
			both.Go(func() {
				_, errs[i] = c.Do(t.Context(), engine.Request{Actor: q.by, CommandID: fmt.Sprint(round, q.by.User), Command: engine.PutOn{File: file}})
			})
		}
		both.Wait()
		done := slices.IndexFunc(errs, func(err error) bool { return err == nil })
		if done < 0 || problem.CodeOf(errs[1-done]) != problem.LastAdministrator {
			t.Fatalf("round %d: %v", round, errs)
		}
		left := 0
		for _, u := range c.config().Users {
			if u.Has(org.RoleAdministrator) && !u.Disabled {
				left++
			}
		}
		if left != 1 {
			t.Fatalf("%d administrators are left", left)
		}
		for _, who := range []access.Actor{adam, zoe} {
			file := c.withUser(who.User, func(u *org.User) { u.Roles = who.Roles })
			c.do([]access.Actor{adam, zoe}[done], engine.PutOn{File: file})
		}
	}
}
