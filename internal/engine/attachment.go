package engine

import (
	"context"
	"slices"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// Kept is a file whose bytes are stored, before anybody has said it.
type Kept struct {
	Name, Type    string
	Size          int64
	Width, Height int      // of an image
	Digest        [16]byte // of the bytes that came
	Blob          string   // where they are
}

// perConversation is what one conversation may hold: ten messages of ten files
// of ordinary size, and no store of files for strangers.
var perConversation = Quota{Bytes: 500 << 20, Unsent: 2 * org.MostFiles}

// MayAttach is which files the actor may attach in a conversation now, as its
// asset says; [problem.AttachmentsOff] if none.
func (e *Engine) MayAttach(ctx context.Context, a access.Actor, c id.Conversation) (org.Attachments, error) {
	return answer(ctx, e, a.Org, func(f *floor, _ time.Time) (none org.Attachments, err error) {
		cached, err := e.chat(f.org, c)
		if err != nil {
			return none, err
		}
		if err := access.Allow(a, access.Attach, f.relation(a, cached.state)); err != nil {
			return none, err
		}
		if err := cached.state.MayWrite(author(a)); err != nil {
			return none, err
		}
		rules := f.attachments(cached.state.Header().Asset)
		if rules.Off() {
			return rules, problem.New(problem.AttachmentsOff)
		}
		return rules, nil
	})
}

// attachments is what an asset says of them. One that is gone says nothing any
// more: its conversations take no messages.
func (f *floor) attachments(a id.Asset) org.Attachments {
	assets := f.state.Config().Assets
	i := slices.IndexFunc(assets, func(x org.Asset) bool { return x.ID == a })
	if i < 0 {
		return org.Attachments{Allowed: org.Off}
	}
	return assets[i].Files
}

// Attach writes down a file that the actor may send in the conversation. Done
// again with the same command it answers with the first one, and the caller
// drops the second copy of the bytes: the blob says which is kept.
func (e *Engine) Attach(ctx context.Context, a access.Actor, c id.Conversation, command string, k Kept) (chat.Upload, error) {
	if _, err := e.MayAttach(ctx, a, c); err != nil { // it may have ended while the bytes came
		return chat.Upload{}, err
	}
	k.Name = e.gate.of(a.Org).Text(k.Name)
	u := chat.Upload{
		Attachment:   chat.Attachment{Name: k.Name, Type: k.Type, Size: k.Size, Width: k.Width, Height: k.Height},
		Conversation: c, By: author(a), Command: command, Digest: k.Digest, Blob: k.Blob,
	}
	made, err := ask(ctx, e, func(now time.Time) (u chat.Upload, _ error) {
		u.ID, u.At = id.Mint[id.Attachment](id.PrefixAttachment, e.newID()), now.UTC().Truncate(time.Microsecond)
		return u, nil
	})
	if err != nil {
		return u, err
	}
	u.ID, u.At = made.ID, made.At
	kept, err := e.uploads.AddUpload(ctx, a.Org, u, perConversation)
	if err != nil {
		return kept, own(err)
	}
	if kept.Digest != k.Digest {
		return kept, problem.New(problem.IDReused)
	}
	return kept, nil
}

// Attached is an attachment that the actor may read now: one of a message that
// is theirs to read, or their own that they have not sent.
func (e *Engine) Attached(ctx context.Context, a access.Actor, c id.Conversation, file id.Attachment) (chat.Upload, error) {
	missing := problem.New(problem.FileNotFound)
	r, err := e.mayRead(ctx, a, c, access.ReadConversation)
	if err != nil {
		return chat.Upload{}, err
	}
	found, err := e.store.Uploads(ctx, a.Org, c, []id.Attachment{file})
	if err != nil {
		return chat.Upload{}, unavailable(err)
	}
	if len(found) == 0 || found[0].Message == "" && found[0].By != author(a) {
		return chat.Upload{}, missing
	}
	u := found[0]
	if u.Message == "" {
		return u, nil
	}
	// Whoever wraps up reads what was there before they left.
	return u, e.saidBefore(ctx, a, c, r, u.Message)
}

// saidBefore reports [problem.FileNotFound] for a message that was sent after
// the actor's part had ended.
func (e *Engine) saidBefore(ctx context.Context, a access.Actor, c id.Conversation, r reading, message string) error {
	_, err := answer(ctx, e, a.Org, func(f *floor, _ time.Time) (none struct{}, err error) {
		cached, err := e.chat(f.org, c)
		if err != nil {
			return none, err
		}
		seq, known := cached.state.SeqOf(message)
		p, limited := r.until(a, cached.state.Record())
		if !known || limited && seq > p.LeftSeq {
			return none, problem.New(problem.FileNotFound)
		}
		return none, nil
	})
	return err
}

// attached finds what a message is to carry. Each file is the sender's own, of
// this conversation, and in no other message.
func (w *work) attached(c *cachedChat, by chat.Author, ids []id.Attachment) ([]chat.Attachment, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	rules := w.floor.attachments(c.state.Header().Asset)
	switch {
	case rules.Off():
		return nil, problem.New(problem.AttachmentsOff)
	case len(ids) > rules.Most():
		return nil, problem.New(problem.TooManyFiles, "max", rules.Most())
	}
	found, err := w.round.e.store.Uploads(context.Background(), w.floor.org, c.key.conv, ids)
	if err != nil {
		return nil, unavailable(err)
	}
	files := make([]chat.Attachment, 0, len(ids))
	for i, file := range ids {
		at := slices.IndexFunc(found, func(u chat.Upload) bool { return u.ID == file && u.By == by && u.Message == "" })
		if at < 0 || w.round.used[file] || slices.Contains(ids[:i], file) {
			return nil, problem.New(problem.FileNotFound)
		}
		files = append(files, found[at].Attachment)
	}
	return files, nil
}

// attached notes what messages of the round carry: the store will know only
// after the commit.
func (r *round) attached(files []chat.Attachment) {
	for _, f := range files {
		if r.used == nil {
			r.used = map[id.Attachment]bool{}
		}
		r.used[f.ID] = true
	}
}
