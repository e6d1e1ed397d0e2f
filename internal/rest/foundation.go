package rest

import (
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"hiwar/internal/id"
	"hiwar/internal/locale"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/text"
)

// maxName is the longest name of anybody or anything, in characters.
const maxName = 80

// Mint makes an identifier of a new row.
func Mint[T ~string](prefix string) T {
	return id.Mint[T](prefix, uuid.Must(uuid.NewV7()))
}

// Foundation is what a new organization begins with: small, and complete enough
// to answer a customer. otherwise is its language where n says none; origins are
// this server's own.
func Foundation(n NewInstallation, otherwise locale.Lang, origins []string) (org.Config, org.User, error) {
	admin := org.User{
		ID: Mint[id.User](id.PrefixUser), Roles: []org.Role{org.RoleAgent, org.RoleSupervisor, org.RoleAdministrator}, Version: 1,
	}
	var o org.Organization
	var err error
	if o, err = newOrganization(otherwise, n); err != nil {
		return org.Config{}, admin, err
	}
	if admin.Name, err = cleanName(n.Name); err != nil {
		return org.Config{}, admin, err
	}
	if admin.Email, err = cleanEmail(n.Email); err != nil {
		return org.Config{}, admin, err
	}
	team := org.Team{ID: Mint[id.Team](id.PrefixTeam), Name: both(locale.PresetTeam), Version: 1}
	admin.Teams = []id.Team{team.ID}
	queue := org.Queue{
		ID: Mint[id.Queue](id.PrefixQueue), Name: both(locale.PresetQueue), Teams: []id.Team{team.ID},
		Priority: 5, OnUnanswered: org.Requeue, WrapUpRequired: true, Version: 1,
	}
	asset := org.Asset{
		ID: Mint[id.Asset](id.PrefixAsset), Key: strings.TrimPrefix(string(Mint[id.Asset](id.PrefixAsset)), "ast_"),
		Name: both(locale.PresetAsset), Queue: queue.ID, Origins: origins,
		Languages: []string{"ar", "en"}, Language: o.Language, Color: "#1160b7", Version: 1,
	}
	return org.Config{
		Organization: o, Users: []org.User{admin}, Teams: []org.Team{team}, Queues: []org.Queue{queue},
		Assets: []org.Asset{asset}, Reasons: presetReasons(), Templates: presetTemplates(), Version: 1,
	}, admin, nil
}

func newOrganization(otherwise locale.Lang, n NewInstallation) (org.Organization, error) {
	o := org.Organization{
		ID: Mint[id.Org](id.PrefixOrg), Language: string(otherwise), TimeZone: "UTC", Settings: org.Defaults(), Version: 1,
	}
	if n.Language != "" {
		lang, ok := locale.Parse(n.Language)
		if !ok {
			return o, problem.New(problem.InvalidParameter, "parameter", "language")
		}
		o.Language = string(lang)
	}
	if err := nameOrganization(&o, n.Organization); err != nil {
		return o, err
	}
	if n.TimeZone != "" {
		if _, err := time.LoadLocation(n.TimeZone); err != nil {
			return o, problem.New(problem.InvalidParameter, "parameter", "time_zone")
		}
		o.TimeZone = n.TimeZone
	}
	return o, nil
}

// nameOrganization gives it the name in its language. Who says none is asked
// by the steps of the first run that follow; until then it has one of ours.
func nameOrganization(o *org.Organization, given string) error {
	if given == "" {
		o.Name, o.Settings.Setup = both(locale.PresetOrganization), org.SetupOrganization
		// Once it is set up; who founds one by a program says so themselves.
		o.Settings.SecondStep = org.Administrators
		return nil
	}
	name, err := cleanName(given)
	if o.Language == string(locale.Arabic) {
		o.Name.Ar = name
	} else {
		o.Name.En = name
	}
	return err
}

func both(name func(locale.Lang) string) org.Name {
	return org.Name{En: name(locale.English), Ar: name(locale.Arabic)}
}

// presetReasons are the reasons everybody begins with, in the order of lists.
func presetReasons() []org.Reason {
	wrapUp := []func(locale.Lang) string{
		locale.WrapupReasonResolved, locale.WrapupReasonEscalated, locale.WrapupReasonFollowUp,
		locale.WrapupReasonCustomerLeft, locale.WrapupReasonWrongDepartment, locale.WrapupReasonSpam,
	}
	idle := []func(locale.Lang) string{
		locale.StateIdleBreak, locale.StateIdleLunch, locale.StateIdleMeeting, locale.StateIdleTraining,
	}
	var out []org.Reason
	for kind, names := range map[org.ReasonKind][]func(locale.Lang) string{org.WrapUpReason: wrapUp, org.IdleReason: idle} {
		for i, name := range names {
			out = append(out, org.Reason{ID: Mint[id.Reason](id.PrefixReason), Kind: kind, Name: both(name), Order: i + 1, Version: 1})
		}
	}
	slices.SortFunc(out, func(a, b org.Reason) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out
}

// presetTemplates are texts that fit any conversation, so that there is
// something to choose from before anybody has written their own.
func presetTemplates() []org.Template {
	begin, between, end := locale.PresetTemplateGroupBegin, locale.PresetTemplateGroupBetween, locale.PresetTemplateGroupEnd
	preset := func(order int, group, name, text func(locale.Lang) string) org.Template {
		return org.Template{
			ID: Mint[id.Template](id.PrefixTemplate), Group: both(group), Name: both(name), Text: both(text), Order: order, Version: 1,
		}
	}
	out := []org.Template{
		preset(1, begin, locale.PresetTemplateGreeting, locale.PresetTemplateGreetingText),
		preset(2, between, locale.PresetTemplateMoment, locale.PresetTemplateMomentText),
		preset(3, between, locale.PresetTemplateReference, locale.PresetTemplateReferenceText),
		preset(4, between, locale.PresetTemplateColleague, locale.PresetTemplateColleagueText),
		preset(5, end, locale.PresetTemplateClosing, locale.EndAskText),
		preset(6, end, locale.PresetTemplateGoodbye, locale.PresetTemplateGoodbyeText),
	}
	out[0].Start, out[4].End = true, true
	for i := 1; i <= 3; i++ {
		out[i].FollowUp = true
	}
	slices.SortFunc(out, func(a, b org.Template) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out
}

// cleanName is a name in the form it is stored and shown in.
func cleanName(s string) (string, error) {
	name, err := text.Name(s, maxName)
	if err != nil {
		return "", problem.New(problem.NameInvalid, "max", maxName).Because(err)
	}
	return name, nil
}

// cleanEmail is an address in the form it is stored and compared in.
func cleanEmail(s string) (string, error) {
	bad := problem.New(problem.EmailInvalid, "example", "name@example.org")
	s = strings.ToLower(strings.TrimSpace(s))
	if utf8.RuneCountInString(s) > 254 || strings.ContainsAny(s, "\r\n\t<>\" ") {
		return "", bad
	}
	parsed, err := mail.ParseAddress(s)
	if err != nil || parsed.Address != s || parsed.Name != "" {
		return "", bad
	}
	at := strings.LastIndexByte(s, '@')
	if domain := s[at+1:]; !strings.Contains(domain, ".") || strings.HasPrefix(domain, ".") || strings.HasSuffix(domain, ".") {
		return "", bad
	}
	return s, nil
}
