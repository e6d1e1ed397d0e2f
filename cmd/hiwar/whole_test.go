package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"hiwar/client"
	"hiwar/internal/locale"
)

// The conversation that the product is for, from the customer's first word to
// the last wrap-up, over the public API alone.
func TestAWholeConversation(t *testing.T) {
	c := start(t)
	wholeConversation(t, c, c, c)
}

// wholeConversation has Omar, Layla and the customer at these servers.
func wholeConversation(t *testing.T, c, laylas, salmas *centre) {
	t.Helper()
	omar := c.staff("omar")
	omar.available()
	salma := salmas.customer("Salma سلمى", "Where is my order?")
	card := omar.accept()
	if card.Customer.Name != "Salma سلمى" || card.Queue.Name.Ar != "المبيعات" || card.Role != "owner" {
		t.Errorf("the card says %+v", card)
	}
	omar.reads("Where is my order?")
	salma.reads("joined")
	omar.say("Let me look.")
	salma.reads("Let me look.")
	salma.say("Thank you <3")
	omar.reads("Thank you <3")

	// To Layla, who is asked by name.
	layla := laylas.staff("layla")
	layla.available()
	_, err := omar.TransferToAgent(c.ctx, omar.id(), omar.conv, layla.agent.User, "The order is lost.")
	omar.must(err)
	omar.wrapUp()
	if request := layla.card("request", ""); request.RequestKind != "transfer" {
		t.Errorf("the request is %+v", request)
	}
	layla.accept()
	layla.reads("Thank you <3") // the whole thread is there
	layla.say("Layla here.")
	salma.reads("Layla here.")
	if _, err := omar.Send(c.ctx, omar.id(), omar.conv, "me too"); client.Code(err) != "not_participant" {
		t.Errorf("who has left may write: %v", err)
	}

	// Omar comes back as a guest.
	omar.gone, omar.thread = nil, nil
	_, err = layla.Invite(c.ctx, layla.id(), layla.conv, omar.agent.User)
	layla.must(err)
	layla.card("active", "conference_requested")
	guest := omar.accept()
	if guest.Role != "guest" {
		t.Errorf("the guest's card says %+v", guest)
	}
	layla.card("active", "conference")
	omar.say("Found it.")
	salma.reads("Found it.")

	_, err = layla.End(c.ctx, layla.id(), layla.conv)
	layla.must(err)
	salma.reads("status closed")
	layla.wrapUp()
	omar.wrapUp()
	for _, p := range []*person{omar, layla} {
		p.until("a free slot", func() bool { return p.agent.Occupied == 0 && p.agent.Presence == "available" })
	}
	if _, err := salma.Send(c.ctx, salma.id(), salma.conv, "late"); client.Code(err) != "chat_closed" {
		t.Errorf("a closed chat takes messages: %v", err)
	}
}

// Whoever was connected comes back after a restart and finds everything.
func TestARestartLosesNothing(t *testing.T) { restartLosesNothing(t, start(t)) }

func restartLosesNothing(t *testing.T, c *centre) {
	t.Helper()
	omar := c.staff("omar")
	omar.available()
	salma := c.customer("Salma", "hello")
	omar.accept()
	salma.reads("joined")
	salma.say("before")
	omar.reads("before")
	since := omar.seen["conv/"+omar.conv]

	c.restart()
	omar.comeBack()
	salma.comeBack()
	salma.follow("conv/" + salma.conv)
	salma.until("the thread", func() bool { return salma.seen["conv/"+salma.conv] > 0 })
	salma.say("after")
	omar.must(omar.socket.Continue(c.ctx, "conv/"+omar.conv, since))
	omar.reads("after") // and hear would have complained of a hole
	omar.follow("agent/" + omar.agent.User)
	omar.until("the same state", func() bool { return omar.agent.Presence == "available" && len(omar.cards) == 1 })
	omar.say("still here")
	salma.reads("still here")
}

func TestARequestThatNobodyAnswersIsRONA(t *testing.T) {
	c := start(t, "--set", "rona=1s")
	omar := c.staff("omar")
	omar.available()
	salma := c.customer("Salma", "anybody?")
	request := omar.card("request", "")
	if how := omar.ended(request.Key); how != "missed" {
		t.Errorf("the request ended as %s", how)
	}
	omar.until("RONA", func() bool { return omar.agent.Presence == "rona" })
	if _, err := omar.Accept(c.ctx, omar.id(), request.Offer); client.Code(err) != "offer_expired" && client.Code(err) != "agent_in_rona" {
		t.Errorf("late: %v", err)
	}
	omar.available()
	omar.accept()
	salma.reads("joined")
}

func TestADeletedAssetInterruptsItsConversations(t *testing.T) {
	c := start(t)
	omar, admin := c.staff("omar"), c.staff("admin")
	omar.available()
	salma := c.customer("Salma", "hello")
	omar.accept()

	var list struct {
		Assets []struct{ ID, Key string }
	}
	omar.must(json.Unmarshal([]byte(c.do(admin, "GET", "/api/v1/assets", "").body), &list))
	var asset string
	for _, a := range list.Assets {
		if a.Key == "demo-store" {
			asset = a.ID
		}
	}
	if impact := c.do(admin, "GET", "/api/v1/assets/"+asset+"/impact", ""); impact.body != "{\"conversations\":1}\n" {
		t.Errorf("impact: %s", impact.body)
	}
	if _, err := admin.DeleteAsset(c.ctx, admin.id(), asset, "the store"); client.Code(err) != "confirmation_mismatch" {
		t.Errorf("without its name: %v", err)
	}
	if _, err := omar.DeleteAsset(c.ctx, omar.id(), asset, "Store site"); client.Code(err) != "forbidden" {
		t.Errorf("by an agent: %v", err)
	}
	_, err := admin.DeleteAsset(c.ctx, admin.id(), asset, "Store site")
	admin.must(err)
	omar.card("active", "interrupted")
	salma.reads("status interrupted")
	if _, err := omar.Send(c.ctx, omar.id(), omar.conv, "hello?"); client.Code(err) != "chat_interrupted" {
		t.Errorf("an interrupted chat goes on: %v", err)
	}
	_, err = omar.End(c.ctx, omar.id(), omar.conv)
	omar.must(err)
	omar.wrapUp()
	if got := c.do(nil, "GET", "/api/v1/widget/demo-store", ""); got.code() != "widget_not_found" {
		t.Errorf("the deleted widget: %s", got.body)
	}
}

func TestSigningOutEverywhereClosesSocketsAtOnce(t *testing.T) {
	c := start(t)
	omar := c.staff("omar")
	if got := c.do(omar, "POST", "/api/v1/logout-everywhere", "{}"); got.status != http.StatusNoContent {
		t.Fatalf("got %d %s", got.status, got.body)
	}
	for {
		f, err := omar.socket.Next(c.ctx)
		if err == nil {
			omar.hear(f)
			continue
		}
		if code := websocket.CloseStatus(err); code != 4501 {
			t.Errorf("closed with %d: %v", code, err)
		}
		break
	}
	if got := c.do(omar, "GET", "/api/v1/me", ""); got.code() != "token_invalid" {
		t.Errorf("the session goes on: %d %s", got.status, got.body)
	}
}

func TestPages(t *testing.T) {
	c := start(t)
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/": 303, "/app/none.js": 404, "/nothing": 404, "/widget/none": 404} {
		if got := c.do(nil, "GET", path, ""); got.status != want {
			t.Errorf("%s: %d", path, got.status)
		}
	}
	used := c.do(nil, "GET", "/enter/used?lang=ar", "")
	if used.status != http.StatusGone || !strings.Contains(used.body, `<html lang="ar" dir="rtl">`) || !strings.Contains(used.body, locale.PageLinkExpiredTitle(locale.Arabic)) {
		t.Errorf("a used link: %d %s", used.status, used.body)
	}
	if got := c.do(nil, "POST", "/nothing", "{}"); got.status != http.StatusNotFound {
		t.Errorf("posting nowhere: %d", got.status)
	}
}
