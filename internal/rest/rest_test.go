package rest

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// The rows of the bad inputs that the API itself answers; those that the
// engine answers are tried against the whole server.
func TestBadInput(t *testing.T) {
	s := newSite(t)
	send := "/api/v1/conversations/conv_1/messages"
	key := []string{"Idempotency-Key", "c1"}
	for _, c := range []struct {
		row, method, path, body string
		headers                 []string
		status                  int
		code                    problem.Code
		says                    string
	}{
		{"5", "POST", send, "{\"text\":\"a\xff\xfe\"}", key, 400, problem.InvalidUTF8, `"offset":10`},
		{"6", "POST", send, `{"text":"\ud800"}`, key, 400, problem.InvalidUnicode, ""},
		{"8", "PUT", "/api/v1/me/presence", `{"presence":"idle","presence":"available"}`, nil, 400, problem.DuplicateKey, `presence`},
		{"9", "POST", send, `{"TEXT":"a"}`, key, 400, problem.UnknownField, `Did you mean`},
		{"10", "POST", send, `{"text":"a","sender":"agent"}`, key, 400, problem.UnknownField, `sender`},
		{"11", "POST", send, `{"text":{"$gt":""}}`, key, 422, problem.WrongType, `Expected`},
		{"12", "POST", send, `{"text":"a"}{"text":"b"}`, key, 400, problem.TrailingData, ""},
		{"13", "POST", send, strings.Repeat("[", 10_000), key, 400, problem.TooDeep, ""},
		{"14", "PUT", "/api/v1/conversations/conv_1/receipts", `{"delivered":1e999,"seen":0}`, nil, 422, problem.OutOfRange, `delivered`},
		{"14", "PUT", "/api/v1/conversations/conv_1/receipts", `{"delivered":9223372036854775808}`, nil, 422, problem.OutOfRange, ""},
		{"15", "POST", send, `{"text":"` + strings.Repeat("a", 64<<10-11+1) + `"}`, key, 413, problem.BodyTooLarge, `65,536`},
		{"16", "POST", send, `{"text":"a"}`, append([]string{"Content-Type", "text/plain"}, key...), 415, problem.JSONRequired, ""},
		{"16", "POST", send, `{"text":"a"}`, append([]string{"Content-Type", ""}, key...), 415, problem.JSONRequired, ""},
		{"17", "POST", send, `{"text":"a"}`, append([]string{"Content-Encoding", "gzip"}, key...), 415, problem.EncodingRefused, ""},
		{"18", "POST", send, `{"text":"a"}`, nil, 422, problem.ClientMsgIDMissing, `Idempotency-Key`},
		{"21", "POST", send, `{"text":"a"}`, []string{"Idempotency-Key", strings.Repeat("a", 10_000)}, 422, problem.ClientMsgIDFormat, ""},
		{"21", "POST", send, `{"text":"a"}`, []string{"Idempotency-Key", "a b"}, 422, problem.ClientMsgIDFormat, ""},
		{"34", "GET", "/api/v1/widget/nothing", "", nil, 404, problem.WidgetNotFound, ""},
		{"35", "POST", "/api/v1/widget/" + s.asset() + "/embed", "{}", []string{"Origin", "https://evil.example"}, 403, problem.OriginNotAllowed, `https://evil.example`},
		{"40", "GET", "/api/v1/desk", "", []string{"Cookie", ""}, 401, problem.TokenRequired, ""},
		{"40", "GET", "/api/v1/desk", "", []string{"Cookie", "hiwar_session=garbage"}, 401, problem.TokenInvalid, ""},
		{"40", "GET", "/api/v1/conversations/conv_1", "", []string{"Authorization", "Bearer garbage"}, 401, problem.TokenInvalid, ""},
		{"40", "GET", "/api/v1/conversations/conv_1", "", []string{"Authorization", "Basic x"}, 401, problem.TokenInvalid, ""},
		{"63", "GET", "/api/v1/conversations/conv_1/entries?limit=100000", "", nil, 422, problem.InvalidParameter, `limit`},
		{"63", "GET", "/api/v1/conversations/conv_1/entries?limit=-1", "", nil, 422, problem.InvalidParameter, `limit`},
		{"63", "GET", "/api/v1/conversations/conv_1/entries?before=x", "", nil, 422, problem.InvalidParameter, `before`},
		{"63", "POST", "/api/v1/offers/x/acceptance", "", key, 422, problem.InvalidParameter, `offer`},
		{"65", "PUT", "/api/v1/me/presence", `{"presence":"idle","role":"admin"}`, nil, 400, problem.UnknownField, `role`},
		{"66", "TRACE", "/api/v1/desk", "", nil, 405, problem.MethodNotAllowed, ""},
		{"66", "BREW", "/api/v1/desk", "", nil, 405, problem.MethodNotAllowed, ""},
		{"66", "POST", "/api/v1/desk", "", []string{"X-HTTP-Method-Override", "GET"}, 405, problem.MethodNotAllowed, ""},
		{"67", "GET", "/api/v1/chats/%00", "", nil, 404, problem.NotFound, ""},
		{"67", "GET", "//", "", nil, 404, problem.NotFound, ""},
		{"67", "GET", "/%2e%2e/", "", nil, 404, problem.NotFound, ""},
		{"67", "GET", "/api/v1/nothing", "", nil, 404, problem.NotFound, ""},
		{"68", "GET", "/api/v1/desk", "", []string{"Host", "evil"}, 421, problem.UnknownHost, `evil`},
		{"no body", "PUT", "/api/v1/me/presence", "", nil, 400, problem.BadJSON, ""},
		{"cut off", "PUT", "/api/v1/me/presence", `{"presence":`, nil, 400, problem.BadJSON, ""},
		{"both targets", "POST", "/api/v1/conversations/conv_1/transfer", `{"queue":"que_1","agent":"usr_1"}`, key, 422, problem.InvalidTarget, ""},
		{"no conversation", "GET", "/api/v1/conversations/conv_2", "", nil, 404, problem.NotFound, ""},
		{"a customer's place", "GET", "/api/v1/widget/conversation", "", nil, 403, problem.Forbidden, ""},
		{"a customer's list", "GET", "/api/v1/widget/conversations", "", nil, 403, problem.Forbidden, ""},
		{"another site", "POST", "/api/v1/logout", "{}", []string{"Sec-Fetch-Site", "cross-site"}, 403, problem.CrossOrigin, ""},
		{"another site", "POST", "/api/v1/logout", "{}", []string{"Origin", "https://evil.example"}, 403, problem.CrossOrigin, ""},
		{"wrong password", "POST", "/api/v1/login", `{"email":"huda@example.org","password":"guess"}`, nil, 401, problem.LoginFailed, ""},
		{"second set-up", "POST", "/api/v1/setup", `{"token":"x"}`, nil, 409, problem.SetupDone, ""},
	} {
		what := "row " + c.row + ": " + c.method + " " + c.path
		got := s.do(c.method, c.path, c.body, c.headers...)
		got.wants(t, what, c.status, c.code)
		if !strings.Contains(got.body, c.says) {
			t.Errorf("%s: %s does not say %s", what, got.body, c.says)
		}
		if c.status == 405 && got.header.Get("Allow") != "GET, HEAD" {
			t.Errorf("%s: Allow is %q", what, got.header.Get("Allow"))
		}
	}
	if asked := s.engine.taken(); asked != nil {
		t.Errorf("the engine was asked %v", asked)
	}
}

func TestAHeaderThatIsTooLongIs431(t *testing.T) {
	s := newSite(t)
	if got := s.do("GET", "/api/v1/desk", "", "X-Long", strings.Repeat("a", 20<<10)); got.status != 431 {
		t.Errorf("got %d", got.status)
	}
}

func TestBodiesUpToTheLimitAreRead(t *testing.T) {
	s := newSite(t)
	body := `{"text":"` + strings.Repeat("a", 64<<10-11) + `"}`
	if got := s.do("POST", "/api/v1/conversations/conv_1/messages", body, "Idempotency-Key", "c1"); got.status != 200 {
		t.Errorf("%d bytes: got %d %s", len(body), got.status, got.body)
	}
}

// A body that does not say its length is counted as it comes.
func TestABodyOfUnknownLengthIsLimitedToo(t *testing.T) {
	s := newSite(t)
	endless := io.LimitReader(repeating('a'), 1<<30)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, s.URL+"/api/v1/me/presence", endless)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Cookie", s.cookie)
	res, err := s.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusRequestEntityTooLarge {
		t.Errorf("got %d", res.StatusCode)
	}
}

// repeating is a reader of one byte without end.
type repeating byte

func (r repeating) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(r)
	}
	return len(p), nil
}

func TestRefusalsAreInTheCallersLanguage(t *testing.T) {
	s := newSite(t)
	got := s.do("GET", "/api/v1/desk", "", "Cookie", "", "Accept-Language", "ar-SA,en;q=0.5")
	if detail := got.field("detail"); detail != "يُرجى تسجيل الدخول للمتابعة." {
		t.Errorf("said %v", detail)
	}
}

func TestOurOwnFaultsSayNothingOfThemselves(t *testing.T) {
	s := newSite(t)
	s.engine.failing(errors.New("open /var/lib/hiwar: SELECT secret"))
	got := s.do("POST", "/api/v1/me/sign-in", "", "Idempotency-Key", "c1")
	got.wants(t, "a fault", 500, problem.Internal)
	if strings.Contains(got.body, "SELECT") || strings.Contains(got.body, "/var") {
		t.Errorf("said %s", got.body)
	}
	s.engine.failing(problem.New(problem.RateLimited, "retry_after_ms", int64(1500)))
	got = s.do("POST", "/api/v1/me/sign-in", "", "Idempotency-Key", "c1")
	got.wants(t, "too fast", 429, problem.RateLimited)
	if got.header.Get("Retry-After") != "2" {
		t.Errorf("Retry-After is %q", got.header.Get("Retry-After"))
	}
}

func TestEveryCommandReachesTheEngineAsItsCaller(t *testing.T) {
	s := newSite(t)
	for _, c := range []struct{ method, path, body, want string }{
		{"PUT", "/me/presence", `{"presence":"idle","idle_reason":"rsn_1"}`, `engine.SetPresence{User:"", Presence:"idle", IdleReason:"rsn_1"}`},
		{"POST", "/me/sign-in", "", `engine.SignInToFloor{}`},
		{"POST", "/me/sign-out", "", `engine.SignOutOfFloor{User:""}`},
		{"POST", "/offers/7/acceptance", "", `engine.AcceptOffer{Offer:7}`},
		{"POST", "/offers/7/acceptance", "{}", `engine.AcceptOffer{Offer:7}`},
		{"POST", "/offers/7/decline", `{"reason":"rsn_1"}`, `engine.DeclineOffer{Offer:7, Reason:"rsn_1"}`},
		{"POST", "/offers/7/confirmation", "", `engine.ConfirmOffer{Offer:7}`},
		{"POST", "/conversations/conv_1/messages", `{"text":"a"}`, `engine.SendMessage{Conversation:"conv_1", Text:"a", Attachments:[]id.Attachment(nil)}`},
		{"POST", "/conversations/conv_1/notes", `{"text":"a"}`, `engine.AddNote{Conversation:"conv_1", Text:"a"}`},
		{"PUT", "/conversations/conv_1/receipts", `{"delivered":3,"seen":2}`, `engine.MarkReceived{Conversation:"conv_1", Delivered:3, Seen:2}`},
		{"POST", "/conversations/conv_1/transfer", `{"queue":"que_1","note":"n"}`, `engine.Transfer{Conversation:"conv_1", ToQueue:"que_1", ToAgent:"", Note:"n"}`},
		{"POST", "/conversations/conv_1/pick", "", `engine.PickConversation{Conversation:"conv_1"}`},
		{"POST", "/conversations/conv_1/transfer", `{"agent":"usr_1"}`, `engine.Transfer{Conversation:"conv_1", ToQueue:"", ToAgent:"usr_1", Note:""}`},
		{"POST", "/conversations/conv_1/invitation", `{"agent":"usr_1"}`, `engine.Invite{Conversation:"conv_1", Guest:"usr_1"}`},
		{"DELETE", "/conversations/conv_1/invitation", "", `engine.CancelInvitation{Conversation:"conv_1"}`},
		{"POST", "/conversations/conv_1/handover", `{"agent":"usr_1"}`, `engine.HandOver{Conversation:"conv_1", To:"usr_1"}`},
		{"POST", "/conversations/conv_1/leave", "", `engine.LeaveConference{Conversation:"conv_1"}`},
		{"DELETE", "/conversations/conv_1/guests/usr_1", "", `engine.RemoveGuest{Conversation:"conv_1", Guest:"usr_1"}`},
		{"POST", "/conversations/conv_1/end", "", `engine.EndConversation{Conversation:"conv_1"}`},
		{"PUT", "/parts/5/wrapup", `{"reason":"rsn_1"}`, `engine.SubmitWrapUp{Part:5, Reason:"rsn_1", Note:""}`},
		{"PUT", "/parts/5/wrapup", `{}`, `engine.SubmitWrapUp{Part:5, Reason:"", Note:""}`},
		{"DELETE", "/parts/5/wrapup-timer", "", `engine.StopWrapUpTimer{Part:5}`},
		{"POST", "/parts/5/wrapup-extension", "", `engine.ExtendWrapUp{Part:5}`},
		{"DELETE", "/assets/ast_1", `{"confirmation":"Website"}`, `engine.DeleteAsset{Asset:"ast_1", Confirmation:"Website"}`},
		{"POST", "/users/usr_1/sign-out", "", `engine.SignOutOfFloor{User:"usr_1"}`},
		{"PUT", "/users/usr_1/presence", `{"presence":"idle"}`, `engine.SetPresence{User:"usr_1", Presence:"idle", IdleReason:""}`},
	} {
		got := s.do(c.method, "/api/v1"+c.path, c.body, "Idempotency-Key", "c1")
		asked := s.engine.taken()
		if got.status != 200 || got.field("at") != "2026-11-22T09:00:00Z" || len(asked) != 1 {
			t.Errorf("%s %s: got %d %s, asked %v", c.method, c.path, got.status, got.body, asked)
			continue
		}
		if did := fmt.Sprintf("%#v", asked[0].Command); did != c.want {
			t.Errorf("%s %s: did %s, want %s", c.method, c.path, did, c.want)
		}
		if a := asked[0]; a.CommandID != "c1" || a.Actor.Kind != access.Staff || a.Actor.User != s.engine.config.Users[0].ID {
			t.Errorf("%s %s: asked as %+v", c.method, c.path, a)
		}
	}
}

func TestReads(t *testing.T) {
	s := newSite(t)
	for path, want := range map[string]string{
		"/me":                                   `"email":"huda@example.org"`,
		"/desk":                                 `"cards":[]`,
		"/desk/settings":                        `"reasons":[{"id":`,
		"/conversations/conv_1":                 `"status":"open"`,
		"/conversations/conv_1/entries?limit=2": `"more":true`,
		"/conversations/conv_1/notes":           `"entries":[]`,
		"/conversations/conv_1/targets":         `"queues":`,
		"/assets":                               `"key":"` + s.asset(),
		"/assets/ast_1/impact":                  `"conversations":7`,
		"/users":                                `"users":[]`,
		"/conversations/conv_1/explain":         `"state":"waiting"`,
		"/agents/usr_1/explain":                 `"ruled_by":"at_capacity"`,
		"/widget/" + s.asset():                  `"color":"#1160b7"`,
		"/openapi.yaml":                         `operationId: sendMessage`,
	} {
		got := s.do("GET", "/api/v1"+path, "")
		if got.status != 200 || !strings.Contains(got.body, want) || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: got %d %s", path, got.status, got.body)
		}
	}
	if got := s.do("GET", "/anything", ""); got.body != "page" || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("a page: got %d %s", got.status, got.body)
	}
}

func TestANewInstallationIsUsable(t *testing.T) {
	s := newSite(t)
	c := s.engine.config
	if len(c.Users) != 1 || len(c.Teams) != 1 || len(c.Queues) != 1 || len(c.Assets) != 1 || len(c.Reasons) != 10 {
		t.Fatalf("founded %+v", c)
	}
	if c.Queues[0].Teams[0] != c.Teams[0].ID || c.Users[0].Teams[0] != c.Teams[0].ID || c.Assets[0].Queue != c.Queues[0].ID || c.Assets[0].Origins[0] != shopOrigin {
		t.Errorf("its parts do not fit together: %+v", c)
	}
	if len(c.Templates) < 5 {
		t.Errorf("there are %d templates to choose from", len(c.Templates))
	}
	for _, tpl := range c.Templates {
		if err := tpl.Check(); err != nil || tpl.Name.En == "" || tpl.Name.Ar == "" || tpl.Text.En == "" || tpl.Text.Ar == "" || tpl.Group.Ar == "" {
			t.Errorf("template %+v: %v", tpl, err)
		}
	}
	if n := c.Queues[0].Name; n.En != "General" || n.Ar != "عام" {
		t.Errorf("the queue is called %v", n)
	}
}

func TestSetUpRefusesWhatItCannotUse(t *testing.T) {
	s := unfounded(t)
	link, _, err := s.login.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	good := map[string]string{"token": link, "organization": "Lotus", "name": "Huda", "email": "huda@example.org", "password": "a blue bicycle at noon"}
	with := func(field, value string) string {
		var parts []string
		for k, v := range good {
			if k != field {
				parts = append(parts, fmt.Sprintf("%q:%q", k, v))
			}
		}
		return "{" + strings.Join(append(parts, fmt.Sprintf("%q:%q", field, value)), ",") + "}"
	}
	for _, c := range []struct {
		field, value string
		code         problem.Code
	}{
		{"token", "guess", problem.LinkExpired},
		{"organization", " ", problem.NameInvalid},
		{"name", "\u202e", problem.NameInvalid},
		{"email", "a@b@c", problem.EmailInvalid},
		{"email", "", problem.EmailInvalid},
		{"email", "a@b", problem.EmailInvalid},
		{"email", "x\r\nBcc: y@example.org", problem.EmailInvalid},
		{"email", strings.Repeat("a", 5000) + "@example.org", problem.EmailInvalid},
		{"email", "Huda <huda@example.org>", problem.EmailInvalid},
		{"password", "short", problem.PasswordTooShort},
		{"password", "password password", problem.PasswordTooCommon},
		{"language", "tlh", problem.InvalidParameter},
		{"time_zone", "Moon/Far", problem.InvalidParameter},
	} {
		s.do("POST", "/api/v1/setup", with(c.field, c.value)).wants(t, c.field+" "+c.value, c.code.Status(), c.code)
	}
	if got := s.do("POST", "/api/v1/setup", with("time_zone", "Asia/Riyadh")); got.status != 200 || got.field("name") != "Huda" {
		t.Errorf("after all that: %d %s", got.status, got.body)
	}
}

// Who is asked step by step has an organization from the second step on.
func TestSetUpGoesOnWhereItWasLeft(t *testing.T) {
	s := unfounded(t)
	link, _, err := s.login.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	check := func(token string) result {
		return s.do("POST", "/api/v1/setup/check", `{"token":"`+token+`"}`)
	}
	check("guess").wants(t, "a guess", problem.LinkExpired.Status(), problem.LinkExpired)
	for range 2 { // looking does not use it up
		if got := check(link); got.status != 204 {
			t.Fatalf("check: %d %s", got.status, got.body)
		}
	}
	got := s.do("POST", "/api/v1/setup", `{"token":"`+link+`","language":"ar","name":"Huda","email":"huda@example.org","password":"a blue bicycle at noon"}`)
	if got.status != 200 || got.field("setup") != "organization" {
		t.Fatalf("set-up without an organization: %d %s", got.status, got.body)
	}
	check(link).wants(t, "a used link", problem.SetupDone.Status(), problem.SetupDone)
	floor, err := s.engine.db.Floor(t.Context(), s.engine.adopted)
	if err != nil {
		t.Fatal(err)
	}
	if name := floor.Config.Organization.Name; name.En == "" || name.Ar == "" {
		t.Errorf("until it is asked for, the name is %+v", name)
	}
	s.engine.config = floor.Config
	s.cookie, _, _ = strings.Cut(got.header.Get("Set-Cookie"), ";")
	if me := s.do("GET", "/api/v1/me", ""); me.field("setup") != "organization" {
		t.Errorf("afterwards: %s", me.body)
	}
	// Who is no administrator has nothing to set up.
	s.engine.config.Users[0].Roles = []org.Role{org.RoleAgent}
	if me := s.do("GET", "/api/v1/me", ""); me.field("setup") != nil {
		t.Errorf("an agent: %s", me.body)
	}
}

func TestSessionsInCookies(t *testing.T) {
	s := newSite(t)
	signIn := `{"email":" Huda@example.org","password":"a blue bicycle at noon"}`
	got := s.do("POST", "/api/v1/login", signIn, "Cookie", "")
	cookie := got.header.Get("Set-Cookie")
	if got.status != 200 || !strings.HasPrefix(cookie, "hiwar_session=") || !strings.Contains(cookie, "; HttpOnly; SameSite=Lax") || strings.Contains(cookie, "Secure") {
		t.Fatalf("login: %d %s %q", got.status, got.body, cookie)
	}
	there := strings.Split(cookie, ";")[0]
	ticket := s.do("POST", "/api/v1/socket-tickets", "{}", "Cookie", there)
	if ticket.status != 201 || len(fmt.Sprint(ticket.field("ticket"))) != 43 {
		t.Errorf("ticket: %d %s", ticket.status, ticket.body)
	}
	out := s.do("POST", "/api/v1/logout", "{}", "Cookie", there)
	if out.status != 204 || !strings.Contains(out.header.Get("Set-Cookie"), "Max-Age=0") {
		t.Errorf("logout: %d %q", out.status, out.header.Get("Set-Cookie"))
	}
	s.do("GET", "/api/v1/me", "", "Cookie", there).wants(t, "after logout", 401, problem.TokenInvalid)

	s.engine.failing(problem.New(problem.SignOutOpenWork))
	s.do("POST", "/api/v1/logout", "{}").wants(t, "with open work", 409, problem.SignOutOpenWork)
	if got := s.do("GET", "/api/v1/me", ""); got.status != 200 {
		t.Errorf("a refused sign-out ended the session: %d", got.status)
	}
	if got := s.do("POST", "/api/v1/logout-everywhere", "{}"); got.status != 204 {
		t.Errorf("everywhere: %d %s", got.status, got.body)
	}
	s.do("GET", "/api/v1/me", "").wants(t, "after everywhere", 401, problem.TokenInvalid)
}

func TestOverTLSCookiesInsistOnIt(t *testing.T) {
	s := unfounded(t, func(c *Config) { c.Secure = true })
	link, _, err := s.login.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got := s.do("POST", "/api/v1/setup", `{"token":"`+link+`","organization":"Lotus","name":"Huda","email":"huda@example.org","password":"a blue bicycle at noon"}`)
	if c := got.header.Get("Set-Cookie"); !strings.HasPrefix(c, "__Host-hiwar_session=") || !strings.Contains(c, "; Secure") || !strings.Contains(c, "Path=/;") {
		t.Errorf("cookie %q", c)
	}
	if got.header.Get("Strict-Transport-Security") == "" {
		t.Error("no HSTS")
	}
}

func TestEmbeddingComparesOriginsExactly(t *testing.T) {
	s := newSite(t)
	path := "/api/v1/widget/" + s.asset() + "/embed"
	got := s.do("POST", path, "{}", "Origin", shopOrigin, "Cookie", "", "Sec-Fetch-Site", "cross-site")
	if got.status != 200 || got.header.Get("Access-Control-Allow-Origin") != shopOrigin || got.header.Get("Vary") != "Origin" || got.header.Get("Access-Control-Allow-Credentials") != "" {
		t.Errorf("the shop: %d %s %v", got.status, got.body, got.header)
	}
	for _, origin := range []string{
		"", "null", "http://shop.example", "https://shop.example:444", "https://shop.example.", "https://SHOP.example", "https://shop.example/",
		"https://evil-shop.example", "https://shop.example.evil.com", "https://x.shop.example", "https://shop.example@evil.com",
	} {
		s.do("POST", path, "{}", "Origin", origin).wants(t, origin, 403, problem.OriginNotAllowed)
	}
	pre := s.do("OPTIONS", path, "", "Origin", shopOrigin, "Access-Control-Request-Method", "POST")
	if pre.status != 204 || pre.header.Get("Access-Control-Allow-Headers") != "Content-Type" {
		t.Errorf("preflight: %d %v", pre.status, pre.header)
	}
}

func TestACustomerStartsAndComesBack(t *testing.T) {
	s := newSite(t)
	s.cookie = ""
	path, embed := "/api/v1/widget/"+s.asset()+"/conversations", s.embed()
	body := `{"embed_token":"` + embed + `","name":"Salma سلمى","email":"salma@example.org","text":"hello","language":"ar","page":"https://shop.example/lamp"}`
	first := s.do("POST", path, body, "Idempotency-Key", "k1")
	token := fmt.Sprint(first.field("visitor_token"))
	if first.status != 201 || first.field("conversation") != "conv_1" || len(token) != 43 {
		t.Fatalf("start: %d %s", first.status, first.body)
	}
	again := s.do("POST", path, body, "Idempotency-Key", "k1") // its answer was lost
	if again.status != 201 || again.field("visitor_token") != token || again.field("duplicate") != true {
		t.Errorf("again: %d %s", again.status, again.body)
	}
	asked := s.engine.taken()
	if asked[0].Actor.Customer == "" || asked[0].Actor.Customer != asked[1].Actor.Customer || s.start != 1 {
		t.Errorf("asked as %+v and %+v, %d were expected", asked[0].Actor, asked[1].Actor, s.start)
	}
	start := asked[0].Command.(engine.StartConversation)
	if start.Customer != asked[0].Actor.Customer || start.Name != "Salma سلمى" || start.Language != "ar" || start.Page != "https://shop.example/lamp" || start.Text != "hello" {
		t.Errorf("started %+v", start)
	}

	bearer := []string{"Authorization", "Bearer " + token}
	if got := s.do("GET", "/api/v1/widget/conversation", "", bearer...); got.status != 200 || got.field("conversation") != "conv_1" || got.field("status") != "open" {
		t.Errorf("resume: %d %s", got.status, got.body)
	}
	if got := s.do("GET", "/api/v1/widget/conversations?before=conv_0&limit=3", "", bearer...); !strings.Contains(got.body, `"id":"conv_0"`) || !strings.Contains(got.body, `"agents":["3"],"text":"customer"`) {
		t.Errorf("earlier: %d %s", got.status, got.body)
	}
	if got := s.do("POST", "/api/v1/conversations/conv_1/end", "{}", append(bearer, "Idempotency-Key", "k2")...); got.status != 200 {
		t.Errorf("end: %d %s", got.status, got.body)
	}
	if did := s.engine.taken(); did[0].Command != (engine.EndChat{Conversation: "conv_1"}) || did[0].Actor.Conversation != "conv_1" {
		t.Errorf("end did %+v", did)
	}
	later := s.do("POST", path, `{"name":"Salma"}`, append(bearer, "Idempotency-Key", "k3")...) // no embed token needed
	if later.status != 201 || later.field("visitor_token") != token || s.engine.taken()[0].Actor.Customer != start.Customer {
		t.Errorf("later: %d %s", later.status, later.body)
	}
	s.do("GET", "/api/v1/desk", "", bearer...).wants(t, "a customer at the desk", 403, problem.Forbidden)
}

func TestStartsThatAreRefused(t *testing.T) {
	s := newSite(t, func(c *Config) { c.Starts = NewBuckets(5, time.Hour) })
	path, embed := "/api/v1/widget/"+s.asset()+"/conversations", s.embed()
	for body, code := range map[string]problem.Code{
		`{"name":"x"}`:                                    problem.TokenInvalid,
		`{"name":"x","embed_token":"forged"}`:             problem.TokenInvalid,
		`{"name":"  ","embed_token":"` + embed + `"}`:     problem.NameInvalid,
		`{"name":"` + strings.Repeat("x", 81) + `"}`:      problem.NameInvalid,
		`{"name":"x","email":"a@b@c"}`:                    problem.EmailInvalid,
		`{"name":"x","language":"xx"}`:                    problem.InvalidParameter,
		`{"name":"x","embed_token":"","role":"agent"}`:    problem.UnknownField,
		`{"name":"x","embed_token":"` + embed + `"} oops`: problem.TrailingData,
	} {
		s.do("POST", path, body, "Idempotency-Key", "k1").wants(t, body, code.Status(), code)
	}
	if asked := s.engine.taken(); asked != nil {
		t.Errorf("asked %v", asked)
	}
	var last result
	for i := range 5 {
		last = s.do("POST", path, `{"name":"x","embed_token":"`+embed+`"}`, "Idempotency-Key", fmt.Sprint("n", i))
	}
	last.wants(t, "too many from one address", 429, problem.RateLimited)
	if last.header.Get("Retry-After") == "" {
		t.Error("no Retry-After")
	}
	if page := cleanPage("javascript:alert(1)"); page != "" {
		t.Errorf("kept %q as a page", page)
	}
}

// A hundred messages in a moment are too many; sixty, an offline queue, are not.
func TestWritersAreSlowedDown(t *testing.T) {
	s := newSite(t)
	refused := 0
	for i := range 100 {
		got := s.do("POST", "/api/v1/conversations/conv_1/messages", `{"text":"a"}`, "Idempotency-Key", fmt.Sprint("m", i))
		switch {
		case got.status == 429:
			refused++
		case got.status != 200:
			t.Fatalf("%d %s", got.status, got.body)
		case refused > 0 && i < 60:
			t.Fatalf("message %d was refused", i)
		}
	}
	if refused == 0 {
		t.Error("nothing was refused")
	}
}

func TestHosts(t *testing.T) {
	h := Hosts{Names: []string{"chat.example.org", "*.hiwar.localhost"}}
	for host, want := range map[string]bool{
		"chat.example.org": true, "CHAT.example.org:443": true, "127.0.0.1:8080": true, "[::1]:8080": true, "192.0.2.7": true,
		"omar.hiwar.localhost:8080": true, "hiwar.localhost": false, "a.b.hiwar.localhost": false, ".hiwar.localhost": false,
		"evil": false, "chat.example.org.evil.com": false, "": false, "xchat.example.org": false,
	} {
		if got := h.allowed(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}

func TestSocketsAreForOurOwnPages(t *testing.T) {
	s := newSite(t, func(c *Config) {
		c.Socket = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusTeapot) })
	})
	host := strings.TrimPrefix(s.URL, "http://")
	if got := s.do("GET", "/api/v1/socket", "", "Origin", s.URL); got.status != http.StatusTeapot {
		t.Errorf("our own page: %d %s", got.status, got.body)
	}
	for _, origin := range []string{"", "null", "http://" + host + "0", "http://x" + host, "http://" + host + "/", "ftp://" + host, "http://u@" + host, "http://localhost"} {
		s.do("GET", "/api/v1/socket", "", "Origin", origin).wants(t, origin, 403, problem.OriginNotAllowed)
	}
}

func TestAPanicIsAnAnswerAndALine(t *testing.T) {
	s := newSite(t, func(c *Config) {
		c.Socket = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("a bug") })
	})
	s.do("GET", "/api/v1/socket", "", "Origin", s.URL).wants(t, "a panic", 500, problem.Internal)
	if got := s.do("GET", "/api/v1/me", ""); got.status != 200 {
		t.Errorf("afterwards: %d", got.status)
	}
}

func TestAddressesThatLimitsCountBy(t *testing.T) {
	proxies := Proxies{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8:f::1/128")}
	for _, c := range []struct{ remote, forwarded, want string }{
		{"192.0.2.7:1234", "", "192.0.2.7"},
		{"[::ffff:192.0.2.7]:1", "", "192.0.2.7"},
		{"[2001:db8:1:2:3:4:5:6]:1", "", "2001:db8:1:2::/64"},
		{"[fe80::1%eth0]:1", "", "fe80::/64"},
		{"pipe", "", "pipe"},
		{"192.0.2.7:1", "198.51.100.1", "192.0.2.7"}, // says somebody who is no proxy
		{"10.0.0.1:1", "198.51.100.1", "198.51.100.1"},
		{"10.0.0.1:1", "", "10.0.0.1"},
		{"10.0.0.1:1", "1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"}, // 1.1.1.1 was made up
		{"[2001:db8:f::1]:1", "198.51.100.1:443", "198.51.100.1"},
		{"10.0.0.1:1", "garbage", "10.0.0.1"},
		{"10.0.0.1:1", "10.0.0.3", "10.0.0.3"},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.remote
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := proxies.addressOf(r); got != c.want {
			t.Errorf("%s for %q counts as %s, want %s", c.remote, c.forwarded, got, c.want)
		}
	}
}

func TestBucketsForgetTheOldest(t *testing.T) {
	b := NewBuckets(1, time.Hour)
	b.most = 2
	for _, key := range []string{"a", "b", "c"} {
		if b.Wait(key) != 0 {
			t.Errorf("%s had to wait", key)
		}
	}
	if b.Wait("c") == 0 || b.Wait("a") != 0 || len(b.known) != 2 {
		t.Errorf("%d keys are kept", len(b.known))
	}
	if long := strings.Repeat("x", 64<<10); b.Wait(long+"1") != 0 || b.Wait(long+"2") == 0 {
		t.Error("every end of a long key has a bucket of its own")
	}
	for key := range b.known {
		if len(key) > maxKey {
			t.Errorf("a key of %d bytes is kept", len(key))
		}
	}
}

// What the first administrator is asked comes by no command, and is kept as
// everything else is.
func TestTheFirstNamesPassTheGate(t *testing.T) {
	s := unfounded(t)
	link, _, err := s.login.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const card = "4111 1111 1111 1111"
	got := s.do(http.MethodPost, "/api/v1/setup", `{"token":"`+link+`","organization":"Lotus `+card+`","name":"Huda `+card+`","email":"huda@example.org","password":"a blue bicycle at noon"}`)
	if got.status != http.StatusOK || strings.Contains(got.body, card) {
		t.Fatalf("set up: %d %s", got.status, got.body)
	}
	floor, err := s.engine.db.Floor(t.Context(), s.engine.adopted)
	if err != nil {
		t.Fatal(err)
	}
	if c := floor.Config; c.Users[0].Name != "Huda •••• •••• •••• 1111" || c.Organization.Name.En != "Lotus •••• •••• •••• 1111" {
		t.Errorf("kept: %q, %q", c.Users[0].Name, c.Organization.Name)
	}
}
