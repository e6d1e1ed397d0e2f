package main

import (
	"fmt"
	"strings"
	"testing"

	"hiwar/client"
)

// refused is one bad input and the answer it must get.
type refused struct {
	row          string
	as           *person
	method, path string
	body         string
	status       int
	code         string
	says         string // in the body, detail or params
}

func (c *centre) try(cases []refused) {
	c.t.Helper()
	for i, r := range cases {
		path := "/api/v1/" + r.path
		got := c.do(r.as, r.method, path, r.body, "Idempotency-Key", fmt.Sprint("try-", r.row, "-", i))
		if got.status != r.status || got.code() != r.code || !strings.Contains(got.body, r.says) {
			c.t.Errorf("row %s: %s %s %.80s: got %d %s, want %d %s %s", r.row, r.method, path, r.body, got.status, got.body, r.status, r.code, r.says)
		}
	}
}

func text(s string) string { return fmt.Sprintf(`{"text":%q}`, s) }

// Bad inputs whose answer depends on the whole server. Those that the API
// answers by itself are in internal/rest, those of frames in internal/ws.
func TestBadInputToTheWholeServer(t *testing.T) {
	c := start(t)
	omar, layla := c.staff("omar"), c.staff("layla")
	omar.available()
	salma := c.customer("Salma <img src=x onerror=alert(1)>", "hello")
	request := omar.card("request", "")
	conv := request.Conversation
	at := "conversations/" + conv + "/"

	// Before anybody accepted.
	c.try([]refused{
		{"25", layla, "POST", fmt.Sprintf("offers/%d/acceptance", request.Offer), "", 404, "offer_not_found", ""},
		{"25", omar, "POST", "offers/999/acceptance", "", 404, "offer_not_found", ""},
		{"28", omar, "POST", at + "transfer", `{"agent":"` + layla.agent.User + `"}`, 409, "not_accepted_yet", ""},
		{"28", omar, "POST", at + "invitation", `{"agent":"` + layla.agent.User + `"}`, 409, "not_accepted_yet", ""},
		{"28", omar, "POST", at + "messages", text("hi"), 409, "not_accepted_yet", ""},
		{"50", layla, "GET", "conversations/" + conv, "", 404, "not_found", ""},
		{"50", layla, "POST", at + "messages", text("hi"), 404, "not_found", ""},
		{"50", layla, "GET", "conversations/conv_nothing", "", 404, "not_found", ""},
	})
	card := omar.accept()
	if card.Customer.Name != "Salma <img src=x onerror=alert(1)>" { // row 37: kept as it is, shown as text
		t.Errorf("the name became %q", card.Customer.Name)
	}
	long := strings.Repeat("م", 1000)
	c.try([]refused{
		{"1", omar, "POST", at + "messages", text(long + "م"), 422, "text_too_long", "1,001"},
		{"1", salma, "POST", at + "messages", text(strings.Repeat("م", 4001)), 422, "text_too_long", "4,001"},
		{"2", omar, "POST", at + "messages", text(strings.Repeat("م\u064e", 1000)), 422, "text_too_long", "2,000"},
		{"3", omar, "POST", at + "messages", text(""), 422, "text_empty", ""},
		{"3", omar, "POST", at + "messages", text(" \n\t\u200b"), 422, "text_empty", ""},
		{"3", salma, "POST", at + "messages", `{}`, 422, "text_empty", ""},
		{"4a", omar, "POST", at + "messages", text("3 < 5 & 7 > 2"), 422, "reserved_character", "[2,10]"},
		{"7", omar, "POST", at + "messages", `{"text":"a\u0000b"}`, 422, "control_character", `"position":1`},
		{"7", salma, "POST", at + "messages", `{"text":"ab\u0007"}`, 422, "control_character", `"position":2`},
		{"29", omar, "POST", at + "transfer", `{"agent":"` + omar.agent.User + `"}`, 422, "invalid_target", "self"},
		{"29", omar, "POST", at + "transfer", `{"agent":"` + layla.agent.User + `"}`, 422, "invalid_target", "not_available"},
		{"29", omar, "POST", at + "transfer", `{"queue":"que_gone"}`, 422, "invalid_target", "queue_gone"},
		{"29", omar, "POST", at + "invitation", `{"agent":"usr_nobody"}`, 422, "invalid_target", "not_available"},
		{"22", omar, "PUT", fmt.Sprintf("parts/%d/wrapup", card.Part), `{"reason":"rsn_declined"}`, 409, "state_not_allowed", ""},
		{"64", salma, "GET", "desk", "", 403, "forbidden", ""},
		{"64", salma, "GET", at + "notes", "", 403, "forbidden", ""},
		{"64", omar, "GET", "users", "", 403, "forbidden", ""},
	})
	// Exactly at the limit, and what customers may write.
	for who, what := range map[*person]string{omar: long, salma: "3 < 5 & 7 > 2 <b>hi</b>"} {
		if got := c.do(who, "POST", "/api/v1/"+at+"messages", text(what), "Idempotency-Key", who.id()); got.status != 200 {
			t.Errorf("%.20s: %d %s", what, got.status, got.body)
		}
	}
	omar.reads("3 < 5 & 7 > 2 <b>hi</b>")
	salma.reads(long)

	// Rows 19 and 20: again, and again with other content; over both roads.
	first, err := salma.Send(c.ctx, "same", conv, "once")
	salma.must(err)
	again, err := salma.Send(c.ctx, "same", conv, "once")
	if err != nil || !again.Duplicate || again.Seq != first.Seq || !again.At.Equal(first.At) {
		t.Errorf("again: %+v %v, first %+v", again, err, first)
	}
	if _, err := salma.Send(c.ctx, "same", conv, "other"); client.Code(err) != "id_reused" {
		t.Errorf("other content: %v", err)
	}
	salma.must(salma.socket.Send(c.ctx, "same", conv, "once"))
	for {
		f, err := salma.socket.Next(c.ctx)
		salma.must(err)
		if f.Type == "reply" && f.Ref == "same" {
			if !f.Duplicate || f.Seq != first.Seq {
				t.Errorf("over the socket: %+v", f)
			}
			break
		}
		salma.hear(f)
	}

	// Row 32: a second start of the same visitor.
	embed, err := client.New(c.base).Embed(c.ctx, "demo-store", c.site)
	salma.must(err)
	c.try([]refused{{"32", salma, "POST", "widget/demo-store/conversations", `{"name":"Salma","embed_token":"` + embed + `"}`, 409, "chat_exists", conv}})

	// Rows 30 and 31, and 22 after the end.
	_, err = omar.End(c.ctx, omar.id(), conv)
	omar.must(err)
	wrap := omar.card("wrapup", "")
	c.try([]refused{
		{"30", omar, "PUT", fmt.Sprintf("parts/%d/wrapup", wrap.Part), `{}`, 422, "wrapup_required", ""},
		{"31", omar, "PUT", fmt.Sprintf("parts/%d/wrapup", wrap.Part), `{"reason":"rsn_elsewhere"}`, 404, "reason_not_found", ""},
		{"31", layla, "PUT", fmt.Sprintf("parts/%d/wrapup", wrap.Part), `{"reason":"` + wrap.WrapUp.Reasons[0] + `"}`, 404, "not_found", ""},
		{"22", salma, "POST", at + "messages", text("late"), 409, "chat_closed", "time"},
		{"23", omar, "POST", at + "messages", text("late"), 403, "not_participant", ""},
	})
	omar.wrapUp()
}

// Rows 24 and 26: what can no longer be accepted, and why. Row 27 is a script
// of internal/routing (capacity.txt): over the wire nobody lowers a capacity
// yet, and nobody is ever asked beyond it.
func TestAcceptingWhatCannotBe(t *testing.T) {
	c := start(t, "--set", "rona=2s", "--set", "capacity=2", "--set", "open_offers=2")
	omar := c.staff("omar")
	omar.available()
	c.customer("Salma", "one")
	missed := omar.card("request", "")
	c.customer("Badr", "two")
	var withdrawn client.Card
	omar.until("both requests", func() bool {
		for _, card := range omar.cards {
			if card.Kind == "request" && card.Offer != missed.Offer {
				withdrawn = card
			}
		}
		return withdrawn.Offer != 0
	})
	omar.until("RONA", func() bool { return omar.agent.Presence == "rona" })
	for row, x := range map[string]struct {
		offer int64
		code  string
	}{"24": {missed.Offer, "offer_expired"}, "26": {withdrawn.Offer, "agent_in_rona"}} {
		if _, err := omar.Accept(c.ctx, omar.id(), x.offer); client.Code(err) != x.code {
			t.Errorf("row %s: %v, want %s", row, err, x.code)
		}
	}
	omar.available()
	omar.accept()
	omar.accept()
	c.customer("Huda", "three") // waits: both slots are taken
	settled, err := omar.Desk(c.ctx)
	omar.must(err)
	if len(settled.Cards) != 2 || settled.Agent.Occupied != 2 {
		t.Errorf("row 27: pushed over capacity: %+v", settled)
	}
}
