package engine

import (
	"container/list"
	"context"

	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// chatsKept bounds what is kept of conversations in memory, counted in
// messages: a conversation costs the messages that were sent in it and a
// little more.
const (
	chatsKept = 200_000
	chatCost  = 16
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
	place   *list.Element
}

func (c *cachedChat) cost() int { return chatCost + c.sent }

// chats are the conversations used last. What is dropped is only forgotten:
// everything is in the store.
type chats struct {
	byKey map[chatKey]*cachedChat
	order *list.List // used last in front
	cost  int
	most  int
}

func newChats() *chats {
	return &chats{byKey: map[chatKey]*cachedChat{}, order: list.New(), most: chatsKept}
}

func (cs *chats) get(k chatKey) (*cachedChat, bool) {
	c, ok := cs.byKey[k]
	if ok {
		cs.order.MoveToFront(c.place)
	}
	return c, ok
}

// add takes a conversation that is not there yet.
func (cs *chats) add(k chatKey, s *chat.State, sent int, replies []StoredReply) *cachedChat {
	c := &cachedChat{key: k, state: s, sent: sent, replies: make(map[string]StoredReply, len(replies))}
	for _, r := range replies {
		c.replies[r.Key.Command] = r
	}
	c.place = cs.order.PushFront(c)
	cs.byKey[k] = c
	cs.cost += c.cost()
	return c
}

// said counts messages that were added to a conversation.
func (cs *chats) said(c *cachedChat, n int) {
	c.sent += n
	cs.cost += n
}

func (cs *chats) drop(k chatKey) {
	if c, ok := cs.byKey[k]; ok {
		cs.order.Remove(c.place)
		delete(cs.byKey, k)
		cs.cost -= c.cost()
	}
}

// shrink forgets what was not used for longest. It is called between rounds,
// when nothing in memory is ahead of the store.
func (cs *chats) shrink() {
	for cs.cost > cs.most && cs.order.Len() > 1 {
		oldest, _ := cs.order.Back().Value.(*cachedChat)
		cs.drop(oldest.key)
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
