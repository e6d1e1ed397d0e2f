package org

import (
	"strconv"
	"strings"
	"testing"

	"hiwar/internal/id"
	"hiwar/internal/problem"
)

func TestPreferencesAreChecked(t *testing.T) {
	many := map[string]string{}
	for n := range 101 {
		many["action"+strconv.Itoa(n)] = ""
	}
	for _, c := range []struct {
		what   string
		change func(*Preferences)
		code   problem.Code // "" is fine
		param  string
	}{
		{"the defaults", func(*Preferences) {}, "", ""},
		{"all of it chosen", func(p *Preferences) {
			*p = Preferences{"ar", "dark", "compact", "arab", "12", true, "count", 10, 100, Sounds{Tick: true}, true, true, false, map[string]string{"send": ""}, true, true, []id.Reason{"rsn_00000000000000000000000000"}}
		}, "", ""},
		{"a language we do not speak", func(p *Preferences) { p.Language = "fr" }, problem.InvalidParameter, "language"},
		{"no theme", func(p *Preferences) { p.Theme = "" }, problem.InvalidParameter, "theme"},
		{"density", func(p *Preferences) { p.Density = "cosy" }, problem.InvalidParameter, "density"},
		{"digits", func(p *Preferences) { p.Digits = "roman" }, problem.InvalidParameter, "digits"},
		{"hours", func(p *Preferences) { p.HourCycle = "10" }, problem.InvalidParameter, "hour_cycle"},
		{"verbosity", func(p *Preferences) { p.Verbosity = "some" }, problem.InvalidParameter, "verbosity"},
		{"too loud", func(p *Preferences) { p.Volume = 101 }, problem.OutOfRange, "volume"},
		{"softer than nothing", func(p *Preferences) { p.Volume = -1 }, problem.OutOfRange, "volume"},
		{"no time to answer", func(p *Preferences) { p.AnswerFactor = 0 }, problem.OutOfRange, "answer_factor"},
		{"more time than allowed", func(p *Preferences) { p.AnswerFactor = 11 }, problem.OutOfRange, "answer_factor"},
		{"a shortcut of nothing", func(p *Preferences) { p.Shortcuts = map[string]string{"": "x"} }, problem.InvalidParameter, "shortcuts"},
		{"a long chord", func(p *Preferences) { p.Shortcuts = map[string]string{"send": strings.Repeat("x", 61)} }, problem.InvalidParameter, "shortcuts"},
		{"a favourite that is no reason", func(p *Preferences) { p.Favorites = []id.Reason{"x"} }, problem.InvalidParameter, "favorite_reasons"},
		{"many favourites", func(p *Preferences) { p.Favorites = make([]id.Reason, 501) }, problem.OutOfRange, "favorite_reasons"},
		{"many shortcuts", func(p *Preferences) { p.Shortcuts = many }, problem.OutOfRange, "shortcuts"},
	} {
		p := DefaultPreferences()
		c.change(&p)
		err := p.Check(Defaults())
		if c.code == "" {
			if err != nil {
				t.Errorf("%s: %v", c.what, err)
			}
			continue
		}
		got := problem.Of(err)
		if got.Code != c.code || got.Params["parameter"] != c.param && got.Params["field"] != c.param {
			t.Errorf("%s: got %v, want %s of %s", c.what, err, c.code, c.param)
		}
	}
}
