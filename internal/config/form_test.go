package config_test

import (
	"testing"

	"hiwar/internal/config"
	"hiwar/internal/hours"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// What nobody could answer, or nobody could read, is refused with its field.
func TestFormsThatMakeNoSenseAreRefused(t *testing.T) {
	label := org.Name{En: "Topic"}
	field := func(f org.Field) org.Form { return org.Form{Fields: []org.Field{{Key: "a", Label: label}, f}} }
	choices := func(list ...org.FieldChoice) org.Form { return field(org.Field{Key: "t", Label: label, Choices: list}) }
	many := org.Form{Fields: make([]org.Field, org.MostFields+1)}
	const at = "assets.0.form"
	for name, c := range map[string]struct {
		form  org.Form
		field string
		code  problem.Code
	}{
		"sound":              {form: choices(org.FieldChoice{Key: "x", Label: label, Queue: "q1", Priority: 9})},
		"an email of maybe":  {form: org.Form{Email: "maybe"}, field: at + ".email", code: problem.InvalidParameter},
		"a phone of maybe":   {form: org.Form{Phone: "maybe"}, field: at + ".phone", code: problem.InvalidParameter},
		"too many":           {form: many, field: at + ".fields", code: problem.OutOfRange},
		"no key":             {form: field(org.Field{Label: label}), field: at + ".fields.1.key", code: problem.InvalidParameter},
		"a key twice":        {form: field(org.Field{Key: "a", Label: label}), field: at + ".fields.1.key", code: problem.DuplicateID},
		"no label":           {form: field(org.Field{Key: "b"}), field: at + ".fields.1.label", code: problem.NameInvalid},
		"a choice twice":     {form: choices(org.FieldChoice{Key: "x", Label: label}, org.FieldChoice{Key: "x", Label: label}), field: at + ".fields.1.choices.1.key", code: problem.DuplicateID},
		"a priority of ten":  {form: choices(org.FieldChoice{Key: "x", Label: label, Priority: 10}), field: at + ".fields.1.choices.0.priority", code: problem.OutOfRange},
		"an archived queue":  {form: choices(org.FieldChoice{Key: "x", Label: label, Queue: "q9"}), field: at + ".fields.1.choices.0.queue", code: problem.SettingInvalid},
		"a queue of nowhere": {form: choices(org.FieldChoice{Key: "x", Label: label, Queue: "q7"}), field: at + ".fields.1.choices.0.queue", code: problem.UnknownReference},
		"skills not looked at": {
			form:  choices(org.FieldChoice{Key: "x", Label: label, Requires: []org.Requirement{{Skill: "s1", Compare: org.AtLeast, Level: 1}}}),
			field: at + ".fields.1.choices.0.requires", code: problem.SettingInvalid,
		},
		"a skill of nowhere": {
			form:  choices(org.FieldChoice{Key: "x", Label: label, Requires: []org.Requirement{{Skill: "s7", Compare: org.AtLeast, Level: 1}}}),
			field: at + ".fields.1.choices.0.requires.0.skill", code: problem.UnknownReference,
		},
		"a choice of no name": {form: choices(org.FieldChoice{Key: "x"}), field: at + ".fields.1.choices.0.label", code: problem.NameInvalid},
	} {
		conf := soundBut(t, [3]org.Limits{}, hours.Week{})
		conf.Skills = append(conf.Skills, org.Skill{ID: "s1", Name: label, Kind: org.Proficiency})
		conf.Assets[0].Form = c.form
		err := config.Check(conf)
		if c.code == "" {
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		p := problem.Of(err)
		if p.Code != c.code || p.Params["field"] != c.field && p.Params["parameter"] != c.field {
			t.Errorf("%s: %v %v", name, p.Code, p.Params)
		}
	}
}
