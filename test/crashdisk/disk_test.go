package crashdisk

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// after is a file's content after a crash at a moment.
func after(t *testing.T, d *Disk, moment int, loss Loss, lazy bool, name string) []byte {
	t.Helper()
	s := d.Sweep(lazy)
	s.To(moment)
	folder := t.TempDir()
	if err := s.Crash(folder, loss, rand.New(rand.NewPCG(1, 2))); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(folder, name))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func fill(d *Disk, name string, off int64, b byte, n int) {
	_ = d.do(op{kind: Write, file: name, off: off, data: bytes.Repeat([]byte{b}, n)})
}

// What was synced survives every crash; what was not is there as the loss says.
func TestWhatSurvives(t *testing.T) {
	d := &Disk{record: true}
	fill(d, "db", 0, 'a', 1024)
	_ = d.do(op{kind: Sync, file: "db"})
	synced := d.Len()
	fill(d, "db", 512, 'b', 1024)
	_ = d.do(op{kind: Truncate, file: "db", off: 600})
	for _, tt := range []struct {
		loss Loss
		want string
	}{
		{Everything, string(bytes.Repeat([]byte{'a'}, 1024))},
		{Nothing, string(bytes.Repeat([]byte{'a'}, 512)) + string(bytes.Repeat([]byte{'b'}, 88))},
	} {
		if got := after(t, d, d.Len(), tt.loss, false, "db"); string(got) != tt.want {
			t.Errorf("loss %d leaves %q", tt.loss, got)
		}
	}
	for _, loss := range []Loss{Everything, Nothing, Some, Torn} {
		if got := after(t, d, synced, loss, false, "db"); len(got) != 1024 || bytes.IndexByte(got, 'b') >= 0 {
			t.Errorf("right after the sync loss %d leaves %d bytes, %q", loss, len(got), got[:10])
		}
	}
}

// A write is torn at sectors of the disk, not of the write.
func TestTearing(t *testing.T) {
	d := &Disk{record: true}
	fill(d, "db", 100, 'x', 5000)
	got := after(t, d, 1, Torn, false, "db")
	torn := false
	for i := 512; i+512 <= len(got); i += 512 {
		s := got[i : i+512]
		if bytes.Count(s, []byte{s[0]}) != 512 {
			t.Fatalf("the sector at %d is torn in itself", i)
		}
		torn = torn || s[0] == 0
	}
	if !torn {
		t.Error("nothing was lost")
	}
}

// Lazy syncs of the journal count from the next checkpoint on.
func TestLazySyncs(t *testing.T) {
	d := &Disk{record: true}
	fill(d, "db-wal", 0, 'w', 512)
	_ = d.do(op{kind: Sync, file: "db-wal"})
	if got := after(t, d, d.Len(), Everything, true, "db-wal"); len(got) != 0 {
		t.Errorf("a commit left %d bytes", len(got))
	}
	_ = d.do(op{kind: Sync, file: "db-wal"})
	fill(d, "db", 0, 'd', 512)
	if got := after(t, d, d.Len(), Everything, true, "db-wal"); len(got) != 512 {
		t.Errorf("a checkpoint left %d bytes", len(got))
	}
}
