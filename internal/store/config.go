package store

import (
	"context"
	"database/sql"
	"fmt"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

var organizations = table[org.Organization]{
	name: "organizations",
	columns: []column[org.Organization]{
		{"name_en", func(o *org.Organization) cell { return text(&o.Name.En) }},
		{"name_ar", func(o *org.Organization) cell { return text(&o.Name.Ar) }},
		{"language", func(o *org.Organization) cell { return text(&o.Language) }},
		{"time_zone", func(o *org.Organization) cell { return text(&o.TimeZone) }},
		{"settings", func(o *org.Organization) cell { return document(&o.Settings) }},
		{"version", func(o *org.Organization) cell { return number(&o.Version) }},
	},
}

var users = table[org.User]{
	name: "users", key: []string{"id"},
	columns: []column[org.User]{
		{"id", func(u *org.User) cell { return text(&u.ID) }},
		{"name", func(u *org.User) cell { return text(&u.Name) }},
		{"email", func(u *org.User) cell { return text(&u.Email) }},
		{"roles", func(u *org.User) cell { return document(&u.Roles) }},
		{"capacity", func(u *org.User) cell { return number(&u.Capacity) }},
		{"exclusive", func(u *org.User) cell { return text(&u.Exclusive) }},
		{"skills", func(u *org.User) cell { return document(&u.Skills) }},
		{"answer_factor", func(u *org.User) cell { return real(&u.AnswerFactor) }},
		{"profile", func(u *org.User) cell { return text(&u.Profile) }},
		{"language", func(u *org.User) cell { return text(&u.Language) }},
		{"disabled", func(u *org.User) cell { return flag(&u.Disabled) }},
		{"version", func(u *org.User) cell { return number(&u.Version) }},
	},
}

var roles = table[org.OwnRole]{
	name: "roles", key: []string{"id"},
	columns: []column[org.OwnRole]{
		{"id", func(r *org.OwnRole) cell { return text(&r.ID) }},
		{"name_en", func(r *org.OwnRole) cell { return text(&r.Name.En) }},
		{"name_ar", func(r *org.OwnRole) cell { return text(&r.Name.Ar) }},
		{"permissions", func(r *org.OwnRole) cell { return document(&r.Permissions) }},
		{"archived", func(r *org.OwnRole) cell { return flag(&r.Archived) }},
		{"version", func(r *org.OwnRole) cell { return number(&r.Version) }},
	},
}

var teams = table[org.Team]{
	name: "teams", key: []string{"id"},
	columns: []column[org.Team]{
		{"id", func(t *org.Team) cell { return text(&t.ID) }},
		{"name_en", func(t *org.Team) cell { return text(&t.Name.En) }},
		{"name_ar", func(t *org.Team) cell { return text(&t.Name.Ar) }},
		{"capacity", func(t *org.Team) cell { return number(&t.Capacity) }},
		{"exclusive", func(t *org.Team) cell { return text(&t.Exclusive) }},
		{"version", func(t *org.Team) cell { return number(&t.Version) }},
	},
}

var queues = table[org.Queue]{
	name: "queues", key: []string{"id"},
	columns: []column[org.Queue]{
		{"id", func(q *org.Queue) cell { return text(&q.ID) }},
		{"name_en", func(q *org.Queue) cell { return text(&q.Name.En) }},
		{"name_ar", func(q *org.Queue) cell { return text(&q.Name.Ar) }},
		{"wider", func(q *org.Queue) cell { return document(&q.Wider) }},
		{"rule", func(q *org.Queue) cell { return text(&q.Rule) }},
		{"requires", func(q *org.Queue) cell { return document(&q.Requires) }},
		{"language_level", func(q *org.Queue) cell { return number(&q.LanguageLevel) }},
		{"language_relax", func(q *org.Queue) cell { return number(&q.LanguageRelax) }},
		{"per_agent", func(q *org.Queue) cell { return number(&q.PerAgent) }},
		{"sticky", func(q *org.Queue) cell { return number(&q.Sticky) }},
		{"manual_pick", func(q *org.Queue) cell { return flag(&q.ManualPick) }},
		{"priority", func(q *org.Queue) cell { return number(&q.Priority) }},
		{"rona", func(q *org.Queue) cell { return number(&q.RONA) }},
		{"on_unanswered", func(q *org.Queue) cell { return text(&q.OnUnanswered) }},
		{"transfers_join_end", func(q *org.Queue) cell { return flag(&q.TransfersJoinEnd) }},
		{"wrapup_required", func(q *org.Queue) cell { return flag(&q.WrapUpRequired) }},
		{"wrapup_auto", func(q *org.Queue) cell { return number(&q.WrapUpAuto) }},
		{"wrapup_default", func(q *org.Queue) cell { return text(&q.WrapUpDefault) }},
		{"limits", func(q *org.Queue) cell { return document(&q.Limits) }},
		{"archived", func(q *org.Queue) cell { return flag(&q.Archived) }},
		{"version", func(q *org.Queue) cell { return number(&q.Version) }},
	},
}

var openings = table[org.Hours]{
	name: "hours", key: []string{"id"},
	columns: []column[org.Hours]{
		{"id", func(h *org.Hours) cell { return text(&h.ID) }},
		{"name_en", func(h *org.Hours) cell { return text(&h.Name.En) }},
		{"name_ar", func(h *org.Hours) cell { return text(&h.Name.Ar) }},
		{"schedule", func(h *org.Hours) cell { return document(&h.Schedule) }},
		{"version", func(h *org.Hours) cell { return number(&h.Version) }},
	},
}

var assets = table[org.Asset]{
	name: "assets", key: []string{"id"},
	columns: []column[org.Asset]{
		{"id", func(a *org.Asset) cell { return text(&a.ID) }},
		{"key", func(a *org.Asset) cell { return text(&a.Key) }},
		{"name_en", func(a *org.Asset) cell { return text(&a.Name.En) }},
		{"name_ar", func(a *org.Asset) cell { return text(&a.Name.Ar) }},
		{"queue", func(a *org.Asset) cell { return text(&a.Queue) }},
		{"requires", func(a *org.Asset) cell { return document(&a.Requires) }},
		{"priority", func(a *org.Asset) cell { return number(&a.Priority) }},
		{"origins", func(a *org.Asset) cell { return document(&a.Origins) }},
		{"languages", func(a *org.Asset) cell { return document(&a.Languages) }},
		{"language", func(a *org.Asset) cell { return text(&a.Language) }},
		{"color", func(a *org.Asset) cell { return text(&a.Color) }},
		{"form", func(a *org.Asset) cell { return document(&a.Form) }},
		{"attachments", func(a *org.Asset) cell { return document(&a.Files) }},
		{"identity_required", func(a *org.Asset) cell { return flag(&a.IdentityRequired) }},
		{"work", func(a *org.Asset) cell { return text(&a.Work) }},
		{"deleted", func(a *org.Asset) cell { return flag(&a.Deleted) }},
		{"version", func(a *org.Asset) cell { return number(&a.Version) }},
	},
}

var reasons = table[org.Reason]{
	name: "reasons", key: []string{"id"},
	columns: []column[org.Reason]{
		{"id", func(r *org.Reason) cell { return text(&r.ID) }},
		{"kind", func(r *org.Reason) cell { return text(&r.Kind) }},
		{"name_en", func(r *org.Reason) cell { return text(&r.Name.En) }},
		{"name_ar", func(r *org.Reason) cell { return text(&r.Name.Ar) }},
		{"in_group", func(r *org.Reason) cell { return text(&r.Group) }},
		{"position", func(r *org.Reason) cell { return number(&r.Order) }},
		{"archived", func(r *org.Reason) cell { return flag(&r.Archived) }},
		{"version", func(r *org.Reason) cell { return number(&r.Version) }},
	},
}

var templates = table[org.Template]{
	name: "templates", key: []string{"id"},
	columns: []column[org.Template]{
		{"id", func(t *org.Template) cell { return text(&t.ID) }},
		{"name_en", func(t *org.Template) cell { return text(&t.Name.En) }},
		{"name_ar", func(t *org.Template) cell { return text(&t.Name.Ar) }},
		{"group_en", func(t *org.Template) cell { return text(&t.Group.En) }},
		{"group_ar", func(t *org.Template) cell { return text(&t.Group.Ar) }},
		{"text_en", func(t *org.Template) cell { return text(&t.Text.En) }},
		{"text_ar", func(t *org.Template) cell { return text(&t.Text.Ar) }},
		{"starts", func(t *org.Template) cell { return flag(&t.Start) }},
		{"follows", func(t *org.Template) cell { return flag(&t.FollowUp) }},
		{"ends", func(t *org.Template) cell { return flag(&t.End) }},
		{"position", func(t *org.Template) cell { return number(&t.Order) }},
		{"archived", func(t *org.Template) cell { return flag(&t.Archived) }},
		{"version", func(t *org.Template) cell { return number(&t.Version) }},
	},
}

var profiles = table[org.Profile]{
	name: "profiles", key: []string{"id"},
	columns: []column[org.Profile]{
		{"id", func(p *org.Profile) cell { return text(&p.ID) }},
		{"name_en", func(p *org.Profile) cell { return text(&p.Name.En) }},
		{"name_ar", func(p *org.Profile) cell { return text(&p.Name.Ar) }},
		{"queues", func(p *org.Profile) cell { return document(&p.Queues) }},
		{"teams", func(p *org.Profile) cell { return document(&p.Teams) }},
		{"idle_reasons", func(p *org.Profile) cell { return document(&p.IdleReasons) }},
		{"wrapup_reasons", func(p *org.Profile) cell { return document(&p.WrapUpReasons) }},
		{"templates", func(p *org.Profile) cell { return document(&p.Templates) }},
		{"wrapup_auto", func(p *org.Profile) cell { return number(&p.WrapUpAuto) }},
		{"version", func(p *org.Profile) cell { return number(&p.Version) }},
	},
}

var skills = table[org.Skill]{
	name: "skills", key: []string{"id"},
	columns: []column[org.Skill]{
		{"id", func(s *org.Skill) cell { return text(&s.ID) }},
		{"name_en", func(s *org.Skill) cell { return text(&s.Name.En) }},
		{"name_ar", func(s *org.Skill) cell { return text(&s.Name.Ar) }},
		{"kind", func(s *org.Skill) cell { return text(&s.Kind) }},
		{"choices", func(s *org.Skill) cell { return document(&s.Choices) }},
		{"language", func(s *org.Skill) cell { return text(&s.Language) }},
		{"archived", func(s *org.Skill) cell { return flag(&s.Archived) }},
		{"version", func(s *org.Skill) cell { return number(&s.Version) }},
	},
}

var providers = table[org.Provider]{
	name: "providers", key: []string{"id"},
	columns: []column[org.Provider]{
		{"id", func(p *org.Provider) cell { return text(&p.ID) }},
		{"name_en", func(p *org.Provider) cell { return text(&p.Name.En) }},
		{"name_ar", func(p *org.Provider) cell { return text(&p.Name.Ar) }},
		{"issuer", func(p *org.Provider) cell { return text(&p.Issuer) }},
		{"client_id", func(p *org.Provider) cell { return text(&p.ClientID) }},
		{"scopes", func(p *org.Provider) cell { return document(&p.Scopes) }},
		{"creates", func(p *org.Provider) cell { return flag(&p.Create) }},
		{"ask_step", func(p *org.Provider) cell { return flag(&p.AskStep) }},
		{"rules", func(p *org.Provider) cell { return document(&p.Rules) }},
		{"archived", func(p *org.Provider) cell { return flag(&p.Archived) }},
		{"version", func(p *org.Provider) cell { return number(&p.Version) }},
	},
}

// list is a table that says what belongs to what, in order.
type list struct{ table, owner, member string }

var (
	userTeams     = list{"user_teams", "user_id", "team"}
	queueTeams    = list{"queue_teams", "queue", "team"}
	queueReasons  = list{"queue_reasons", "queue", "reason"}
	templateTeams = list{"template_teams", "template", "team"}
)

// load calls add for each member, in order within its owner.
func (l list) load(ctx context.Context, q queryer, o id.Org, add func(owner, member string)) error {
	query := fmt.Sprintf("SELECT %s, %s FROM %s WHERE org = ? ORDER BY %s, position", l.owner, l.member, l.table, l.owner)
	_, err := collect(ctx, q, l.table, func(rows *sql.Rows) (none struct{}, err error) {
		var owner, member string
		if err := rows.Scan(&owner, &member); err != nil {
			return none, err
		}
		add(owner, member)
		return none, nil
	}, query, string(o))
	return err
}

// of lists the members of one owner, in order.
func (l list) of(ctx context.Context, q queryer, o id.Org, owner string) ([]string, error) {
	query := fmt.Sprintf("SELECT %s FROM %s WHERE org = ? AND %s = ? ORDER BY position", l.member, l.table, l.owner)
	return collect(ctx, q, l.table, func(rows *sql.Rows) (member string, err error) {
		return member, rows.Scan(&member)
	}, query, string(o), owner)
}

// loadConfig reads everything set up in one organization; false if there is no
// such organization.
func loadConfig(ctx context.Context, q queryer, o id.Org) (c org.Config, ok bool, err error) {
	found, err := collect(ctx, q, "organization", func(rows *sql.Rows) (c org.Config, err error) {
		c.Organization.ID = o
		return c, rows.Scan(append(organizations.cells(&c.Organization), &c.Version)...)
	}, "SELECT "+organizations.list()+", config_version FROM organizations WHERE org = ?", string(o))
	if err != nil || len(found) == 0 {
		return c, false, err
	}
	c = found[0]
	if c.Users, err = users.load(ctx, q, string(o), ""); err != nil {
		return c, false, err
	}
	if c.Roles, err = roles.load(ctx, q, string(o), ""); err != nil {
		return c, false, err
	}
	if c.Teams, err = teams.load(ctx, q, string(o), ""); err != nil {
		return c, false, err
	}
	if c.Queues, err = queues.load(ctx, q, string(o), ""); err != nil {
		return c, false, err
	}
	if c.Assets, err = assets.load(ctx, q, string(o), ""); err != nil {
		return c, false, err
	}
	if c.Reasons, err = reasons.load(ctx, q, string(o), ""); err != nil {
		return c, false, err
	}
	if c.Templates, err = templates.load(ctx, q, string(o), ""); err != nil {
		return c, false, err
	}
	if c.Profiles, err = profiles.load(ctx, q, string(o), ""); err != nil {
		return c, false, err
	}
	if c.Hours, err = openings.load(ctx, q, string(o), ""); err != nil {
		return c, false, err
	}
	if c.Skills, err = skills.load(ctx, q, string(o), ""); err != nil {
		return c, false, err
	}
	if c.Providers, err = providers.load(ctx, q, string(o), ""); err != nil {
		return c, false, err
	}
	return c, true, loadLists(ctx, q, o, &c)
}

func loadLists(ctx context.Context, q queryer, o id.Org, c *org.Config) error {
	byUser, byQueue, byTemplate := map[string]*org.User{}, map[string]*org.Queue{}, map[string]*org.Template{}
	for i := range c.Users {
		byUser[string(c.Users[i].ID)] = &c.Users[i]
	}
	for i := range c.Queues {
		byQueue[string(c.Queues[i].ID)] = &c.Queues[i]
	}
	for i := range c.Templates {
		byTemplate[string(c.Templates[i].ID)] = &c.Templates[i]
	}
	if err := userTeams.load(ctx, q, o, func(user, team string) {
		byUser[user].Teams = append(byUser[user].Teams, id.Team(team))
	}); err != nil {
		return err
	}
	if err := queueTeams.load(ctx, q, o, func(queue, team string) {
		byQueue[queue].Teams = append(byQueue[queue].Teams, id.Team(team))
	}); err != nil {
		return err
	}
	if err := templateTeams.load(ctx, q, o, func(template, team string) {
		byTemplate[template].Teams = append(byTemplate[template].Teams, id.Team(team))
	}); err != nil {
		return err
	}
	return queueReasons.load(ctx, q, o, func(queue, reason string) {
		byQueue[queue].WrapUpReasons = append(byQueue[queue].WrapUpReasons, id.Reason(reason))
	})
}

// saveConfig writes the objects that are in c, new or changed; what is not in
// c stays as it is. What others refer to comes before them.
func (w *writer) saveConfig(o id.Org, c *org.Config) error {
	if c.Organization.ID != "" {
		err := w.exec(insertOrganization, append(organizations.args(string(o), &c.Organization), c.Version)...)
		if err != nil {
			return err
		}
	} else if err := w.exec(`UPDATE organizations SET config_version = ? WHERE org = ?`, c.Version, string(o)); err != nil {
		return err
	}
	if err := save(w, skills, o, c.Skills); err != nil {
		return err
	}
	if err := save(w, teams, o, c.Teams); err != nil {
		return err
	}
	if err := save(w, roles, o, c.Roles); err != nil {
		return err
	}
	if err := save(w, users, o, c.Users); err != nil {
		return err
	}
	if err := save(w, reasons, o, c.Reasons); err != nil {
		return err
	}
	if err := save(w, openings, o, c.Hours); err != nil {
		return err
	}
	if err := save(w, queues, o, c.Queues); err != nil {
		return err
	}
	if err := save(w, assets, o, c.Assets); err != nil {
		return err
	}
	if err := save(w, templates, o, c.Templates); err != nil {
		return err
	}
	if err := save(w, profiles, o, c.Profiles); err != nil {
		return err
	}
	if err := save(w, providers, o, c.Providers); err != nil {
		return err
	}
	return w.saveLists(o, c)
}

var insertOrganization = `INSERT INTO organizations (n, org, ` + organizations.list() + `, config_version)
	VALUES ((SELECT coalesce(max(n), 0) + 1 FROM organizations), ` + placeholders(len(organizations.columns)+2) + `) ON CONFLICT (org) DO UPDATE SET name_en = excluded.name_en, name_ar = excluded.name_ar,
	language = excluded.language, time_zone = excluded.time_zone, settings = excluded.settings, version = excluded.version,
	config_version = excluded.config_version`

func (w *writer) saveLists(o id.Org, c *org.Config) error {
	for i := range c.Users {
		if err := saveList(w, userTeams, o, string(c.Users[i].ID), c.Users[i].Teams); err != nil {
			return err
		}
	}
	for i := range c.Queues {
		q := &c.Queues[i]
		if err := saveList(w, queueTeams, o, string(q.ID), q.Teams); err != nil {
			return err
		}
		if err := saveList(w, queueReasons, o, string(q.ID), q.WrapUpReasons); err != nil {
			return err
		}
	}
	for i := range c.Templates {
		if err := saveList(w, templateTeams, o, string(c.Templates[i].ID), c.Templates[i].Teams); err != nil {
			return err
		}
	}
	return nil
}

func saveList[T ~string](w *writer, l list, o id.Org, owner string, members []T) error {
	if err := w.exec(fmt.Sprintf(`DELETE FROM %s WHERE org = ? AND %s = ?`, l.table, l.owner), string(o), owner); err != nil {
		return err
	}
	insert := fmt.Sprintf(`INSERT INTO %s (org, %s, %s, position) VALUES (?, ?, ?, ?)`, l.table, l.owner, l.member)
	for i, m := range members {
		if err := w.exec(insert, string(o), owner, string(m), i); err != nil {
			return err
		}
	}
	return nil
}

// save writes rows of one table, new or not. On SQLite it is two statements and
// no upsert: in a table that others refer to, it looks for each upsert whether
// anything refers to the key, which is to read all requests and parts there ever
// were whenever a task changes. Where statements go together the second cannot
// depend on the first, and an upsert costs no such look.
func save[T any](w *writer, t table[T], o id.Org, rows []T) error {
	if len(rows) == 0 {
		return nil
	}
	if w.pipe != nil {
		for i := range rows {
			if err := w.exec(t.upsert(), t.args(string(o), &rows[i])...); err != nil {
				return err
			}
		}
		return nil
	}
	insert, update := t.insert(), t.update()
	for i := range rows {
		n, err := w.affected(update, t.changed(string(o), &rows[i])...)
		if err == nil && n == 0 {
			err = w.exec(insert, t.args(string(o), &rows[i])...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
