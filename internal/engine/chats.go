package engine

import (
	"container/list"
	"context"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// openKept and closedKept bound what is kept of conversations in memory, counted
// in messages: a conversation costs the messages that were sent in it and a
// little more, about 200 bytes each. Whoever writes to an open conversation that
// is not kept waits until everything ever sent in it was read again, so all open
// ones are to fit: 2,000,000 are 40,000 conversations of 34 messages. Of those
// that were closed few are ever asked for.
const (
	openKept   = 2_000_000
	closedKept = 200_000
	chatCost   = 16
)

type chatKey struct {
	org  id.Org
	conv id.Conversation
}

// cachedChat is a conversation in memory with the replies to the commands that
// were sent to it.
type cachedChat struct {
	key     chatKey
	state   *chat.State
	replies map[string]StoredReply
	sent    int
	shelf   *shelf
	place   *list.Element
}

func (c *cachedChat) cost() int { return chatCost + c.sent }

// A shelf holds conversations of one kind.
type shelf struct {
	order      *list.List // used last in front
	cost, most int
}

func (s *shelf) put(c *cachedChat) {
	c.shelf, c.place = s, s.order.PushFront(c)
	s.cost += c.cost()
}

func (s *shelf) take(c *cachedChat) {
	s.order.Remove(c.place)
	s.cost -= c.cost()
}

// chats are the conversations used last. What is dropped is only forgotten:
// everything is in the store.
type chats struct {
	byKey        map[chatKey]*cachedChat
	open, closed shelf
}

func newChats() *chats {
	return &chats{
		byKey:  map[chatKey]*cachedChat{},
		open:   shelf{order: list.New(), most: openKept},
		closed: shelf{order: list.New(), most: closedKept},
	}
}

func (cs *chats) get(k chatKey) (*cachedChat, bool) {
	c, ok := cs.byKey[k]
	if ok {
		c.shelf.order.MoveToFront(c.place)
	}
	return c, ok
}

// add takes a conversation that is not there yet.
func (cs *chats) add(k chatKey, s *chat.State, sent int, replies []StoredReply) *cachedChat {
	c := &cachedChat{key: k, state: s, sent: sent, replies: make(map[string]StoredReply, len(replies))}
	for _, r := range replies {
		c.replies[r.Key.Command] = r
	}
	cs.open.put(c)
	cs.sort(c)
	cs.byKey[k] = c
	return c
}

// sort puts a conversation that was closed where it belongs.
func (cs *chats) sort(c *cachedChat) {
	if c.state.Status() == chat.Closed && c.shelf != &cs.closed {
		c.shelf.take(c)
		cs.closed.put(c)
	}
}

// said counts messages that were added to a conversation.
func (cs *chats) said(c *cachedChat, n int) {
	c.sent += n
	c.shelf.cost += n
}

func (cs *chats) drop(k chatKey) {
	if c, ok := cs.byKey[k]; ok {
		c.shelf.take(c)
		delete(cs.byKey, k)
	}
}

// shrink forgets what was not used for longest. It is called between rounds,
// when nothing in memory is ahead of the store.
func (cs *chats) shrink() {
	for _, s := range []*shelf{&cs.open, &cs.closed} {
		for s.cost > s.most && s.order.Len() > 1 {
			oldest, _ := s.order.Back().Value.(*cachedChat)
			cs.drop(oldest.key)
		}
	}
}

// fetch brings conversations into memory; unknown ones are left out.
func (e *Engine) fetch(o id.Org, ids []id.Conversation) error {
	var missing []id.Conversation
	var scopes []ReplyKey
	for _, c := range ids {
		if _, ok := e.chats.get(chatKey{o, c}); !ok {
			missing = append(missing, c)
			scopes = append(scopes, ReplyKey{Org: o, Scope: string(c)})
		}
	}
	if len(missing) == 0 {
		return nil
	}
	records, err := e.store.Chats(context.Background(), o, missing)
	if err != nil {
		return err
	}
	if len(records) == 0 {
		return nil
	}
	replies, err := e.store.Replies(context.Background(), scopes)
	if err != nil {
		return err
	}
	byScope := map[string][]StoredReply{}
	for _, r := range replies {
		byScope[r.Key.Scope] = append(byScope[r.Key.Scope], r)
	}
	for _, r := range records {
		key := chatKey{o, r.Header.ID}
		if _, twice := e.chats.get(key); !twice {
			e.chats.add(key, chat.Load(r), len(r.Sent), byScope[string(r.Header.ID)])
		}
	}
	return nil
}

// chat is a conversation of the organization, or [problem.NotFound].
func (e *Engine) chat(o id.Org, c id.Conversation) (*cachedChat, error) {
	key := chatKey{o, c}
	if found, ok := e.chats.get(key); ok {
		return found, nil
	}
	if err := e.fetch(o, []id.Conversation{c}); err != nil {
		return nil, unavailable(err)
	}
	if found, ok := e.chats.get(key); ok {
		return found, nil
	}
	return nil, problem.New(problem.NotFound)
}
