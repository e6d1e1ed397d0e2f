// Package configtest makes configurations for tests: large, valid, and with
// everything in them that can be set.
package configtest

import (
	"encoding/binary"
	"fmt"
	"time"

	"hiwar/internal/hours"
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Count is how many objects there are, the organization among them.
func Count(c org.Config) int {
	n := len(c.Users) + len(c.Teams) + len(c.Queues) + len(c.Assets) + len(c.Reasons) + len(c.Templates) + len(c.Profiles) + len(c.Roles) + len(c.Hours) + len(c.Skills)
	if c.Organization.Name != (org.Name{}) {
		n++
	}
	return n
}

// Thousand is an organization of a thousand objects, the same at every call.
func Thousand(o id.Org) org.Config { return Sized(o, 100) }

// Sized has n of each list, and twice as many users.
func Sized(o id.Org, n int) org.Config {
	settings := org.Defaults()
	settings.Mask = []string{`EMP-[0-9]{6}`}
	c := org.Config{Version: 1, Organization: org.Organization{
		ID: o, Name: org.Name{En: "A thousand", Ar: "ألف"}, Language: "ar", TimeZone: "Asia/Riyadh", Settings: settings, Version: 1,
	}}
	for i := range n {
		c.Skills = append(c.Skills, skill(i))
		c.Teams = append(c.Teams, org.Team{ID: mint[id.Team](id.PrefixTeam, i), Name: name("Team", "فريق", i), Capacity: i % 5, Exclusive: org.Switch([]string{"", "on", "off"}[i%3]), Version: 1})
		c.Hours = append(c.Hours, opening(i))
		c.Reasons = append(c.Reasons, org.Reason{ID: mint[id.Reason](id.PrefixReason, i), Kind: []org.ReasonKind{org.WrapUpReason, org.IdleReason}[i%2], Name: name("Reason", "سبب", i), Group: groupOf(i), Order: i, Archived: i%7 == 6, Version: 1})
		c.Queues = append(c.Queues, queue(i, n))
		c.Assets = append(c.Assets, asset(i))
		c.Templates = append(c.Templates, org.Template{
			ID: mint[id.Template](id.PrefixTemplate, i), Name: name("Template", "قالب", i), Group: org.Name{En: "Group", Ar: "مجموعة"},
			Text:  org.Name{En: "Hello @@customer_name, <order> is \"ready\"\n& waiting.", Ar: "مرحبًا @@customer_name،\n<order_number> جاهز."},
			Start: i%2 == 0, FollowUp: i%3 == 0, End: i%5 == 0, Teams: []id.Team{mint[id.Team](id.PrefixTeam, i)}, Order: i, Version: 1,
		})
		c.Profiles = append(c.Profiles, org.Profile{
			ID: mint[id.Profile](id.PrefixProfile, i), Name: name("Profile", "ملف", i), Queues: []id.Queue{mint[id.Queue](id.PrefixQueue, i)},
			Teams: []id.Team{mint[id.Team](id.PrefixTeam, i)}, Templates: []id.Template{mint[id.Template](id.PrefixTemplate, i)},
			WrapUpReasons: []id.Reason{mint[id.Reason](id.PrefixReason, i&^1)}, WrapUpAuto: time.Duration(i) * time.Second, Version: 1,
		})
	}
	for i := range min(n, org.MostRoles) {
		c.Roles = append(c.Roles, org.OwnRole{
			ID: mint[org.Role](id.PrefixRole, i), Name: name("Role", "دور", i), Permissions: org.Permissions[:1+i%len(org.Permissions)], Archived: i%9 == 8, Version: 1,
		})
	}
	for i := range 2 * n {
		c.Users = append(c.Users, user(i, n))
	}
	return c
}

// mint makes the identifier of the nth; a greater n gives a greater identifier.
func mint[T ~string](prefix string, n int) T {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:], uint64(n)+1)
	return id.Mint[T](prefix, b)
}

func name(en, ar string, n int) org.Name {
	return org.Name{En: fmt.Sprintf("%s %d", en, n), Ar: fmt.Sprintf("%s %d", ar, n)}
}

func skill(i int) org.Skill {
	s := org.Skill{ID: mint[id.Skill](id.PrefixSkill, i), Name: name("Skill", "مهارة", i), Kind: []org.SkillKind{org.Proficiency, org.YesNo, org.FreeText, org.Choice}[i%4], Version: 1}
	switch s.Kind {
	case org.Choice:
		s.Choices = []string{"day", "ليل"}
	case org.Proficiency:
		s.Language = []string{"", "ar", "en"}[i%3]
	case org.YesNo, org.FreeText:
	}
	return s
}

func opening(i int) org.Hours {
	return org.Hours{ID: mint[id.Hours](id.PrefixHours, i), Name: name("Hours", "دوام", i), Version: 1, Schedule: hours.Schedule{
		Zone:     "Asia/Riyadh",
		Week:     hours.Week{Sunday: []hours.Span{{From: 540, To: 720}, {From: 780, To: hours.EndOfDay}}},
		Holidays: []hours.Holiday{{Name: "يوم", First: hours.Date{Year: 2026, Month: 9, Day: 23}, Yearly: true}},
	}}
}

func queue(i, n int) org.Queue {
	q := org.Queue{
		ID: mint[id.Queue](id.PrefixQueue, i), Name: name("Queue", "قائمة", i), Teams: []id.Team{mint[id.Team](id.PrefixTeam, i)},
		Wider: []org.Group{{Teams: []id.Team{mint[id.Team](id.PrefixTeam, (i+1)%n)}, After: 30 * time.Second}},
		Rule:  org.Rules[i%len(org.Rules)], Priority: 1 + i%9, RONA: time.Duration(i) * time.Second, OnUnanswered: org.Return,
		WrapUpRequired: i%2 == 0, WrapUpReasons: []id.Reason{mint[id.Reason](id.PrefixReason, i&^1)},
		Limits: org.Limits{Hours: mint[id.Hours](id.PrefixHours, i), MaxWaiting: i, MaxWait: time.Minute, Then: org.ThenMessage, ThenText: name("Leave a message", "اترك رسالة", i)}, Version: 1,
	}
	if q.DistributesBy().UsesSkills() {
		q.Requires = []org.Requirement{{Skill: mint[id.Skill](id.PrefixSkill, i&^3), Compare: org.AtLeast, Level: 5, Weight: 2, Relax: []org.Relaxation{{After: time.Minute, Drop: true}}}}
	}
	return q
}

func asset(i int) org.Asset {
	return org.Asset{
		ID: mint[id.Asset](id.PrefixAsset, i), Key: fmt.Sprintf("asset-%d", i), Name: name("Site", "موقع", i), Queue: mint[id.Queue](id.PrefixQueue, i), Priority: i % 10,
		Origins: []string{fmt.Sprintf("https://s%d.example", i)}, Languages: []string{"ar", "en"}, Language: "ar", Color: "#1160b7", Deleted: i%11 == 10, Version: 1,
		Form: org.Form{Email: org.AskRequired, Fields: []org.Field{{Key: "topic", Label: org.Name{En: "Topic", Ar: "الموضوع"}, Choices: []org.FieldChoice{{Key: "a", Label: org.Name{En: "A"}, Priority: 2}}}}},
	}
}

func user(i, n int) org.User {
	u := org.User{
		ID: mint[id.User](id.PrefixUser, i), Name: fmt.Sprintf("User %d مستخدم", i), Email: fmt.Sprintf("u%d@example.org", i), Roles: []org.Role{org.RoleAgent},
		Teams: []id.Team{mint[id.Team](id.PrefixTeam, i%n)}, Profile: mint[id.Profile](id.PrefixProfile, i%n), Capacity: i % 4, Language: []string{"", "ar", "en"}[i%3], Version: 1,
		Skills: []org.HeldSkill{{Skill: mint[id.Skill](id.PrefixSkill, i%n&^3), Level: i % 11}},
	}
	if i%3 == 1 {
		u.Roles = append(u.Roles, mint[org.Role](id.PrefixRole, i%min(n, org.MostRoles)))
	}
	if i == 0 {
		u.Roles = append(u.Roles, org.RoleAdministrator)
	}
	return u
}

// groupOf puts every fifth wrap-up reason into the one before it.
func groupOf(i int) id.Reason {
	if i%10 != 2 {
		return ""
	}
	return mint[id.Reason](id.PrefixReason, i-2)
}
