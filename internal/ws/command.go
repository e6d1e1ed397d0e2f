package ws

import (
	"context"
	"crypto/rand"
	"maps"
	"slices"
	"sync/atomic"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/wire"
)

// commands is everything a client may send after hello. A type that is not
// here does not exist, and nothing of it is repeated in the answer.
var commands = map[string]func(*client, wire.Value) error{
	"sub":      (*client).sub,
	"unsub":    (*client).unsub,
	"send":     (*client).send,
	"note":     (*client).note,
	"received": (*client).received,
	"typing":   (*client).typing,
	"confirm":  (*client).confirm,
	"accept":   (*client).accept,
	"presence": (*client).setPresence,
	"beat":     (*client).heartbeat,
	"ping":     (*client).pong,
}

// Commands are the types of all frames that a client may send after hello, in
// order.
func Commands() []string { return slices.Sorted(maps.Keys(commands)) }

func (c *client) dispatch(kind string, ok bool, v wire.Value) error {
	if v.Kind() != wire.Object {
		return problem.New(problem.WrongType, "field", "body", "expected", "object")
	}
	if kind == "hello" {
		return c.hello(v)
	}
	command, known := commands[kind]
	if !ok || !known {
		return problem.New(problem.UnknownCommand)
	}
	if !c.welcomed {
		return &refusal{closeAuth, problem.New(problem.TokenRequired)}
	}
	return command(c, v)
}

// do sends a command to the engine and answers under ref; "" is not answered.
func (c *client) do(ref string, command engine.Command) error {
	ctx, cancel := c.server.context()
	defer cancel()
	reply, err := c.server.engine.Do(ctx, engine.Request{Actor: c.actor, CommandID: ref, Command: command})
	if err != nil {
		c.server.counts.refused.Add(1)
		return err
	}
	if ref != "" {
		c.server.counts.acks.Add(1)
		c.out.put(encodeReply(ref, reply))
	}
	return nil
}

// unanswered is how many commands of one connection may be on their way to the
// disk at once. Whoever writes faster than it stores is not read meanwhile.
const unanswered = 64

// submit sends a command to the engine and goes on reading: what somebody
// writes in one breath is stored by one commit. It is answered as by do, and
// everything is carried out in the order in which it came.
func (c *client) submit(ref string, command engine.Command) error {
	if c.flight == nil {
		c.flight = make(chan struct{}, unanswered)
	}
	flight := c.flight
	select {
	case flight <- struct{}{}:
	case <-c.server.ctx.Done():
		return problem.New(problem.Unavailable)
	}
	var once atomic.Bool
	answer := func(reply engine.Reply, err error) {
		if once.Swap(true) {
			return
		}
		<-flight
		c.answer(ref, reply, err)
	}
	late := time.AfterFunc(doWithin, func() { answer(engine.Reply{}, problem.New(problem.Unavailable)) })
	c.server.engine.Submit(engine.Request{Actor: c.actor, CommandID: ref, Command: command}, func(reply engine.Reply, err error) {
		late.Stop()
		answer(reply, err)
	})
	return nil
}

// answer puts what the engine said under ref; "" is told refusals only. A
// success goes to the client together with what else its round tells them.
func (c *client) answer(ref string, reply engine.Reply, err error) {
	switch {
	case err != nil:
		c.server.counts.refused.Add(1)
		c.refused(ref, err)
	case ref != "":
		c.server.counts.acks.Add(1)
		c.out.gather(encodeReply(ref, reply))
	}
}

// conversation is the one meant: a customer has only theirs and may leave it
// out.
func (c *client) conversation(named id.Conversation) id.Conversation {
	if named == "" && c.actor.Kind == access.Customer {
		return c.actor.Conversation
	}
	return named
}

// blocked refuses who is kept from writing.
func (c *client) blocked() error {
	if c.server.blocks == nil {
		return nil
	}
	return c.server.blocks.Blocked(c.actor)
}

// mayWrite slows down who writes faster than people do.
func (c *client) mayWrite(conversation id.Conversation) error {
	if err := c.blocked(); err != nil {
		return err
	}
	if c.server.limits == nil {
		return nil
	}
	if wait := c.server.limits.Wait(c.actor, conversation); wait > 0 {
		return problem.New(problem.RateLimited, "retry_after_ms", max(wait.Milliseconds(), 1))
	}
	return nil
}

// checkID refuses an answerable command without a usable id.
func checkID(ref string) error {
	if ref == "" {
		return problem.New(problem.ClientMsgIDMissing, "field", "command_id", "max", 64)
	}
	if !wire.ValidID(ref) {
		return problem.New(problem.ClientMsgIDFormat, "field", "command_id", "max", 64)
	}
	return nil
}

func (c *client) send(v wire.Value) error {
	var f sendFrame
	if err := v.Into(&f); err != nil {
		return err
	}
	conversation := c.conversation(f.Conversation)
	if err := firstOf(checkID(f.CommandID), c.mayWrite(conversation)); err != nil {
		return err
	}
	return c.submit(f.CommandID, engine.SendMessage{Conversation: conversation, Text: f.Text, Attachments: f.Attachments})
}

func (c *client) note(v wire.Value) error {
	var f textFrame
	if err := v.Into(&f); err != nil {
		return err
	}
	if err := firstOf(checkID(f.CommandID), c.mayWrite(f.Conversation)); err != nil {
		return err
	}
	return c.submit(f.CommandID, engine.AddNote{Conversation: f.Conversation, Text: f.Text})
}

func firstOf(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *client) received(v wire.Value) error {
	var f receivedFrame
	if err := v.Into(&f); err != nil {
		return err
	}
	return c.submit("", engine.MarkReceived{Conversation: c.conversation(f.Conversation), Delivered: f.Delivered, Seen: f.Seen})
}

func (c *client) typing(v wire.Value) error {
	var f typingFrame
	if err := v.Into(&f); err != nil {
		return err
	}
	if c.blocked() != nil {
		return nil // nobody sees it, and nobody needs to be told
	}
	return c.submit("", engine.ShowTyping{Conversation: c.conversation(f.Conversation), On: f.On})
}

func (c *client) confirm(v wire.Value) error {
	var f struct {
		Type  string   `json:"type"`
		Offer id.Offer `json:"offer"`
	}
	if err := v.Into(&f); err != nil {
		return err
	}
	err := c.do("", engine.ConfirmOffer{Offer: f.Offer})
	if problem.CodeOf(err) == problem.OfferExpired {
		return nil // it was accepted, missed or withdrawn while it was being drawn
	}
	return err
}

func (c *client) accept(v wire.Value) error {
	var f offerFrame
	if err := v.Into(&f); err != nil {
		return err
	}
	if err := checkID(f.CommandID); err != nil {
		return err
	}
	return c.do(f.CommandID, engine.AcceptOffer{Offer: f.Offer})
}

func (c *client) setPresence(v wire.Value) error {
	var f presenceFrame
	if err := v.Into(&f); err != nil {
		return err
	}
	if err := checkID(f.CommandID); err != nil {
		return err
	}
	return c.do(f.CommandID, engine.SetPresence{Presence: routing.Presence(f.Presence), IdleReason: f.IdleReason})
}

// signIn puts an agent whose desk opens on the floor: Idle, unless they are
// there already.
func (c *client) signIn(ctx context.Context) error {
	_, err := c.server.engine.Do(ctx, engine.Request{Actor: c.actor, CommandID: "hello-" + rand.Text(), Command: engine.SignInToFloor{}})
	return err
}

// heartbeat says that the page is alive, not only its connection. An open desk
// also keeps its session from ending unused.
func (c *client) heartbeat(v wire.Value) error {
	var f beatFrame
	if err := v.Into(&f); err != nil {
		return err
	}
	c.page.beat()
	c.server.presence.check(c)
	if c.actor.Kind != access.Staff || time.Since(c.seenAt) < seenEvery {
		return nil
	}
	c.seenAt = time.Now()
	ctx, cancel := c.server.context()
	defer cancel()
	if err := c.server.door.Seen(ctx, c.actor); problem.CodeOf(err) == problem.TokenInvalid && err != nil {
		return &refusal{closeSignedOut, err}
	}
	return nil
}

// pong answers a client that has heard nothing for a while and cannot tell a
// quiet line from a dead one.
func (c *client) pong(v wire.Value) error {
	var f beatFrame
	if err := v.Into(&f); err != nil {
		return err
	}
	c.out.lazy(pong)
	return nil
}

func (c *client) sub(v wire.Value) error {
	var f subFrame
	if err := v.Into(&f); err != nil {
		return err
	}
	if f.Since != nil && *f.Since < 0 {
		return problem.New(problem.OutOfRange, "field", "since", "min", 0, "max", int64(1<<53))
	}
	c.mu.Lock()
	old, again := c.subs[f.Topic]
	full := !again && len(c.subs) >= maxTopics
	c.mu.Unlock()
	if full {
		return problem.New(problem.OutOfRange, "field", "topic", "min", 0, "max", maxTopics)
	}
	if again {
		c.server.hub.remove(old)
	}
	sub := c.server.hub.add(c, f.Topic)
	c.mu.Lock()
	c.subs[f.Topic] = sub
	c.mu.Unlock()
	c.server.spawn(func() { c.server.fill(sub, f.Since) })
	return nil
}

func (c *client) unsub(v wire.Value) error {
	var f unsubFrame
	if err := v.Into(&f); err != nil {
		return err
	}
	c.mu.Lock()
	sub, ok := c.subs[f.Topic]
	delete(c.subs, f.Topic)
	c.mu.Unlock()
	if ok {
		c.server.hub.remove(sub)
	}
	return nil
}
