package cluster

import (
	"context"

	"hiwar/internal/access"
	"hiwar/internal/audit"
	"hiwar/internal/chat"
	"hiwar/internal/config"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// Asked is what a node may ask of the engine of another, beside [engine.Engine.Do].
type Asked interface {
	Snapshot(ctx context.Context, a access.Actor, topic string) (any, id.Seq, error)
	Since(ctx context.Context, a access.Actor, topic string, since id.Seq, limit int) ([]view.Event, id.Seq, error)
	Relation(ctx context.Context, a access.Actor, c id.Conversation) (access.Relation, error)
	Heads(ctx context.Context, o id.Org, topics []string) ([]id.Seq, error)
	Entries(ctx context.Context, a access.Actor, c id.Conversation, before id.Seq, limit int) ([]view.Entry, bool, error)
	History(ctx context.Context, a access.Actor, c, before id.Conversation, limit int) (view.History, error)
	PastConversation(ctx context.Context, a access.Actor, c, past id.Conversation, before id.Seq, limit int) (view.Conversation, error)
	Earlier(ctx context.Context, a access.Actor, before id.Conversation, limit int) (view.Earlier, error)
	Targets(ctx context.Context, a access.Actor, c id.Conversation) (view.Targets, error)
	Place(ctx context.Context, a access.Actor, c id.Conversation) (view.Waiting, bool, error)
	Today(ctx context.Context, a access.Actor) (view.Today, error)
	Config(ctx context.Context, a access.Actor) (org.Config, error)
	Configuration(ctx context.Context, a access.Actor) (org.Config, error)
	Plan(ctx context.Context, a access.Actor, file config.File) (engine.Plan, error)
	Audit(ctx context.Context, a access.Actor, q engine.AuditQuery) ([]audit.Record, error)
	ExportAudit(ctx context.Context, a access.Actor, q engine.AuditQuery) ([]audit.Record, error)
	Agents(ctx context.Context, a access.Actor) ([]view.Agent, error)
	ExplainConversation(ctx context.Context, a access.Actor, c id.Conversation) (view.Explanation, error)
	ExplainOffer(ctx context.Context, a access.Actor, c id.Conversation, o id.Offer) (view.OfferExplanation, error)
	ExplainAgent(ctx context.Context, a access.Actor, u id.User) (view.Standing, error)
	OpenOf(ctx context.Context, o id.Org, customer id.Customer, asset id.Asset) (id.Conversation, error)
	Door(ctx context.Context, o id.Org, asset id.Asset) (routing.Door, error)
	WaitingList(ctx context.Context, a access.Actor) (view.WaitingList, error)
	AssetImpact(ctx context.Context, a access.Actor, asset id.Asset) (int, error)
	MayAttach(ctx context.Context, a access.Actor, c id.Conversation) (org.Attachments, error)
	Attach(ctx context.Context, a access.Actor, c id.Conversation, command string, k engine.Kept) (chat.Upload, error)
	Attached(ctx context.Context, a access.Actor, c id.Conversation, file id.Attachment) (chat.Upload, error)
	Preferences(ctx context.Context, a access.Actor) (org.Preferences, error)
	Choices(ctx context.Context, a access.Actor) (org.Settings, error)
	KeepDraft(ctx context.Context, a access.Actor, d view.Draft) (view.Draft, error)
	Drafts(ctx context.Context, a access.Actor) ([]view.Draft, error)
	FindPeople(ctx context.Context, a access.Actor, what string) ([]engine.Person, error)
	Person(ctx context.Context, a access.Actor, c id.Customer) (engine.Person, error)
	ExportPerson(ctx context.Context, a access.Actor, c id.Customer) (engine.PersonFile, error)
	ErasePerson(ctx context.Context, a access.Actor, c id.Customer, confirmation string) (engine.Erased, error)
	Hold(ctx context.Context, a access.Actor, object, reason string) error
	Release(ctx context.Context, a access.Actor, object string) error
	CustomerToBlock(ctx context.Context, a access.Actor, c id.Conversation) (id.Customer, error)
}

// Each of the following is the engine's method of that name, wherever the
// organization is.

func (n *Node) Relation(ctx context.Context, a access.Actor, c id.Conversation) (access.Relation, error) {
	return ask(ctx, n, a.Org, true, func() (access.Relation, error) { return n.engine.Relation(ctx, a, c) }, "Relation", a, c)
}

func (n *Node) Heads(ctx context.Context, o id.Org, topics []string) ([]id.Seq, error) {
	return ask(ctx, n, o, true, func() ([]id.Seq, error) { return n.engine.Heads(ctx, o, topics) }, "Heads", o, topics)
}

func (n *Node) Entries(ctx context.Context, a access.Actor, c id.Conversation, before id.Seq, limit int) ([]view.Entry, bool, error) {
	v, err := ask(ctx, n, a.Org, true, func() (v pair[[]view.Entry, bool], err error) {
		v.a, v.b, err = n.engine.Entries(ctx, a, c, before, limit)
		return v, err
	}, "Entries", a, c, before, limit)
	return v.a, v.b, err
}

func (n *Node) History(ctx context.Context, a access.Actor, c, before id.Conversation, limit int) (view.History, error) {
	return ask(ctx, n, a.Org, true, func() (view.History, error) { return n.engine.History(ctx, a, c, before, limit) }, "History", a, c, before, limit)
}

func (n *Node) PastConversation(ctx context.Context, a access.Actor, c, past id.Conversation, before id.Seq, limit int) (view.Conversation, error) {
	return ask(ctx, n, a.Org, true, func() (view.Conversation, error) { return n.engine.PastConversation(ctx, a, c, past, before, limit) }, "PastConversation", a, c, past, before, limit)
}

func (n *Node) Earlier(ctx context.Context, a access.Actor, before id.Conversation, limit int) (view.Earlier, error) {
	return ask(ctx, n, a.Org, true, func() (view.Earlier, error) { return n.engine.Earlier(ctx, a, before, limit) }, "Earlier", a, before, limit)
}

func (n *Node) Targets(ctx context.Context, a access.Actor, c id.Conversation) (view.Targets, error) {
	return ask(ctx, n, a.Org, true, func() (view.Targets, error) { return n.engine.Targets(ctx, a, c) }, "Targets", a, c)
}

func (n *Node) Place(ctx context.Context, a access.Actor, c id.Conversation) (view.Waiting, bool, error) {
	v, err := ask(ctx, n, a.Org, true, func() (v pair[view.Waiting, bool], err error) {
		v.a, v.b, err = n.engine.Place(ctx, a, c)
		return v, err
	}, "Place", a, c)
	return v.a, v.b, err
}

func (n *Node) Today(ctx context.Context, a access.Actor) (view.Today, error) {
	return ask(ctx, n, a.Org, true, func() (view.Today, error) { return n.engine.Today(ctx, a) }, "Today", a)
}

func (n *Node) Config(ctx context.Context, a access.Actor) (org.Config, error) {
	return ask(ctx, n, a.Org, true, func() (org.Config, error) { return n.engine.Config(ctx, a) }, "Config", a)
}

func (n *Node) Configuration(ctx context.Context, a access.Actor) (org.Config, error) {
	return ask(ctx, n, a.Org, true, func() (org.Config, error) { return n.engine.Configuration(ctx, a) }, "Configuration", a)
}

func (n *Node) Plan(ctx context.Context, a access.Actor, file config.File) (engine.Plan, error) {
	return ask(ctx, n, a.Org, true, func() (engine.Plan, error) { return n.engine.Plan(ctx, a, file) }, "Plan", a, file)
}

func (n *Node) Audit(ctx context.Context, a access.Actor, q engine.AuditQuery) ([]audit.Record, error) {
	return ask(ctx, n, a.Org, true, func() ([]audit.Record, error) { return n.engine.Audit(ctx, a, q) }, "Audit", a, q)
}

func (n *Node) ExportAudit(ctx context.Context, a access.Actor, q engine.AuditQuery) ([]audit.Record, error) {
	return ask(ctx, n, a.Org, false, func() ([]audit.Record, error) { return n.engine.ExportAudit(ctx, a, q) }, "ExportAudit", a, q)
}

func (n *Node) Agents(ctx context.Context, a access.Actor) ([]view.Agent, error) {
	return ask(ctx, n, a.Org, true, func() ([]view.Agent, error) { return n.engine.Agents(ctx, a) }, "Agents", a)
}

func (n *Node) ExplainConversation(ctx context.Context, a access.Actor, c id.Conversation) (view.Explanation, error) {
	return ask(ctx, n, a.Org, true, func() (view.Explanation, error) { return n.engine.ExplainConversation(ctx, a, c) }, "ExplainConversation", a, c)
}

func (n *Node) ExplainOffer(ctx context.Context, a access.Actor, c id.Conversation, o id.Offer) (view.OfferExplanation, error) {
	return ask(ctx, n, a.Org, true, func() (view.OfferExplanation, error) { return n.engine.ExplainOffer(ctx, a, c, o) }, "ExplainOffer", a, c, o)
}

func (n *Node) ExplainAgent(ctx context.Context, a access.Actor, u id.User) (view.Standing, error) {
	return ask(ctx, n, a.Org, true, func() (view.Standing, error) { return n.engine.ExplainAgent(ctx, a, u) }, "ExplainAgent", a, u)
}

func (n *Node) OpenOf(ctx context.Context, o id.Org, customer id.Customer, asset id.Asset) (id.Conversation, error) {
	return ask(ctx, n, o, true, func() (id.Conversation, error) { return n.engine.OpenOf(ctx, o, customer, asset) }, "OpenOf", o, customer, asset)
}

func (n *Node) Door(ctx context.Context, o id.Org, asset id.Asset) (routing.Door, error) {
	return ask(ctx, n, o, true, func() (routing.Door, error) { return n.engine.Door(ctx, o, asset) }, "Door", o, asset)
}

func (n *Node) WaitingList(ctx context.Context, a access.Actor) (view.WaitingList, error) {
	return ask(ctx, n, a.Org, true, func() (view.WaitingList, error) { return n.engine.WaitingList(ctx, a) }, "WaitingList", a)
}

func (n *Node) AssetImpact(ctx context.Context, a access.Actor, asset id.Asset) (int, error) {
	return ask(ctx, n, a.Org, true, func() (int, error) { return n.engine.AssetImpact(ctx, a, asset) }, "AssetImpact", a, asset)
}

func (n *Node) MayAttach(ctx context.Context, a access.Actor, c id.Conversation) (org.Attachments, error) {
	return ask(ctx, n, a.Org, true, func() (org.Attachments, error) { return n.engine.MayAttach(ctx, a, c) }, "MayAttach", a, c)
}

func (n *Node) Attach(ctx context.Context, a access.Actor, c id.Conversation, command string, k engine.Kept) (chat.Upload, error) {
	k.Name = n.engine.Masked(a.Org, k.Name)
	return ask(ctx, n, a.Org, true, func() (chat.Upload, error) { return n.engine.Attach(ctx, a, c, command, k) }, "Attach", a, c, command, k)
}

func (n *Node) Attached(ctx context.Context, a access.Actor, c id.Conversation, file id.Attachment) (chat.Upload, error) {
	return ask(ctx, n, a.Org, true, func() (chat.Upload, error) { return n.engine.Attached(ctx, a, c, file) }, "Attached", a, c, file)
}

func (n *Node) Preferences(ctx context.Context, a access.Actor) (org.Preferences, error) {
	return ask(ctx, n, a.Org, true, func() (org.Preferences, error) { return n.engine.Preferences(ctx, a) }, "Preferences", a)
}

func (n *Node) Choices(ctx context.Context, a access.Actor) (org.Settings, error) {
	return ask(ctx, n, a.Org, true, func() (org.Settings, error) { return n.engine.Choices(ctx, a) }, "Choices", a)
}

func (n *Node) KeepDraft(ctx context.Context, a access.Actor, d view.Draft) (view.Draft, error) {
	d.Text = n.engine.Masked(a.Org, d.Text)
	return ask(ctx, n, a.Org, true, func() (view.Draft, error) { return n.engine.KeepDraft(ctx, a, d) }, "KeepDraft", a, d)
}

func (n *Node) Drafts(ctx context.Context, a access.Actor) ([]view.Draft, error) {
	return ask(ctx, n, a.Org, true, func() ([]view.Draft, error) { return n.engine.Drafts(ctx, a) }, "Drafts", a)
}

func (n *Node) FindPeople(ctx context.Context, a access.Actor, what string) ([]engine.Person, error) {
	return ask(ctx, n, a.Org, true, func() ([]engine.Person, error) { return n.engine.FindPeople(ctx, a, what) }, "FindPeople", a, what)
}

func (n *Node) Person(ctx context.Context, a access.Actor, c id.Customer) (engine.Person, error) {
	return ask(ctx, n, a.Org, true, func() (engine.Person, error) { return n.engine.Person(ctx, a, c) }, "Person", a, c)
}

func (n *Node) ExportPerson(ctx context.Context, a access.Actor, c id.Customer) (engine.PersonFile, error) {
	return ask(ctx, n, a.Org, false, func() (engine.PersonFile, error) { return n.engine.ExportPerson(ctx, a, c) }, "ExportPerson", a, c)
}

func (n *Node) ErasePerson(ctx context.Context, a access.Actor, c id.Customer, confirmation string) (engine.Erased, error) {
	return ask(ctx, n, a.Org, false, func() (engine.Erased, error) { return n.engine.ErasePerson(ctx, a, c, confirmation) }, "ErasePerson", a, c, confirmation)
}

func (n *Node) Hold(ctx context.Context, a access.Actor, object, reason string) error {
	_, err := ask(ctx, n, a.Org, false, func() (none struct{}, err error) { return none, n.engine.Hold(ctx, a, object, reason) }, "Hold", a, object, reason)
	return err
}

func (n *Node) Release(ctx context.Context, a access.Actor, object string) error {
	_, err := ask(ctx, n, a.Org, false, func() (none struct{}, err error) { return none, n.engine.Release(ctx, a, object) }, "Release", a, object)
	return err
}

func (n *Node) CustomerToBlock(ctx context.Context, a access.Actor, c id.Conversation) (id.Customer, error) {
	return ask(ctx, n, a.Org, true, func() (id.Customer, error) { return n.engine.CustomerToBlock(ctx, a, c) }, "CustomerToBlock", a, c)
}
