package bus

import (
	"encoding/json"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/view"
)

// What goes from process to process. Members that a receiver does not know are
// ignored, and frames of a version it does not know are lost on it, as any may
// be: two releases run side by side.

const frameVersion = 1

type frame struct {
	Version  int       `json:"v"`
	From     string    `json:"from"` // a process
	N        int64     `json:"n"`    // its frames are numbered without a hole, those too that never left it
	Messages []message `json:"messages,omitempty"`
	Over     bool      `json:"over,omitempty"`
}

type message struct {
	Org    id.Org                    `json:"org"`
	Topic  string                    `json:"topic"`
	Events map[view.Audience][]event `json:"events,omitempty"`
	Signal *signal                   `json:"signal,omitempty"`
	Revoke []id.User                 `json:"revoke,omitempty"`
}

// event has its data as clients get it.
type event struct {
	Topic string          `json:"topic"`
	Seq   id.Seq          `json:"seq"`
	At    time.Time       `json:"at"`
	Kind  string          `json:"kind"`
	Data  json.RawMessage `json:"data"`
}

type signal struct {
	Kind     string          `json:"kind"`
	Audience view.Audience   `json:"audience,omitempty"`
	Data     json.RawMessage `json:"data"`
}

func packed(m engine.Message) (out message, err error) {
	out = message{Org: m.Org, Topic: m.Topic, Revoke: m.Revoke}
	if m.Events != nil {
		out.Events = make(map[view.Audience][]event, len(m.Events))
	}
	for to, events := range m.Events {
		for _, e := range events {
			data, err := json.Marshal(e.Data)
			if err != nil {
				return out, err
			}
			out.Events[to] = append(out.Events[to], event{e.Topic, e.Seq, e.At, e.Kind, data})
		}
	}
	if m.Signal != nil {
		data, err := json.Marshal(m.Signal.Data)
		if err != nil {
			return out, err
		}
		out.Signal = &signal{m.Signal.Kind, m.Signal.Audience, data}
	}
	return out, nil
}

func (m message) unpacked() engine.Message {
	out := engine.Message{Org: m.Org, Topic: m.Topic, Revoke: m.Revoke}
	if m.Events != nil {
		out.Events = make(map[view.Audience][]view.Event, len(m.Events))
	}
	for to, events := range m.Events {
		for _, e := range events {
			out.Events[to] = append(out.Events[to], view.Event{Topic: e.Topic, Seq: e.Seq, At: e.At, Kind: e.Kind, Data: e.Data})
		}
	}
	if m.Signal != nil {
		out.Signal = &engine.Signal{Kind: m.Signal.Kind, Audience: m.Signal.Audience, Data: m.Signal.Data}
	}
	return out
}
