package client

import (
	"context"
	"net/http"
	"strconv"
)

// Conversation is a conversation with its last entries, as the caller may see
// it.
func (c *Client) Conversation(ctx context.Context, conversation string) (v Conversation, err error) {
	return v, c.call(ctx, http.MethodGet, "conversations/"+escape(conversation), "", nil, &v)
}

// Entries are up to limit entries with numbers below before (0: from the end),
// oldest first, and whether older ones exist.
func (c *Client) Entries(ctx context.Context, conversation string, before int64, limit int) (entries []Entry, more bool, err error) {
	var page struct {
		Entries []Entry `json:"entries"`
		More    bool    `json:"more"`
	}
	path := in(conversation, "entries") + "?before=" + number(before) + "&limit=" + strconv.Itoa(limit)
	err = c.call(ctx, http.MethodGet, path, "", nil, &page)
	return page.Entries, page.More, err
}
