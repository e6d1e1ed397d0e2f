package blob

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"

	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// small is a disk with room for so many bytes.
type small struct {
	room int
	why  error
}

func (s *small) Write(p []byte) (int, error) {
	n := min(len(p), s.room)
	s.room -= n
	if n < len(p) {
		return n, s.why
	}
	return n, nil
}

// Where there is no room that is what is said, in a way that people understand,
// and not that the file is bad; another fault of the disk stays one of ours.
func TestAFullDisk(t *testing.T) {
	for why, want := range map[error]problem.Code{
		syscall.ENOSPC: problem.QuotaExceeded, syscall.EDQUOT: problem.QuotaExceeded, syscall.EIO: problem.Internal,
	} {
		_, err := receive(&small{room: 10, why: why}, strings.NewReader("a list of things"), 100)
		if err == nil || problem.CodeOf(err) != want || !errors.Is(err, why) {
			t.Errorf("%v: %v, want %s", why, err, want)
		}
	}
	if _, err := receive(&small{room: 16}, strings.NewReader("a list of things"), 100); err != nil {
		t.Errorf("with room: %v", err)
	}
}

// A folder that takes nothing acknowledges nothing and leaves nothing; what was
// there stays to be read, and when there is room again it goes on by itself.
func TestAFolderThatTakesNothing(t *testing.T) {
	folder := t.TempDir()
	d := opened(t, folder, NewFolder(folder), nil)
	before, err := d.Keep(t.Context(), strings.NewReader("before"), "a.txt", org.Attachments{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.root.RemoveAll(incoming); err != nil {
		t.Fatal(err)
	}
	if k, err := d.Keep(t.Context(), strings.NewReader("lost"), "b.txt", org.Attachments{}); err == nil || k.Blob != "" {
		t.Errorf("kept as %+v", k)
	}
	if n := len(paths(t, folder)); n != 1 || !bytes.Equal(read(t, d, before.Blob), []byte("before")) {
		t.Errorf("%d files are there", n)
	}
	if err := d.root.Mkdir(incoming, 0o700); err != nil {
		t.Fatal(err)
	}
	again, err := d.Keep(t.Context(), io.LimitReader(strings.NewReader("again and again"), 5), "b.txt", org.Attachments{})
	if err != nil || string(read(t, d, again.Blob)) != "again" {
		t.Errorf("later: %+v, %v", again, err)
	}
}
