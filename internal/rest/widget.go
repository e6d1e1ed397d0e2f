package rest

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/locale"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/text"
	"hiwar/internal/view"
)

// WidgetConfig is what a widget needs before anybody writes.
type WidgetConfig struct {
	Name      org.Name `json:"name"`
	Languages []string `json:"languages"`
	Language  string   `json:"language" doc:"default"`
	Color     string   `json:"color" doc:"#rrggbb"`
	Form      Form     `json:"form"`
	Door      Door     `json:"door"`

	IdentityRequired bool `json:"identity_required,omitempty" doc:"only whom the site has signed for may write"`
	Work             int  `json:"work,omitempty" doc:"a start has to come with work of so many zero bits for each part; left out: with none. docs/guide/abuse.md says what that is"`
}

// Door is whether anybody could be asked now.
type Door struct {
	Open         bool       `json:"open"`
	OpensAt      *time.Time `json:"opens_at,omitempty" doc:"next, where it is closed and ever opens"`
	LeaveMessage bool       `json:"leave_message" doc:"where it is closed, a message can be left"`
	Text         *org.Name  `json:"text,omitempty" doc:"what is said where it is closed"`
}

// Embed lets a widget on one page start a conversation.
type Embed struct {
	EmbedToken string `json:"embed_token" doc:"for 5 minutes, for this asset and the page's origin"`
}

// Beginning is what a conversation begins with.
type Beginning struct {
	EmbedToken string `json:"embed_token,omitempty" doc:"required unless a visitor token is sent"`
	Work       []int  `json:"work,omitempty" doc:"where the widget asks for some, and the customer is nobody whom the site has signed for: the work done on the embed token, which is then required"`
	Name       string `json:"name" doc:"up to 80 characters"`
	Email      string `json:"email,omitempty"`
	Language   string `json:"language,omitempty" doc:"ar or en"`
	Page       string `json:"page,omitempty" doc:"address of the page the customer is on"`
	Text       string `json:"text,omitempty" doc:"first message"`

	// For staff beside the conversation. What does not fit is cut or left out.
	Phone           string `json:"phone,omitempty"`
	PageTitle       string `json:"page_title,omitempty" doc:"up to 255 characters"`
	Referrer        string `json:"referrer,omitempty" doc:"address of the page before"`
	BrowserLanguage string `json:"browser_language,omitempty" doc:"those the browser asks for, best first"`
	TimeZone        string `json:"time_zone,omitempty" doc:"IANA name"`
	Visits          int    `json:"visits,omitempty" doc:"of this browser to the site, this one included"`
	Answers         []Said `json:"answers,omitempty" doc:"of the form before the chat: up to 20"`
	Attributes      []Said `json:"attributes,omitempty" doc:"that the site knows: up to 30"`
}

// Started is a conversation that began.
type Started struct {
	Conversation id.Conversation `json:"conversation"`
	VisitorToken string          `json:"visitor_token" doc:"opens this conversation and later ones of the same customer"`
	Duplicate    bool            `json:"duplicate" doc:"it had begun before, with the same Idempotency-Key"`
}

// Resumed is the conversation a visitor token opens.
type Resumed struct {
	Conversation id.Conversation `json:"conversation"`
	Status       string          `json:"status" doc:"waiting, open, interrupted or closed"`
}

type (
	// WidgetInput names a widget.
	WidgetInput struct {
		Key string `path:"key" doc:"the asset's public key"`
	}
	// EmbedInput is the request of embed.
	EmbedInput struct {
		WidgetInput
		Origin string `header:"Origin" doc:"set by the browser: the page's origin"`
	}
	// EarlierInput is the request of getEarlierConversations.
	EarlierInput struct {
		Before id.Conversation `query:"before" doc:"only conversations begun before this one; empty: all"`
		Limit  int             `query:"limit" minimum:"1" maximum:"50" default:"20"`
	}
	// StartInput is the request of startConversation.
	StartInput struct {
		Command
		WidgetInput
		Body JSON[Beginning]
	}
)

func (a *API) widgetOperations() {
	const tag, at = "widget", Prefix + "/widget/{key}"
	add(a, operation{"getWidget", http.MethodGet, at, tag, anybody, "What a widget needs before anybody writes", 0}, a.widgetConfig)
	add(a, operation{"embed", http.MethodPost, at + "/embed", tag, anybody, "Let the widget run on the page that asks; its origin must be the asset's", 0}, a.embed)
	add(a, operation{"startConversation", http.MethodPost, at + "/conversations", tag, anybody, "Start a conversation", http.StatusCreated}, a.start)
	add(a, operation{"leaveMessage", http.MethodPost, at + "/messages", tag, anybody, "Leave a message where nobody is there", http.StatusCreated}, a.leaveMessage)
	add(a, operation{"resumeConversation", http.MethodGet, Prefix + "/widget/conversation", tag, customers, "The conversation the visitor token opens", 0}, a.resume)
	add(a, operation{"getEarlierConversations", http.MethodGet, Prefix + "/widget/conversations", tag, customers, "The customer's own conversations that have ended, newest first; each is read as a conversation", 0},
		func(ctx context.Context, c *call, in *EarlierInput) (*Answer[view.Earlier], error) {
			v, err := a.engine.Earlier(ctx, c.actor, in.Before, in.Limit)
			return &Answer[view.Earlier]{v}, err
		})
}

// asset finds a widget that can be used.
func (a *API) asset(ctx context.Context, key string) (id.Org, org.Asset, error) {
	o, asset, err := a.assets.AssetByKey(ctx, key)
	if problem.CodeOf(err) == problem.NotFound && err != nil || err == nil && asset.Deleted {
		return "", asset, problem.New(problem.WidgetNotFound)
	}
	return o, asset, err
}

func (a *API) widgetConfig(ctx context.Context, _ *call, in *WidgetInput) (*Answer[WidgetConfig], error) {
	o, asset, err := a.asset(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	door, err := a.engine.Door(ctx, o, asset.ID)
	if err != nil {
		return nil, err
	}
	return &Answer[WidgetConfig]{WidgetConfig{asset.Name, orEmpty(asset.Languages), asset.Language, asset.Color, formOf(asset.Form), doorOf(door), asset.IdentityRequired, asset.Work.Bits()}}, nil
}

func doorOf(d routing.Door) Door {
	v := Door{Open: d.Open, LeaveMessage: d.Message}
	if !d.OpensAt.IsZero() {
		at := d.OpensAt.UTC()
		v.OpensAt = &at
	}
	if d.Text != (org.Name{}) {
		v.Text = &d.Text
	}
	return v
}

// isEmbed says whether a path is the one operation other sites may call.
func isEmbed(path string) bool {
	key, ok := strings.CutPrefix(path, Prefix+"/widget/")
	key, ok2 := strings.CutSuffix(key, "/embed")
	return ok && ok2 && key != "" && !strings.Contains(key, "/")
}

// preflight lets browsers send the request whose origin embed will judge. No
// cookie comes with it, and nothing is said but yes to the question.
func (a *API) preflight(w http.ResponseWriter, r *http.Request) {
	shareWith(w.Header(), r.Header.Get("Origin"))
	h := w.Header()
	h.Set("Access-Control-Allow-Methods", http.MethodPost)
	h.Set("Access-Control-Allow-Headers", "Content-Type")
	h.Set("Access-Control-Max-Age", "600")
	w.WriteHeader(http.StatusNoContent)
}

// shareWith lets a page of the origin read the answer, a refusal too.
func shareWith(h http.Header, origin string) {
	h.Add("Vary", "Origin")
	if origin != "" && origin != "null" {
		h.Set("Access-Control-Allow-Origin", origin)
	}
}

func (a *API) embed(ctx context.Context, c *call, in *EmbedInput) (*Answer[Embed], error) {
	shareWith(c.writer.Header(), in.Origin)
	o, asset, err := a.asset(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	// This server's own page with a preview of the widget is no stranger's.
	if !slices.Contains(asset.Origins, in.Origin) && !slices.Contains(a.origins, in.Origin) {
		return nil, problem.New(problem.OriginNotAllowed, "origin", in.Origin)
	}
	a.visits.Saw(ctx, in.Key, in.Origin)
	return &Answer[Embed]{Embed{a.visitors.EmbedToken(o, asset.ID, in.Origin)}}, nil
}

func (a *API) start(ctx context.Context, c *call, in *StartInput) (*Answer[Started], error) {
	return a.begin(ctx, c, in, false)
}

func (a *API) leaveMessage(ctx context.Context, c *call, in *StartInput) (*Answer[Started], error) {
	return a.begin(ctx, c, in, true)
}

// begin starts a conversation, with a message that is left or with somebody who
// waits for an answer.
func (a *API) begin(ctx context.Context, c *call, in *StartInput, left bool) (*Answer[Started], error) {
	key, err := in.Command.id(http.MethodPost)
	if err != nil {
		return nil, err
	}
	o, asset, err := a.asset(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	command, err := beginning(asset, c.lang, in.Body.value)
	if err != nil {
		return nil, err
	}
	if err := tooOften(a.starts.Wait(c.address)); err != nil {
		return nil, err
	}
	secret, visitor, err := a.visitor(ctx, c, o, asset, &in.Body.value, key)
	if err != nil {
		return nil, err
	}
	actor := access.Actor{Kind: access.Customer, Org: o, Customer: visitor.Customer, Address: c.address}
	if err := a.blocks.Blocked(actor); err != nil {
		return nil, err
	}
	// The same visitor, from however many addresses.
	if err := tooOften(a.starts.Wait("visitor/" + string(visitor.Customer))); err != nil {
		return nil, err
	}
	if asset.IdentityRequired && !visitor.Proven {
		return nil, problem.New(problem.IdentityRequired)
	}
	known(visitor, &command)
	command.Customer, command.LeftMessage = visitor.Customer, left
	reply, err := a.engine.Do(ctx, engine.Request{Actor: actor, CommandID: key, Command: command})
	if err != nil {
		a.counts.refused.Add(1)
		if open, ok := problem.Of(err).Params["conversation"].(string); ok && problem.CodeOf(err) == problem.ChatExists {
			// Begun on another device, perhaps: this one may go on with it.
			if failed := a.visitors.Opened(ctx, visitor, id.Conversation(open)); failed != nil {
				return nil, failed
			}
		}
		return nil, err
	}
	a.counts.acks.Add(1)
	if err := a.visitors.Opened(ctx, visitor, reply.Conversation); err != nil {
		return nil, err
	}
	if actor.Conversation = reply.Conversation; !reply.Duplicate {
		a.started(actor)
	}
	return &Answer[Started]{Started{reply.Conversation, secret, reply.Duplicate}}, nil
}

// visitor is who starts: the holder of the visitor token sent, if it is one of
// this asset, or somebody new from an allowed page.
func (a *API) visitor(ctx context.Context, c *call, o id.Org, asset org.Asset, b *Beginning, key string) (string, access.Visitor, error) {
	work := access.Work{Zeros: asset.Work.Bits(), Answer: b.Work}
	if token, ok := strings.CutPrefix(c.request.Header.Get("Authorization"), "Bearer "); ok {
		v, err := a.visitors.Visitor(ctx, token)
		if err == nil && (v.Org != o || v.Asset != asset.ID) {
			err = problem.New(problem.TokenInvalid)
		}
		if err == nil && !v.Proven {
			err = a.visitors.CheckWork(o, asset.ID, b.EmbedToken, key, work)
		}
		return token, v, err
	}
	return a.visitors.StartVisitor(ctx, o, asset.ID, b.EmbedToken, key, Mint[id.Customer](id.PrefixCustomer), work)
}

// beginning checks what the customer gave.
func beginning(asset org.Asset, lang locale.Lang, b Beginning) (engine.StartConversation, error) {
	s := engine.StartConversation{Asset: asset.ID, Language: asset.Language, Text: b.Text}
	var err error
	if s.Name, err = cleanName(b.Name); err != nil {
		return s, err
	}
	if b.Email != "" {
		if s.Email, err = cleanEmail(b.Email); err != nil {
			return s, err
		}
	}
	if err := answered(asset.Form, b); err != nil {
		return s, err
	}
	if b.Language != "" {
		chosen, ok := locale.Parse(b.Language)
		if !ok {
			return s, problem.New(problem.InvalidParameter, "parameter", "language")
		}
		s.Language = string(chosen)
	} else if slices.Contains(asset.Languages, string(lang)) {
		s.Language = string(lang)
	}
	s.Page, s.About = cleanPage(b.Page), about(b)
	d, err := choose(asset.Form, s.Language, s.About.Answers)
	s.Queue, s.Priority, s.Requires = d.queue, d.priority, d.requires
	return s, err
}

// cleanPage keeps an address only if it is one of a page: it is shown to
// agents as a link.
func cleanPage(page string) string {
	if len(page) > 2000 || !strings.HasPrefix(page, "https://") && !strings.HasPrefix(page, "http://") {
		return ""
	}
	if text.Control(page) >= 0 {
		return ""
	}
	return page
}

func (a *API) resume(ctx context.Context, c *call, _ *Nothing) (*Answer[Resumed], error) {
	if err := a.elsewhere(ctx, c); err != nil {
		return nil, err
	}
	if c.actor.Conversation == "" {
		return nil, problem.New(problem.NotFound)
	}
	conversation, err := a.conversationOf(ctx, c.actor)
	return &Answer[Resumed]{Resumed{conversation.ID, conversation.Status}}, err
}

// conversationOf is the one the customer's token opens.
func (a *API) conversationOf(ctx context.Context, actor access.Actor) (v view.Conversation, err error) {
	data, _, err := a.engine.Snapshot(ctx, actor, "conv/"+string(actor.Conversation))
	if err != nil {
		return v, err
	}
	return of[view.Conversation](data)
}
