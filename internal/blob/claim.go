package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/minio/minio-go/v7"
)

// ErrOwned is of a bucket whose mark is another server's. Two servers on one
// bucket would remove each other's blobs as what nobody knows of.
var ErrOwned = errors.New("the bucket is another server's")

// mark is the object that says whose a bucket is; no blob has such a name.
const mark = "hiwar-owner"

// Claim makes the bucket the server's, if it is nobody's, and learns how it
// forgets. What may be written asks for it first; it is remembered.
func (b *Bucket) Claim(ctx context.Context) error {
	select {
	case b.turn <- struct{}{}:
		defer func() { <-b.turn }()
	case <-ctx.Done():
		return away(ctx.Err())
	}
	if b.claimed {
		return nil
	}
	own, err := b.o.Owner()
	if err != nil {
		return err
	}
	there, err := b.marked(ctx)
	if errors.Is(err, fs.ErrNotExist) {
		if err := b.put(ctx, b.key(mark), strings.NewReader(own)); err != nil {
			return err
		}
		there, err = b.marked(ctx) // two may have found nobody's
	}
	if err != nil {
		return err
	}
	if there != own {
		return fmt.Errorf("%s/%s%s: %w", b.o.Bucket, b.o.Prefix, mark, ErrOwned)
	}
	if b.past, err = b.keepsPast(ctx); err != nil {
		return err
	}
	b.claimed = true
	return nil
}

// TakeOver makes the bucket the server's, whosever it was.
func (b *Bucket) TakeOver(ctx context.Context) error {
	own, err := b.o.Owner()
	if err != nil {
		return err
	}
	return b.put(ctx, b.key(mark), strings.NewReader(own))
}

// marked is whose the bucket is; [fs.ErrNotExist] if it is nobody's.
func (b *Bucket) marked(ctx context.Context) (string, error) {
	f, err := b.read(ctx, b.key(mark))
	if err != nil {
		return "", err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, 1000))
	return string(text), away(err)
}

// keepsPast reports whether what is removed may stay as an earlier version. A
// store that knows of none says that it does not know the question.
func (b *Bucket) keepsPast(ctx context.Context) (bool, error) {
	v, err := b.client.GetBucketVersioning(ctx, b.o.Bucket)
	switch minio.ToErrorResponse(err).Code {
	case minio.NotImplemented, minio.MethodNotAllowed:
		return false, nil
	}
	return v.Enabled() || v.Suspended(), away(err)
}
