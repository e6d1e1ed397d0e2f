package sim

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// Config says what [Run] plays.
type Config struct {
	Server Server
	Sample Sample
	Seed   uint64
	// Speed divides every delay; 0 is 1, the pace of people.
	Speed float64
	// Most is how many customers of one asset may be there at once; whoever
	// would be one more stays away. 0 is 4.
	Most int
	Log  *slog.Logger // may be nil
}

// round is how long one plan lasts. The next one has the next seed.
const round = time.Hour

// Run plays the customers of one plan after another, and the simulated agents
// of the sample, until ctx is done; it returns when everybody has left. A
// server that refuses or goes away does not end it: whoever was affected
// leaves, and comes again later.
func Run(ctx context.Context, c Config) error {
	if c.Speed <= 0 {
		c.Speed = 1
	}
	if c.Most <= 0 {
		c.Most = 4
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	p := &player{Config: c, there: map[string]int{}}
	for _, u := range c.Sample.Users {
		if u.Simulated {
			p.goes.Go(func() { p.agent(ctx, u.Key) })
		}
	}
	p.goes.Go(func() { p.customers(ctx) })
	p.goes.Wait()
	return context.Cause(ctx)
}

// player carries a plan out. there is shared by the customers and guarded.
type player struct {
	Config
	goes  sync.WaitGroup
	mu    sync.Mutex
	there map[string]int // customers by asset
}

// customers lets everybody in at their time.
func (p *player) customers(ctx context.Context) {
	for seed := p.Seed; ; seed++ {
		begin := time.Now()
		for _, v := range Plan(seed, round) {
			if !p.wait(ctx, v.At-p.since(begin)) {
				return
			}
			if !p.enter(v.Asset) {
				continue
			}
			p.goes.Go(func() {
				defer p.leave(v.Asset)
				p.customer(ctx, v)
			})
		}
		if !p.wait(ctx, round-p.since(begin)) {
			return
		}
	}
}

func (p *player) enter(asset string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.there[asset] >= p.Most {
		return false
	}
	p.there[asset]++
	return true
}

func (p *player) leave(asset string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.there[asset]--
}

// since is how much planned time has passed.
func (p *player) since(begin time.Time) time.Duration {
	return time.Duration(float64(time.Since(begin)) * p.Speed)
}

// real is how long a planned delay takes.
func (p *player) real(d time.Duration) time.Duration {
	return time.Duration(float64(d) / p.Speed)
}

// wait lets planned time pass, and reports whether to go on.
func (p *player) wait(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(p.real(d))
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
