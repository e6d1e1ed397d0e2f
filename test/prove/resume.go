package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/coder/websocket"

	"hiwar/client"
	"hiwar/test/check"
	"hiwar/test/rig"
)

func asProblem(err error, p **client.Problem) bool { return errors.As(err, p) }

// resume asks for a conversation from every number of its first 500 events and
// compares what comes with what is stored; then from further back than is told
// event by event, which must be a reset, and from ahead of the end, which must
// be seq_ahead and close 4409.
func resume(ctx context.Context, e *env, dir string) ([]row, error) {
	place, server, err := alone(ctx, e, dir, 1, patient)
	if err != nil {
		return nil, err
	}
	defer server.Stop()
	visitor, started, err := newcomer(ctx, server)
	if err != nil {
		return nil, err
	}
	topic := "conv/" + started.Conversation
	for n := range 499 {
		if _, err := visitor.Send(ctx, fmt.Sprintf("m%d", n), started.Conversation, fmt.Sprintf("message %d", n)); err != nil {
			return nil, err
		}
	}
	stored, err := storedTopic(place, started.Conversation)
	if err != nil {
		return nil, err
	}
	head := int64(len(stored))
	s, err := visitor.Connect(ctx)
	if err != nil {
		return nil, err
	}
	defer s.Cut()
	exact, tried := 0, 0
	for since := head - 500; since <= head; since++ {
		tried++
		if err := s.Continue(ctx, topic, since); err != nil {
			return nil, err
		}
		if ok, err := exactly(ctx, s, topic, stored, since); err != nil {
			return nil, fmt.Errorf("from %d: %w", since, err)
		} else if ok {
			exact++
		}
	}
	reset, ahead, err := beyond(ctx, e, visitor, started.Conversation, topic)
	if err != nil {
		return nil, err
	}
	return []row{
		{size: fmt.Sprintf("%d events", head), figure: fmt.Sprintf("exact from %d of %d numbers", exact, tried), target: "all", ok: exact == tried && tried >= 500},
		{size: "older than kept, ahead of the end", figure: fmt.Sprintf("reset %t, seq_ahead with 4409 %t", reset, ahead), target: "true, true", ok: reset && ahead},
	}, nil
}

// newcomer is a customer who has started a conversation.
func newcomer(ctx context.Context, server *rig.Server) (*client.Client, client.Started, error) {
	visitor := rig.Visitor(server.Base)
	started, err := visitor.StartChat(ctx, "start", rig.AssetKey, rig.Origin, client.Beginning{Name: "Sara", Text: "hello", Language: "en"})
	return visitor, started, err
}

func storedTopic(p *rig.Place, conversation string) ([]check.Entry, error) {
	dump, err := check.ReadSQLite(p.Database())
	if err != nil {
		return nil, err
	}
	for _, c := range dump.Conversations {
		if c.ID == conversation {
			return c.Entries, nil
		}
	}
	return nil, fmt.Errorf("%s is not stored", conversation)
}

// exactly reads what follows a number, up to a sign that nothing more comes:
// the refusal of a topic that nobody may have, which is answered after it.
func exactly(ctx context.Context, s *client.Socket, topic string, stored []check.Entry, since int64) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	exact := true
	for want := since + 1; want <= int64(len(stored)); {
		f, err := s.Next(ctx)
		if err != nil {
			return false, err
		}
		if f.Topic != topic || f.Type == "signal" {
			continue
		}
		if f.Type != "event" {
			return false, fmt.Errorf("a %s %s came", f.Type, f.Code)
		}
		var entry client.Entry
		_ = f.Into(&entry)
		e := stored[want-1]
		exact = exact && f.Seq == want && f.Kind == e.Kind && (e.Kind != "message" || entry.Text == e.Text)
		want++
	}
	return exact, nil
}

// beyond goes past the 500 events that are told one by one, and past the end.
func beyond(ctx context.Context, e *env, visitor *client.Client, conversation, topic string) (reset, ahead bool, err error) {
	last := int64(0)
	for n := range 600 {
		r, err := visitor.Send(ctx, fmt.Sprintf("more%d", n), conversation, "more")
		if err != nil {
			return false, false, err
		}
		last = r.Seq
	}
	s, err := visitor.Connect(ctx)
	if err != nil {
		return false, false, err
	}
	defer s.Cut()
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if err := s.Continue(ctx, topic, 1); err != nil {
		return false, false, err
	}
	for !reset {
		f, err := s.Next(ctx)
		if err != nil {
			return false, false, err
		}
		if f.Type == "event" {
			return false, false, errors.New("a single event came instead of a reset")
		}
		if f.Type == "snapshot" {
			reset = f.Reset && f.Seq == last
			e.rare.saw(resumeOlder)
			break
		}
	}
	if err := s.Continue(ctx, topic, last+1); err != nil {
		return reset, false, err
	}
	said := false
	for {
		f, err := s.Next(ctx)
		if err != nil {
			return reset, said && websocket.CloseStatus(err) == 4409, nil
		}
		said = said || f.Type == "error" && f.Code == "seq_ahead"
	}
}
