package engine

import (
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/view"
)

const (
	// estimateFrom is how long answers say something about the present.
	estimateFrom = 30 * time.Minute
	// estimateLeast is how many answers a range needs; with fewer nothing is
	// said.
	estimateLeast = 10
	// estimateMost bounds what is kept for one position of one queue.
	estimateMost = 200
	// estimateDepth is the last position that anything is kept for.
	estimateDepth = 50
	// estimateEvery is how often a range is thought over while nothing happens.
	estimateEvery = 15 * time.Second
)

// line is a position in a queue.
type line struct {
	queue    id.Queue
	position int
}

// sample is how long somebody took from a position to an answer.
type sample struct {
	at   time.Time // answered
	wait time.Duration
}

// estimates are recent answers, by where those answered had stood. They are
// kept in memory only: after a restart nothing is said until there is something
// to say.
type estimates map[line][]sample

// answered learns from a customer who is answered now and had reached each
// position at a time.
func (e estimates) answered(q id.Queue, reached map[int]time.Time, now time.Time) {
	for position, since := range reached {
		at := line{q, position}
		list := append(e[at], sample{now, now.Sub(since)})
		if len(list) > estimateMost {
			list = slices.Clone(list[len(list)-estimateMost:])
		}
		e[at] = list
	}
}

// of is how much longer a customer waits who has stood at a position since a
// time: of those who stood there as long and were answered, half took more than
// From, and nine of ten at most To. It is nil where too few did.
func (e estimates) of(q id.Queue, position int, since, now time.Time) *view.Estimate {
	answers := e[line{q, position}]
	if len(answers) < estimateLeast {
		return nil
	}
	stood := now.Sub(since)
	waits := make([]time.Duration, 0, len(answers))
	for _, s := range answers {
		if now.Sub(s.at) <= estimateFrom && s.wait > stood {
			waits = append(waits, s.wait-stood)
		}
	}
	if len(waits) < estimateLeast {
		return nil
	}
	slices.Sort(waits)
	from, to := quantile(waits, 50), quantile(waits, 90)
	least := max(1, int(from/time.Minute))
	most := int((to + time.Minute - 1) / time.Minute)
	if most > 1 && most <= least {
		most = least + 1
	}
	return &view.Estimate{FromMinutes: min(least, most), ToMinutes: most}
}

// quantile is the smallest value that so many in a hundred do not exceed.
func quantile(sorted []time.Duration, percent int) time.Duration {
	return sorted[(len(sorted)*percent+99)/100-1]
}
