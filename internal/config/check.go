package config

import (
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hiwar/internal/mask"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/text"
)

// Check is the first thing that makes no sense in a configuration, or nil. A
// problem names the field by its path in the file of the whole configuration.
func Check(c org.Config) error {
	for _, check := range []func(org.Config) error{
		checkOrganization, checkNames, checkReferences, checkRoles, checkUsers, checkQueues, checkAssets, checkForms, checkAttachments, checkProfiles, checkReasons, checkTemplates, checkHours, checkLimits, checkProviders,
		org.Config.CheckRouting,
	} {
		if err := check(c); err != nil {
			return err
		}
	}
	return nil
}

// The bounds of what is set for the whole organization; decisions and product
// name them beside each setting in [org.Settings].
const (
	longestAnswer = 6000 * time.Second
	longest       = 30 * 24 * time.Hour
	mostCapacity  = 50
)

func checkOrganization(c org.Config) error {
	o, s := c.Organization, c.Organization.Settings
	path := "organization.settings."
	return first(
		oneOf("organization.language", o.Language, "ar", "en"),
		lasts(path+"rona", s.RONA, time.Second, longestAnswer),
		lasts(path+"confirm_within", s.ConfirmWithin, time.Second, longest),
		lasts(path+"grace", s.Grace, time.Second, longest),
		lasts(path+"notice_to_customer", s.NoticeToCustomer, time.Second, longest),
		lasts(path+"customer_unseen", s.CustomerUnseen, time.Second, longest),
		lasts(path+"customer_gone", s.CustomerGone, time.Second, longest),
		lasts(path+"inactivity_close", s.InactivityClose, 0, longest),
		lasts(path+"inactivity_warning", s.InactivityWarning, 0, longest),
		lasts(path+"ageing", s.Ageing, 0, longest),
		lasts(path+"short_abandon", s.ShortAbandon, 0, longest),
		unless(s.NoAgentAfter != 0, lasts(path+"no_agent_after", s.NoAgentAfter, time.Second, longest)),
		lasts(path+"reason_changeable", s.ReasonChangeable, 0, longest),
		unless(s.ReplyTarget != 0, lasts(path+"reply_target", s.ReplyTarget, time.Second, longest)),
		within(path+"capacity", s.Capacity, 0, mostCapacity),
		within(path+"open_offers", s.OpenOffers, 1, mostCapacity),
		within(path+"answer_factor_most", s.AnswerFactorMost, 1, 10),
		oneOf(path+"digits", s.Digits, "latn", "arab"),
		oneOf(path+"hour_cycle", strconv.Itoa(s.HourCycle), "12", "24"),
		oneOf(path+"setup", string(s.Setup), string(org.SetupDone),
			string(org.SetupOrganization), string(org.SetupQueue), string(org.SetupTeam), string(org.SetupInstall), string(org.SetupTry)),
		oneOf(path+"second_step", string(s.SecondStep), string(org.Nobody), string(org.Administrators), string(org.Everybody)),
		within(path+"mask", len(s.Mask), 0, mask.MostPatterns),
		each(path+"mask", s.Mask, maskable),
	)
}

// maskable wants a pattern that can be used, and used quickly.
func maskable(path, pattern string) error {
	return unless(mask.Check(pattern) != nil, problem.New(problem.SettingInvalid, "field", path, "reason", "pattern"))
}

// checkNames wants a name of everything, as it would be kept if typed.
func checkNames(c org.Config) error {
	return first(
		named("organization.name", c.Organization.Name),
		each("skills", c.Skills, func(p string, s org.Skill) error { return named(p+".name", s.Name) }),
		each("teams", c.Teams, func(p string, t org.Team) error { return named(p+".name", t.Name) }),
		each("roles", c.Roles, func(p string, r org.OwnRole) error { return named(p+".name", r.Name) }),
		each("reasons", c.Reasons, func(p string, r org.Reason) error {
			return first(named(p+".name", r.Name), oneOf(p+".kind", string(r.Kind), string(org.WrapUpReason), string(org.IdleReason)))
		}),
		each("queues", c.Queues, func(p string, q org.Queue) error { return named(p+".name", q.Name) }),
		each("assets", c.Assets, func(p string, a org.Asset) error { return named(p+".name", a.Name) }),
		each("profiles", c.Profiles, func(p string, x org.Profile) error { return named(p+".name", x.Name) }),
		each("hours", c.Hours, func(p string, h org.Hours) error { return named(p+".name", h.Name) }),
		each("providers", c.Providers, func(p string, x org.Provider) error { return named(p+".name", x.Name) }),
	)
}

// checkReferences wants every object to be there that another one names, and
// to be there once.
func checkReferences(c org.Config) error {
	known := map[string]bool{
		string(org.ReasonDeclined): true,
		string(org.RoleAgent):      true, string(org.RoleSupervisor): true, string(org.RoleAdministrator): true,
	}
	err := visit(&c, func(r reference) error {
		if !r.names {
			return nil
		}
		if known[r.id()] {
			return problem.New(problem.DuplicateID, "field", r.path, "id", r.id())
		}
		known[r.id()] = true
		return nil
	})
	if err != nil {
		return err
	}
	return visit(&c, func(r reference) error {
		if s := r.id(); s != "" && !known[s] {
			return problem.New(problem.UnknownReference, "field", r.path, "id", s)
		}
		return nil
	})
}

func checkUsers(c org.Config) error {
	emails, administrators := map[string]bool{}, 0
	err := each("users", c.Users, func(p string, u org.User) error {
		if !u.Disabled && u.Has(org.RoleAdministrator) {
			administrators++
		}
		again := emails[u.Email]
		emails[u.Email] = true
		return first(
			name(p+".name", u.Name), email(p+".email", u.Email),
			unless(again, problem.New(problem.DuplicateID, "field", p+".email", "id", u.Email)),
			within(p+".capacity", u.Capacity, 0, mostCapacity),
			unless(u.AnswerFactor != 0 && (u.AnswerFactor < 1 || u.AnswerFactor > 10), problem.New(problem.OutOfRange, "field", p+".answer_factor", "min", 1, "max", 10)),
			oneOf(p+".language", u.Language, "", "ar", "en"),
		)
	})
	return first(err, unless(administrators == 0, problem.New(problem.LastAdministrator)))
}

func checkQueues(c org.Config) error {
	return each("queues", c.Queues, func(p string, q org.Queue) error {
		return first(
			within(p+".priority", q.Priority, 1, 9),
			unless(q.RONA != 0, lasts(p+".rona", q.RONA, time.Second, longestAnswer)),
			oneOf(p+".on_unanswered", string(q.OnUnanswered), string(org.Requeue), string(org.Return), string(org.Close)),
			unless(q.WrapUpAuto != 0, lasts(p+".wrapup_auto", q.WrapUpAuto, time.Second, longest)),
		)
	})
}

var color = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)

func checkAssets(c org.Config) error {
	return each("assets", c.Assets, func(p string, a org.Asset) error {
		return first(
			unless(a.Key == "", invalid(p+".key")),
			unless(!color.MatchString(a.Color), invalid(p+".color")),
			each(p+".origins", a.Origins, origin),
			each(p+".languages", a.Languages, func(p, l string) error { return oneOf(p, l, "ar", "en") }),
			oneOf(p+".language", a.Language, a.Languages...),
			oneOf(p+".proof_of_work", string(a.Work), string(org.WorkOff), string(org.WorkLight), string(org.WorkStrong)),
		)
	})
}

// origin is scheme, host and port as a browser says them, and nothing more.
func origin(path, s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.Scheme+"://"+u.Host != s || strings.ToLower(s) != s {
		return invalid(path)
	}
	return nil
}

func checkProfiles(c org.Config) error {
	return each("profiles", c.Profiles, func(p string, x org.Profile) error {
		return unless(x.WrapUpAuto != 0, lasts(p+".wrapup_auto", x.WrapUpAuto, time.Second, longest))
	})
}

func checkTemplates(c org.Config) error {
	return each("templates", c.Templates, func(p string, t org.Template) error { return located(p, t.Check()) })
}

// What follows are the questions that the checks are made of. Each is nil or a
// problem that names the field.

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// unless is err where bad holds.
func unless(bad bool, err error) error {
	if bad {
		return err
	}
	return nil
}

func each[T any](path string, list []T, check func(path string, x T) error) error {
	for i, x := range list {
		if err := check(path+"."+strconv.Itoa(i), x); err != nil {
			return err
		}
	}
	return nil
}

func invalid(path string) error { return problem.New(problem.InvalidParameter, "parameter", path) }

func oneOf(path, value string, of ...string) error {
	return unless(!slices.Contains(of, value), invalid(path))
}

func within(path string, n, least, most int) error {
	return unless(n < least || n > most, problem.New(problem.OutOfRange, "field", path, "min", least, "max", most))
}

// lasts says the bounds in seconds.
func lasts(path string, d, least, most time.Duration) error {
	return unless(d < least || d > most,
		problem.New(problem.OutOfRange, "field", path, "min", int(least/time.Second), "max", int(most/time.Second)))
}

// named wants a name in one language at least.
func named(path string, n org.Name) error {
	if n == (org.Name{}) {
		return name(path, "")
	}
	for _, in := range []struct{ language, name string }{{"en", n.En}, {"ar", n.Ar}} {
		if in.name != "" {
			if err := name(path+"."+in.language, in.name); err != nil {
				return err
			}
		}
	}
	return nil
}

func name(path, s string) error {
	clean, err := text.Name(s, text.NameLimit)
	return unless(err != nil || clean != s, problem.New(problem.NameInvalid, "reason", "in_file", "field", path, "max", text.NameLimit))
}

func email(path, s string) error {
	a, err := mail.ParseAddress(s)
	bad := err != nil || a.Address != s || strings.ToLower(s) != s || utf8.RuneCountInString(s) > 254
	return unless(bad, problem.New(problem.EmailInvalid, "reason", "in_file", "field", path))
}

// located adds to a problem in which object it lies.
func located(path string, err error) error {
	if err == nil {
		return nil
	}
	params := []any{"field", path}
	for name, value := range problem.Of(err).Params {
		params = append(params, name, value)
	}
	return problem.New(problem.CodeOf(err), params...)
}
