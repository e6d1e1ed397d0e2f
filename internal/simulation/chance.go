package simulation

import (
	"math"
	"math/rand/v2"
	"time"
)

// shape is how a duration varies; its times are seconds. Without a kind it is
// fixed.
type shape struct {
	kind      string
	mean      float64
	deviation float64
}

// draw is one duration, kept to the millisecond as the machine keeps time.
func (s shape) draw(chance *rand.Rand) time.Duration {
	seconds := s.mean
	switch s.kind {
	case "exponential":
		seconds *= chance.ExpFloat64()
	case "lognormal":
		// The mean and deviation asked for are those of the duration, not of
		// its logarithm.
		spread := math.Log1p(s.deviation * s.deviation / (s.mean * s.mean))
		seconds *= math.Exp(math.Sqrt(spread)*chance.NormFloat64() - spread/2)
	}
	return time.Duration(math.Round(seconds*1000)) * time.Millisecond
}

// The streams of chance. Each person has their own, so that what one does
// depends on nobody else.
const (
	ofArrivals uint64 = iota << 32
	ofCustomers
	ofAgents
)

func chance(seed int64, stream, n uint64) *rand.Rand {
	return rand.New(rand.NewPCG(mixed(uint64(seed)), mixed(mixed(uint64(seed))+stream+n)))
}

// mixed spreads a number over all its bits (Steele's SplitMix64): the first
// draws of streams whose seeds are neighbors would be neighbors too.
func mixed(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// arrivals are the moments at which customers of a queue come: independently of
// each other, as many as expected in each interval on average.
func (q *queue) arrivals(from, to time.Time, chance *rand.Rand) []time.Time {
	var out []time.Time
	for i, expected := range q.expected {
		begin := from.Add(time.Duration(i) * q.every)
		end := begin.Add(q.every)
		if end.After(to) {
			end = to
		}
		if expected == 0 {
			continue
		}
		gap := shape{kind: "exponential", mean: q.every.Seconds() / float64(expected)}
		for at := begin.Add(gap.draw(chance)); at.Before(end); at = at.Add(gap.draw(chance)) {
			out = append(out, at)
		}
	}
	return out
}
