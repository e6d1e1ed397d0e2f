package main

import (
	"slices"
	"strconv"
	"testing"
	"time"

	"hiwar/client"
)

// journals are those of a conversation in which everything went well.
func journals() (*customer, []client.Entry) {
	c := &customer{acked: map[string]int64{}, sentAt: map[string]time.Time{}}
	entries := []client.Entry{{Seq: 1, Kind: "message", By: 1, ClientID: "start"}, {Seq: 2, Kind: "joined", By: 2}}
	for i := range 5 {
		id := strconv.Itoa(i)
		e := client.Entry{Seq: int64(3 + i), Kind: "message", By: 1, ClientID: id}
		entries = append(entries, e)
		c.sent = append(c.sent, id)
		c.sentAt[id] = time.Unix(1, 0)
		c.acked[id] = e.Seq
		c.told = append(c.told, e)
		c.seen = append(c.seen, e)
	}
	return c, entries
}

func TestAudit(t *testing.T) {
	for _, tt := range []struct {
		name  string
		spoil func(c *customer, entries []client.Entry) []client.Entry
		want  audit
	}{
		{"all is well", func(_ *customer, e []client.Entry) []client.Entry { return e }, audit{stored: 5}},
		{"an acknowledged message is not stored", func(_ *customer, e []client.Entry) []client.Entry {
			return e[:6]
		}, audit{stored: 4, lost: 1, disordered: 1}},
		{"stored under another number than acknowledged", func(c *customer, e []client.Entry) []client.Entry {
			c.acked["4"] = 9
			return e
		}, audit{stored: 5, lost: 1}},
		{"stored twice", func(_ *customer, e []client.Entry) []client.Entry {
			e[6].ClientID = "3"
			return e
		}, audit{stored: 4, lost: 2, doubled: 1, disordered: 3}},
		{"the agent was told in another order", func(c *customer, e []client.Entry) []client.Entry {
			c.seen[1], c.seen[2] = c.seen[2], c.seen[1]
			return e
		}, audit{stored: 5, disordered: 1}},
		{"the agent was told twice", func(c *customer, e []client.Entry) []client.Entry {
			c.seen = append(c.seen, c.seen[4])
			return e
		}, audit{stored: 5, doubled: 1, disordered: 1}},
		{"the customer was not told", func(c *customer, e []client.Entry) []client.Entry {
			c.told = c.told[1:]
			return e
		}, audit{stored: 5, lost: 1}},
		{"a hole in the numbers", func(c *customer, e []client.Entry) []client.Entry {
			return slices.Delete(e, 1, 2)
		}, audit{stored: 5, holes: 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, entries := journals()
			entries = tt.spoil(c, entries)
			var got audit
			c.audit(entries, &got)
			if got != tt.want {
				t.Errorf("audit says %+v, want %+v", got, tt.want)
			}
			if got.clean() != (tt.name == "all is well") {
				t.Errorf("clean is %t", got.clean())
			}
		})
	}
}
