package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"

	"hiwar/internal/engine"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// Keep stores what body gives as a file of that name, if the rules allow it. A
// refusal is a [problem.Problem], and then nothing is left.
func (s *Store) Keep(ctx context.Context, body io.Reader, name string, rules org.Attachments) (kept engine.Kept, err error) {
	name = cleanName(name)
	f, err := s.create()
	if err != nil {
		return kept, err
	}
	defer func() { s.discard(f) }()
	digest, err := receive(f, body, rules.Largest())
	if err != nil {
		return kept, err
	}
	k, err := kindOf(f, name, rules)
	if err != nil {
		return kept, err
	}
	if s.scanner != nil {
		if err := s.scan(ctx, f); err != nil {
			return kept, err
		}
	}
	kept = engine.Kept{Name: withEnding(name, k), Type: k.mediaType, Digest: digest}
	if k.image {
		made, err := s.remake(ctx, f, k, &kept)
		if err != nil {
			return kept, err
		}
		s.discard(f)
		f = made
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return kept, err
	}
	kept.Size = size
	blob := filepath.Base(f.Name())
	if err := s.Put(ctx, blob, f); err != nil {
		return kept, err
	}
	kept.Blob = blob
	return kept, nil
}

// receive takes the bytes off the connection, up to the limit, whatever length
// was said before.
func receive(f io.Writer, body io.Reader, most int64) (digest [16]byte, err error) {
	sum := sha256.New()
	n, err := io.Copy(io.MultiWriter(f, sum), io.LimitReader(body, most+1))
	switch {
	case err != nil:
		return digest, cutOff(full(err), n)
	case n == 0:
		return digest, problem.New(problem.FileEmpty)
	case n > most:
		return digest, problem.New(problem.FileTooLarge, "max", org.SizeText(most), "max_bytes", most)
	}
	copy(digest[:], sum.Sum(nil))
	return digest, nil
}

// cutOff: the connection ended before the file did. Nobody may be there to be
// told, and it is no fault of ours.
func cutOff(err error, at int64) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return problem.New(problem.BadJSON, "offset", at).Because(err)
	}
	return err
}

// scan asks the scanner. One that cannot be asked has not said yes.
func (s *Store) scan(ctx context.Context, f *os.File) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	clean, err := s.scanner.Clean(ctx, f)
	if err != nil {
		return problem.New(problem.FileNotAccepted, "reason", "unscanned").Because(err)
	}
	if !clean {
		return problem.New(problem.FileNotAccepted, "reason", "infected")
	}
	return nil
}
