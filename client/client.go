package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Client is one caller: somebody on the staff once they signed in, or a
// customer. It is safe for concurrent use after that.
type Client struct {
	base     string
	language string
	http     *http.Client
	bearer   string // a customer's visitor token
}

// Option changes how a client speaks.
type Option func(*Client)

// Language asks for sentences in "ar" or "en"; the default is English.
func Language(lang string) Option { return func(c *Client) { c.language = lang } }

// Transport sends requests through t.
func Transport(t http.RoundTripper) Option { return func(c *Client) { c.http.Transport = t } }

// New is a caller of the server at base, such as "http://127.0.0.1:8080", whom
// the server does not know yet.
func New(base string, options ...Option) *Client {
	c := &Client{base: strings.TrimSuffix(base, "/"), language: "en", http: &http.Client{Jar: newCookies()}}
	for _, o := range options {
		o(c)
	}
	return c
}

// Problem is a refusal by the server.
type Problem struct {
	Status    int            `json:"status"`
	Code      string         `json:"code"`
	Detail    string         `json:"detail"`
	RequestID string         `json:"request_id"`
	Params    map[string]any `json:"params"`
}

// Error names the code, the sentence and the request.
func (p *Problem) Error() string {
	return fmt.Sprintf("%s (%d): %s [request %s]", p.Code, p.Status, p.Detail, p.RequestID)
}

// Code is the code of the refusal in err's chain, or "".
func Code(err error) string {
	var p *Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return ""
}

// call sends in as JSON (nothing if nil) and reads the answer into out (drops
// it if nil). A refusal is a *Problem.
func (c *Client) call(ctx context.Context, method, path, commandID string, in, out any) error {
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+"/api/v1/"+path, body)
	if err != nil {
		return err
	}
	req.Header.Set("Accept-Language", c.language)
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if commandID != "" {
		req.Header.Set("Idempotency-Key", commandID)
	}
	if c.bearer != "" {
		req.Header.Set("Authorization", "Bearer "+c.bearer)
	}
	return c.send(req, out)
}

func (c *Client) send(req *http.Request, out any) error {
	res, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return err
	}
	if res.StatusCode >= 400 {
		p := &Problem{}
		if json.Unmarshal(answer, p) != nil || p.Code == "" {
			p.Code, p.Detail = "unreadable", strings.TrimSpace(string(answer))
		}
		p.Status = res.StatusCode
		return p
	}
	if out == nil || len(answer) == 0 {
		return nil
	}
	return json.Unmarshal(answer, out)
}

func escape(s string) string { return url.PathEscape(s) }
