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
//	queue sales unanswered=return required auto=60s default=solved
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
	case "asset":
		s.config.Assets = change(s.config.Assets, remove, func(a org.Asset) bool { return a.ID == id.Asset(words[1]) },
			org.Asset{ID: id.Asset(words[1])},
			func(a *org.Asset) {
				for _, w := range words[2:] {
					if v, ok := strings.CutPrefix(w, "queue="); ok {
						a.Queue = id.Queue(v)
					}
				}
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
	default:
		s.t.Fatalf("no such setting: %s", w)
	}
}

func (s *script) user(u *org.User, words []string) {
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		switch name {
		case "capacity":
			u.Capacity = s.number(value)
		case "factor":
			u.AnswerFactor = float64(s.number(value))
		case "teams":
			u.Teams = names[id.Team](value)
		case "disabled":
			u.Disabled = true
		default:
			s.t.Fatalf("no such property: %s", w)
		}
	}
}

func (s *script) queue(q *org.Queue, words []string) {
	for _, w := range words {
		name, value, _ := strings.Cut(w, "=")
		switch name {
		case "teams":
			q.Teams = names[id.Team](value)
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
