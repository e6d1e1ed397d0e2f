package rest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/chat"
	"hiwar/internal/engine"
)

// What a browser and a site say is kept as far as it is fit to be shown, and
// never keeps anybody from asking for help.
func TestWhatIsSaidOfACustomerIsCleaned(t *testing.T) {
	s := newSite(t)
	var many []Said
	for n := range 40 {
		many = append(many, Said{fmt.Sprint("a", n), "v"})
	}
	start := func(b Beginning) chat.About {
		t.Helper()
		b.EmbedToken, b.Name = s.embed(), "Salma"
		body, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		got := s.do("POST", "/api/v1/widget/"+s.asset()+"/conversations", string(body), "Idempotency-Key", fmt.Sprint("k", s.start))
		if got.status != 201 {
			t.Fatalf("%d %s", got.status, got.body)
		}
		return s.engine.taken()[0].Command.(engine.StartConversation).About
	}
	got := start(Beginning{
		Phone: " +966 55\u202e 123 ", PageTitle: "سلة\nالمشتريات", Referrer: "https://search.example/?q=lamp", BrowserLanguage: "ar-SA, en",
		TimeZone: "Asia/Riyadh", Visits: 3, Answers: []Said{{"Order", " 12 "}}, Attributes: []Said{{"plan", "gold"}, {"", "x"}, {"empty", "\u200b"}},
	})
	want := chat.About{
		Phone: "+966 55 123", PageTitle: "سلة المشتريات", Referrer: "https://search.example/?q=lamp", Browser: "ar-SA, en",
		TimeZone: "Asia/Riyadh", Visits: 3, Answers: []chat.Attribute{{Name: "Order", Value: "12"}}, Attributes: []chat.Attribute{{Name: "plan", Value: "gold"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	got = start(Beginning{
		Phone: "1\a2", PageTitle: strings.Repeat("ش", 300), Referrer: "javascript:alert(1)", TimeZone: "Mars/Phobos", Visits: -1, Attributes: many, Answers: many,
	})
	if len([]rune(got.PageTitle)) != 255 || len(got.Attributes) != 30 || len(got.Answers) != 20 {
		t.Errorf("kept %d letters, %d attributes, %d answers", len([]rune(got.PageTitle)), len(got.Attributes), len(got.Answers))
	}
	if got.Phone != "" || got.Referrer != "" || got.TimeZone != "" || got.Visits != 0 {
		t.Errorf("kept %+v", got)
	}
}

func TestHistoryIsAskedAsItWasMeant(t *testing.T) {
	s := newSite(t)
	if got := s.do("GET", "/api/v1/conversations/conv_1/history?before=conv_0&limit=3", ""); !strings.Contains(got.body, `"id":"conv_0/conv_1"`) || !strings.Contains(got.body, `"cause":"3"`) {
		t.Errorf("list: %d %s", got.status, got.body)
	}
	if got := s.do("GET", "/api/v1/conversations/conv_1/history/conv_0?before=9", ""); got.field("id") != "conv_1/conv_0" || got.field("cause") != "9/50" {
		t.Errorf("one: %d %s", got.status, got.body)
	}
}
