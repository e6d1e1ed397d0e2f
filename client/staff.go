package client

import (
	"context"
	"net/http"
	"strconv"
)

// SignIn makes the client somebody on the staff.
func (c *Client) SignIn(ctx context.Context, email, password string) error {
	return c.call(ctx, http.MethodPost, "login", "", map[string]string{"email": email, "password": password}, nil)
}

// Enter makes the client the person a one-time link is for; the link is an
// address of this server.
func (c *Client) Enter(ctx context.Context, link string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
	if err != nil {
		return err
	}
	once := *c.http
	once.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	res, err := once.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode >= 400 {
		return &Problem{Status: res.StatusCode, Code: "link_expired"}
	}
	return nil
}

// SignOut ends this session.
func (c *Client) SignOut(ctx context.Context) error {
	return c.call(ctx, http.MethodPost, "logout", "", struct{}{}, nil)
}

// Ticket is a one-time ticket for a socket.
func (c *Client) Ticket(ctx context.Context) (string, error) {
	var out struct {
		Ticket string `json:"ticket"`
	}
	err := c.call(ctx, http.MethodPost, "socket-tickets", "", struct{}{}, &out)
	return out.Ticket, err
}

// Desk is the agent's own desk.
func (c *Client) Desk(ctx context.Context) (d Desk, err error) {
	return d, c.call(ctx, http.MethodGet, "desk", "", nil, &d)
}

// SetPresence sets "available", or "idle" with a reason or none.
func (c *Client) SetPresence(ctx context.Context, id, presence, idleReason string) (Reply, error) {
	in := map[string]string{"presence": presence}
	if idleReason != "" {
		in["idle_reason"] = idleReason
	}
	return c.command(ctx, http.MethodPut, "me/presence", id, in)
}

// Accept takes a request.
func (c *Client) Accept(ctx context.Context, id string, offer int64) (Reply, error) {
	return c.command(ctx, http.MethodPost, "offers/"+number(offer)+"/acceptance", id, struct{}{})
}

// Confirm says that a request is on the screen.
func (c *Client) Confirm(ctx context.Context, id string, offer int64) (Reply, error) {
	return c.command(ctx, http.MethodPost, "offers/"+number(offer)+"/confirmation", id, struct{}{})
}

// Send writes a message; id is its client message id.
func (c *Client) Send(ctx context.Context, id, conversation, text string) (Reply, error) {
	return c.command(ctx, http.MethodPost, in(conversation, "messages"), id, map[string]string{"text": text})
}

// Note writes a note that only colleagues see.
func (c *Client) Note(ctx context.Context, id, conversation, text string) (Reply, error) {
	return c.command(ctx, http.MethodPost, in(conversation, "notes"), id, map[string]string{"text": text})
}

// TransferToQueue gives the conversation to a queue, TransferToAgent to an
// agent.
func (c *Client) TransferToQueue(ctx context.Context, id, conversation, queue, note string) (Reply, error) {
	return c.command(ctx, http.MethodPost, in(conversation, "transfer"), id, transfer{Queue: queue, Note: note})
}

// TransferToAgent gives the conversation to an agent.
func (c *Client) TransferToAgent(ctx context.Context, id, conversation, agent, note string) (Reply, error) {
	return c.command(ctx, http.MethodPost, in(conversation, "transfer"), id, transfer{Agent: agent, Note: note})
}

type transfer struct {
	Queue string `json:"queue,omitempty"`
	Agent string `json:"agent,omitempty"`
	Note  string `json:"note,omitempty"`
}

// Invite asks a colleague into the conversation.
func (c *Client) Invite(ctx context.Context, id, conversation, agent string) (Reply, error) {
	return c.command(ctx, http.MethodPost, in(conversation, "invitation"), id, map[string]string{"agent": agent})
}

// End closes the conversation for everybody.
func (c *Client) End(ctx context.Context, id, conversation string) (Reply, error) {
	return c.command(ctx, http.MethodPost, in(conversation, "end"), id, struct{}{})
}

// WrapUp records the reason of a part; "" records none.
func (c *Client) WrapUp(ctx context.Context, id string, part int64, reason string) (Reply, error) {
	body := map[string]string{}
	if reason != "" {
		body["reason"] = reason
	}
	return c.command(ctx, http.MethodPut, "parts/"+number(part)+"/wrapup", id, body)
}

// DeleteAsset deletes an asset; its name is typed to confirm.
func (c *Client) DeleteAsset(ctx context.Context, id, asset, name string) (Reply, error) {
	return c.command(ctx, http.MethodDelete, "assets/"+escape(asset), id, map[string]string{"confirmation": name})
}

func (c *Client) command(ctx context.Context, method, path, id string, in any) (r Reply, err error) {
	return r, c.call(ctx, method, path, id, in, &r)
}

func in(conversation, what string) string {
	return "conversations/" + escape(conversation) + "/" + what
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
