package config

import (
	"reflect"
	"strconv"
	"strings"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// prefixes are the identifiers that occur in a configuration, by their type.
// A test holds the list complete.
var prefixes = map[reflect.Type]string{
	reflect.TypeFor[id.Team]():     id.PrefixTeam,
	reflect.TypeFor[id.User]():     id.PrefixUser,
	reflect.TypeFor[id.Profile]():  id.PrefixProfile,
	reflect.TypeFor[id.Reason]():   id.PrefixReason,
	reflect.TypeFor[id.Queue]():    id.PrefixQueue,
	reflect.TypeFor[id.Asset]():    id.PrefixAsset,
	reflect.TypeFor[id.Template](): id.PrefixTemplate,
	reflect.TypeFor[id.Hours]():    id.PrefixHours,
	reflect.TypeFor[id.Skill]():    id.PrefixSkill,
	reflect.TypeFor[id.Provider](): id.PrefixProvider,
	reflect.TypeFor[org.Role]():    id.PrefixRole,
}

// reference is one identifier in a configuration.
type reference struct {
	path   string // as in "queues.3.teams.0"
	prefix string
	names  bool // it is an object's own identifier
	value  reflect.Value
}

func (r reference) id() string   { return r.value.String() }
func (r reference) set(s string) { r.value.SetString(s) }

// visit calls f with every identifier in what v points to, in order, until f
// fails.
func visit(v any, f func(reference) error) error {
	return walk(reflect.ValueOf(v).Elem(), "", f)
}

func walk(v reflect.Value, path string, f func(reference) error) error {
	if prefix, ok := prefixes[v.Type()]; ok {
		return f(reference{path: path, prefix: prefix, names: isName(path), value: v})
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			tag, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			if tag == "-" || tag == "" {
				continue
			}
			if err := walk(v.Field(i), below(path, tag), f); err != nil {
				return err
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			if err := walk(v.Index(i), below(path, strconv.Itoa(i)), f); err != nil {
				return err
			}
		}
	}
	return nil
}

// isName tells "queues.3.id" from "queues.3.wrapup_default".
func isName(path string) bool {
	return strings.Count(path, ".") == 2 && strings.HasSuffix(path, ".id")
}

func below(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
