package simulate

import (
	"encoding/binary"
	"fmt"
	"hash"
	"hash/fnv"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/problem"
)

// digest is a running sum over everything that is committed.
type digest struct {
	sum hash.Hash64
	buf []byte
}

func newDigest() digest { return digest{sum: fnv.New64a()} }

func (d *digest) text(all ...string) {
	for _, s := range all {
		d.buf = append(append(d.buf, s...), 0)
	}
}

func (d *digest) number(all ...int64) {
	for _, n := range all {
		d.buf = binary.AppendVarint(d.buf, n)
	}
}

func (d *digest) moment(all ...time.Time) {
	for _, t := range all {
		d.number(t.UnixMilli())
	}
}

// batch adds what a batch stores.
func (d *digest) batch(b *engine.OrgBatch, now time.Time) {
	d.buf = d.buf[:0]
	d.moment(now)
	f := &b.Floor
	for i := range f.Agents {
		a := &f.Agents[i]
		d.text(string(a.ID), string(a.Presence), string(a.IdleReason))
		d.moment(a.Since, a.RankedAt, a.LostAt)
	}
	for i := range f.Conversations {
		c := &f.Conversations[i]
		d.text(string(c.ID), string(c.Queue), string(c.Cause))
		d.moment(c.WaitingSince, c.AnsweredAt, c.SpokeAt, c.ClosedAt)
	}
	for i := range f.Tasks {
		t := &f.Tasks[i]
		d.text(string(t.Kind), string(t.State), string(t.Queue), string(t.Target), string(t.Cause))
		d.number(int64(t.ID))
	}
	for i := range f.Offers {
		o := &f.Offers[i]
		d.text(string(o.Agent), string(o.End), string(o.Cause))
		d.number(int64(o.ID), int64(o.Task), int64(o.Slot), int64(o.Decision.Considered))
		d.moment(o.MadeAt, o.Deadline, o.EndedAt)
		for _, u := range o.Decision.RunnersUp {
			d.text(string(u))
		}
	}
	for i := range f.Parts {
		p := &f.Parts[i]
		d.text(string(p.Agent), string(p.Role), string(p.EndCause), string(p.Reason))
		d.number(int64(p.ID), int64(p.Slot))
		d.moment(p.AcceptedAt, p.EndedAt, p.SubmittedAt)
	}
	for i := range b.Chats {
		d.text(string(b.Chats[i].Record.Header.ID), string(b.Chats[i].Record.Status))
		for j := range b.Chats[i].Entries {
			e := &b.Chats[i].Entries[j]
			d.text(string(e.Topic), string(e.Kind), e.ClientID, e.Text, string(e.Line), string(e.Status), e.Cause)
			d.number(int64(e.Seq), int64(e.By))
		}
	}
	for i := range b.Feed {
		d.text(string(b.Feed[i].User), b.Feed[i].Event.Kind)
		d.number(int64(b.Feed[i].Event.Seq))
	}
	for i := range b.Replies {
		d.text(b.Replies[i].Key.Scope, b.Replies[i].Key.Command)
		d.number(int64(b.Replies[i].Reply.Seq), int64(b.Replies[i].Reply.Part))
	}
	_, _ = d.sum.Write(d.buf) // never fails
}

// answered adds what was answered.
func (w *world) answered(all []engine.Answer) {
	w.answers.buf = w.answers.buf[:0]
	for _, a := range all {
		w.result.Commands++
		w.answers.text(fmt.Sprintf("%+v", a.Reply))
		if a.Err != nil {
			p := problem.Of(a.Err)
			w.answers.text(string(p.Code), fmt.Sprint(p.Params))
		}
	}
	_, _ = w.answers.sum.Write(w.answers.buf) // never fails
}
