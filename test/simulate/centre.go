package simulate

import (
	"fmt"
	"math/rand/v2"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
)

const acme id.Org = "org_simulated"

// wrapUps are the reasons agents choose from.
var wrapUps = []id.Reason{"rsn_1", "rsn_2", "rsn_3"}

// plan is a centre and how busy its day is.
type plan struct {
	config  org.Config
	agents  int
	arrival time.Duration // between two customers, on average
}

// draw makes a random centre: few agents as often as many, every rule of a
// queue in some of them.
func draw(r *rand.Rand) plan {
	agents := []int{1, 2, 3, 5, 8, 12, 20, 30, 50}[r.IntN(9)]
	queues, teams := 1+r.IntN(10), 1+r.IntN(4)
	s := org.Defaults()
	s.RONA = time.Duration(8+r.IntN(40)) * time.Second
	s.ConfirmWithin = time.Duration(2+r.IntN(6)) * time.Second
	s.Grace = time.Duration(30+r.IntN(120)) * time.Second
	s.InactivityClose = time.Duration(3+r.IntN(8)) * time.Minute
	s.InactivityWarning = time.Minute
	s.Capacity, s.OpenOffers = 1+r.IntN(6), 1+r.IntN(6)
	s.OpenOffers = min(s.OpenOffers, s.Capacity)
	s.AllowDecline = r.IntN(3) > 0
	s.Ageing = []time.Duration{0, 30 * time.Second, 2 * time.Minute}[r.IntN(3)]
	c := org.Config{Organization: org.Organization{ID: acme, Name: org.Name{En: "Simulated"}, Language: "ar", TimeZone: "Asia/Riyadh", Settings: s, Version: 1}, Version: 1}
	for n := range teams {
		c.Teams = append(c.Teams, org.Team{ID: id.Team(fmt.Sprintf("team_%d", n)), Name: org.Name{En: "Team"}, Version: 1})
	}
	for n := range agents {
		u := org.User{ID: userID(n), Name: fmt.Sprintf("Agent %d", n), Email: fmt.Sprintf("agent%d@example.com", n), Roles: []org.Role{org.RoleAgent}, Version: 1}
		for t, team := range c.Teams {
			if t == n%teams || r.IntN(3) == 0 {
				u.Teams = append(u.Teams, team.ID)
			}
		}
		if r.IntN(4) == 0 {
			u.Capacity = 1 + r.IntN(8)
		}
		c.Users = append(c.Users, u)
	}
	for n, reason := range wrapUps {
		c.Reasons = append(c.Reasons, org.Reason{ID: reason, Kind: org.WrapUpReason, Name: org.Name{En: string(reason)}, Order: n + 1, Version: 1})
	}
	for n := range queues {
		q := org.Queue{
			ID: id.Queue(fmt.Sprintf("que_%02d", n)), Name: org.Name{En: "Queue"}, Priority: 1 + r.IntN(9), Version: 1,
			OnUnanswered: []org.Unanswered{org.Requeue, org.Return, org.Close}[r.IntN(3)], TransfersJoinEnd: r.IntN(4) == 0, WrapUpRequired: r.IntN(2) == 0,
		}
		for t, team := range c.Teams {
			if t == n%teams || r.IntN(3) == 0 {
				q.Teams = append(q.Teams, team.ID)
			}
		}
		if r.IntN(2) == 0 {
			q.WrapUpAuto = time.Duration(15+r.IntN(60)) * time.Second
			q.WrapUpDefault = []id.Reason{"", wrapUps[0]}[r.IntN(2)]
		}
		c.Queues = append(c.Queues, q)
		c.Assets = append(c.Assets, org.Asset{
			ID: assetID(n), Key: fmt.Sprintf("site-%d", n), Name: org.Name{En: "Site"}, Queue: q.ID, Languages: []string{"ar", "en"}, Language: "ar", Version: 1,
		})
	}
	// From a quarter of what the agents can take to a little more than that.
	// Nobody types in more than a few threads at once.
	load := 0.25 + 0.85*r.Float64()
	perHour := float64(agents*min(s.Capacity, 4)) * 14 * load
	return plan{c, agents, time.Duration(float64(time.Hour) / perHour)}
}

func userID(n int) id.User   { return id.User(fmt.Sprintf("usr_%02d", n)) }
func assetID(n int) id.Asset { return id.Asset(fmt.Sprintf("ast_%02d", n)) }

var administrator = access.Actor{Kind: access.Staff, Org: acme, User: "usr_admin", Roles: []org.Role{org.RoleAdministrator}}
