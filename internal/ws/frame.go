package ws

import (
	"encoding/json"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/locale"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// What clients send, by type. A member that is not here is refused.
type (
	helloFrame struct {
		Type         string `json:"type"`
		Ticket       string `json:"ticket"`
		VisitorToken string `json:"visitor_token"`
		EmbedToken   string `json:"embed_token"`
		Again        bool   `json:"again"` // from a page that was there before
	}
	subFrame struct {
		Type  string  `json:"type"`
		Topic string  `json:"topic"`
		Since *id.Seq `json:"since"`
	}
	unsubFrame struct {
		Type  string `json:"type"`
		Topic string `json:"topic"`
	}
	textFrame struct {
		Type         string          `json:"type"`
		CommandID    string          `json:"command_id"`
		Conversation id.Conversation `json:"conversation"`
		Text         string          `json:"text"`
	}
	sendFrame struct {
		Type         string          `json:"type"`
		CommandID    string          `json:"command_id"`
		Conversation id.Conversation `json:"conversation"`
		Text         string          `json:"text"`
		Attachments  []id.Attachment `json:"attachments"`
	}
	receivedFrame struct {
		Type         string          `json:"type"`
		Conversation id.Conversation `json:"conversation"`
		Delivered    id.Seq          `json:"delivered"`
		Seen         id.Seq          `json:"seen"`
	}
	typingFrame struct {
		Type         string          `json:"type"`
		Conversation id.Conversation `json:"conversation"`
		On           bool            `json:"on"`
	}
	offerFrame struct {
		Type      string   `json:"type"`
		CommandID string   `json:"command_id"`
		Offer     id.Offer `json:"offer"`
	}
	presenceFrame struct {
		Type       string    `json:"type"`
		CommandID  string    `json:"command_id"`
		Presence   string    `json:"presence"`
		IdleReason id.Reason `json:"idle_reason"`
	}
	beatFrame struct {
		Type string `json:"type"`
	}
)

// What the server sends.
type (
	welcomeFrame struct {
		Type         string          `json:"type"`
		Now          time.Time       `json:"now"`
		BeatMS       int64           `json:"beat_ms"`
		User         id.User         `json:"user,omitempty"`
		Conversation id.Conversation `json:"conversation,omitempty"`
	}
	snapshotFrame struct {
		Type  string `json:"type"`
		Topic string `json:"topic"`
		Seq   id.Seq `json:"seq"`
		Reset bool   `json:"reset,omitempty"`
		Data  any    `json:"data"`
	}
	eventFrame struct {
		Type  string    `json:"type"`
		Topic string    `json:"topic"`
		Seq   id.Seq    `json:"seq"`
		At    time.Time `json:"at"`
		Kind  string    `json:"kind"`
		Data  any       `json:"data"`
	}
	signalFrame struct {
		Type  string `json:"type"`
		Topic string `json:"topic"`
		Kind  string `json:"kind"`
		Data  any    `json:"data"`
	}
	unsubscribedFrame struct {
		Type  string       `json:"type"`
		Topic string       `json:"topic"`
		Code  problem.Code `json:"code"`
	}
	restartingFrame struct {
		Type     string `json:"type"`
		SpreadMS int64  `json:"spread_ms"`
	}
	replyFrame struct {
		Type         string          `json:"type"`
		Ref          string          `json:"ref"`
		Seq          id.Seq          `json:"seq,omitempty"`
		At           time.Time       `json:"at"`
		Duplicate    bool            `json:"duplicate"`
		Conversation id.Conversation `json:"conversation,omitempty"`
		Part         id.Part         `json:"part,omitempty"`
	}
	errorFrame struct {
		Type   string         `json:"type"`
		Ref    string         `json:"ref,omitempty"`
		Topic  string         `json:"topic,omitempty"`
		Code   problem.Code   `json:"code"`
		Detail string         `json:"detail"`
		Params map[string]any `json:"params,omitempty"`
	}
)

var pong = encode(struct {
	Type string `json:"type"`
}{"pong"})

func encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // our own types
	}
	return b
}

func encodeEvent(topic string, e view.Event) []byte {
	return encode(eventFrame{"event", topic, e.Seq, e.At, e.Kind, e.Data})
}

func encodeReply(ref string, r engine.Reply) []byte {
	return encode(replyFrame{"reply", ref, r.Seq, r.At, r.Duplicate, r.Conversation, r.Part})
}

// encodeError writes a problem in the client's language. What is not a problem
// is a fault of ours and says nothing of itself.
func encodeError(lang locale.Lang, ref, topic string, err error) []byte {
	p := problem.Of(err)
	return encode(errorFrame{"error", ref, topic, p.Code, locale.Sentence(lang, string(p.Code), p.Params), p.Params})
}
