package check

import "slices"

// Books are the two sums that must come out (guarantee G11).
type Books struct {
	Offers, Accepted, Declined, Missed, Withdrawn, Pending int
	Started, Handled, Abandoned, NotServed, Void, Open     int
}

// Balance is how far the sums are from coming out: 0 and 0.
func (b Books) Balance() (offers, conversations int) {
	return b.Offers - b.Accepted - b.Declined - b.Missed - b.Withdrawn - b.Pending,
		b.Started - b.Handled - b.Abandoned - b.NotServed - b.Void - b.Open
}

// Books counts anew from what is stored. What belongs nowhere is counted
// nowhere, and so shows in the balance.
func (d *Dump) Books() (b Books) {
	b.Offers = len(d.Offers)
	for _, o := range d.Offers {
		switch o.Ending {
		case "accepted":
			b.Accepted++
		case "declined":
			b.Declined++
		case "missed":
			b.Missed++
		case "withdrawn":
			b.Withdrawn++
		case "":
			b.Pending++
		}
	}
	taken := map[string]bool{}
	for _, p := range d.Parts {
		taken[p.Conversation] = true
	}
	b.Started = len(d.Conversations)
	for _, c := range d.Conversations {
		switch {
		case c.ClosedAt == 0:
			b.Open++
		case taken[c.ID]:
			b.Handled++
		case c.Cause == "customer" || c.Cause == "abandoned":
			b.Abandoned++
		case c.Cause == "asset_deleted" || c.Cause == "supervisor":
			b.Void++
		case slices.Contains([]string{"maximum_wait", "queue_closed", "inactivity", "transfer_unanswered"}, c.Cause):
			b.NotServed++
		}
	}
	return b
}

// ledger: the books balance, acceptances and parts are the same, a wrap-up is
// recorded once and after the end, and nobody is stuck.
func (v *verifier) ledger() {
	if offers, conversations := v.dump.Books().Balance(); offers != 0 || conversations != 0 {
		v.found(Ledger, "the books do not balance: %+v", v.dump.Books())
	}
	type claim struct {
		task  int64
		agent string
	}
	balance := map[claim]int{}
	for _, o := range v.dump.Offers {
		if (o.EndedAt == 0) != (o.Ending == "") {
			v.found(Ledger, "offer %d ended at %d as %q", o.ID, o.EndedAt, o.Ending)
		}
		if o.Ending == "accepted" {
			balance[claim{o.Task, o.Agent}]++
		}
	}
	for _, p := range v.dump.Parts {
		balance[claim{p.Task, p.Agent}]--
		if p.SubmittedAt > 0 && (p.EndedAt == 0 || p.SubmittedAt < p.EndedAt) {
			v.found(Ledger, "part %d ended at %d and was wrapped up at %d", p.ID, p.EndedAt, p.SubmittedAt)
		}
	}
	for c, n := range balance {
		if n != 0 {
			v.found(Ledger, "task %d of %s: %+d acceptances without a part", c.task, c.agent, n)
		}
	}
	v.stuck()
}

// stuck: an open conversation has an owner, or a task that waits or is offered.
func (v *verifier) stuck() {
	cared := map[string]bool{}
	for _, t := range v.dump.Tasks {
		if t.State == "waiting" || t.State == "offered" {
			cared[t.Conversation] = true
		}
	}
	for _, p := range v.dump.Parts {
		if p.EndedAt == 0 && p.Role == "owner" {
			cared[p.Conversation] = true
		}
	}
	for _, c := range v.dump.Conversations {
		if (c.Status == "closed") != (c.ClosedAt > 0) {
			v.found(Ledger, "%s is %s, closed at %d", c.ID, c.Status, c.ClosedAt)
		}
		if c.ClosedAt == 0 && !cared[c.ID] {
			v.found(Stuck, "%s is %s and has neither an owner nor a request", c.ID, c.Status)
		}
	}
}
