package org

import (
	"slices"

	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// Preferences are what somebody chose for themselves; nobody else's work
// depends on them but through AnswerFactor, which routing obeys.
type Preferences struct {
	Language     string            `json:"language" enum:",ar,en" doc:"empty: the organization's"`
	Theme        string            `json:"theme" enum:"system,light,dark"`
	Density      string            `json:"density" enum:"comfortable,compact"`
	Digits       string            `json:"digits" enum:"organization,latn,arab"`
	HourCycle    string            `json:"hour_cycle" enum:"organization,12,24"`
	Hijri        bool              `json:"hijri" doc:"the date of the Hijri calendar as a second line"`
	Verbosity    string            `json:"verbosity" enum:"all,names,count,off" doc:"how much of what arrives is spoken"`
	AnswerFactor int               `json:"answer_factor" minimum:"1" doc:"multiplies the time to answer a request, up to the organization's answer_factor_most; from the next request on"`
	Volume       int               `json:"volume" minimum:"0" maximum:"100"`
	Sounds       Sounds            `json:"sounds"`
	Silent       bool              `json:"silent" doc:"no sound at all, for now"`
	Notices      bool              `json:"notifications" doc:"desktop notifications are wanted; the browser has its own say"`
	HideText     bool              `json:"hide_text" doc:"what was written is not shown in notifications"`
	Shortcuts    map[string]string `json:"shortcuts" doc:"chords by action, for those that were changed; empty: off. Sent, it replaces all"`
	SingleKeys   bool              `json:"single_keys" doc:"shortcuts of one letter"`
	EndHintSeen  bool              `json:"end_hint_seen" doc:"the hint before ending was read once"`
	Favorites    []id.Reason       `json:"favorite_reasons" doc:"wrap-up reasons that a long list begins with"`
}

// Sounds says for what there is one.
type Sounds struct {
	Request     bool `json:"request" required:"false"`
	Message     bool `json:"message" required:"false"`
	Tick        bool `json:"tick" required:"false" doc:"a message in the conversation one looks at"`
	Missed      bool `json:"missed" required:"false"`
	Accepted    bool `json:"accepted" required:"false"`
	Interrupted bool `json:"interrupted" required:"false"`
}

// DefaultPreferences hold until somebody chooses.
func DefaultPreferences() Preferences {
	return Preferences{
		Theme: "system", Density: "comfortable", Digits: "organization", HourCycle: "organization", Verbosity: "all",
		AnswerFactor: 1, Volume: 50, Sounds: Sounds{Request: true, Message: true, Missed: true, Accepted: true, Interrupted: true},
		HideText: true,
	}
}

// Shortcuts can name so many actions, in so many bytes each; a list of reasons is
// not longer than that of a queue.
const (
	mostShortcuts   = 100
	longestShortcut = 60
	mostFavorites   = 500
)

// Check is the first problem with the preferences where the organization has
// these settings, or nil.
func (p Preferences) Check(s Settings) error {
	for _, choice := range []struct {
		name, value string
		of          []string
	}{
		{"language", p.Language, []string{"", "ar", "en"}},
		{"theme", p.Theme, []string{"system", "light", "dark"}},
		{"density", p.Density, []string{"comfortable", "compact"}},
		{"digits", p.Digits, []string{"organization", "latn", "arab"}},
		{"hour_cycle", p.HourCycle, []string{"organization", "12", "24"}},
		{"verbosity", p.Verbosity, []string{"all", "names", "count", "off"}},
	} {
		if !slices.Contains(choice.of, choice.value) {
			return problem.New(problem.InvalidParameter, "parameter", choice.name)
		}
	}
	if p.Volume < 0 || p.Volume > 100 {
		return problem.New(problem.OutOfRange, "field", "volume", "min", 0, "max", 100)
	}
	if most := s.MostAnswerFactor(); p.AnswerFactor < 1 || p.AnswerFactor > most {
		return problem.New(problem.OutOfRange, "field", "answer_factor", "min", 1, "max", most)
	}
	if len(p.Shortcuts) > mostShortcuts {
		return problem.New(problem.OutOfRange, "field", "shortcuts", "min", 0, "max", mostShortcuts)
	}
	for action, chord := range p.Shortcuts {
		if action == "" || len(action) > longestShortcut || len(chord) > longestShortcut {
			return problem.New(problem.InvalidParameter, "parameter", "shortcuts")
		}
	}
	if len(p.Favorites) > mostFavorites {
		return problem.New(problem.OutOfRange, "field", "favorite_reasons", "min", 0, "max", mostFavorites)
	}
	for _, r := range p.Favorites {
		if !id.Valid(id.PrefixReason, string(r)) {
			return problem.New(problem.InvalidParameter, "parameter", "favorite_reasons")
		}
	}
	return nil
}
