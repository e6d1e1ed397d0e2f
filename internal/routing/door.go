package routing

import (
	"time"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// Door is what a customer who has not written yet may know of an asset.
type Door struct {
	Open    bool      // somebody could be asked now, as far as opening hours go
	OpensAt time.Time // of a closed one; zero if it never does
	Message bool      // of a closed one: a message can be left
	Text    org.Name  // of a closed one: what its queue says
}

// Door looks at the queues to which an asset leads, also by its form: it is
// open if one of them is, and else opens with the first of them. The text is
// that of the asset's own queue.
func (s *State) Door(a id.Asset, now time.Time) (d Door, ok bool) {
	asset := s.setup.assets[a]
	if asset == nil || asset.Deleted {
		return d, false
	}
	for _, q := range asset.Queues() {
		queue := s.setup.queues[q]
		if queue == nil || queue.Archived {
			continue
		}
		if s.setup.isOpen(q, now) {
			return Door{Open: true}, true
		}
		d.Message = d.Message || s.setup.mailbox(q) != nil
		if opens, ever := s.setup.calendar(q).NextOpening(now); ever && (d.OpensAt.IsZero() || opens.Before(d.OpensAt)) {
			d.OpensAt = opens
		}
	}
	d.Text = s.setup.limits(asset.Queue).ThenText
	return d, true
}
