package sim

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"time"
)

// chance is a source of chance that gives the same values for the same seed
// and name. Each part of a plan draws from its own, so that adding a draw in
// one place changes nothing elsewhere.
type chance struct{ *rand.Rand }

func chanceOf(seed uint64, name string) chance {
	h := fnv.New64a()
	h.Write([]byte(name))
	return chance{rand.New(rand.NewPCG(seed, h.Sum64()))}
}

// between is a duration from low up to and including high, to the millisecond.
func (c chance) between(low, high time.Duration) time.Duration {
	return (low + time.Duration(c.Int64N(int64(high-low)+1))).Truncate(time.Millisecond)
}

// wait is the time to the next arrival of a Poisson process with this mean,
// never more than three times it: a demo does not fall asleep.
func (c chance) wait(mean time.Duration) time.Duration {
	d := time.Duration(-math.Log(1-c.Float64()) * float64(mean))
	return min(d, 3*mean).Truncate(time.Millisecond)
}

// oneIn is true once in n draws.
func (c chance) oneIn(n int) bool { return c.IntN(n) == 0 }

func pick[T any](c chance, from []T) T { return from[c.IntN(len(from))] }
