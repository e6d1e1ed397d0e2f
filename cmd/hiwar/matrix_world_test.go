package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/telemetry"
)

// crew is a team with its queue, its widget and its work: of each sort of thing
// that a request can name, it has one.
type crew struct {
	org    id.Org
	queue  id.Queue
	asset  id.Asset
	owner  *someone // the agent who has the conversations
	mate   *someone // another of the team, guest in the conference
	client *someone // the customer of "talk" and "past"

	conv  map[string]string // past · talk · conference · done · invited · offered
	named map[string]string // what paths and bodies name, by the word they have for it
}

// someone is a caller with what shows who they are.
type someone struct {
	user    id.User
	cookie  string
	bearer  string
	session string // as lists of sessions call it
}

// world is two organizations, of which the first has two crews: "own" is that
// of whoever asks, "other" another team, "foreign" is the other organization's.
type world struct {
	crews      map[string]*crew
	people     map[string]*someone // supervisor, administrator and who has no role
	folder     string              // of the data, closed
	now        *node               // of whom the present requests are asked
	t          *testing.T
	idempotent int
}

// node is the whole server on some data, asked without a network.
type node struct {
	*server
	stop  func()
	aside *sql.Conn // to its database
}

// stored changes with whatever the server stores, by whichever way.
func (n *node) stored(t *testing.T) (version int64) {
	t.Helper()
	if err := n.aside.QueryRowContext(t.Context(), "PRAGMA data_version").Scan(&version); err != nil {
		t.Fatal(err)
	}
	return version
}

func startNode(t *testing.T, folder string) *node {
	t.Helper()
	return startNodeAs(t, &config{Listen: "127.0.0.1:0", Data: folder, FramesPerSecond: 1000})
}

func startNodeAs(t *testing.T, c *config) *node {
	t.Helper()
	log, err := telemetry.Logger(io.Discard, "error", "text")
	if err != nil {
		t.Fatal(err)
	}
	s, err := open(t.Context(), c, log)
	if err != nil {
		t.Fatal(err)
	}
	s.assemble(nil)
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := s.engine.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	<-s.engine.Ready()
	file, err := sql.Open("sqlite3", "file:"+s.config.database()+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	aside, err := file.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return &node{s, sync.OnceFunc(func() { aside.Close(); file.Close(); cancel(); running.Wait(); s.close() }), aside}
}

// ask sends a request as somebody; nil is nobody.
func (n *node) ask(as *someone, method, path, body string, headers ...string) answer {
	r := httptest.NewRequestWithContext(context.Background(), method, "http://127.0.0.1"+path, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:1"
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if as != nil && as.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+as.bearer)
	} else if as != nil {
		r.Header.Set("Cookie", as.cookie)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	n.http.Handler.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.String()}
}

const matrixSite = "https://shop.example.org"

// newWorld sets everything up through the API, as people would.
func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{t: t, crews: map[string]*crew{}, people: map[string]*someone{}, folder: t.TempDir()}
	w.now = startNode(t, w.folder)
	defer w.now.stop()
	for i, config := range []org.Config{matrixConfig("a", "own", "other"), matrixConfig("b", "foreign")} {
		if err := w.now.login.Create(t.Context(), config); err != nil {
			t.Fatal(err)
		}
		if err := w.now.engine.Adopt(t.Context(), config.Organization.ID); err != nil {
			t.Fatal(err)
		}
		for _, u := range config.Users {
			role := strings.TrimPrefix(u.Name, "free ")
			if _, known := w.people[role]; i == 0 && role != u.Name && !known {
				w.people[role] = w.enter(config.Organization.ID, u.ID)
			}
		}
	}
	for of, o := range map[string]id.Org{"own": "a", "other": "a", "foreign": "b"} {
		w.crews[of] = w.hire(matrixID[id.Org](id.PrefixOrg, string(o)), of)
	}
	for _, of := range []string{"own", "other", "foreign"} {
		w.work(w.crews[of])
	}
	return w
}

func matrixID[T ~string](prefix, key string) T { return sampleID[T](prefix, "matrix "+key) }

// matrixConfig is an organization with some teams. Nothing in it ends by itself
// while the matrix is walked.
func matrixConfig(key string, crews ...string) org.Config {
	s := org.Defaults()
	s.RONA, s.ConfirmWithin, s.CustomerUnseen, s.CustomerGone, s.InactivityClose = time.Hour, time.Hour, time.Hour, 2*time.Hour, 0
	s.Capacity, s.OpenOffers, s.AllowDecline = 20, 20, true
	c := org.Config{Version: 1, Organization: org.Organization{
		ID: matrixID[id.Org](id.PrefixOrg, key), Name: org.Name{En: key}, Language: "en", TimeZone: "UTC", Settings: s, Version: 1,
	}}
	user := func(name string, team id.Team, roles ...org.Role) {
		u := org.User{ID: matrixID[id.User](id.PrefixUser, key+name), Name: name, Email: strings.ReplaceAll(name, " ", "-") + "@" + key + ".example.org", Roles: roles, Version: 1}
		if team != "" {
			u.Teams = []id.Team{team}
		}
		c.Users = append(c.Users, u)
	}
	user("free supervisor", "", org.RoleSupervisor)
	user("free administrator", "", org.RoleAdministrator)
	user("free roleless", "")
	reader := matrixID[org.Role](id.PrefixRole, key+"reader")
	c.Roles = []org.OwnRole{{ID: reader, Name: org.Name{En: "Reader"}, Permissions: []org.Permission{org.MayReadAll, org.MayReadAudit, org.MayManageUsers}, Version: 1}}
	user("free reader", "", reader)
	for _, of := range crews {
		team := matrixID[id.Team](id.PrefixTeam, key+of)
		queue := matrixID[id.Queue](id.PrefixQueue, key+of)
		c.Teams = append(c.Teams, org.Team{ID: team, Name: org.Name{En: of}, Version: 1})
		c.Queues = append(c.Queues, org.Queue{ID: queue, Name: org.Name{En: of}, Teams: []id.Team{team}, Priority: 5, OnUnanswered: org.Requeue, ManualPick: true, WrapUpAuto: time.Hour, Version: 1})
		c.Assets = append(c.Assets, org.Asset{
			ID: matrixID[id.Asset](id.PrefixAsset, key+of), Key: "widget-" + of, Name: org.Name{En: of}, Queue: queue,
			Origins: []string{matrixSite}, Languages: []string{"en"}, Language: "en", Color: "#112233", Version: 1,
		})
		c.Providers = append(c.Providers, org.Provider{ID: matrixID[id.Provider](id.PrefixProvider, key+of), Name: org.Name{En: of}, Issuer: "https://login.example.org", ClientID: "hiwar", Version: 1})
		user(of+" owner", team, org.RoleAgent)
		user(of+" mate", team, org.RoleAgent)
	}
	for _, kind := range []org.ReasonKind{org.WrapUpReason, org.IdleReason} {
		c.Reasons = append(c.Reasons, org.Reason{ID: matrixID[id.Reason](id.PrefixReason, key+string(kind)), Kind: kind, Name: org.Name{En: string(kind)}, Order: 1, Version: 1})
	}
	byID(c.Users, func(u org.User) id.User { return u.ID })
	byID(c.Teams, func(x org.Team) id.Team { return x.ID })
	byID(c.Queues, func(q org.Queue) id.Queue { return q.ID })
	byID(c.Assets, func(a org.Asset) id.Asset { return a.ID })
	byID(c.Providers, func(p org.Provider) id.Provider { return p.ID })
	byID(c.Reasons, func(r org.Reason) id.Reason { return r.ID })
	return c
}

func byID[T any, I ~string](items []T, key func(T) I) {
	slices.SortFunc(items, func(a, b T) int { return strings.Compare(string(key(a)), string(key(b))) })
}

// enter signs somebody in.
func (w *world) enter(o id.Org, u id.User) *someone {
	w.t.Helper()
	link, err := w.now.login.EnterLink(w.t.Context(), o, u)
	if err != nil {
		w.t.Fatal(err)
	}
	secret, err := w.now.login.Enter(w.t.Context(), link, "test")
	if err != nil {
		w.t.Fatal(err)
	}
	p := &someone{user: u, cookie: "hiwar_session=" + secret}
	var list struct{ Sessions []struct{ ID string } }
	w.must(p, "GET", "/api/v1/me/sessions", "").into(w.t, &list)
	p.session = list.Sessions[0].ID
	return p
}

func (a answer) into(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), v); err != nil {
		t.Fatalf("%s: %v", a.body, err)
	}
}

// key is an Idempotency-Key that was not used before.
func (w *world) key() []string {
	w.idempotent++
	return []string{"Idempotency-Key", fmt.Sprint("k", w.idempotent)}
}

// must sends a request that has to succeed.
func (w *world) must(as *someone, method, path, body string, headers ...string) answer {
	w.t.Helper()
	a := w.now.ask(as, method, path, body, append(w.key(), headers...)...)
	if a.status >= 300 {
		w.t.Fatalf("%s %s: %d %s", method, path, a.status, a.body)
	}
	return a
}

func (w *world) hire(o id.Org, of string) *crew {
	key := map[bool]string{true: "b", false: "a"}[of == "foreign"] + of
	c := &crew{org: o, queue: matrixID[id.Queue](id.PrefixQueue, key), asset: matrixID[id.Asset](id.PrefixAsset, key), conv: map[string]string{}, named: map[string]string{}}
	c.owner = w.enter(o, matrixID[id.User](id.PrefixUser, key+" owner"))
	c.mate = w.enter(o, matrixID[id.User](id.PrefixUser, key+" mate"))
	c.named["queue"], c.named["asset"], c.named["widget"] = string(c.queue), string(c.asset), "widget-"+of
	c.named["provider"] = string(matrixID[id.Provider](id.PrefixProvider, key))
	c.named["user"], c.named["mate"] = string(c.mate.user), string(c.mate.user)
	c.named["wrapup"], c.named["idle"] = string(matrixID[id.Reason](id.PrefixReason, key[:1]+"wrapup")), string(matrixID[id.Reason](id.PrefixReason, key[:1]+"idle"))
	return c
}

// chat starts a conversation by the crew's widget, as a new customer or one
// who was there.
func (w *world) chat(c *crew, name string, as *someone) *someone {
	w.t.Helper()
	at := "/api/v1/widget/" + c.named["widget"]
	var embed struct {
		Token string `json:"embed_token"`
	}
	w.must(nil, "POST", at+"/embed", "{}", "Origin", matrixSite).into(w.t, &embed)
	var started struct {
		Conversation string
		Token        string `json:"visitor_token"`
	}
	w.must(as, "POST", at+"/conversations", fmt.Sprintf(`{"name":"Salma","text":"hello","embed_token":%q}`, embed.Token)).into(w.t, &started)
	c.conv[name] = started.Conversation
	return &someone{bearer: started.Token}
}

// card is what an agent's desk shows of a conversation.
func (w *world) card(as *someone, conv string) (card struct {
	Conversation string
	Kind         string
	Offer, Part  int64
},
) {
	w.t.Helper()
	var desk struct{ Cards []json.RawMessage }
	w.must(as, "GET", "/api/v1/desk", "").into(w.t, &desk)
	for _, raw := range desk.Cards {
		if err := json.Unmarshal(raw, &card); err == nil && card.Conversation == conv {
			return card
		}
	}
	w.t.Fatalf("no card of %s on the desk: %s", conv, desk.Cards)
	return card
}

// customerOf is who the crew's client is to the server.
func (w *world) customerOf(c *crew) string {
	w.t.Helper()
	found, err := w.now.db.FindPeople(w.t.Context(), c.org, c.conv["talk"], 1)
	if err != nil || len(found) != 1 {
		w.t.Fatal(found, err)
	}
	return string(found[0])
}

func (w *world) accept(as *someone, conv string) {
	w.t.Helper()
	w.must(as, "POST", fmt.Sprintf("/api/v1/offers/%d/acceptance", w.card(as, conv).Offer), "")
}

// work brings about one conversation in each state that requests are about.
func (w *world) work(c *crew) {
	w.t.Helper()
	conv := func(name, what string) string { return "/api/v1/conversations/" + c.conv[name] + what }
	w.must(c.owner, "POST", "/api/v1/me/sign-in", "")
	w.must(c.owner, "PUT", "/api/v1/me/presence", `{"presence":"available"}`)

	c.client = w.chat(c, "past", nil)
	w.accept(c.owner, c.conv["past"])
	w.must(c.client, "POST", conv("past", "/end"), "")
	part := w.card(c.owner, c.conv["past"]).Part
	w.must(c.owner, "PUT", fmt.Sprintf("/api/v1/parts/%d/wrapup", part), fmt.Sprintf(`{"reason":%q}`, c.named["wrapup"]))
	w.chat(c, "talk", c.client)
	for _, name := range []string{"conference", "done", "invited", "offered"} {
		w.chat(c, name, nil)
	}
	for _, name := range []string{"talk", "conference", "done", "invited"} {
		w.accept(c.owner, c.conv[name])
	}
	w.must(c.owner, "POST", conv("done", "/end"), "")
	c.named["part"] = fmt.Sprint(w.card(c.owner, c.conv["done"]).Part)
	c.named["offer"] = fmt.Sprint(w.card(c.owner, c.conv["offered"]).Offer)
	c.named["past"] = c.conv["past"]
	c.named["customer"] = w.customerOf(c)

	w.must(c.mate, "POST", "/api/v1/me/sign-in", "")
	w.must(c.mate, "PUT", "/api/v1/me/presence", `{"presence":"available"}`)
	invite := fmt.Sprintf(`{"agent":%q}`, c.mate.user)
	w.must(c.owner, "POST", conv("conference", "/invitation"), invite)
	w.accept(c.mate, c.conv["conference"])
	w.must(c.owner, "POST", conv("invited", "/invitation"), invite)

	var file struct{ ID string }
	w.must(c.client, "POST", conv("talk", "/attachments"), "a list of things", "Content-Type", "application/octet-stream", "X-File-Name", "list.txt").into(w.t, &file)
	w.must(c.client, "POST", conv("talk", "/messages"), fmt.Sprintf(`{"text":"here","attachments":[%q]}`, file.ID))
	c.named["attachment"] = file.ID
	w.must(c.owner, "POST", conv("talk", "/attachments"), "another list", "Content-Type", "application/octet-stream", "X-File-Name", "list.txt").into(w.t, &file)
	c.named["unsent"] = file.ID

	w.must(c.mate, "POST", "/api/v1/me/second-step", "")
	k, _, err := w.now.login.NewIdentityKey(w.t.Context(), c.org, c.asset, "HS256", "")
	if err != nil {
		w.t.Fatal(err)
	}
	c.named["key"] = k.ID
	c.named["passkey"] = "pky_" + c.named["widget"]
	key := access.Passkey{Org: c.org, User: c.owner.user, ID: c.named["passkey"], Name: "Key", Credential: []byte(c.named["widget"]), Key: []byte("public")}
	if err := w.now.db.AddPasskey(w.t.Context(), key, 1); err != nil {
		w.t.Fatal(err)
	}

	admin := access.Actor{Kind: access.Staff, Org: c.org, User: c.owner.user, Roles: []org.Role{org.RoleAdministrator}}
	network := fmt.Sprintf("198.51.100.%d", len(c.named["widget"])) // another one of each crew
	b, err := w.now.login.Block(w.t.Context(), admin, access.Block{ID: matrixID[id.Block](id.PrefixBlock, c.named["widget"]), Network: network}, 0)
	if err != nil {
		w.t.Fatal(err)
	}
	c.named["block"] = string(b.ID)
	if err := w.now.db.LinkIdentity(w.t.Context(), access.LinkedIdentity{Org: c.org, Issuer: "https://login.example.org", Subject: c.named["user"], User: c.mate.user}); err != nil {
		w.t.Fatal(err)
	}
}

// fresh starts the server on a copy of the data as it was.
func (w *world) fresh(t *testing.T) {
	t.Helper()
	if w.now != nil {
		w.now.stop()
	}
	copied := t.TempDir()
	if err := os.CopyFS(copied, os.DirFS(w.folder)); err != nil {
		t.Fatal(err)
	}
	w.now = startNode(t, copied)
}
