package login

import (
	"sync"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// mostWorks bounds what is remembered of work that was done. Each cost somebody
// a good part of a second, and is forgotten after minutes.
const mostWorks = 100_000

// works are those that were used, by the mark of the embed token that they were
// done on, each until that would have ended. What is asked for is not kept: the
// token is signed, for an asset and an origin and a few minutes, so strangers
// who ask for many push nobody out.
type works struct {
	now   func() time.Time
	since time.Time // nobody knows what was used before

	mu    sync.Mutex
	used  map[string]workUse
	swept time.Time
}

// workUse is the start that a work was done for: whoever repeats that because
// its answer was lost did not use it twice.
type workUse struct {
	start string
	ends  time.Time
}

func newWorks(now func() time.Time) *works {
	return &works{now: now, since: now(), used: map[string]workUse{}}
}

// CheckWork refuses a start whose work is not done, was done for another start,
// or on an embed token that is not of this asset, or no more. key is that of the
// request.
func (s *Service) CheckWork(o id.Org, asset id.Asset, embed, key string, w access.Work) error {
	if w.Zeros == 0 {
		return nil
	}
	refused := func(reason string) error {
		return problem.New(problem.WorkNeeded, "reason", reason, "zeros", w.Zeros)
	}
	e, ok := s.readEmbed(embed)
	issued := time.Unix(e.Expires, 0).Add(-embedLife)
	switch {
	case len(w.Answer) == 0:
		return refused("missing")
	case !ok || e.Org != o || e.Asset != asset || s.now().Unix() >= e.Expires || issued.Before(s.works.since.Truncate(time.Second)):
		return refused("expired")
	case !access.Worked(embed, w.Zeros, w.Answer):
		return refused("wrong")
	}
	return s.works.use(e, string(o)+"\x00"+string(asset)+"\x00"+key, refused)
}

func (w *works) use(e embed, start string, refused func(string) error) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.now()
	if now.Sub(w.swept) > time.Minute {
		for mark, u := range w.used {
			if !now.Before(u.ends) {
				delete(w.used, mark)
			}
		}
		w.swept = now
	}
	u, used := w.used[e.Nonce]
	if used && u.start != start {
		return refused("used")
	}
	if !used && len(w.used) >= mostWorks {
		return problem.New(problem.RateLimited, "retry_after_ms", time.Minute.Milliseconds())
	}
	w.used[e.Nonce] = workUse{start, time.Unix(e.Expires, 0)}
	return nil
}
