package engine

import (
	"context"
	"slices"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/view"
)

// ExplainConversation says why a conversation is offered where it is, or why it
// still waits, and where it was offered before, to those of the staff who may
// read it. Whoever asked is told for a while that it may have changed.
func (e *Engine) ExplainConversation(ctx context.Context, a access.Actor, c id.Conversation) (view.Explanation, error) {
	var names view.Book
	v, err := answer(ctx, e, a.Org, func(f *floor, now time.Time) (v view.Explanation, err error) {
		cached, err := e.chat(f.org, c)
		if err != nil {
			return v, err
		}
		if err := access.Allow(a, access.ReadStaffThread, f.relation(a, cached.state)); err != nil {
			return v, err
		}
		f.choosing.looks(a.User, now)
		names = f.names
		x, _ := f.state.ExplainConversation(c, now)
		v = view.ExplanationOf(c, x, f.book)
		v.Estimate = f.waiting.toldEstimate(c)
		return v, nil
	})
	if err != nil {
		return v, err
	}
	past, err := e.reader.EndedOffers(ctx, a.Org, c, offersExplained)
	if err != nil {
		return v, read(err)
	}
	for _, o := range past {
		v.Offers = append(v.Offers, view.OfferReasonOf(o, names))
	}
	return v, nil
}

// ExplainOffer says who else could have had a request that was made of a
// conversation, and what ruled out everybody who could not, to those who are
// told why it is where it is. It goes through the floor's last steps again; what
// was decided before them is told as it was kept.
func (e *Engine) ExplainOffer(ctx context.Context, a access.Actor, c id.Conversation, o id.Offer) (view.OfferExplanation, error) {
	type asked struct {
		open    routing.Offer
		stretch routing.Stretch
		kept    bool
		names   view.Book
	}
	x, err := answer(ctx, e, a.Org, func(f *floor, _ time.Time) (x asked, err error) {
		cached, err := e.chat(f.org, c)
		if err != nil {
			return x, err
		}
		if err := access.Allow(a, access.ReadStaffThread, f.relation(a, cached.state)); err != nil {
			return x, err
		}
		x.open, _ = f.state.Offer(o)
		x.stretch, x.kept = f.journal.Stretch(o)
		x.names = f.names
		return x, nil
	})
	if err != nil {
		return view.OfferExplanation{}, err
	}
	made, err := e.madeOf(ctx, a.Org, c, x.open, o)
	if err != nil {
		return view.OfferExplanation{}, err
	}
	var candidates []routing.Candidate
	if x.kept {
		candidates, x.kept, err = e.goThrough(ctx, x.stretch, made)
	}
	return view.OfferExplanationOf(made, candidates, x.kept, x.names), err
}

// goThrough is [routing.Stretch.Candidates] for one caller at a time: it takes
// the memory of a floor and a processor for a while, which are wanted elsewhere.
func (e *Engine) goThrough(ctx context.Context, x routing.Stretch, made routing.Offer) ([]routing.Candidate, bool, error) {
	select {
	case e.again <- struct{}{}:
	case <-ctx.Done():
		return nil, false, unavailable(ctx.Err())
	}
	defer func() { <-e.again }()
	list, same := x.Candidates(made)
	return list, same, nil
}

// madeOf is an offer of a conversation, open or ended.
func (e *Engine) madeOf(ctx context.Context, o id.Org, c id.Conversation, open routing.Offer, n id.Offer) (routing.Offer, error) {
	if open.ID == n && open.Conversation == c {
		return open, nil
	}
	ended, err := e.reader.EndedOffers(ctx, o, c, offersExplained)
	if err != nil {
		return routing.Offer{}, read(err)
	}
	at := slices.IndexFunc(ended, func(x routing.Offer) bool { return x.ID == n })
	if at < 0 {
		return routing.Offer{}, problem.New(problem.NotFound)
	}
	return ended[at], nil
}

// offersExplained is how many requests of a conversation are explained, the
// last ones.
const offersExplained = 50

// toldEstimate is what the customer was told of the wait; nil if nothing.
func (t *waiting) toldEstimate(c id.Conversation) *view.Estimate {
	if p := t.places[c]; p != nil {
		return p.estimate
	}
	return nil
}

// WaitingList is who waits: to agents in the queues from whose list they may
// take somebody; to supervisors in the queues of their teams, in all queues if
// they have no team. Whoever asked is told for a while that it may have changed.
func (e *Engine) WaitingList(ctx context.Context, a access.Actor) (view.WaitingList, error) {
	if err := access.Allow(a, access.ReadWaiting, access.None); err != nil {
		return view.WaitingList{}, err
	}
	supervises := a.May(org.MayReadAll)
	v, err := answer(ctx, e, a.Org, func(f *floor, now time.Time) (view.WaitingList, error) {
		f.choosing.looks(a.User, now)
		v := view.WaitingOf(now, f.state, f.listed(a, supervises), a.User, supervises, f.book)
		for i := range v.Waiting {
			v.Waiting[i].Estimate = f.waiting.toldEstimate(v.Waiting[i].Conversation)
		}
		return v, nil
	})
	if err != nil || len(v.Waiting) == 0 {
		return v, err
	}
	ids := make([]id.Conversation, len(v.Waiting))
	for i := range v.Waiting {
		ids[i] = v.Waiting[i].Conversation
	}
	words, err := e.reader.LastWords(ctx, a.Org, ids)
	if err != nil {
		return v, read(err)
	}
	for i := range v.Waiting {
		v.Waiting[i].Text = beginning(words[v.Waiting[i].Conversation])
	}
	return v, nil
}

// listed are the queues whose line the actor may see.
func (f *floor) listed(a access.Actor, supervises bool) []*org.Queue {
	var teams []id.Team
	if u := f.users[a.User]; u != nil {
		teams = u.Teams
	}
	var queues []*org.Queue
	config := f.state.Config()
	for i := range config.Queues {
		q := &config.Queues[i]
		theirs := len(teams) == 0 || q.ServedBy(teams)
		if supervises && theirs || f.state.MayPick(a.User, q.ID) {
			queues = append(queues, q)
		}
	}
	return queues
}

// wordsShown is how much of what a customer wrote last stands in a list.
const wordsShown = 160

// beginning is the first characters of a text.
func beginning(text string) string {
	n := 0
	for i := range text {
		if n == wordsShown {
			return text[:i] + "…"
		}
		n++
	}
	return text
}

// ExplainAgent says why an agent gets no requests: to themselves, and to
// supervisors of everybody.
func (e *Engine) ExplainAgent(ctx context.Context, a access.Actor, u id.User) (view.Standing, error) {
	op := access.ReadAgents
	if u == a.User {
		op = access.ReadDesk
	}
	if err := access.Allow(a, op, access.None); err != nil {
		return view.Standing{}, err
	}
	return answer(ctx, e, a.Org, func(f *floor, now time.Time) (v view.Standing, err error) {
		c := f.state.Config()
		if !slices.ContainsFunc(c.Users, func(x org.User) bool { return x.ID == u && c.Permits(x.Roles, org.MayAnswer) }) {
			return v, problem.New(problem.NotFound)
		}
		f.choosing.looks(a.User, now)
		return view.StandingOf(u, f.state.ExplainAgent(u, now), f.book), nil
	})
}
