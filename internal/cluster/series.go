package cluster

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// together is how many of one caller's requests go to another node at most as
// one: as many as are read ahead of a connection's answers.
const together = 64

// first is how many at the head of a queue can go together: what is noticed of
// connections goes alone.
func first(queue []submitted) int {
	for i, s := range queue {
		if _, notice := noticed(s.request.Command); notice || i == together {
			return max(i, 1)
		}
	}
	return len(queue)
}

// series is [Node.Do] for several requests of one caller, in their order. Each
// is stored with the others where that is possible, as if they had come to the
// owner's own connection.
func (n *Node) series(ctx context.Context, all []submitted) {
	for len(all) > 0 {
		requests := make([]engine.Request, len(all))
		for i, s := range all {
			requests[i] = n.repeatable(s.request)
		}
		o := requests[0].Actor.Org
		done, err := ask(ctx, n, o, true, func() (done []outcome, err error) {
			got := make(chan []outcome, 1)
			n.submitSeries(o, requests, func(o []outcome) { got <- o })
			return oneAtLeast(<-got)
		}, "Series", requests)
		if err == nil && (len(done) == 0 || len(done) > len(all)) {
			err = problem.New(problem.Internal).Because(fmt.Errorf("%d answers to %d requests", len(done), len(all)))
		}
		if err != nil {
			for _, s := range all {
				s.then(engine.Reply{}, err)
			}
			return
		}
		for i, d := range done {
			all[i].then(d.Reply, d.Problem.err())
		}
		all = all[len(done):]
	}
}

// outcome is what became of one of several requests.
type outcome struct {
	Reply   engine.Reply
	Problem *refusal
}

func oneAtLeast(done []outcome) ([]outcome, error) {
	if len(done) == 0 {
		return nil, unavailable(engine.ErrElsewhere)
	}
	return done, nil
}

// submitSeries has the engine here carry requests out in order, and tells what
// became of them up to the first that it does not have the organization for. One
// that changes hands and comes back meanwhile must not turn their order round.
func (n *Node) submitSeries(o id.Org, requests []engine.Request, then func([]outcome)) {
	n.mu.Lock()
	epoch, here := n.owns[o]
	n.mu.Unlock()
	if !here {
		requests = requests[:1] // the engine says what it has
	}
	s := &series{left: len(requests), outcomes: make([]outcome, len(requests)), whole: len(requests), then: then}
	for i, r := range requests {
		n.mu.Lock()
		now, still := n.owns[o]
		n.mu.Unlock()
		if i > 0 && (!still || now != epoch) {
			for ; i < len(requests); i++ {
				s.answered(i, engine.Reply{}, engine.ErrElsewhere)
			}
			return
		}
		n.engine.Submit(r, func(reply engine.Reply, err error) { s.answered(i, reply, err) })
	}
}

// series gathers what became of requests that are carried out together.
type series struct {
	mu       sync.Mutex
	left     int // unanswered
	whole    int // those before the first that was done elsewhere
	outcomes []outcome
	then     func([]outcome)
}

func (s *series) answered(i int, reply engine.Reply, err error) {
	s.mu.Lock()
	s.left--
	s.outcomes[i] = outcome{reply, refused(err)}
	if errors.Is(err, engine.ErrElsewhere) {
		s.whole = min(s.whole, i)
	}
	over := s.left == 0
	s.mu.Unlock()
	if over {
		s.then(s.outcomes[:s.whole])
	}
}
