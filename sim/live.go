package sim

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"sync"
	"time"

	"hiwar/client"
)

// Address says where a server with the sample organization is, and how the
// simulator's people get in.
type Address struct {
	Base string // "http://127.0.0.1:8080"
	// Origin is the site that customers come from; the sample's assets allow it.
	Origin string
	// Enter mints a one-time link for a user of the sample, by key.
	Enter func(ctx context.Context, user string) (link string, err error)
	// Reason is the identifier that a reason of the sample got, by key.
	Reason func(key string) string
}

// Over is a [Server] reached over its public API.
func Over(a Address) Server {
	return &live{Address: a, sample: Organization(), tokens: map[string]string{}}
}

type live struct {
	Address
	sample Sample

	mu     sync.Mutex
	tokens map[string]string // of personas who are away, by persona and asset
}

// comeBack is the visitor token with which a persona left an asset; "" if they
// never were there, or still are.
func (l *live) comeBack(v Visit) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	token := l.tokens[v.Persona+"@"+v.Asset]
	delete(l.tokens, v.Persona+"@"+v.Asset)
	return token
}

func (l *live) leave(v Visit, token string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tokens[v.Persona+"@"+v.Asset] = token
}

// A connection that is lost is tried again after these times.
const (
	retryFirst = 500 * time.Millisecond
	retryMost  = 10 * time.Second
)

func (l *live) assetKey(key string) string {
	for _, a := range l.sample.Assets {
		if a.Key == key {
			return a.PublicKey
		}
	}
	return key
}

// enter makes c a member of the staff. The link is used at the server's own
// address: not every resolver knows the demo's host names.
func (l *live) enter(ctx context.Context, c *client.Client, user string) error {
	link, err := l.Enter(ctx, user)
	if err != nil {
		return err
	}
	at, err := url.Parse(link)
	if err != nil {
		return err
	}
	return c.Enter(ctx, l.Base+at.EscapedPath())
}

// Visit begins a chat and listens to it until it is closed. Whoever comes again
// is the same customer: their history is seen beside the chat.
func (l *live) Visit(ctx context.Context, v Visit) (Chat, error) {
	c := client.New(l.Base, client.Language(v.Language))
	if token := l.comeBack(v); token != "" {
		c.Resume(token)
	}
	beginning := surroundings(v, l.Origin)
	beginning.Name, beginning.Email, beginning.Text, beginning.Language = v.Name, v.Email, v.Opening, v.Language
	started, err := c.StartChat(ctx, rand.Text(), l.assetKey(v.Asset), l.Origin, beginning)
	if err != nil {
		return nil, fmt.Errorf("visit %d: %w", v.Number, err)
	}
	ctx, cancel := context.WithCancel(ctx)
	chat := &liveChat{
		line: line{c: c, cancel: cancel, ended: make(chan struct{})}, id: started.Conversation, news: make(chan ChatNews, 16),
		left: func() { l.leave(v, started.VisitorToken) },
	}
	go chat.listen(ctx)
	return chat, nil
}

// SitDown signs an agent in and listens to the desk until it is closed.
func (l *live) SitDown(ctx context.Context, agent string) (Desk, error) {
	c := client.New(l.Base)
	if err := l.enter(ctx, c, agent); err != nil {
		return nil, fmt.Errorf("%s: %w", agent, err)
	}
	ctx, cancel := context.WithCancel(ctx)
	desk := &liveDesk{line: line{c: c, cancel: cancel, ended: make(chan struct{})}, reason: l.Reason, news: make(chan DeskNews, 64), seen: map[string]string{}}
	if err := desk.connect(ctx); err != nil {
		cancel()
		return nil, fmt.Errorf("%s: %w", agent, err)
	}
	go desk.listen(ctx)
	return desk, nil
}

// line is one client with the connection it listens on.
type line struct {
	c      *client.Client
	cancel context.CancelFunc
	ended  chan struct{} // listen has returned
}

// Close stops listening and returns when that has happened.
func (l *line) Close() error {
	l.cancel()
	<-l.ended
	return nil
}

// again repeats what may have been done, with the same identifier, while the
// server does not answer.
func again(ctx context.Context, do func(id string) error) error {
	id, pause := rand.Text(), retryFirst
	for {
		err := do(id)
		if code := client.Code(err); err == nil || code != "" && code != "unavailable" && code != "rate_limited" {
			return err
		}
		select {
		case <-time.After(pause):
			pause = min(2*pause, retryMost)
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// beats says every few seconds that the page is alive, until ctx is done.
func beats(ctx context.Context, s *client.Socket) {
	t := time.NewTicker(time.Duration(max(s.Welcome.BeatMS, 1000)) * time.Millisecond)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			if s.Beat(ctx) != nil {
				return
			}
		case <-ctx.Done():
			return
		}
	}
}
