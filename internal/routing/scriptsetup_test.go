package routing

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"hiwar/internal/hours"
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// set reads a line of a script that is about the configuration:
//
//	settings rona=20s capacity=1
//	agent ben capacity=1 factor=2 teams=sellers,helpers disabled
//	agent ben skills=arabic:8,vip:yes exclusive=on
//	team sellers capacity=2
//	skill arabic language=ar
//	skill vip kind=boolean
//	queue sales unanswered=return required auto=60s default=solved
//	queue sales rule=skills_best requires=arabic>=8*3/30s:5/60s:-,vip=yes wider=30s:helpers,60s:others+more
//	remove agent ben
func (s *script) set(words []string) {
	remove := words[0] == "remove"
	if remove {
		words = words[1:]
	}
	switch words[0] {
	case "settings":
		for _, w := range words[1:] {
			s.setting(w)
		}
	case "agent":
		s.config.Users = change(s.config.Users, remove, func(u org.User) bool { return u.ID == id.User(words[1]) },
			org.User{ID: id.User(words[1]), Roles: []org.Role{org.RoleAgent}},
			func(u *org.User) { s.user(u, words[2:]) })
		slices.SortFunc(s.config.Users, func(a, b org.User) int { return strings.Compare(string(a.ID), string(b.ID)) })
	case "queue":
		s.config.Queues = change(s.config.Queues, remove, func(q org.Queue) bool { return q.ID == id.Queue(words[1]) },
			org.Queue{ID: id.Queue(words[1])},
			func(q *org.Queue) { s.queue(q, words[2:]) })
		slices.SortFunc(s.config.Queues, func(a, b org.Queue) int { return strings.Compare(string(a.ID), string(b.ID)) })
	case "hours":
		var spans []hours.Span
		for _, w := range words[2:] {
			var span hours.Span
			if err := span.UnmarshalText([]byte(w)); err != nil {
				s.t.Fatal(err)
			}
			spans = append(spans, span)
		}
		week := hours.Week{Sunday: spans, Monday: spans, Tuesday: spans, Wednesday: spans, Thursday: spans, Friday: spans, Saturday: spans}
		s.config.Hours = change(s.config.Hours, remove, func(h org.Hours) bool { return h.ID == id.Hours(words[1]) },
			org.Hours{ID: id.Hours(words[1])},
			func(h *org.Hours) { h.Schedule = hours.Schedule{Zone: "UTC", Week: week} })
	case "team":
		s.config.Teams = change(s.config.Teams, remove, func(t org.Team) bool { return t.ID == id.Team(words[1]) },
			org.Team{ID: id.Team(words[1])},
			func(t *org.Team) { s.team(t, words[2:]) })
	case "skill":
		s.config.Skills = change(s.config.Skills, remove, func(x org.Skill) bool { return x.ID == id.Skill(words[1]) },
			org.Skill{ID: id.Skill(words[1]), Kind: org.Proficiency},
			func(x *org.Skill) { s.skill(x, words[2:]) })
	case "asset":
		s.config.Assets = change(s.config.Assets, remove, func(a org.Asset) bool { return a.ID == id.Asset(words[1]) },
			org.Asset{ID: id.Asset(words[1])},
			func(a *org.Asset) {
				s.properties(words[2:], map[string]func(value string){
					"queue":    func(value string) { a.Queue = id.Queue(value) },
					"requires": func(value string) { a.Requires = s.requirements(value) },
					"priority": func(value string) { a.Priority = s.number(value) },
				})
			})
	default:
		s.t.Fatalf("no such line: %v", words)
	}
}

// change is a copy of list with the one that is changed, added or removed.
func change[T any](list []T, remove bool, is func(T) bool, fresh T, f func(*T)) []T {
	list = slices.Clone(list)
	at := slices.IndexFunc(list, is)
	if remove {
		return slices.Delete(list, at, at+1)
	}
	if at < 0 {
		list, at = append(list, fresh), len(list)
	}
	f(&list[at])
	return list
}

func (s *script) setting(w string) {
	set := &s.config.Organization.Settings
	name, value, _ := strings.Cut(w, "=")
	durations := map[string]*time.Duration{
		"rona": &set.RONA, "confirm": &set.ConfirmWithin, "grace": &set.Grace, "notice": &set.NoticeToCustomer,
		"unseen": &set.CustomerUnseen, "gone": &set.CustomerGone, "silence": &set.InactivityClose, "warning": &set.InactivityWarning,
		"ageing": &set.Ageing, "no-agent": &set.NoAgentAfter, "changeable": &set.ReasonChangeable,
	}
	switch {
	case durations[name] != nil:
		*durations[name] = s.duration(value)
	case name == "capacity":
		set.Capacity = s.number(value)
	case name == "offers":
		set.OpenOffers = s.number(value)
	case name == "decline":
		set.AllowDecline = true
	case name == "exclusive":
		set.Exclusive = true
	default:
		s.t.Fatalf("no such setting: %s", w)
	}
}

func (s *script) user(u *org.User, words []string) {
	s.properties(words, map[string]func(value string){
		"capacity":  func(value string) { u.Capacity = s.number(value) },
		"factor":    func(value string) { u.AnswerFactor = float64(s.number(value)) },
		"teams":     func(value string) { u.Teams = names[id.Team](value) },
		"disabled":  func(string) { u.Disabled = true },
		"exclusive": func(value string) { u.Exclusive = org.Switch(value) },
		"skills":    func(value string) { u.Skills = s.held(value) },
	})
}

func (s *script) queue(q *org.Queue, words []string) {
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		switch name {
		case "teams":
			q.Teams = names[id.Team](value)
		case "rule":
			q.Rule = org.Rule(value)
		case "requires":
			q.Requires = s.requirements(value)
		case "language":
			level, relax, relaxes := strings.Cut(value, "/")
			q.LanguageLevel = s.number(level)
			if relaxes {
				q.LanguageRelax = s.duration(relax)
			}
		case "wider":
			q.Wider = s.groups(value)
		case "per-agent":
			q.PerAgent = s.number(value)
		case "sticky":
			q.Sticky = s.duration(value)
		case "pick":
			q.ManualPick = true
		case "priority":
			q.Priority = s.number(value)
		case "rona":
			q.RONA = s.duration(value)
		case "unanswered":
			q.OnUnanswered = org.Unanswered(value)
		case "transfers-join-end":
			q.TransfersJoinEnd = true
		case "required":
			q.WrapUpRequired = true
		case "reasons":
			q.WrapUpReasons = names[id.Reason](value)
		case "auto":
			q.WrapUpAuto = s.duration(value)
		case "default":
			q.WrapUpDefault = id.Reason(value)
		case "hours":
			q.Limits.Hours = id.Hours(value)
		case "on-close":
			q.Limits.OnClose = org.OnClose(value)
		case "max-waiting":
			q.Limits.MaxWaiting = s.number(value)
		case "max-wait":
			q.Limits.MaxWait = s.duration(value)
		case "then":
			then, other, _ := strings.Cut(value, ":")
			q.Limits.Then, q.Limits.ThenQueue = org.Then(then), id.Queue(other)
		case "archived":
			q.Archived = true
		default:
			s.t.Fatalf("no such property: %s", w)
		}
	}
}

func (s *script) team(t *org.Team, words []string) {
	s.properties(words, map[string]func(value string){
		"capacity":  func(value string) { t.Capacity = s.number(value) },
		"exclusive": func(value string) { t.Exclusive = org.Switch(value) },
	})
}

func (s *script) skill(x *org.Skill, words []string) {
	s.properties(words, map[string]func(value string){
		"kind":     func(value string) { x.Kind = org.SkillKind(value) },
		"language": func(value string) { x.Language = value },
		"choices":  func(value string) { x.Choices = names[string](value) },
		"archived": func(string) { x.Archived = true },
	})
}

// properties reads "name=value" for each word.
func (s *script) properties(words []string, set map[string]func(value string)) {
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		if set[name] == nil {
			s.t.Fatalf("no such property: %s", w)
		}
		set[name](value)
	}
}

// held reads "arabic:8,vip:yes".
func (s *script) held(list string) (held []org.HeldSkill) {
	if list == "" {
		return nil
	}
	for _, w := range strings.Split(list, ",") {
		name, value, _ := strings.Cut(w, ":")
		h := org.HeldSkill{Skill: id.Skill(name)}
		if n, err := strconv.Atoi(value); err == nil {
			h.Level = n
		} else {
			h.Text = value
		}
		held = append(held, h)
	}
	return held
}

// requirements reads "arabic>=8*3/30s:5/60s:-,vip=yes".
func (s *script) requirements(list string) (all []org.Requirement) {
	if list == "" {
		return nil
	}
	for _, w := range strings.Split(list, ",") {
		steps := strings.Split(w, "/")
		first, weight, _ := strings.Cut(steps[0], "*")
		var r org.Requirement
		for _, c := range []org.Comparison{org.AtLeast, org.AtMost, org.NotEqual, org.Equal} {
			if name, value, ok := strings.Cut(first, string(c)); ok {
				h := s.held(name + ":" + value)[0]
				r = org.Requirement{Skill: h.Skill, Compare: c, Level: h.Level, Text: h.Text}
				break
			}
		}
		if weight != "" {
			r.Weight = s.number(weight)
		}
		for _, x := range steps[1:] {
			after, level, _ := strings.Cut(x, ":")
			relax := org.Relaxation{After: s.duration(after), Drop: level == "-"}
			if !relax.Drop {
				relax.Level = s.number(level)
			}
			r.Relax = append(r.Relax, relax)
		}
		all = append(all, r)
	}
	return all
}

// groups reads "30s:helpers,60s:others+more".
func (s *script) groups(list string) (groups []org.Group) {
	if list == "" {
		return nil
	}
	for _, w := range strings.Split(list, ",") {
		after, teams, _ := strings.Cut(w, ":")
		groups = append(groups, org.Group{After: s.duration(after), Teams: names[id.Team](strings.ReplaceAll(teams, "+", ","))})
	}
	return groups
}

func names[T ~string](list string) []T {
	var out []T
	for _, n := range strings.Split(list, ",") {
		out = append(out, T(n))
	}
	return out
}

func (s *script) number(w string) int {
	n, err := strconv.Atoi(w)
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

func (s *script) duration(w string) time.Duration {
	d, err := time.ParseDuration(w)
	if err != nil {
		s.t.Fatal(err)
	}
	return d
}
