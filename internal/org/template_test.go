package org

import (
	"strings"
	"testing"

	"hiwar/internal/id"
	"hiwar/internal/problem"
)

func TestTemplatesAreChecked(t *testing.T) {
	good := Template{Name: Name{En: "Greeting"}, Text: Name{Ar: "مرحبًا @@customer_name، طلبك <order_number>."}}
	for _, c := range []struct {
		what   string
		change func(*Template)
		code   problem.Code // "" is fine
		reason string
	}{
		{"as it is", func(*Template) {}, "", ""},
		{"1000 characters", func(t *Template) { t.Text.En = strings.Repeat("ش", 1000) }, "", ""},
		{"1001 characters", func(t *Template) { t.Text.En = strings.Repeat("ش", 1001) }, problem.TextTooLong, ""},
		{"no name", func(t *Template) { t.Name = Name{Ar: " \u200b"} }, problem.NameInvalid, ""},
		{"no text", func(t *Template) { t.Text = Name{En: " "} }, problem.TextEmpty, ""},
		{"a control character", func(t *Template) { t.Text.En = "a\x07" }, problem.ControlCharacter, ""},
		{"an unknown variable", func(t *Template) { t.Text.En = "@@price" }, problem.TemplateInvalid, "unknown_variable"},
		{"an unclosed field", func(t *Template) { t.Text.Ar = "<رقم" }, problem.TemplateInvalid, "unclosed_field"},
		{"a stray sign", func(t *Template) { t.Text.Ar = "أ > ب" }, problem.TemplateInvalid, "stray_sign"},
	} {
		x := good
		c.change(&x)
		err := x.Check()
		if c.code == "" {
			if err != nil {
				t.Errorf("%s: %v", c.what, err)
			}
			continue
		}
		if p := problem.Of(err); p.Code != c.code || c.reason != "" && p.Params["reason"] != c.reason {
			t.Errorf("%s: got %v, want %s %s", c.what, err, c.code, c.reason)
		}
	}
}

func TestTemplatesAreTheTeamsOrEverybodys(t *testing.T) {
	shared, sales := Template{}, Template{Teams: []id.Team{"team_sales"}}
	for _, c := range []struct {
		what  string
		t     Template
		teams []id.Team
		want  bool
	}{
		{"shared, no team", shared, nil, true},
		{"a team's own", sales, []id.Team{"team_x", "team_sales"}, true},
		{"another team's", sales, []id.Team{"team_x"}, false},
		{"no team", sales, nil, false},
	} {
		if got := c.t.For(c.teams); got != c.want {
			t.Errorf("%s: got %v", c.what, got)
		}
	}
}
