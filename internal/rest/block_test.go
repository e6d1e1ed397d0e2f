package rest

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/problem"
)

// throughProxy takes the word of the test itself on where requests come from.
func throughProxy(c *Config) {
	c.Proxies = Proxies{netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("::1/128")}
}

// from are the headers of somebody at an address.
func from(address, token, key string) []string {
	headers := []string{"X-Forwarded-For", address, "Idempotency-Key", key}
	if token != "" {
		headers = append(headers, "Authorization", "Bearer "+token)
	}
	return headers
}

func TestWhoIsBlockedCannotWrite(t *testing.T) {
	s := newSite(t, throughProxy)
	kid, secret := s.newKey()
	cookie := s.cookie
	at := "/api/v1/widget/" + s.asset()
	start := func(key, address, token string) result {
		s.cookie = ""
		defer func() { s.cookie = cookie }()
		return s.do("POST", at+"/conversations", `{"name":"Salma","text":"hello","embed_token":"`+s.embed()+`"}`, from(address, token, key)...)
	}
	begun := start("k1", "198.51.100.1", "")
	token := fmt.Sprint(begun.field("visitor_token"))
	s.engine.customer = s.engine.taken()[0].Actor.Customer

	blocked := s.do("POST", "/api/v1/conversations/conv_1/block", `{"reason":"insults, card 4111111111111111","hours":24}`, "Idempotency-Key", "b1")
	if blocked.status != http.StatusCreated || blocked.field("kind") != "customer" || blocked.field("expires_at") == nil || blocked.field("reason") != "insults, card ••••" {
		t.Fatalf("%d %s", blocked.status, blocked.body)
	}
	s.engine.taken()
	s.cookie = ""
	for what, res := range map[string]result{
		"a message":      s.do("POST", "/api/v1/conversations/conv_1/messages", `{"text":"a"}`, from("198.51.100.1", token, "m1")...),
		"a file":         s.do("POST", "/api/v1/conversations/conv_1/attachments", "%PDF-1.4", append(from("198.51.100.1", token, "f1"), "X-File-Name", "a.pdf")...),
		"a rating":       s.do("PUT", "/api/v1/conversations/conv_1/rating", `{"score":1}`, from("198.51.100.1", token, "r1")...),
		"another chat":   start("k2", "198.51.100.2", token),
		"a left message": s.do("POST", at+"/messages", `{"name":"Salma","text":"a"}`, from("198.51.100.2", token, "k3")...),
		"another name":   s.do("POST", at+"/identity", `{"identity_token":"`+s.signed(kid, secret, "user-17")+`"}`, from("198.51.100.2", token, "k4")...),
	} {
		res.wants(t, what, http.StatusForbidden, problem.Blocked)
	}
	s.cookie = ""
	if asked := s.engine.taken(); asked != nil {
		t.Errorf("the engine was asked %v", asked)
	}
	in := s.do("POST", "/api/v1/conversations/conv_1/messages", `{"text":"a"}`, append(from("198.51.100.1", token, "m2"), "Accept-Language", "ar")...)
	if detail := fmt.Sprint(in.field("detail")); !strings.Contains(detail, "الكتابة هنا غير متاحة") {
		t.Errorf("in Arabic: %q", detail)
	}
	if got := s.do("GET", "/api/v1/widget/conversation", "", from("198.51.100.1", token, "")...); got.status != http.StatusOK {
		t.Errorf("what was said cannot be read: %d %s", got.status, got.body)
	}
	if got := start("k5", "198.51.100.1", ""); got.status != http.StatusCreated {
		t.Errorf("somebody else from there: %d %s", got.status, got.body)
	}

	// It is in the list, in the audit log, and can be lifted.
	if list := s.do("GET", "/api/v1/blocks?q=insults", ""); !strings.Contains(list.body, `"by_name":"Huda"`) || strings.Contains(list.body, "4111") {
		t.Errorf("listed as %s", list.body)
	}
	if got := s.do("DELETE", "/api/v1/blocks/"+fmt.Sprint(blocked.field("id")), ""); got.status != http.StatusNoContent {
		t.Errorf("lift: %d %s", got.status, got.body)
	}
	s.cookie = ""
	if got := s.do("POST", "/api/v1/conversations/conv_1/messages", `{"text":"a"}`, from("198.51.100.1", token, "m3")...); got.status != http.StatusOK {
		t.Errorf("after that: %d %s", got.status, got.body)
	}
	records, err := s.engine.db.Audit(t.Context(), s.engine.adopted, engine.AuditQuery{Object: string(s.engine.customer), Forward: true, Limit: 9})
	if err != nil || len(records) != 2 || records[0].Act != engine.ActBlock || records[1].Act != engine.ActUnblock {
		t.Errorf("recorded %+v, %v", records, err)
	}
}

// Of who was erased nothing is left, neither in the database nor beside it.
func TestWhoWasErasedIsNotKeptAsBlocked(t *testing.T) {
	s := newSite(t)
	s.engine.customer = "cus_1"
	if got := s.do("POST", "/api/v1/conversations/conv_1/block", `{"reason":"insults"}`, "Idempotency-Key", "b1"); got.status != http.StatusCreated {
		t.Fatalf("%d %s", got.status, got.body)
	}
	customer := access.Actor{Kind: access.Customer, Org: s.engine.adopted, Customer: "cus_1"}
	if err := s.login.Blocked(customer); problem.CodeOf(err) != problem.Blocked {
		t.Fatalf("blocked: %v", err)
	}
	if got := s.do("POST", "/api/v1/people/cus_1/erasure", `{"confirmation":"cus_1"}`); got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if err := s.login.Blocked(customer); err != nil {
		t.Errorf("erased: %v", err)
	}
}

func TestABlockedNetwork(t *testing.T) {
	s := newSite(t, throughProxy)
	cookie, path := s.cookie, "/api/v1/widget/"+s.asset()+"/conversations"
	start := func(key, address string) result {
		s.cookie = ""
		defer func() { s.cookie = cookie }()
		return s.do("POST", path, `{"name":"x","embed_token":"`+s.embed()+`"}`, from(address, "", key)...)
	}
	here := start("k1", "203.0.113.9")
	for body, want := range map[string]int{
		`{"network":"203.0.113.0/24","reason":"flood"}`: 201, `{"network":"203.0.113.9/24","hours":1}`: 201, // the same
		`{"network":"0.0.0.0/0"}`: 422, `{"network":"x"}`: 422, `{"network":"203.0.113.9","hours":-1}`: 422, `{"network":"203.0.113.9","hours":87601}`: 422,
		`{"network":"203.0.113.9","reason":"` + strings.Repeat("ب", 201) + `"}`: 422, `{"network":"203.0.113.9","reason":"a\u0007b"}`: 422,
	} {
		if got := s.do("POST", "/api/v1/blocks", body, "Idempotency-Key", "b"); got.status != want {
			t.Errorf("%s: %d %s", body, got.status, got.body)
		}
	}
	if list := s.do("GET", "/api/v1/blocks", ""); strings.Count(list.body, `"id"`) != 1 {
		t.Errorf("listed: %s", list.body)
	}
	start("k2", "203.0.113.200").wants(t, "a start from there", 403, problem.Blocked)
	if got := start("k3", "203.0.114.1"); got.status != http.StatusCreated {
		t.Errorf("from elsewhere: %d %s", got.status, got.body)
	}
	s.cookie = ""
	token := fmt.Sprint(here.field("visitor_token"))
	s.do("POST", "/api/v1/conversations/conv_1/messages", `{"text":"a"}`, from("203.0.113.9", token, "m1")...).wants(t, "who is there already", 403, problem.Blocked)
	if got := s.do("POST", "/api/v1/conversations/conv_1/messages", `{"text":"a"}`, from("192.0.2.1", token, "m2")...); got.status != http.StatusOK {
		t.Errorf("who goes elsewhere: %d %s", got.status, got.body)
	}
	s.cookie = cookie
	if got := s.do("POST", "/api/v1/conversations/conv_1/messages", `{"text":"a"}`, from("203.0.113.9", "", "m3")...); got.status != http.StatusOK {
		t.Errorf("an agent from there: %d %s", got.status, got.body)
	}
}

// A visitor who comes from many addresses is one visitor.
func TestStartsAreLimitedByVisitorToo(t *testing.T) {
	s := newSite(t, throughProxy, func(c *Config) { c.Starts = NewBuckets(3, time.Hour) })
	s.cookie = ""
	path := "/api/v1/widget/" + s.asset() + "/conversations"
	first := s.do("POST", path, `{"name":"x","embed_token":"`+s.embed()+`"}`, from("198.51.100.1", "", "k0")...)
	token := fmt.Sprint(first.field("visitor_token"))
	var last result
	for i := range 3 {
		last = s.do("POST", path, `{"name":"x"}`, from(fmt.Sprint("198.51.100.1", i), token, fmt.Sprint("k", i+1))...)
	}
	last.wants(t, "the fourth", 429, problem.RateLimited)
	if other := s.do("POST", path, `{"name":"x","embed_token":"`+s.embed()+`"}`, from("198.51.100.12", "", "o")...); other.status != http.StatusCreated {
		t.Errorf("somebody else: %d %s", other.status, other.body)
	}
}

// One address that asks for everything it can gets what one address gets;
// whoever comes from elsewhere, and the staff, notice nothing.
func TestAFloodFromOneAddress(t *testing.T) {
	const most, starts = 40, 5
	s := newSite(t, throughProxy, func(c *Config) {
		c.Requests, c.Starts = NewBuckets(most, time.Hour), NewBuckets(starts, time.Hour)
	})
	path, embed, cookie := "/api/v1/widget/"+s.asset(), s.embed(), s.cookie
	s.cookie = "hiwar_session=made-up" // says that it is somebody
	answered, begun := 0, 0
	for i := range 200 {
		var res result
		switch i % 4 {
		case 0:
			res = s.do("POST", path+"/conversations", `{"name":"x","embed_token":"`+embed+`"}`, from("203.0.113.66", "", fmt.Sprint("k", i))...)
			if res.status == http.StatusCreated {
				begun++
			}
		case 1:
			res = s.do("GET", path, "", from("203.0.113.66", "", "")...)
		case 2:
			res = s.do("GET", "/api/v1/desk", "", from("203.0.113.66", "", "")...)
		case 3:
			res = s.do("GET", "/api/v1/widget/conversation", "", from("203.0.113.66", "made-up", "")...)
		}
		if res.status != http.StatusTooManyRequests {
			answered++
		} else if res.header.Get("Retry-After") == "" {
			t.Fatalf("%d: no Retry-After", i)
		}
	}
	if answered > most || answered < most/2 || begun != starts {
		t.Errorf("%d were answered and %d conversations begun", answered, begun)
	}
	s.cookie = ""
	if got := s.do("POST", path+"/conversations", `{"name":"x","embed_token":"`+embed+`"}`, from("198.51.100.1", "", "o")...); got.status != http.StatusCreated {
		t.Errorf("somebody else: %d %s", got.status, got.body)
	}
	s.cookie = cookie
	for range 2 * most {
		if got := s.do("GET", "/api/v1/desk", "", from("203.0.113.66", "", "")...); got.status != http.StatusOK {
			t.Fatalf("an agent behind the same address: %d %s", got.status, got.body)
		}
	}
}

// What the site signs passes the gate before it is stored, not only when a
// conversation begins (G25).
func TestWhatIsSignedIsStoredMasked(t *testing.T) {
	s := newSite(t)
	kid, secret := s.newKey()
	s.cookie = ""
	token := s.signedWith(kid, secret, "user-17", map[string]any{
		"name": "Sara 4111111111111111", "phone": "4111111111111111", "attributes": map[string]any{"card 4111111111111111": "4111111111111111"},
	})
	proven := s.do("POST", "/api/v1/widget/"+s.asset()+"/identity", `{"embed_token":"`+s.embed()+`","identity_token":"`+token+`"}`, "Idempotency-Key", "k")
	if proven.status != http.StatusCreated {
		t.Fatalf("%d %s", proven.status, proven.body)
	}
	v, err := s.login.Visitor(t.Context(), fmt.Sprint(proven.field("visitor_token")))
	if err != nil {
		t.Fatal(err)
	}
	if kept := fmt.Sprintf("%+v", v.Signed); strings.Contains(kept, "4111") || !strings.Contains(kept, "Sara ••••") || v.Signed.Attributes["card ••••"] != "••••" {
		t.Errorf("stored %s", kept)
	}
}

// lines are sockets and streams that do nothing but be there.
type lines struct{}

func (lines) ServeHTTP(w http.ResponseWriter, _ *http.Request)  { w.WriteHeader(http.StatusTeapot) }
func (lines) OpenStream(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }
func (lines) SayToStream(w http.ResponseWriter, _ *http.Request) {
	w.WriteHeader(http.StatusTeapot)
}

// New sockets and streams are counted with the requests of an address; what is
// said on one that is open has its own limit.
func TestSocketsAreCounted(t *testing.T) {
	s := newSite(t, throughProxy, func(c *Config) {
		c.Requests, c.Socket, c.Streams = NewBuckets(4, time.Hour), lines{}, lines{}
	})
	ask := func(method, path, address string) result {
		return s.do(method, "/api/v1/"+path, "", "Origin", s.URL, "X-Forwarded-For", address)
	}
	for range 2 {
		for _, path := range []string{"socket", "streams"} {
			if got := ask("GET", path, "203.0.113.66"); got.status != http.StatusTeapot {
				t.Fatalf("%s: %d %s", path, got.status, got.body)
			}
		}
	}
	for _, path := range []string{"socket", "streams"} {
		got := ask("GET", path, "203.0.113.66")
		got.wants(t, path, http.StatusTooManyRequests, problem.RateLimited)
		if got.header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", path)
		}
	}
	if got := ask("POST", "streams/x", "203.0.113.66"); got.status != http.StatusTeapot {
		t.Errorf("an open stream: %d %s", got.status, got.body)
	}
	if got := ask("GET", "socket", "198.51.100.1"); got.status != http.StatusTeapot {
		t.Errorf("from elsewhere: %d %s", got.status, got.body)
	}
}
