package storetest

import (
	"testing"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/hours"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

func configTests(t *testing.T, open func(t *testing.T) Store) {
	t.Run("every field of every object comes back", func(t *testing.T) {
		w := &world{t, open(t)}
		c := org.Config{
			Organization: filled[org.Organization](),
			Users:        []org.User{filled[org.User]()},
			Teams:        []org.Team{filled[org.Team]()},
			Queues:       []org.Queue{filled[org.Queue]()},
			Assets:       []org.Asset{filled[org.Asset]()},
			Reasons:      []org.Reason{filled[org.Reason]()},
			Templates:    []org.Template{filled[org.Template]()},
			Profiles:     []org.Profile{filled[org.Profile]()},
			Hours:        []org.Hours{office()},
			Skills:       []org.Skill{filled[org.Skill]()},
			Providers:    []org.Provider{filled[org.Provider]()},
			Version:      77,
		}
		// What refers to something has to refer to something that is there.
		c.Organization.ID = acme
		c.Users[0].Teams = []id.Team{c.Teams[0].ID}
		c.Queues[0].Teams = c.Users[0].Teams
		c.Queues[0].WrapUpReasons = []id.Reason{c.Reasons[0].ID}
		c.Reasons[0].Kind = org.IdleReason
		c.Skills[0].Kind = org.Choice
		c.Templates[0].Teams = c.Users[0].Teams
		c.Assets[0].Queue = c.Queues[0].ID
		w.create(c)
		floor, err := w.Floor(t.Context(), acme)
		w.ok(err)
		same(t, "configuration", c, floor.Config)
	})

	t.Run("a change touches what it names and nothing else", func(t *testing.T) {
		w := newWorld(t, open)
		want := sample(acme)
		want.Version = 2
		want.Users[1].Name, want.Users[1].Teams, want.Users[1].Version = "Benjamin", nil, 2
		want.Reasons = append(want.Reasons, org.Reason{ID: "rsn_2", Kind: org.WrapUpReason, Version: 1})
		want.Queues[0].WrapUpReasons = []id.Reason{"rsn_2", "rsn_1"} // not in the order of their ids
		w.commit(engine.OrgBatch{Config: &org.Config{Users: want.Users[1:], Reasons: want.Reasons[1:], Queues: want.Queues, Version: 2}})
		floor, err := w.Floor(t.Context(), acme)
		w.ok(err)
		same(t, "configuration", want, floor.Config)
	})

	t.Run("organizations do not mix", func(t *testing.T) {
		w := newWorld(t, open)
		w.create(sample(other))
		w.commit(engine.OrgBatch{Config: &org.Config{Users: []org.User{{ID: "usr_anna", Name: "Annabel", Email: "new@acme"}}, Version: 2}})
		floors, err := w.Floors(t.Context())
		w.ok(err)
		if len(floors) != 2 {
			t.Fatalf("got %d floors, want 2", len(floors))
		}
		same(t, "the other organization", sample(other), floors[1].Config)
	})

	t.Run("what another organization has of what there is once is known", func(t *testing.T) {
		w := newWorld(t, open)
		w.create(sample(other))
		for _, x := range []struct {
			emails, keys []string
			taken        string
		}{
			{nil, nil, ""},
			{[]string{"anna@org_acme", "nobody@org_acme", ""}, []string{"key-org_acme", "key"}, ""},
			{[]string{"anna@org_acme", "ben@org_other"}, nil, "ben@org_other"},
			{nil, []string{"key-org_acme", "key-org_other"}, "key-org_other"},
		} {
			taken, err := w.Elsewhere(t.Context(), acme, x.emails, x.keys)
			w.ok(err)
			same(t, "taken", x.taken, taken)
		}
	})

	t.Run("assets are found by their public key", func(t *testing.T) {
		w := newWorld(t, open)
		o, a, err := w.AssetByKey(t.Context(), "key-org_acme")
		w.ok(err)
		same(t, "organization", acme, o)
		same(t, "asset", sample(acme).Assets[0], a)
		_, _, err = w.AssetByKey(t.Context(), "no such key")
		wantCode(t, "an unknown key", err, problem.NotFound)
	})

	t.Run("where a widget was loaded is kept by site, the last first", func(t *testing.T) {
		w := newWorld(t, open)
		asset := sample(acme).Assets[0].ID
		for _, v := range []struct {
			origin string
			after  time.Duration
		}{{"https://a.example", 0}, {"https://b.example", time.Minute}, {"https://a.example", time.Hour}, {"https://a.example", time.Second}} {
			w.ok(w.Visited(t.Context(), acme, asset, v.origin, t0.Add(v.after)))
		}
		all, err := w.Visits(t.Context(), acme)
		w.ok(err)
		same(t, "visits", []org.Visit{
			{Asset: asset, Origin: "https://a.example", FirstAt: t0, LastAt: t0.Add(time.Hour)},
			{Asset: asset, Origin: "https://b.example", FirstAt: t0.Add(time.Minute), LastAt: t0.Add(time.Minute)},
		}, all)
		none, err := w.Visits(t.Context(), other)
		w.ok(err)
		same(t, "of another organization", 0, len(none))
	})

	t.Run("an unknown organization is not found", func(t *testing.T) {
		w := newWorld(t, open)
		_, err := w.Floor(t.Context(), other)
		wantCode(t, "another organization", err, problem.NotFound)
	})
}

// office has opening hours of every kind.
func office() org.Hours {
	return org.Hours{ID: "hrs_1", Name: org.Name{En: "Office", Ar: "المكتب"}, Version: 3, Schedule: hours.Schedule{
		Zone:      "Asia/Riyadh",
		Week:      hours.Week{Sunday: []hours.Span{{From: 540, To: 720}, {From: 780, To: hours.EndOfDay}}},
		Holidays:  []hours.Holiday{{Name: "Eid", First: hours.Date{Year: 2026, Month: 3, Day: 19}, Last: hours.Date{Year: 2026, Month: 3, Day: 23}}, {First: hours.Date{Year: 2026, Month: 9, Day: 23}, Yearly: true}},
		Overrides: []hours.Override{{Name: "Ramadan", Date: hours.Date{Year: 2026, Month: 3, Day: 1}, Open: []hours.Span{{From: 600, To: 900}}}},
	}}
}
