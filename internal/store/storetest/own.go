package storetest

import (
	"errors"
	"strconv"
	"sync"
	"testing"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

func ownTests(t *testing.T, open func(t *testing.T) Store) {
	t.Run("preferences", func(t *testing.T) { preferenceTests(t, open) })
	t.Run("drafts", func(t *testing.T) { draftTests(t, open) })
}

func preferenceTests(t *testing.T, open func(t *testing.T) Store) {
	w := newWorld(t, open)
	of := func(u id.User) org.Preferences {
		t.Helper()
		p, err := w.Preferences(t.Context(), acme, u)
		w.ok(err)
		return p
	}
	same(t, "before anybody chose", org.DefaultPreferences(), of("usr_anna"))
	want := filled[org.Preferences]()
	got, err := w.UpdatePreferences(t.Context(), acme, "usr_anna", func(p *org.Preferences) error { *p = want; return nil })
	w.ok(err)
	same(t, "answered", want, got)
	same(t, "every field comes back", want, of("usr_anna"))
	same(t, "somebody else's", org.DefaultPreferences(), of("usr_ben"))

	refusal := errors.New("no")
	_, err = w.UpdatePreferences(t.Context(), acme, "usr_anna", func(p *org.Preferences) error { p.Theme = "loud"; return refusal })
	if !errors.Is(err, refusal) {
		t.Errorf("got %v, want the refusal", err)
	}
	same(t, "after a refusal", want, of("usr_anna"))

	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := w.UpdatePreferences(t.Context(), acme, "usr_ben", func(p *org.Preferences) error { p.Volume++; return nil }); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	same(t, "eight changes at once", 58, of("usr_ben").Volume)
}

// anna has answered conv_1.
func answered(t *testing.T, open func(t *testing.T) Store) (*world, routing.Part) {
	t.Helper()
	w := newWorld(t, open)
	b, _ := begin(conv1, "cus_1", 1)
	w.commit(b)
	p := openPart(1, 1, conv1, "usr_anna", 1)
	w.commit(engine.OrgBatch{Floor: routing.Records{Parts: []routing.Part{p}, LastPart: 1}})
	return w, p
}

func draftTests(t *testing.T, open func(t *testing.T) Store) {
	draft := func(revision int64, body string) view.Draft {
		return view.Draft{Conversation: conv1, Revision: revision, Text: body, At: at(int(revision))}
	}
	keeper := func(t *testing.T, w *world) func(what string, d, want view.Draft) {
		return func(what string, d, want view.Draft) {
			t.Helper()
			got, err := w.PutDraft(t.Context(), acme, "usr_anna", d)
			w.ok(err)
			same(t, what, want, got)
			var list []view.Draft
			if want.Text != "" {
				list = []view.Draft{want}
			}
			all, err := w.Drafts(t.Context(), acme, "usr_anna")
			w.ok(err)
			same(t, what+", listed", list, all)
		}
	}

	t.Run("the greatest revision is kept", func(t *testing.T) {
		w, _ := answered(t, open)
		put := keeper(t, w)
		put("the first", draft(3, "مرحبا"), draft(3, "مرحبا"))
		put("an older one that comes late", draft(2, "old"), draft(3, "مرحبا"))
		put("another of the same revision", draft(3, "other"), draft(3, "مرحبا"))
		put("a newer one", draft(5, "مرحبًا بك"), draft(5, "مرحبًا بك"))
		put("emptied", draft(6, ""), draft(6, ""))
		put("the emptied text, late", draft(5, "مرحبًا بك"), draft(6, ""))
	})

	t.Run("only whoever has a part keeps one", func(t *testing.T) {
		w, _ := answered(t, open)
		_, err := w.PutDraft(t.Context(), acme, "usr_ben", draft(1, "x"))
		wantCode(t, "no part", err, problem.NotParticipant)
		_, err = w.PutDraft(t.Context(), acme, "usr_anna", view.Draft{Conversation: conv2, Revision: 1, Text: "x"})
		wantCode(t, "no conversation", err, problem.NotParticipant)
		all, err := w.Drafts(t.Context(), acme, "usr_ben")
		w.ok(err)
		same(t, "kept", []view.Draft(nil), all)
	})

	t.Run("gone with the wrap-up, not before", func(t *testing.T) {
		w, p := answered(t, open)
		put := keeper(t, w)
		put("kept", draft(1, "x"), draft(1, "x"))
		p.EndedAt = at(10)
		w.commit(engine.OrgBatch{Floor: routing.Records{Parts: []routing.Part{p}}})
		put("in wrap-up", draft(2, "y"), draft(2, "y"))
		p.SubmittedAt = at(20)
		w.commit(engine.OrgBatch{Floor: routing.Records{Parts: []routing.Part{p}}})
		all, err := w.Drafts(t.Context(), acme, "usr_anna")
		w.ok(err)
		same(t, "after it", []view.Draft(nil), all)
		_, err = w.PutDraft(t.Context(), acme, "usr_anna", draft(3, "late"))
		wantCode(t, "one that comes late", err, problem.NotParticipant)
	})

	t.Run("many at once each get their answer", func(t *testing.T) {
		w, _ := answered(t, open)
		var all sync.WaitGroup
		for n := range 20 {
			all.Go(func() {
				who := id.User("usr_anna")
				if n%2 == 1 {
					who = "usr_ben" // has no part: refused, and disturbs nobody
				}
				d := draft(int64(n+1), strconv.Itoa(n))
				got, err := w.PutDraft(t.Context(), acme, who, d)
				switch {
				case n%2 == 1:
					wantCode(t, "no part", err, problem.NotParticipant)
				case err != nil || got.Revision < d.Revision:
					t.Errorf("%d: got %+v, %v", n, got, err)
				}
			})
		}
		all.Wait()
		kept, err := w.Drafts(t.Context(), acme, "usr_anna")
		w.ok(err)
		same(t, "kept", []view.Draft{draft(19, "18")}, kept)
	})
}
