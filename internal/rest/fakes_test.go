package rest

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"hiwar/internal/access"
	"hiwar/internal/audit"
	"hiwar/internal/blob"
	"hiwar/internal/chat"
	"hiwar/internal/config"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/login"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/store"
	"hiwar/internal/view"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// recorder is an engine that keeps what it is asked to do and answers as told.
type recorder struct {
	db *store.DB

	mu       sync.Mutex
	asked    []engine.Request
	fail     error
	config   org.Config
	adopted  id.Org
	drafts   []view.Draft
	door     routing.Door
	uploads  []chat.Upload
	open     id.Conversation // of every customer
	customer id.Customer     // of every conversation
}

func (r *recorder) Do(_ context.Context, req engine.Request) (engine.Reply, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.fail != nil {
		return engine.Reply{}, r.fail
	}
	duplicate := slices.ContainsFunc(r.asked, func(b engine.Request) bool { return b.CommandID == req.CommandID })
	r.asked = append(r.asked, req)
	reply := engine.Reply{At: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Duplicate: duplicate}
	if _, ok := req.Command.(engine.StartConversation); ok {
		reply.Conversation = "conv_1"
	}
	return reply, nil
}

func (r *recorder) failing(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = err
}

func (r *recorder) taken() []engine.Request {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := r.asked
	r.asked = nil
	return out
}

func (r *recorder) Adopt(_ context.Context, o id.Org) error {
	r.adopted = o
	return nil
}

func (r *recorder) Snapshot(_ context.Context, a access.Actor, topic string) (any, id.Seq, error) {
	switch {
	case topic == "agent/"+string(a.User):
		return view.Desk{Agent: view.Agent{User: a.User}, Cards: []view.Card{}}, 3, nil
	case topic == "conv/conv_1":
		return &view.Conversation{ID: "conv_1", Status: "open", Entries: []view.Entry{}, Participants: []view.Participant{}}, 9, nil
	case topic == "conv/conv_1/staff":
		return view.StaffThread{ID: "conv_1", Entries: []view.StaffEntry{}}, 2, nil
	}
	return nil, 0, problem.New(problem.NotFound)
}

func (r *recorder) Entries(_ context.Context, _ access.Actor, c id.Conversation, before id.Seq, limit int) ([]view.Entry, bool, error) {
	if c != "conv_1" {
		return nil, false, problem.New(problem.NotFound)
	}
	var out []view.Entry
	for i := range limit {
		out = append(out, view.Entry{Seq: before + id.Seq(i)})
	}
	return out, true, nil
}

func (r *recorder) CustomerToBlock(_ context.Context, a access.Actor, c id.Conversation) (id.Customer, error) {
	if c != "conv_1" {
		return "", problem.New(problem.NotFound)
	}
	return r.customer, access.Allow(a, access.BlockCustomer, access.OwnerOf)
}

func (r *recorder) Masked(_ id.Org, text string) string {
	return strings.ReplaceAll(text, "4111111111111111", "••••")
}

func (r *recorder) OpenOf(context.Context, id.Org, id.Customer, id.Asset) (id.Conversation, error) {
	return r.open, nil
}

func (r *recorder) Door(context.Context, id.Org, id.Asset) (routing.Door, error) { return r.door, nil }

func (r *recorder) Targets(context.Context, access.Actor, id.Conversation) (view.Targets, error) {
	return view.Targets{}, nil
}

func (r *recorder) Today(context.Context, access.Actor) (view.Today, error) {
	return view.Today{Handled: 4, States: []view.StateTime{}}, nil
}

func (r *recorder) History(_ context.Context, _ access.Actor, c, before id.Conversation, limit int) (view.History, error) {
	return view.History{Conversations: []view.PastConversation{{ID: before + "/" + c, Cause: strconv.Itoa(limit)}}}, nil
}

func (r *recorder) Earlier(_ context.Context, a access.Actor, before id.Conversation, limit int) (view.Earlier, error) {
	return view.Earlier{Conversations: []view.EarlierConversation{{ID: before, Text: string(a.Kind), Agents: []string{strconv.Itoa(limit)}}}}, nil
}

func (r *recorder) PastConversation(_ context.Context, _ access.Actor, c, past id.Conversation, before id.Seq, limit int) (view.Conversation, error) {
	return view.Conversation{ID: c + "/" + past, Cause: strconv.Itoa(int(before)) + "/" + strconv.Itoa(limit)}, nil
}

func (r *recorder) Audit(context.Context, access.Actor, engine.AuditQuery) ([]audit.Record, error) {
	return nil, nil
}

func (r *recorder) ExportAudit(context.Context, access.Actor, engine.AuditQuery) ([]audit.Record, error) {
	return nil, nil
}

func (r *recorder) FindPeople(context.Context, access.Actor, string) ([]engine.Person, error) {
	return nil, nil
}

func (r *recorder) Person(_ context.Context, _ access.Actor, c id.Customer) (engine.Person, error) {
	return engine.Person{Customer: c}, nil
}

func (r *recorder) ExportPerson(context.Context, access.Actor, id.Customer) (engine.PersonFile, error) {
	return engine.PersonFile{}, nil
}

func (r *recorder) ErasePerson(context.Context, access.Actor, id.Customer, string) (engine.Erased, error) {
	return engine.Erased{}, nil
}
func (r *recorder) Hold(context.Context, access.Actor, string, string) error { return nil }
func (r *recorder) Release(context.Context, access.Actor, string) error      { return nil }

func (r *recorder) Configuration(context.Context, access.Actor) (org.Config, error) {
	return r.config, nil
}

func (r *recorder) Plan(_ context.Context, _ access.Actor, f config.File) (engine.Plan, error) {
	return engine.Plan{Version: len(f.Teams), Changes: []config.Change{}}, nil
}

func (r *recorder) Preferences(ctx context.Context, a access.Actor) (org.Preferences, error) {
	return r.db.Preferences(ctx, a.Org, a.User)
}

func (r *recorder) ChangePreferences(ctx context.Context, a access.Actor, change func(*org.Preferences) error) (org.Preferences, error) {
	return r.db.UpdatePreferences(ctx, a.Org, a.User, change)
}

func (r *recorder) KeepDraft(_ context.Context, _ access.Actor, d view.Draft) (view.Draft, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.drafts = append(r.drafts, d)
	return d, r.fail
}

func (r *recorder) Drafts(context.Context, access.Actor) ([]view.Draft, error) { return r.drafts, nil }

func (r *recorder) Config(context.Context, access.Actor) (org.Config, error) { return r.config, nil }

func (r *recorder) Agents(context.Context, access.Actor) ([]view.Agent, error) { return nil, nil }

func (r *recorder) ExplainConversation(_ context.Context, _ access.Actor, c id.Conversation) (view.Explanation, error) {
	return view.Explanation{Conversation: c, State: "waiting"}, nil
}

func (r *recorder) ExplainOffer(_ context.Context, _ access.Actor, _ id.Conversation, o id.Offer) (view.OfferExplanation, error) {
	return view.OfferExplanation{Request: view.OfferReason{Offer: o}, Rebuilt: true}, nil
}

func (r *recorder) WaitingList(context.Context, access.Actor) (view.WaitingList, error) {
	return view.WaitingList{Total: 3, Waiting: []view.WaitingRow{}}, nil
}

func (r *recorder) ExplainAgent(_ context.Context, _ access.Actor, u id.User) (view.Standing, error) {
	return view.Standing{Agent: view.Colleague{User: u}, RuledBy: "at_capacity"}, nil
}

func (r *recorder) MayAttach(context.Context, access.Actor, id.Conversation) (org.Attachments, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return org.Attachments{}, r.fail
}

func (r *recorder) Attach(_ context.Context, a access.Actor, c id.Conversation, command string, k engine.Kept) (chat.Upload, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, u := range r.uploads {
		if u.Command == command {
			return u, r.fail
		}
	}
	u := chat.Upload{
		Attachment:   chat.Attachment{ID: id.Attachment("att_" + command), Name: k.Name, Type: k.Type, Size: k.Size, Width: k.Width, Height: k.Height},
		Conversation: c, By: chat.Author{Customer: a.Kind == access.Customer, User: a.User}, Command: command, Digest: k.Digest, Blob: k.Blob,
	}
	r.uploads = append(r.uploads, u)
	return u, r.fail
}

func (r *recorder) Attached(_ context.Context, _ access.Actor, c id.Conversation, file id.Attachment) (chat.Upload, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, u := range r.uploads {
		if u.ID == file && u.Conversation == c {
			return u, r.fail
		}
	}
	return chat.Upload{}, problem.New(problem.FileNotFound)
}

func (r *recorder) AssetImpact(context.Context, access.Actor, id.Asset) (int, error) { return 7, nil }

// site is an API over a real store and real logins, with a recording engine.
type site struct {
	*httptest.Server
	t      *testing.T
	engine *recorder
	login  *login.Service
	start  int // started conversations the sockets were told of
	cookie string
	folder string       // of blobs
	clock  atomic.Int64 // of the logins, in Unix nanoseconds; 0 is the wall's
}

func (s *site) now() time.Time {
	if at := s.clock.Load(); at != 0 {
		return time.Unix(0, at)
	}
	return time.Now()
}

const shopOrigin = "https://shop.example"

// newSite is an installation with an administrator, huda, who is signed in.
func newSite(t *testing.T, change ...func(*Config)) *site {
	t.Helper()
	s := unfounded(t, change...)
	link, _, err := s.login.SetupLink(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	res := s.do(http.MethodPost, "/api/v1/setup", `{"token":"`+link+`","organization":"Lotus","name":"Huda","email":"huda@example.org","password":"a blue bicycle at noon"}`)
	if res.status != http.StatusOK {
		t.Fatalf("setup: %d %s", res.status, res.body)
	}
	s.cookie, _, _ = strings.Cut(res.header.Get("Set-Cookie"), ";")
	floor, err := s.engine.db.Floor(t.Context(), s.engine.adopted)
	if err != nil {
		t.Fatal(err)
	}
	s.engine.config = floor.Config
	return s
}

func unfounded(t *testing.T, change ...func(*Config)) *site {
	t.Helper()
	db, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s := &site{t: t, engine: &recorder{db: db}, folder: t.TempDir()}
	service, err := login.New(t.Context(), db, login.Options{HashMemory: 64, Now: s.now})
	if err != nil {
		t.Fatal(err)
	}
	s.login = service
	blobs, err := blob.Open(s.folder, blob.NewFolder(s.folder), nil, false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { blobs.Close() })
	c := Config{
		Engine: s.engine, Assets: db, Staff: service, Setup: service, Visitors: service, Blocks: service, Blobs: blobs, Links: service,
		Started: func(access.Actor) { s.start++ },
		Hosts:   Hosts{Names: []string{"localhost", "*.hiwar.localhost"}}, Origins: []string{shopOrigin},
		Visits:  NewVisits(db, []string{"http://own.example"}, slog.New(slog.DiscardHandler)),
		Writers: NewWriters(60, 5), Starts: NewBuckets(30, time.Minute), Requests: NewBuckets(0, time.Second), Log: slog.New(slog.DiscardHandler),
		Pages: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "page") }),
	}
	for _, f := range change {
		f(&c)
	}
	s.Server = httptest.NewUnstartedServer(New(c))
	s.Server.Config.MaxHeaderBytes = 12 << 10
	s.Start()
	t.Cleanup(s.Close)
	s.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return s
}

// result is an answer, read.
type result struct {
	status int
	header http.Header
	body   string
}

func (r result) field(name string) any {
	var m map[string]any
	_ = json.Unmarshal([]byte(r.body), &m)
	return m[name]
}

// do sends a request as huda, once she is signed in. headers are name, value …
func (s *site) do(method, path, body string, headers ...string) result {
	s.t.Helper()
	var reader io.Reader
	if body != "" {
		reader = strings.NewReader(body)
	}
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.URL+path, reader)
	if err != nil {
		s.t.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if s.cookie != "" {
		r.Header.Set("Cookie", s.cookie)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		switch {
		case headers[i] == "Host":
			r.Host = headers[i+1]
		case headers[i+1] == "":
			r.Header.Del(headers[i])
		default:
			r.Header.Set(headers[i], headers[i+1])
		}
	}
	res, err := s.Client().Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return result{res.StatusCode, res.Header, string(text)}
}

// asset is the public key of the installation's widget.
func (s *site) asset() string { return s.engine.config.Assets[0].Key }

// embed is a fresh embed token for it.
func (s *site) embed() string {
	s.t.Helper()
	res := s.do(http.MethodPost, "/api/v1/widget/"+s.asset()+"/embed", "{}", "Origin", shopOrigin)
	token, _ := res.field("embed_token").(string)
	if token == "" {
		s.t.Fatalf("embed: %d %s", res.status, res.body)
	}
	return token
}

// wants checks the code, status and shape of a refusal.
func (r result) wants(t *testing.T, what string, status int, code problem.Code) {
	t.Helper()
	if r.status != status || r.field("code") != string(code) {
		t.Errorf("%s: got %d %s, want %d %s", what, r.status, r.body, status, code)
		return
	}
	if r.header.Get("Content-Type") != "application/problem+json" || r.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%s: headers %v", what, r.header)
	}
	if detail, _ := r.field("detail").(string); len(detail) < 10 {
		t.Errorf("%s: no sentence in %s", what, r.body)
	}
	if request, _ := r.field("request_id").(string); request == "" || request != r.header.Get("X-Request-Id") {
		t.Errorf("%s: request id %q is not that of the header %q", what, request, r.header.Get("X-Request-Id"))
	}
}
