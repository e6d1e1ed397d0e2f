package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/sim"
)

// sampleID is the identifier of a thing of the sample, by its key.
func sampleID[T ~string](prefix, key string) T {
	sum := sha256.Sum256([]byte("sample/" + prefix + "/" + key))
	return id.Mint[T](prefix, [16]byte(sum[:16]))
}

// organization turns the sample into the server's own objects. settings are
// "name=value", by the names of org.Settings, or "queue.name=value" for one of
// its queues.
func (d *demo) organization(settings []string) (org.Config, error) {
	s := d.sample
	c := org.Config{Version: 1, Organization: org.Organization{
		ID: sampleID[id.Org](id.PrefixOrg, "sample"), Name: org.Name(s.Name), Language: s.Language, TimeZone: s.TimeZone,
		Settings: org.Defaults(), Version: 1,
	}}
	for _, t := range s.Teams {
		c.Teams = append(c.Teams, org.Team{ID: sampleID[id.Team](id.PrefixTeam, t.Key), Name: org.Name(t.Name), Version: 1})
	}
	for _, q := range s.Queues {
		c.Queues = append(c.Queues, org.Queue{
			ID: sampleID[id.Queue](id.PrefixQueue, q.Key), Name: org.Name(q.Name), Teams: teams(q.Teams), Priority: 5,
			OnUnanswered: unanswered(q.OnUnanswered), WrapUpRequired: q.WrapUpRequired, WrapUpAuto: q.WrapUpAuto, Version: 1,
		})
	}
	for _, u := range s.Users {
		c.Users = append(c.Users, sampleUser(u))
	}
	for _, a := range s.Assets {
		c.Assets = append(c.Assets, org.Asset{
			ID: sampleID[id.Asset](id.PrefixAsset, a.Key), Key: a.PublicKey, Name: org.Name(a.Name),
			Queue: sampleID[id.Queue](id.PrefixQueue, a.Queue), Origins: []string{d.origin("shop"), d.origin("")},
			Languages: []string{"ar", "en"}, Language: a.Language, Color: a.Color, Version: 1,
		})
	}
	c.Reasons = append(sampleReasons(org.WrapUpReason, s.WrapUps), sampleReasons(org.IdleReason, s.IdleWith)...)
	for _, set := range settings {
		if err := setIn(&c, set); err != nil {
			return c, err
		}
	}
	for i, t := range s.Templates {
		c.Templates = append(c.Templates, sampleTemplate(t, i+1))
		if err := c.Templates[i].Check(); err != nil {
			return c, fmt.Errorf("template %s: %w", t.Key, err)
		}
	}
	byID(c.Templates, func(t org.Template) id.Template { return t.ID })
	byID(c.Teams, func(t org.Team) id.Team { return t.ID })
	byID(c.Queues, func(q org.Queue) id.Queue { return q.ID })
	byID(c.Users, func(u org.User) id.User { return u.ID })
	byID(c.Assets, func(a org.Asset) id.Asset { return a.ID })
	byID(c.Reasons, func(r org.Reason) id.Reason { return r.ID })
	return c, nil
}

func byID[T any, I ~string](items []T, key func(T) I) {
	slices.SortFunc(items, func(a, b T) int { return strings.Compare(string(key(a)), string(key(b))) })
}

func sampleUser(u sim.User) org.User {
	out := org.User{
		ID: sampleID[id.User](id.PrefixUser, u.Key), Name: u.Name, Email: u.Email, Teams: teams(u.Teams), Language: u.Language, Version: 1,
	}
	for _, r := range u.Roles {
		out.Roles = append(out.Roles, org.Role(r))
	}
	return out
}

func sampleTemplate(t sim.Template, order int) org.Template {
	return org.Template{
		ID: sampleID[id.Template](id.PrefixTemplate, t.Key), Name: org.Name(t.Name), Group: org.Name(t.Group), Text: org.Name(t.Text),
		Start: t.Start, FollowUp: t.FollowUp, End: t.End, Teams: teams(t.Teams), Order: order, Version: 1,
	}
}

func teams(keys []string) (out []id.Team) {
	for _, k := range keys {
		out = append(out, sampleID[id.Team](id.PrefixTeam, k))
	}
	slices.Sort(out)
	return out
}

func unanswered(policy string) org.Unanswered {
	if policy == "" {
		return org.Requeue
	}
	return org.Unanswered(policy)
}

func sampleReasons(kind org.ReasonKind, reasons []sim.Reason) (out []org.Reason) {
	for i, r := range reasons {
		out = append(out, org.Reason{ID: reasonID(r.Key), Kind: kind, Name: org.Name(r.Name), Order: i + 1, Version: 1})
	}
	return out
}

// setIn sets one setting from "name=value" or "queue.name=value"; durations as
// Go writes them.
func setIn(c *org.Config, set string) error {
	name, value, ok := strings.Cut(set, "=")
	if !ok {
		return fmt.Errorf("set: %q is not name=value", set)
	}
	queue, of, ok := strings.Cut(name, ".")
	if !ok {
		return setSetting(&c.Organization.Settings, name, value)
	}
	for i := range c.Queues {
		if c.Queues[i].ID != sampleID[id.Queue](id.PrefixQueue, queue) {
			continue
		}
		if err := setQueue(&c.Queues[i], of, value); err != nil {
			return fmt.Errorf("set %s: %w", name, err)
		}
		return nil
	}
	return fmt.Errorf("set: there is no queue %q", queue)
}

func setQueue(q *org.Queue, name, value string) (err error) {
	switch name {
	case "on_unanswered":
		q.OnUnanswered = org.Unanswered(value)
		if !slices.Contains([]org.Unanswered{org.Requeue, org.Return, org.Close}, q.OnUnanswered) {
			err = fmt.Errorf("%q is not requeue, return or close", value)
		}
	case "wrapup_required":
		q.WrapUpRequired, err = strconv.ParseBool(value)
	case "manual_pick":
		q.ManualPick, err = strconv.ParseBool(value)
	case "wrapup_auto":
		q.WrapUpAuto, err = time.ParseDuration(value)
	default:
		err = errors.New("a queue has no such setting")
	}
	return err
}

func setSetting(s *org.Settings, name, value string) error {
	v := reflect.ValueOf(s).Elem()
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("json") != name {
			continue
		}
		if err := setField(v.Field(i), value); err != nil {
			return fmt.Errorf("set %s: %w", name, err)
		}
		return nil
	}
	return fmt.Errorf("set: there is no setting %q", name)
}

func setField(f reflect.Value, value string) error {
	if f.Type() == reflect.TypeFor[time.Duration]() {
		d, err := time.ParseDuration(value)
		f.SetInt(int64(d))
		return err
	}
	switch f.Kind() {
	case reflect.Int:
		n, err := strconv.Atoi(value)
		f.SetInt(int64(n))
		return err
	case reflect.Bool:
		b, err := strconv.ParseBool(value)
		f.SetBool(b)
		return err
	default:
		f.SetString(value)
		return nil
	}
}
