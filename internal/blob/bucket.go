package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"hiwar/internal/problem"
)

// BucketOptions say which bucket of which store.
type BucketOptions struct {
	Endpoint string // https://s3.eu-central-1.amazonaws.com
	Region   string
	Bucket   string
	Prefix   string // of all names in it
	Access   string // the key's name
	Secret   string
	// Owner is who may keep blobs there: a bucket is one server's. It is asked
	// when something is about to be written.
	Owner func() (string, error)
}

// How long a store may take, before it counts as one that is not there.
const (
	dialWithin   = 5 * time.Second
	answerWithin = 15 * time.Second
	storeWithin  = 2 * time.Minute // the largest file over a poor line
	tries        = 3
)

// Bucket is a shelf at a store that speaks S3.
type Bucket struct {
	o       BucketOptions
	client  *minio.Client
	line    *http.Transport
	turn    chan struct{} // whose turn it is to claim, and to see what follows
	claimed bool
	past    bool // removed blobs stay there as earlier versions
}

// NewBucket asks nobody yet: a store that is away keeps no server from
// starting.
func NewBucket(o BucketOptions) (*Bucket, error) {
	u, err := url.Parse(o.Endpoint)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return nil, fmt.Errorf("%q is not an address like https://s3.example.org", o.Endpoint)
	}
	dialer := net.Dialer{Timeout: dialWithin}
	line := &http.Transport{
		DialContext: dialer.DialContext, TLSHandshakeTimeout: dialWithin, ResponseHeaderTimeout: answerWithin,
		IdleConnTimeout: time.Minute, MaxIdleConnsPerHost: 16, DisableCompression: true,
	}
	client, err := minio.New(u.Host, &minio.Options{
		Creds: credentials.NewStaticV4(o.Access, o.Secret, ""), Secure: u.Scheme == "https", Region: o.Region, MaxRetries: tries, Transport: line,
	})
	return &Bucket{o: o, client: client, line: line, turn: make(chan struct{}, 1)}, err
}

// Close gives connections back.
func (b *Bucket) Close() error {
	b.line.CloseIdleConnections()
	return nil
}

// away says of a store's refusal what a caller can act upon: nothing was
// stored, and the same may be tried again.
func away(err error) error {
	switch answer := minio.ToErrorResponse(err); {
	case err == nil, errors.Is(err, context.Canceled):
		return err
	case answer.StatusCode == http.StatusInsufficientStorage, strings.Contains(answer.Code, "StorageFull"), strings.Contains(answer.Code, "QuotaExceeded"):
		return problem.New(problem.QuotaExceeded).Because(err)
	}
	return problem.New(problem.Unavailable).Because(fmt.Errorf("the store of attachments: %w", err))
}

func absent(err error) bool { return minio.ToErrorResponse(err).Code == minio.NoSuchKey }

func (b *Bucket) key(name string) string { return b.o.Prefix + name }

// Put implements [Shelf]. The store is told the sum of what it is sent, keeps
// nothing that has another, and is asked for what it has.
func (b *Bucket) Put(ctx context.Context, name string, body io.ReadSeeker) error {
	if err := proper(name); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, storeWithin)
	defer cancel()
	if err := b.Claim(ctx); err != nil {
		return err
	}
	return b.put(ctx, b.key(name), body)
}

func (b *Bucket) put(ctx context.Context, key string, body io.ReadSeeker) error {
	size, err := body.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	if _, err := body.Seek(0, io.SeekStart); err != nil {
		return err
	}
	// In one piece: pieces that are never put together stay, and cost.
	_, err = b.client.PutObject(ctx, b.o.Bucket, key, body, size, minio.PutObjectOptions{DisableMultipart: true, SendContentMd5: true, ContentType: "application/octet-stream"})
	if err != nil {
		return away(err)
	}
	return b.verify(ctx, key, size)
}

// verify asks for what was stored: an answer that sounds well may be that of
// something on the way.
func (b *Bucket) verify(ctx context.Context, key string, size int64) error {
	there, err := b.client.StatObject(ctx, b.o.Bucket, key, minio.StatObjectOptions{})
	if err == nil && there.Size != size {
		err = fmt.Errorf("%s has %d bytes instead of %d", key, there.Size, size)
	}
	return away(err)
}

// Read implements [Shelf].
func (b *Bucket) Read(ctx context.Context, name string) (io.ReadSeekCloser, error) {
	if err := proper(name); err != nil {
		return nil, err
	}
	return b.read(ctx, b.key(name))
}

func (b *Bucket) read(ctx context.Context, key string) (io.ReadSeekCloser, error) {
	o, err := b.client.GetObject(ctx, b.o.Bucket, key, minio.GetObjectOptions{})
	if err != nil {
		return nil, away(err)
	}
	if _, err := o.Stat(); err != nil {
		_ = o.Close() // nothing is open
		if absent(err) {
			return nil, fmt.Errorf("blob: %s: %w", key, fs.ErrNotExist)
		}
		return nil, away(err)
	}
	return o, nil
}

// Remove implements [Shelf]. Where the bucket keeps earlier versions, those go
// too.
func (b *Bucket) Remove(ctx context.Context, name string) error {
	if err := proper(name); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, storeWithin)
	defer cancel()
	if err := b.Claim(ctx); err != nil {
		return err
	}
	if !b.past { // has been settled by the claim
		return away(b.client.RemoveObject(ctx, b.o.Bucket, b.key(name), minio.RemoveObjectOptions{}))
	}
	for o := range b.client.ListObjectsIter(ctx, b.o.Bucket, minio.ListObjectsOptions{Prefix: b.key(name), WithVersions: true, Recursive: true}) {
		if o.Err != nil {
			return away(o.Err)
		}
		if err := b.client.RemoveObject(ctx, b.o.Bucket, o.Key, minio.RemoveObjectOptions{VersionID: o.VersionID}); err != nil {
			return away(err)
		}
	}
	return nil
}

// Each implements [Shelf].
func (b *Bucket) Each(ctx context.Context, yield func(Lying) error) error {
	for o := range b.client.ListObjectsIter(ctx, b.o.Bucket, minio.ListObjectsOptions{Prefix: b.o.Prefix, Recursive: true}) {
		if o.Err != nil {
			return away(o.Err)
		}
		name := strings.TrimPrefix(o.Key, b.o.Prefix)
		if !named.MatchString(name) {
			continue // none of ours
		}
		if err := yield(Lying{Name: name, Size: o.Size, At: o.LastModified}); err != nil {
			return err
		}
	}
	return nil
}
