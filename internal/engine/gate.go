package engine

import (
	"reflect"
	"sync"

	"hiwar/internal/id"
	"hiwar/internal/mask"
	"hiwar/internal/org"
)

// Whatever people write passes here before anything else is done with it: what
// is behind the gate has no card numbers in it (G25), so that none can come to
// the disk, an index, the bus, a log, or the digest by which a repetition is
// known.

// It is the caller's goroutine that waits for it. Should the patterns have
// changed until the loop comes to the request, or not have been loaded yet, it
// passes once more: masking again changes nothing more.

// gate knows every organization's own patterns.
type gate struct {
	mu   sync.RWMutex
	sets map[id.Org]*mask.Set
}

// configured puts an organization's patterns in force.
func (g *gate) configured(c org.Config) error {
	set, err := mask.New(c.Organization.Settings.Mask)
	if err != nil {
		return err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.sets == nil {
		g.sets = map[id.Org]*mask.Set{}
	}
	g.sets[c.Organization.ID] = set
	return nil
}

func (g *gate) of(o id.Org) *mask.Set {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.sets[o]
}

// Masked is a text as it may be kept, for what is stored by others than the
// engine.
func (e *Engine) Masked(o id.Org, text string) string { return e.gate.of(o).Text(text) }

// through is the request as it may be looked at, where these patterns hold. It reads every text of every
// command there is, so that none can be forgotten: whatever is a string and not
// of a type of its own, as identifiers and choices are.
//
// The organization's own patterns are about what is written in conversations. A
// configuration passes without them, or one that hides addresses would disable
// everybody's.
func through(q Request, set *mask.Set) Request {
	if _, file := q.Command.(PutOn); file {
		set = nil
	}
	v := reflect.ValueOf(q.Command)
	if !v.IsValid() || !differs(v, set) {
		return q
	}
	masked := reflect.New(v.Type()).Elem()
	masked.Set(v)
	replace(masked, set)
	q.Command, _ = masked.Interface().(Command)
	return q
}

// Passed is the configuration of an organization that is being founded, as it
// may be kept: it comes by no command.
func Passed(c org.Config) org.Config {
	own := reflect.New(reflect.TypeFor[org.Config]()).Elem()
	own.Set(reflect.ValueOf(c))
	replace(own, nil)
	passed, _ := own.Interface().(org.Config)
	return passed
}

var written = reflect.TypeFor[string]()

// differs reports whether a text in v is another one masked.
func differs(v reflect.Value, set *mask.Set) bool {
	switch v.Kind() {
	case reflect.String:
		return v.Type() == written && set.Text(v.String()) != v.String()
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() && differs(v.Field(i), set) {
				return true
			}
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return false
		}
		for i := range v.Len() {
			if differs(v.Index(i), set) {
				return true
			}
		}
	case reflect.Map:
		for e := v.MapRange(); e.Next(); {
			if differs(e.Key(), set) || differs(e.Value(), set) {
				return true
			}
		}
	case reflect.Pointer, reflect.Interface:
		return !v.IsNil() && differs(v.Elem(), set)
	}
	return false
}

// replace masks the texts in v, which can be set. What v shares with the caller
// is copied first.
func replace(v reflect.Value, set *mask.Set) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == written {
			v.SetString(set.Text(v.String()))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				replace(v.Field(i), set)
			}
		}
	case reflect.Array:
		for i := range v.Len() {
			replace(v.Index(i), set)
		}
	case reflect.Slice:
		if v.IsNil() || v.Type().Elem().Kind() == reflect.Uint8 {
			return
		}
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		v.Set(own)
		for i := range own.Len() {
			replace(own.Index(i), set)
		}
	case reflect.Map:
		if v.IsNil() {
			return
		}
		own := reflect.MakeMapWithSize(v.Type(), v.Len())
		for e := v.MapRange(); e.Next(); {
			own.SetMapIndex(maskedCopy(e.Key(), set), maskedCopy(e.Value(), set))
		}
		v.Set(own)
	case reflect.Pointer:
		if !v.IsNil() {
			own := reflect.New(v.Type().Elem())
			own.Elem().Set(v.Elem())
			replace(own.Elem(), set)
			v.Set(own)
		}
	case reflect.Interface:
		if !v.IsNil() {
			v.Set(maskedCopy(v.Elem(), set))
		}
	}
}

func maskedCopy(v reflect.Value, set *mask.Set) reflect.Value {
	own := reflect.New(v.Type()).Elem()
	own.Set(v)
	replace(own, set)
	return own
}
