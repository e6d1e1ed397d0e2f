package client

import (
	"context"
	"net/http"
)

// Beginning is what a customer's chat begins with.
type Beginning struct {
	Name     string `json:"name"`
	Email    string `json:"email,omitempty"`
	Text     string `json:"text"`
	Language string `json:"language"`
	Page     string `json:"page,omitempty"`

	// What staff see beside the conversation.
	Phone           string `json:"phone,omitempty"`
	PageTitle       string `json:"page_title,omitempty"`
	Referrer        string `json:"referrer,omitempty"`
	BrowserLanguage string `json:"browser_language,omitempty"`
	TimeZone        string `json:"time_zone,omitempty"`
	Visits          int    `json:"visits,omitempty"`
	Answers         []Said `json:"answers,omitempty"`
	Attributes      []Said `json:"attributes,omitempty"`
}

// Said is a named value.
type Said struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Started is a chat that has begun, and the token that opens it.
type Started struct {
	Conversation string `json:"conversation"`
	VisitorToken string `json:"visitor_token"`
	Duplicate    bool   `json:"duplicate"`
}

// Embed asks whether a page of the origin may show the asset's chat, and gives
// the token that says so.
func (c *Client) Embed(ctx context.Context, assetKey, origin string) (token string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/api/v1/widget/"+escape(assetKey)+"/embed", http.NoBody)
	if err != nil {
		return "", err
	}
	req.Header.Set("Origin", origin)
	req.Header.Set("Accept-Language", c.language)
	var out struct {
		EmbedToken string `json:"embed_token"`
	}
	err = c.send(req, &out)
	return out.EmbedToken, err
}

// StartChat begins a chat from a page of the origin; the client is its
// customer from then on.
func (c *Client) StartChat(ctx context.Context, id, assetKey, origin string, b Beginning) (s Started, err error) {
	token, err := c.Embed(ctx, assetKey, origin)
	if err != nil {
		return s, err
	}
	return c.Begin(ctx, id, assetKey, token, b)
}

// Begin is StartChat with an embed token that one has. Whoever repeats it
// because the answer was lost gives the same id and the same token.
func (c *Client) Begin(ctx context.Context, id, assetKey, embedToken string, b Beginning) (s Started, err error) {
	in := struct {
		EmbedToken string `json:"embed_token"`
		Beginning
	}{embedToken, b}
	if err := c.call(ctx, http.MethodPost, "widget/"+escape(assetKey)+"/conversations", id, in, &s); err != nil {
		return s, err
	}
	c.bearer = s.VisitorToken
	return s, nil
}

// Resume makes the client the customer a visitor token was given to.
func (c *Client) Resume(visitorToken string) { c.bearer = visitorToken }
