package blob

import (
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"

	"hiwar/internal/engine"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// Keep stores what body gives as a file of that name, if the rules allow it. A
// refusal is a [problem.Problem], and then nothing is left.
func (d *Dir) Keep(ctx context.Context, body io.Reader, name string, rules org.Attachments) (kept engine.Kept, err error) {
	name = cleanName(name)
	f, err := d.create()
	if err != nil {
		return kept, err
	}
	defer func() {
		if err != nil {
			d.discard(f)
		}
	}()
	digest, err := receive(f, body, rules.Largest())
	if err != nil {
		return kept, err
	}
	k, err := kindOf(f, name, rules)
	if err != nil {
		return kept, err
	}
	if d.scanner != nil {
		if err := d.scan(ctx, f); err != nil {
			return kept, err
		}
	}
	kept = engine.Kept{Name: withEnding(name, k), Type: k.mediaType, Digest: digest}
	if k.image {
		made, err := d.remake(ctx, f, k, &kept)
		if err != nil {
			return kept, err
		}
		d.discard(f)
		f = made
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return kept, err
	}
	kept.Size = size
	kept.Blob, err = d.settle(f)
	return kept, err
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
func (d *Dir) scan(ctx context.Context, f *os.File) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	clean, err := d.scanner.Clean(ctx, f)
	if err != nil {
		return problem.New(problem.FileNotAccepted, "reason", "unscanned").Because(err)
	}
	if !clean {
		return problem.New(problem.FileNotAccepted, "reason", "infected")
	}
	return nil
}
