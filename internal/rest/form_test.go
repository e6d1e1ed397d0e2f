package rest

import (
	"testing"

	"hiwar/internal/org"
	"hiwar/internal/problem"
)

var topics = org.Form{
	Phone: org.AskRequired,
	Fields: []org.Field{
		{Key: "topic", Label: org.Name{En: "Topic", Ar: "الموضوع"}, Required: true, Choices: []org.FieldChoice{
			{Key: "order", Label: org.Name{En: "An order", Ar: "طلب"}},
			{Key: "bill", Label: org.Name{En: "A bill", Ar: "فاتورة"}, Queue: "que_bill", Priority: 2, Requires: []org.Requirement{{Skill: "skl_bill", Compare: org.AtLeast, Level: 4}}},
		}},
		{Key: "number", Label: org.Name{En: "Order number", Ar: "رقم الطلب"}},
	},
}

func TestWhatTheFormAsksDecidesAndIsRead(t *testing.T) {
	asset := org.Asset{ID: "ast_1", Language: "ar", Languages: []string{"ar", "en"}, Form: topics}
	for name, c := range map[string]struct {
		b     Beginning
		code  problem.Code
		field any
	}{
		"whole":             {b: Beginning{Phone: "0551", Answers: []Said{{"topic", "bill"}, {"number", "7"}, {"plan", "gold"}}}},
		"no phone":          {b: Beginning{Answers: []Said{{"topic", "bill"}}}, code: problem.AnswerRequired, field: "phone"},
		"only control":      {b: Beginning{Phone: "\x01", Answers: []Said{{"topic", "bill"}}}, code: problem.AnswerRequired, field: "phone"},
		"no topic":          {b: Beginning{Phone: "0551"}, code: problem.AnswerRequired, field: "topic"},
		"an empty topic":    {b: Beginning{Phone: "0551", Answers: []Said{{"topic", " "}}}, code: problem.AnswerRequired, field: "topic"},
		"a topic not asked": {b: Beginning{Phone: "0551", Answers: []Said{{"topic", "que_bill"}}}, code: problem.InvalidParameter, field: "topic"},
	} {
		c.b.Name, c.b.Language = "Sara", "en"
		s, err := beginning(asset, "ar", c.b)
		if c.code != "" {
			p := problem.Of(err)
			if p.Code != c.code || p.Params["field"] != c.field && p.Params["parameter"] != c.field {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		if err != nil || s.Queue != "que_bill" || s.Priority != 2 || len(s.Requires) != 1 || s.Requires[0].Skill != "skl_bill" || s.Requires[0].From != org.FromForm {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
		// Colleagues read what the customer has read.
		got := s.About.Answers
		if len(got) != 3 || got[0].Name != "Topic" || got[0].Value != "A bill" || got[1].Name != "Order number" || got[2].Name != "plan" {
			t.Errorf("%s: kept %+v", name, got)
		}
	}
}

func TestAnAssetWithoutAFormAsksAsBefore(t *testing.T) {
	form := formOf(org.Form{})
	if form.Email != "optional" || form.Phone != "no" || len(form.Fields) != 0 {
		t.Errorf("%+v", form)
	}
	if _, err := beginning(org.Asset{Language: "ar"}, "ar", Beginning{Name: "Sara"}); err != nil {
		t.Error(err)
	}
}
