package crashdisk

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

const sector = 512

// Loss is how much of what was not synced is lost.
type Loss byte

// The losses.
const (
	Everything Loss = iota // nothing that was not synced is there
	Nothing                // all of it is
	Some                   // each write is there or not
	Torn                   // each sector of each write is there or not
)

// A Sweep goes through the record once, from its beginning, and makes the
// states of the disk at moments that never go back.
type Sweep struct {
	ops  []op
	at   int
	disk map[string]*file
	lazy bool
}

// file is what a disk holds of a file, and what it may or may not hold.
type file struct {
	synced  []byte
	pending []op
}

// Sweep begins at the first thing that was done. With lazy the journal's syncs
// count only when the database is written next, as SQLite does it with
// synchronous=NORMAL: the control that must lose something.
func (d *Disk) Sweep(lazy bool) *Sweep {
	d.mu.Lock()
	defer d.mu.Unlock()
	return &Sweep{ops: d.ops[:len(d.ops):len(d.ops)], disk: map[string]*file{}, lazy: lazy}
}

// Syncs are the moments right before and right after each sync.
func (d *Disk) Syncs() (moments []int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, o := range d.ops {
		if o.kind == Sync {
			moments = append(moments, i, i+1)
		}
	}
	return slices.Compact(moments)
}

// To goes on to a moment.
func (s *Sweep) To(moment int) {
	for ; s.at < moment; s.at++ {
		o := s.ops[s.at]
		f := s.disk[o.file]
		switch {
		case o.kind == Delete:
			delete(s.disk, o.file)
			continue
		case f == nil:
			f = &file{}
			s.disk[o.file] = f
		}
		switch o.kind {
		case Write, Truncate:
			f.pending = append(f.pending, o)
		case Sync:
			if s.lazy && strings.HasSuffix(o.file, "-wal") && !s.checkpointNext() {
				continue
			}
			for _, p := range f.pending {
				f.synced = p.applied(f.synced, func() bool { return true })
			}
			f.pending = nil
		case Create, Delete:
		}
	}
}

// checkpointNext: after this sync the database itself is written.
func (s *Sweep) checkpointNext() bool {
	if s.at+1 >= len(s.ops) {
		return false
	}
	next := s.ops[s.at+1]
	return next.kind == Write && !strings.Contains(next.file, "-")
}

// Crash writes the files as the disk holds them after losing its power now.
func (s *Sweep) Crash(folder string, loss Loss, chance *rand.Rand) error {
	for name, f := range s.disk {
		content := slices.Clone(f.synced)
		for _, o := range f.pending {
			switch loss {
			case Everything:
			case Nothing:
				content = o.applied(content, func() bool { return true })
			case Some:
				if chance.IntN(2) == 0 {
					content = o.applied(content, func() bool { return true })
				}
			case Torn:
				content = o.applied(content, func() bool { return chance.IntN(2) == 0 })
			}
		}
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// applied is content after o, as far as its sectors reached the disk.
func (o op) applied(content []byte, reached func() bool) []byte {
	if o.kind == Truncate {
		if !reached() {
			return content
		}
		if int64(len(content)) >= o.off {
			return content[:o.off]
		}
		return append(content, make([]byte, o.off-int64(len(content)))...)
	}
	for from := int64(0); from < int64(len(o.data)); {
		to := min((o.off+from)/sector*sector+sector-o.off, int64(len(o.data)))
		if reached() {
			if need := o.off + to - int64(len(content)); need > 0 {
				content = append(content, make([]byte, need)...)
			}
			copy(content[o.off+from:], o.data[from:to])
		}
		from = to
	}
	return content
}
