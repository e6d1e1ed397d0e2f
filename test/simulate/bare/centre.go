package bare

import (
	"fmt"
	"math/rand/v2"
	"time"

	"hiwar/internal/hours"
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// began is when every day begins.
var began = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)

// centre is a configuration and how busy its day is.
type centre struct {
	config  org.Config
	arrival time.Duration // between two customers, on average
}

func one[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func seconds(r *rand.Rand, from, to int) time.Duration {
	return time.Duration(from+r.IntN(to-from+1)) * time.Second
}

// draw makes a random centre: few agents as often as many, and every rule.
func draw(r *rand.Rand) centre {
	agents, queues, teams := one(r, 1, 2, 3, 5, 8, 12, 20, 30, 50), 1+r.IntN(10), 1+r.IntN(4)
	s := org.Defaults()
	s.RONA, s.ConfirmWithin, s.Grace = seconds(r, 8, 48), seconds(r, 2, 8), seconds(r, 30, 150)
	s.CustomerUnseen, s.CustomerGone = seconds(r, 5, 20), seconds(r, 60, 180)
	s.InactivityClose, s.InactivityWarning = seconds(r, 180, 600), time.Minute
	s.Capacity = 1 + r.IntN(6)
	s.OpenOffers = 1 + r.IntN(s.Capacity)
	s.AllowDecline = r.IntN(3) > 0
	s.Ageing = one(r, 0, 30*time.Second, 2*time.Minute)
	s.NoAgentAfter = one(r, time.Minute, 5*time.Minute)
	c := org.Config{Version: 1, Organization: org.Organization{ID: "org", Settings: s}}
	c.Skills = []org.Skill{{ID: "ar", Kind: org.Proficiency, Language: "ar"}, {ID: "vip", Kind: org.YesNo}}
	day := []hours.Span{{From: 8 * 60, To: hours.Minute((11 + r.IntN(5)) * 60)}}
	c.Hours = []org.Hours{
		{ID: "office", Schedule: hours.Schedule{Zone: "UTC", Week: hours.Week{Sunday: day}}},
		{ID: never, Schedule: hours.Schedule{Zone: "UTC"}},
	}
	for n := range teams {
		c.Teams = append(c.Teams, org.Team{ID: teamID(n)})
	}
	for n := range agents {
		u := org.User{ID: id.User(fmt.Sprintf("u%02d", n)), Roles: []org.Role{org.RoleAgent}}
		for t := range teams {
			if t == n%teams || r.IntN(3) == 0 {
				u.Teams = append(u.Teams, teamID(t))
			}
		}
		if r.IntN(4) == 0 {
			u.Capacity = 1 + r.IntN(8)
		}
		if r.IntN(3) > 0 {
			u.Skills = append(u.Skills, org.HeldSkill{Skill: "ar", Level: r.IntN(11)})
		}
		if r.IntN(3) == 0 {
			u.Skills = append(u.Skills, org.HeldSkill{Skill: "vip", Text: org.Yes})
		}
		c.Users = append(c.Users, u)
	}
	for n := range queues {
		q := drawQueue(r, n, queues, teams)
		c.Queues = append(c.Queues, q)
		a := org.Asset{ID: assetID(n), Queue: q.ID}
		if r.IntN(4) == 0 {
			a.Priority = 1 + r.IntN(9)
		}
		c.Assets = append(c.Assets, a)
	}
	c.Reasons = []org.Reason{{ID: "done", Kind: org.WrapUpReason}}
	perHour := float64(agents*min(s.Capacity, 4)) * 14 * (0.25 + 0.85*r.Float64())
	return centre{c, time.Duration(float64(time.Hour) / perHour)}
}

// drawQueue makes the nth queue. Customers overflow to queues of a higher number
// only, so that their way has an end.
func drawQueue(r *rand.Rand, n, queues, teams int) org.Queue {
	q := org.Queue{
		ID: queueID(n), Rule: one(r, append([]org.Rule{"", ""}, org.Rules...)...), Priority: 1 + r.IntN(9),
		OnUnanswered: one(r, org.Requeue, org.Return, org.Close), TransfersJoinEnd: r.IntN(4) == 0, WrapUpRequired: r.IntN(2) == 0,
		ManualPick: r.IntN(4) == 0,
	}
	for t := range teams {
		switch {
		case t == n%teams || r.IntN(4) == 0:
			q.Teams = append(q.Teams, teamID(t))
		case r.IntN(3) == 0:
			q.Wider = append(q.Wider, org.Group{Teams: []id.Team{teamID(t)}, After: time.Duration(1+len(q.Wider)) * seconds(r, 5, 40)})
		}
	}
	for i := range q.Wider { // in order
		if i > 0 && q.Wider[i].After <= q.Wider[i-1].After {
			q.Wider[i].After = q.Wider[i-1].After + time.Second
		}
	}
	if q.Rule.UsesSkills() {
		q.LanguageLevel, q.LanguageRelax = r.IntN(7), seconds(r, 5, 60)
		if q.LanguageLevel == 0 {
			q.LanguageRelax = 0
		}
		if r.IntN(2) == 0 {
			q.Requires = []org.Requirement{{Skill: "vip", Compare: one(r, org.Equal, org.NotEqual), Text: org.Yes, Weight: 1 + r.IntN(3), Relax: []org.Relaxation{{After: seconds(r, 5, 60), Drop: true}}}}
		}
		if r.IntN(2) == 0 {
			q.Requires = append(q.Requires, org.Requirement{Skill: "ar", Compare: org.AtLeast, Level: 7, Relax: []org.Relaxation{{After: seconds(r, 5, 30), Level: 3}, {After: seconds(r, 31, 60), Drop: r.IntN(3) > 0}}})
		}
	}
	if r.IntN(3) == 0 {
		q.PerAgent = 1 + r.IntN(3)
	}
	if r.IntN(3) == 0 {
		q.Sticky = seconds(r, 5, 60)
	}
	if r.IntN(2) == 0 {
		q.WrapUpAuto, q.WrapUpDefault = seconds(r, 15, 75), one(r, "", id.Reason("done"))
	}
	q.Limits = drawLimits(r, n, queues)
	return q
}

func drawLimits(r *rand.Rand, n, queues int) (l org.Limits) {
	l.Then = one(r, org.ThenWait, org.ThenClose, org.ThenOverflow)
	if l.Then == org.ThenOverflow && n+1 == queues {
		l.Then = org.ThenClose
	}
	if l.Then == org.ThenOverflow {
		l.ThenQueue = queueID(n + 1 + r.IntN(queues-n-1))
	}
	if l.Then != org.ThenWait {
		l.MaxWait = one(r, 0, seconds(r, 60, 600))
		l.OnClose = one(r, org.Serve, org.WhatThen)
	}
	if r.IntN(4) == 0 {
		l.MaxWaiting = 1 + r.IntN(20)
	}
	if r.IntN(5) == 0 {
		l.Hours = "office"
	}
	return l
}

// drawOwn is what a customer brings along: of skills that there are, and of one
// that there is not.
func drawOwn(r *rand.Rand) []org.Required {
	relax := []org.Relaxation{{After: seconds(r, 5, 60), Drop: true}}
	if r.IntN(4) == 0 {
		relax = nil
	}
	list := []org.Required{
		{Requirement: org.Requirement{Skill: "ar", Compare: org.AtLeast, Level: 1 + r.IntN(9), Weight: r.IntN(4), Relax: relax}, From: org.FromForm},
		{Requirement: org.Requirement{Skill: "vip", Compare: one(r, org.Equal, org.NotEqual), Text: org.Yes, Relax: relax}, From: org.FromIdentity},
		{Requirement: org.Requirement{Skill: "chess", Compare: org.AtLeast, Level: 1}, From: org.FromIdentity},
	}
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list[:1+r.IntN(len(list))]
}

// never are hours of which there are none.
const never id.Hours = "never"

func teamID(n int) id.Team   { return id.Team(fmt.Sprintf("t%d", n)) }
func queueID(n int) id.Queue { return id.Queue(fmt.Sprintf("q%02d", n)) }
func assetID(n int) id.Asset { return id.Asset(fmt.Sprintf("w%02d", n)) }
