package rest

import (
	"cmp"
	"context"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/config"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// Proving is who the site says its visitor is.
type Proving struct {
	EmbedToken    string `json:"embed_token,omitempty" doc:"required unless a visitor token is sent"`
	IdentityToken string `json:"identity_token" doc:"signed by the site with one of the asset's identity keys; up to 4096 characters"`
}

// Proven is a person of the site.
type Proven struct {
	VisitorToken string          `json:"visitor_token" doc:"opens the conversations of this person; the one that was sent opens nothing any more"`
	Conversation id.Conversation `json:"conversation,omitempty" doc:"that the person has open here, else their last"`
	Open         bool            `json:"open" doc:"it can be gone on with"`
	Name         string          `json:"name,omitempty" doc:"as the site has signed it"`
	Email        string          `json:"email,omitempty"`
	Phone        string          `json:"phone,omitempty"`
	ExpiresAt    time.Time       `json:"expires_at" doc:"of the visitor token: prove it anew"`
}

// ProveInput is the request of proveIdentity.
type ProveInput struct {
	Command
	WidgetInput
	Body JSON[Proving]
}

func (a *API) identityOperations() {
	const tag, at = "widget", Prefix + "/widget/{key}"
	add(a, operation{"proveIdentity", http.MethodPost, at + "/identity", tag, anybody, "Exchange an identity token of the site for a visitor token. What the visitor token sent with it has, is the person's from now on", http.StatusCreated}, a.prove)
	add(a, operation{"forgetVisitor", http.MethodDelete, Prefix + "/widget/visitor", tag, customers, "Make the visitor token worth nothing, everywhere at once", 0},
		func(ctx context.Context, c *call, _ *Nothing) (*Nothing, error) {
			return &Nothing{}, a.visitors.Forget(ctx, c.visitor)
		})
}

func (a *API) prove(ctx context.Context, c *call, in *ProveInput) (*Answer[Proven], error) {
	key, err := in.Command.id(http.MethodPost)
	if err != nil {
		return nil, err
	}
	o, asset, err := a.asset(ctx, in.Key)
	if err != nil {
		return nil, err
	}
	if err := tooOften(a.starts.Wait("identity/" + c.address)); err != nil {
		return nil, err
	}
	before, err := a.before(ctx, c, o, asset, in.Body.value.EmbedToken)
	if err != nil {
		return nil, err
	}
	// Who is blocked does not become somebody who is not by giving a name.
	if err := a.blocks.Blocked(access.Actor{Kind: access.Customer, Org: o, Customer: before.Customer, Address: c.address}); err != nil {
		return nil, err
	}
	secret, v, err := a.visitors.Prove(ctx, o, asset, in.Body.value.IdentityToken, key, Mint[id.Customer](id.PrefixCustomer),
		func(text string) string { return a.engine.Masked(o, text) })
	if err != nil {
		return nil, err
	}
	if err := a.joined(ctx, c, asset, before, &v); err != nil {
		return nil, err
	}
	open, err := a.isOpen(ctx, v)
	if err != nil {
		return nil, err
	}
	signed := signedBy(v)
	return &Answer[Proven]{Proven{
		VisitorToken: secret, Conversation: v.Conversation, Open: open, ExpiresAt: v.Expires.UTC(),
		Name: signed.Name, Email: signed.Email, Phone: signed.Phone,
	}}, nil
}

// before is who asks as far as we know already: a visitor, or nobody from an
// allowed page. A token that has ended says nothing.
func (a *API) before(ctx context.Context, c *call, o id.Org, asset org.Asset, embed string) (access.Visitor, error) {
	if token, ok := strings.CutPrefix(c.request.Header.Get("Authorization"), "Bearer "); ok {
		v, err := a.visitors.Visitor(ctx, token)
		if err == nil && v.Org == o && v.Asset == asset.ID {
			return v, nil
		}
		if err != nil && problem.CodeOf(err) != problem.TokenInvalid {
			return access.Visitor{}, err
		}
	}
	_, err := a.visitors.CheckEmbed(embed, o, asset.ID)
	return access.Visitor{}, err
}

// joined gives what somebody unknown has to the person they are. Who was a
// proven person before stays that one: only this browser is another's now.
func (a *API) joined(ctx context.Context, c *call, asset org.Asset, before access.Visitor, v *access.Visitor) error {
	switch {
	case before.Customer == "" || before.Digest == v.Digest:
		return nil
	case before.Proven:
		return a.visitors.Forget(ctx, before)
	}
	if before.Conversation != "" {
		actor := access.Actor{Kind: access.System, Org: v.Org}
		reply, err := a.engine.Do(ctx, engine.Request{Actor: actor, Command: engine.JoinCustomer{Asset: asset.ID, From: before.Customer, To: v.Customer}})
		if err != nil {
			return err
		}
		conversation := cmp.Or(reply.Conversation, v.Conversation, before.Conversation)
		if err := a.visitors.Opened(ctx, *v, conversation); err != nil {
			return err
		}
		v.Conversation = conversation
	}
	return a.visitors.Joined(ctx, v.Org, before.Customer)
}

func (a *API) isOpen(ctx context.Context, v access.Visitor) (bool, error) {
	if v.Conversation == "" {
		return false, nil
	}
	conversation, err := a.conversationOf(ctx, v.Actor())
	return err == nil && conversation.Status != string(chat.Closed), err
}

// signedBy is what the site has signed of a visitor, as it is shown to people.
func signedBy(v access.Visitor) (s access.Signed) {
	s.Phone = kept(v.Signed.Phone, maxPhone)
	if name, err := cleanName(v.Signed.Name); err == nil {
		s.Name = name
	}
	if email, err := cleanEmail(v.Signed.Email); err == nil {
		s.Email = email
	}
	return s
}

// known puts what the site has signed in the place of what the browser says.
func known(v access.Visitor, s *engine.StartConversation) {
	if !v.Proven {
		return
	}
	signed := signedBy(v)
	s.Verified = true
	s.Priority = cmp.Or(v.Signed.Priority, s.Priority)
	for _, r := range v.Signed.Requires {
		r.Skill = config.Of(v.Org, id.PrefixSkill, r.Skill)
		s.Requires = append(s.Requires, org.Required{Requirement: r, From: org.FromIdentity})
	}
	s.Name, s.Email = cmp.Or(signed.Name, s.Name), cmp.Or(signed.Email, s.Email)
	s.About.Phone = cmp.Or(signed.Phone, s.About.Phone)
	var all []Said
	for _, name := range slices.Sorted(maps.Keys(v.Signed.Attributes)) {
		all = append(all, Said{name, v.Signed.Attributes[name]})
	}
	s.About.Signed = said(all, maxAttributes)
}

// elsewhere makes a proven visitor's token open what the person has begun on
// another device.
func (a *API) elsewhere(ctx context.Context, c *call) error {
	v := c.visitor
	if !v.Proven {
		return nil
	}
	open, err := a.engine.OpenOf(ctx, v.Org, v.Customer, v.Asset)
	if err != nil || open == "" {
		return err
	}
	c.actor.Conversation = open
	return a.visitors.Opened(ctx, v, open)
}
