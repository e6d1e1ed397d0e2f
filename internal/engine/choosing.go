package engine

import (
	"maps"
	"slices"
	"time"

	"hiwar/internal/id"
	"hiwar/internal/view"
)

const (
	// targetsEvery is how often somebody is told at most that the queues and
	// agents to choose from have changed.
	targetsEvery = time.Second
	// targetsFor is how long after a look somebody is told. Who still has the
	// list before them looks again in that time.
	targetsFor = 2 * time.Minute
)

// choosing are those who look at what a conversation could be given to. They
// are told when that may have changed, and nobody else is.
type choosing struct {
	until map[id.User]time.Time
	dirty bool
	next  time.Time // not told before
}

func newChoosing() choosing { return choosing{until: map[id.User]time.Time{}} }

// looks remembers that a user has the list as it is now.
func (t *choosing) looks(u id.User, now time.Time) { t.until[u] = now.Add(targetsFor) }

// changed is called for whatever may change somebody's list.
func (t *choosing) changed() { t.dirty = len(t.until) > 0 }

// deadline is when somebody is to be told.
func (t *choosing) deadline() (at time.Time, ok bool) { return t.next, t.dirty }

// choosingMessages tells those who look to look again.
func (w *work) choosingMessages(out []Message) []Message {
	t := &w.floor.choosing
	if !t.dirty || w.now.Before(t.next) {
		return out
	}
	t.dirty, t.next = false, w.now.Add(targetsEvery)
	maps.DeleteFunc(t.until, func(_ id.User, until time.Time) bool { return until.Before(w.now) })
	for _, u := range slices.Sorted(maps.Keys(t.until)) {
		out = append(out, Message{Org: w.floor.org, Topic: view.AgentTopic(u), Signal: &Signal{Kind: "targets", Data: struct{}{}}})
	}
	return out
}
