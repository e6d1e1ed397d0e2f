package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"hiwar/client"
)

// file is a configuration file with these members.
func file(members string) string { return `{"format":"hiwar-configuration-1",` + members + `}` }

// hours is a file with opening hours that have these members.
func hours(members string) string {
	return file(`"hours":[{"id":"shop","name":{"en":"Shop"},"schedule":{"zone":"Asia/Riyadh","week":{},` + members + `}}]`)
}

// Row 69 are dates, row 70 is a file that is taken whole or not at all, and of
// row 62, addresses, there are the origins of an asset.
func TestBadConfigurationFilesChangeNothing(t *testing.T) {
	c := start(t)
	admin := c.staff("admin")
	before := c.do(admin, "GET", "/api/v1/configuration", "").body
	asset := func(origin string) string {
		return file(fmt.Sprintf(`"assets":[{"id":"x","name":{"en":"X"},"queue":%q,"origins":[%q]}]`, c.queue(before), origin))
	}
	many := strings.Repeat(`{"id":"a","name":{"en":"A"}},`, 300_001)
	cases := []refused{
		{"69", admin, "PUT", "configuration", hours(`"overrides":[{"date":"2026-02-30"}]`), 422, "invalid_parameter", "hours.0.schedule.overrides.0.date"},
		{"69", admin, "PUT", "configuration", hours(`"overrides":[{"date":"99999-01-01"}]`), 422, "invalid_parameter", "hours.0.schedule.overrides.0.date"},
		{"69", admin, "PUT", "configuration", hours(`"overrides":[{"date":"2026-1-1"}]`), 422, "invalid_parameter", "overrides.0.date"},
		{"69", admin, "PUT", "configuration", hours(`"holidays":[{"first":"2026-09-24","last":"2026-09-23"}]`), 422, "hours_invalid", "hours.0.schedule.holidays.0.last"},
		{"69", admin, "PUT", "configuration", hours(`"holidays":[{"first":"2028-02-29","yearly":true}]`), 422, "hours_invalid", "holidays.0.first"},
		{"69", admin, "PUT", "configuration", hours(`"overrides":[{"date":"2026-09-23","open":["25:00-26:00"]}]`), 422, "invalid_parameter", "overrides.0.open.0"},
		{"70", admin, "PUT", "configuration", file(`"teams":[{"id":"a","name":{"en":"A"}},{"id":"a","name":{"en":"B"}}]`), 422, "duplicate_id", "teams.1"},
		{"70", admin, "PUT", "configuration", file(`"version":999999,"teams":[{"id":"a","name":{"en":"A"}}]`), 409, "version_conflict", ""},
		{"70", admin, "PUT", "configuration", `{"format":"hiwar-configuration-9","teams":[]}`, 422, "file_format", "hiwar-configuration-1"},
		{"70", admin, "PUT", "configuration", file(`"teams":[{"id":"a","name":{"en":"A"}},{"id":"b","name":{"en":"B"}},{"id":"c"}]`), 422, "name_invalid", "teams."},
		{"70", admin, "PUT", "configuration", file(`"teams":[{"id":"a","name":{"en":"A"}}],"queues":[{"id":"q","name":{"en":"Q"},"teams":["nobody"]}]`), 422, "unknown_reference", "queues."},
		{"70", admin, "PUT", "configuration", file(`"teams":[{"id":"a","name":{"en":"A"}}],"queues":[{"id":"q","name":{"en":"Q"},"limits":{"hours":"never"}}]`), 422, "unknown_reference", "limits.hours"},
		{"70", admin, "PUT", "configuration", file(`"teams":[` + strings.TrimSuffix(many, ",") + `]`), 413, "body_too_large", ""},
		{"62", admin, "PUT", "configuration", asset("ftp://shop.example"), 422, "invalid_parameter", "origins.0"},
		{"62", admin, "PUT", "configuration", asset("https://u:p@shop.example"), 422, "invalid_parameter", "origins.0"},
		{"62", admin, "PUT", "configuration", asset("https://shop.example/path"), 422, "invalid_parameter", "origins.0"},
		{"62", admin, "PUT", "configuration", asset("javascript:alert(1)"), 422, "invalid_parameter", "origins.0"},
	}
	c.try(cases)
	for i := range cases { // and the plan of it says the same
		cases[i].method, cases[i].path = "POST", "configuration/plan"
	}
	c.try(cases)
	if after := c.do(admin, "GET", "/api/v1/configuration", "").body; after != before {
		t.Errorf("a refused file left something behind:\n%s", after)
	}
}

// queue is where the store's customers wait.
func (c *centre) queue(configuration string) string {
	c.t.Helper()
	var all struct {
		Assets []struct{ Key, Queue string }
	}
	if err := json.Unmarshal([]byte(configuration), &all); err != nil {
		c.t.Fatal(err)
	}
	for _, a := range all.Assets {
		if a.Key == "demo-store" {
			return a.Queue
		}
	}
	c.t.Fatal("there is no demo-store")
	return ""
}

// Row 33. A closed queue is no fault of the server: 409 (not 503), with the
// next opening where there is one.
func TestAClosedQueueSaysWhenItOpens(t *testing.T) {
	c := start(t)
	admin := c.staff("admin")
	queue := c.queue(c.do(admin, "GET", "/api/v1/configuration", "").body)
	opens := time.Now().UTC().AddDate(0, 0, 3).Format(time.DateOnly)
	for what, x := range map[string]struct {
		schedule string
		opensAt  any
	}{
		"opens in three days": {fmt.Sprintf(`"overrides":[{"date":%q,"open":["09:00-10:00"]}]`, opens), opens + "T06:00:00Z"},
		"never opens":         {`"overrides":[{"date":"2026-01-01"}]`, nil},
	} {
		t.Run(what, func(t *testing.T) {
			closed := file(fmt.Sprintf(`"hours":[{"id":"shop","name":{"en":"Shop"},"schedule":{"zone":"Asia/Riyadh","week":{},%s}}],"queues":[{"id":%q,"name":{"en":"Care"},"limits":{"hours":"shop"}}]`, x.schedule, queue))
			if got := c.do(admin, "PUT", "/api/v1/configuration", closed, "Idempotency-Key", admin.id()); got.status != 200 {
				t.Fatalf("closing: %d %s", got.status, got.body)
			}
			embed, err := client.New(c.base).Embed(c.ctx, "demo-store", c.site)
			if err != nil {
				t.Fatal(err)
			}
			got := c.do(nil, "POST", "/api/v1/widget/demo-store/conversations", `{"name":"Salma","embed_token":"`+embed+`"}`, "Idempotency-Key", admin.id())
			var said client.Problem
			if err := json.Unmarshal([]byte(got.body), &said); err != nil || got.status != 409 || said.Code != "queue_closed" || said.Params["opens_at"] != x.opensAt {
				t.Errorf("got %d %s, want one that opens at %v", got.status, got.body, x.opensAt)
			}
		})
	}
}

// What rows 39, 52 to 60 and 64 are about does not exist, and what asks for it
// all the same is refused as anything unknown is: no identity is believed, no
// upload taken, no file given, nothing searched.
func TestWhatDoesNotExistIsRefused(t *testing.T) {
	c := start(t)
	omar := c.staff("omar")
	omar.available()
	salma := c.customer("Salma", "hello")
	omar.accept()
	at := "conversations/" + salma.conv + "/"
	embed, err := client.New(c.base).Embed(c.ctx, "demo-store", c.site)
	salma.must(err)
	unsigned := "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9." // {"alg":"none"}, {"sub":"admin"}
	forged := &person{bearer: unsigned}
	c.try([]refused{
		{"39", forged, "GET", "conversations/" + salma.conv, "", 401, "token_invalid", ""},
		{"39", nil, "POST", "widget/demo-store/conversations", `{"name":"S","embed_token":"` + embed + `","identity":"` + unsigned + `"}`, 400, "unknown_field", "identity"},
		{"39", nil, "POST", "widget/demo-store/conversations", `{"name":"S","embed_token":"` + unsigned + `"}`, 401, "token_invalid", ""},
		{"59", salma, "POST", at + "messages", `{"text":"a","files":["f1"]}`, 400, "unknown_field", "files"},
		{"60", salma, "GET", at + "files/f1", "", 404, "not_found", ""},
		{"60", salma, "POST", "files", `{}`, 404, "not_found", ""},
		{"64", omar, "GET", `search?query=%22*%22+OR+((((`, "", 404, "not_found", ""},
	})
	// Rows 52 to 58: whatever is in it, it is not JSON.
	for what, body := range map[string]string{
		"nothing": "", "a page": "<script>alert(1)</script>", "a picture of nothing": "\x89PNG\r\n\x1a\n", "a name": "../../etc/passwd\x00.png",
	} {
		form := "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"photo.png\"\r\n\r\n" + body + "\r\n--b--\r\n"
		got := c.do(salma, "POST", "/api/v1/"+at+"messages", form, "Idempotency-Key", "upload", "Content-Type", "multipart/form-data; boundary=b")
		if got.status != 415 || got.code() != "json_required" {
			t.Errorf("an upload of %s: %d %s", what, got.status, got.body)
		}
	}
}
