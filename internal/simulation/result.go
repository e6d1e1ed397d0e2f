package simulation

import (
	"math"
	"slices"
	"time"

	"hiwar/internal/problem"
	"hiwar/internal/routing"
)

// Result is what came of a day. Its figures are those of the product's reports:
// see the guide.
type Result struct {
	Name      string
	Seed      int64
	From, To  time.Time
	Zone      *time.Location
	Queues    []Figures // in the order of the plan
	All       Figures
	Staff     Staff
	Intervals []Interval
	Steps     int  // of the machine
	Limited   bool // some queue bounds the waiting
	Messages  bool // some queue takes messages

	customers []customer
}

// Figures are counts and times of the customers of one queue, or of all.
type Figures struct {
	Name                string
	Within              time.Duration // the service level's
	Came                int           // = Answered + Abandoned + NotServed + Waiting
	Answered, Abandoned int
	Short               int // abandoned so soon that they do not count
	NotServed           int // closed by a rule before anybody answered
	TooLong             int // of those, after the maximum wait
	Closed, Full        int // turned away at the door; they did not come
	Moved               int // to another queue; whatever became of them there
	Waiting             int // still waiting when the run ended
	Left                int // messages, by those turned away and by those not served
	Replied             int // of those, answered when the run ended
	InTime              int // answered within the service level
	Late                int // of the others, those that the service level counts
	Requests            int
	Estimates           Estimates
	waits               []time.Duration // of those answered, in order
	replies             []time.Duration // of messages answered, in order
}

// Estimates compares what customers were told first of how long it takes with
// what came, of those who were answered.
type Estimates struct {
	Told                  int // customers who were told a range
	Answered              int // = Inside + Sooner + Later
	Inside, Sooner, Later int
	off                   time.Duration // outside of the range, of all together
}

// MeanOff is how far outside of the range the waits were on average; inside is
// nothing.
func (e *Estimates) MeanOff() (time.Duration, bool) {
	if e.Answered == 0 {
		return 0, false
	}
	return e.off / time.Duration(e.Answered), true
}

func (e *Estimates) add(c customer) {
	if c.promised.at.IsZero() {
		return
	}
	e.Told++
	if c.answered.IsZero() {
		return
	}
	e.Answered++
	off := c.promised.off(c.answered.Sub(c.promised.at))
	switch {
	case off < 0:
		e.Sooner++
	case off > 0:
		e.Later++
	default:
		e.Inside++
	}
	e.off += off.Abs()
}

// Staff is what the agents did.
type Staff struct {
	Agents                     int
	Requests, Accepted, Missed int
	Busy, Idle                 time.Duration
}

// Interval is a quarter of an hour.
type Interval struct {
	Begin time.Time
	Figures
	Agents int // on shift at its beginning, and not on a break
}

const interval = 15 * time.Minute

func (d *day) result(p Plan, seed int64) *Result {
	r := &Result{Name: p.Name, Seed: seed, From: d.from, To: d.to, Steps: d.steps, Limited: d.limited(), Messages: d.takesMessages(), customers: d.customers, All: Figures{Name: "all"}}
	r.Zone, _ = time.LoadLocation(d.config.Organization.TimeZone)
	for _, q := range d.queues {
		r.Queues = append(r.Queues, Figures{Name: q.name, Within: q.within})
	}
	for at := d.from; at.Before(d.to); at = at.Add(interval) {
		r.Intervals = append(r.Intervals, Interval{Begin: at, Agents: d.present(at)})
	}
	for _, c := range d.customers {
		within := d.queues[c.queue].within
		for _, f := range []*Figures{&r.Queues[c.queue], &r.All, &r.Intervals[c.came.Sub(d.from)/interval].Figures} {
			f.add(c, within, d.short)
		}
	}
	for _, f := range r.figures() {
		slices.Sort(f.waits)
		slices.Sort(f.replies)
	}
	r.Staff.Agents = len(d.people)
	for _, a := range d.agents {
		a.count(d.now)
		r.Staff.Requests += a.Requests
		r.Staff.Accepted += a.Accepted
		r.Staff.Missed += a.Missed
		r.Staff.Busy += a.busy
		r.Staff.Idle += a.idle
	}
	return r
}

func (r *Result) figures() []*Figures {
	all := []*Figures{&r.All}
	for i := range r.Queues {
		all = append(all, &r.Queues[i])
	}
	for i := range r.Intervals {
		all = append(all, &r.Intervals[i].Figures)
	}
	return all
}

// present is how many agents are on shift.
func (d *day) present(at time.Time) (n int) {
	for _, p := range d.people {
		resting := slices.ContainsFunc(p.breaks, func(b pause) bool { return !at.Before(b.from) && at.Before(b.to) })
		if !at.Before(p.from) && at.Before(p.to) && !resting {
			n++
		}
	}
	return n
}

func (f *Figures) add(c customer, within, short time.Duration) {
	f.addMessage(c)
	switch c.refused {
	case problem.QueueClosed:
		f.Closed++
		return
	case problem.QueueFull:
		f.Full++
		return
	}
	f.Came++
	f.Requests += c.requests
	f.Estimates.add(c)
	if c.moved {
		f.Moved++
	}
	wait := c.left.Sub(c.came)
	switch {
	case !c.answered.IsZero():
		wait = c.answered.Sub(c.came)
		f.Answered++
		f.waits = append(f.waits, wait)
		if wait <= within {
			f.InTime++
		} else {
			f.Late++
		}
	case !c.wrote.IsZero():
		f.NotServed++
		f.Late++
		if c.waited == routing.CauseMaximumWait {
			f.TooLong++
		}
	case c.left.IsZero():
		f.Waiting++
		f.Late++
	case c.cause == routing.CauseCustomer || c.cause == routing.CauseAbandoned:
		f.Abandoned++
		if wait <= short {
			f.Short++
		} else if wait > within {
			f.Late++
		}
	default:
		f.NotServed++
		f.Late++
		if c.cause == routing.CauseMaximumWait {
			f.TooLong++
		}
	}
}

// addMessage counts what was left, at the door or after waiting.
func (f *Figures) addMessage(c customer) {
	if c.wrote.IsZero() {
		return
	}
	f.Left++
	if !c.replied.IsZero() {
		f.Replied++
		f.replies = append(f.replies, c.replied.Sub(c.wrote))
	}
}

// ServiceLevel is the share answered in time of those it counts; false if it
// counts nobody.
func (f *Figures) ServiceLevel() (float64, bool) { return share(f.InTime, f.InTime+f.Late) }

// AbandonRate is the share that left, without those who left at once.
func (f *Figures) AbandonRate() (float64, bool) { return share(f.Abandoned-f.Short, f.Came-f.Short) }

// Wait is a quantile of the waits of those answered; false if nobody was.
func (f *Figures) Wait(quantile float64) (time.Duration, bool) { return quantileOf(f.waits, quantile) }

// Reply is a quantile of how long messages lay that were answered; false if
// none was.
func (f *Figures) Reply(quantile float64) (time.Duration, bool) {
	return quantileOf(f.replies, quantile)
}

func quantileOf(sorted []time.Duration, quantile float64) (time.Duration, bool) {
	if len(sorted) == 0 {
		return 0, false
	}
	at := int(math.Ceil(quantile*float64(len(sorted)))) - 1
	return sorted[max(0, at)], true
}

// MeanWait is the average wait of those answered.
func (f *Figures) MeanWait() (time.Duration, bool) {
	if len(f.waits) == 0 {
		return 0, false
	}
	var sum time.Duration
	for _, w := range f.waits {
		sum += w
	}
	return sum / time.Duration(len(f.waits)), true
}

// Occupancy is the share of their time in which agents had a conversation, of
// the time in which they had one or were there for one.
func (s *Staff) Occupancy() (float64, bool) {
	return share(int(s.Busy.Milliseconds()), int((s.Busy + s.Idle).Milliseconds()))
}

// RONARate is the share of requests that nobody answered, of those with an
// answer or none in time.
func (s *Staff) RONARate() (float64, bool) { return share(s.Missed, s.Accepted+s.Missed) }

func share(part, of int) (float64, bool) {
	if of <= 0 {
		return 0, false
	}
	return float64(part) / float64(of), true
}
