package rest

import (
	"time"

	"hiwar/internal/chat"
	"hiwar/internal/text"
)

// Said is a named value.
type Said struct {
	Name  string `json:"name" doc:"up to 80 characters"`
	Value string `json:"value" doc:"up to 255 characters"`
}

// How much is kept of what a browser and a site say. What does not fit is cut
// or left out: it never keeps anybody from asking for help.
const (
	maxAnswers    = 20
	maxAttributes = 30
	maxVisits     = 1_000_000
	maxPhone      = 40
	maxLanguages  = 100
)

// about is what is kept of what was said with the beginning.
func about(b Beginning) chat.About {
	a := chat.About{
		Phone: kept(b.Phone, maxPhone), PageTitle: kept(b.PageTitle, text.DescriptionLimit), Referrer: cleanPage(b.Referrer),
		Browser: kept(b.BrowserLanguage, maxLanguages), Visits: min(max(b.Visits, 0), maxVisits),
		Answers: said(b.Answers, maxAnswers), Attributes: said(b.Attributes, maxAttributes),
	}
	if _, err := time.LoadLocation(b.TimeZone); err == nil && b.TimeZone != "Local" {
		a.TimeZone = b.TimeZone
	}
	return a
}

func said(all []Said, most int) (out []chat.Attribute) {
	for _, s := range all {
		name, value := kept(s.Name, maxName), kept(s.Value, text.DescriptionLimit)
		if name != "" && value != "" && len(out) < most {
			out = append(out, chat.Attribute{Name: name, Value: value})
		}
	}
	return out
}

// kept is a line as it is shown to people, cut to so many characters.
func kept(s string, most int) string {
	if text.Control(text.NormalizeMessage(s)) >= 0 {
		return ""
	}
	line := []rune(text.CleanName(s))
	return text.CleanName(string(line[:min(len(line), most)]))
}
