package main

import (
	_ "embed" // the sample's file
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	configuration "hiwar/internal/config"
	"hiwar/internal/id"
	"hiwar/internal/org"
)

// sampleWords is where the words of the sample stand for what they do.
const sampleWords = "sample"

// sampleID is the identifier of a thing of the sample, by its word.
func sampleID[T ~string](prefix, word string) T {
	return configuration.Named[T](sampleWords, prefix, word)
}

// sampleFile is the sample organization as a file of its configuration, with
// words for identifiers. The sites of its widgets are those of the usual port.
//
//go:embed sample.json
var sampleFile []byte

// organization is the sample organization, with its widgets on the sites of
// this demo. settings are "name=value", by the names of org.Settings, or
// "queue.name=value" for one of its queues.
func (d *demo) organization(settings []string) (org.Config, error) {
	c, err := organizationOf(sampleFile, sampleID[id.Org](id.PrefixOrg, "sample"), sampleWords)
	if err != nil {
		return c, err
	}
	for i := range c.Assets {
		c.Assets[i].Origins = []string{d.origin("shop"), d.origin("")}
	}
	for _, set := range settings {
		if err := setIn(&c, set); err != nil {
			return c, err
		}
	}
	return c, nil
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
