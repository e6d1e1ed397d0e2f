package ws

import "sync"

// round is the outboxes to which something came within a round of the engine
// that is not over yet.
type round struct {
	mu    sync.Mutex
	boxes []*outbox
}

// add needs the box's lock, and over takes none of theirs under its own.
func (r *round) add(o *outbox) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.boxes = append(r.boxes, o)
}

// over lets all of them write.
func (r *round) over() {
	r.mu.Lock()
	boxes := r.boxes
	r.boxes = nil
	r.mu.Unlock()
	for _, o := range boxes {
		o.roundOver()
	}
}
