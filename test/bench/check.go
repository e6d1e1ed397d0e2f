package main

import (
	"context"
	"fmt"
	"slices"

	"hiwar/client"
)

// audit is what the journals say against what is stored.
type audit struct {
	stored, lost, doubled, disordered, holes int
}

func (a audit) clean() bool { return a.lost+a.doubled+a.disordered+a.holes == 0 }

// check reads every conversation anew and compares. An error is a promise
// broken, or an answer that did not come.
func (f *floor) check(ctx context.Context) (audit, error) {
	var sum audit
	for _, c := range f.customers {
		entries, err := c.stored(ctx)
		if err != nil {
			return sum, err
		}
		c.audit(entries, &sum)
	}
	if !sum.clean() {
		return sum, fmt.Errorf("%d messages lost, %d doubled, %d out of order, %d holes", sum.lost, sum.doubled, sum.disordered, sum.holes)
	}
	return sum, nil
}

// stored is the whole conversation, oldest first.
func (c *customer) stored(ctx context.Context) ([]client.Entry, error) {
	var all []client.Entry
	for before := int64(0); ; {
		page, more, err := c.c.Entries(ctx, c.conversation, before, 200)
		if err != nil {
			return nil, err
		}
		all = append(slices.Clone(page), all...)
		if !more || len(page) == 0 {
			return all, nil
		}
		before = page[0].Seq
	}
}

func (c *customer) audit(entries []client.Entry, sum *audit) {
	c.mu.Lock()
	defer c.mu.Unlock()
	stored := map[string]int64{} // number by client id
	var order []string           // of the customer's own messages
	for _, e := range entries {
		if e.Kind != "message" || e.By != 1 || c.sentAt[e.ClientID].IsZero() {
			continue
		}
		if _, twice := stored[e.ClientID]; twice {
			sum.doubled++
		}
		stored[e.ClientID] = e.Seq
		order = append(order, e.ClientID)
	}
	sum.stored += len(stored)
	for id, seq := range c.acked {
		if stored[id] != seq {
			sum.lost++ // or stored under another number than we were told
		}
	}
	if !slices.Equal(order, c.sent) {
		sum.disordered++
	}
	for _, view := range [][]client.Entry{c.told, c.seen} {
		sum.view(view, stored)
	}
	sum.gaps(entries)
}

// view holds what one side was told to what is stored: each message once, in
// the order of its numbers.
func (a *audit) view(told []client.Entry, stored map[string]int64) {
	last, seen := int64(0), map[string]bool{}
	for _, e := range told {
		if e.Seq <= last {
			a.disordered++
		}
		if seen[e.ClientID] {
			a.doubled++
		}
		if n, ok := stored[e.ClientID]; ok && n != e.Seq {
			a.disordered++
		}
		last, seen[e.ClientID] = e.Seq, true
	}
	for id := range stored {
		if !seen[id] {
			a.lost++
		}
	}
}

// gaps counts the numbers that are missing. Receipts take numbers too, and are
// no entries; nobody here sends any.
func (a *audit) gaps(entries []client.Entry) {
	for i := 1; i < len(entries); i++ {
		a.holes += int(entries[i].Seq - entries[i-1].Seq - 1)
	}
}
