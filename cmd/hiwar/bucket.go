package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hiwar/internal/blob"
)

// objectStore is where attachments are, if it is not a folder.
type objectStore struct {
	Endpoint, Region, Bucket, Prefix string
	Access, AccessFile               string
	Secret, SecretFile               string
}

func (o *objectStore) options(f *flag.FlagSet) {
	f.StringVar(&o.Endpoint, "s3-endpoint", "", "a store that speaks S3, such as https://s3.example.org, which keeps the attachments in the place of a folder")
	f.StringVar(&o.Region, "s3-region", "us-east-1", "region of the store")
	f.StringVar(&o.Bucket, "s3-bucket", "", "its bucket, which is this server's alone")
	f.StringVar(&o.Prefix, "s3-prefix", "", "what all names in the bucket begin with, such as hiwar/")
	f.StringVar(&o.Access, "s3-access-key", "", "name of the key to the store")
	f.StringVar(&o.AccessFile, "s3-access-key-file", "", "a file that has it")
	f.StringVar(&o.Secret, "s3-secret-key", "", "the key itself; better in the environment or a file, where other users do not see it")
	f.StringVar(&o.SecretFile, "s3-secret-key-file", "", "a file that has it")
}

// settle reads the files, and says what is missing.
func (o *objectStore) settle() error {
	for _, s := range []struct {
		option string
		value  *string
		file   string
	}{{"s3-access-key", &o.Access, o.AccessFile}, {"s3-secret-key", &o.Secret, o.SecretFile}} {
		if s.file == "" {
			continue
		}
		if *s.value != "" {
			return fmt.Errorf("%s: is given twice, in itself and as a file", s.option)
		}
		text, err := os.ReadFile(s.file)
		if err != nil {
			return fmt.Errorf("%s-file: %w", s.option, err)
		}
		*s.value = strings.TrimSpace(string(text))
	}
	given := map[string]string{"s3-endpoint": o.Endpoint, "s3-bucket": o.Bucket, "s3-access-key": o.Access, "s3-secret-key": o.Secret}
	if strings.Join([]string{o.Endpoint, o.Bucket, o.Prefix, o.Access, o.Secret}, "") == "" {
		return nil
	}
	for _, option := range []string{"s3-endpoint", "s3-bucket", "s3-access-key", "s3-secret-key"} {
		if given[option] == "" {
			return fmt.Errorf("%s: is missing beside the other settings of the store", option)
		}
	}
	if _, err := o.bucket(nil); err != nil {
		return fmt.Errorf("s3-endpoint: %w", err)
	}
	return nil
}

func (o *objectStore) bucket(owner func() (string, error)) (*blob.Bucket, error) {
	return blob.NewBucket(blob.BucketOptions{
		Endpoint: o.Endpoint, Region: o.Region, Bucket: o.Bucket, Prefix: o.Prefix, Access: o.Access, Secret: o.Secret, Owner: owner,
	})
}

// ownerFile has the name by which a bucket knew a server before names came of
// the key; where there is one, it holds.
const ownerFile = "owner"

// owner is the name by which a bucket knows this server, and all others of one
// database: who has a copy of the database alone is none of them, so it comes of
// the key that is beside it.
func (c *config) owner() (string, error) {
	text, err := os.ReadFile(filepath.Join(c.attachments(), ownerFile))
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return strings.TrimSpace(string(text)), err
	}
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return "", err
	}
	key, err := sealingKey(c.Data)
	if err != nil {
		return "", err
	}
	own := hmac.New(sha256.New, key)
	own.Write([]byte("owner of a bucket"))
	return strings.ToLower(base32.StdEncoding.EncodeToString(own.Sum(nil))[:26]), nil
}

// shelf is where the attachments of a server on disk lie.
func (c *config) shelf() (blob.Shelf, error) {
	if c.S3.Endpoint == "" {
		return blob.NewFolder(c.attachments()), nil
	}
	return c.S3.bucket(c.owner)
}

// keptIn says where that is.
func (c *config) keptIn() string {
	if c.S3.Endpoint == "" {
		return c.attachments()
	}
	return c.S3.Endpoint + "/" + c.S3.Bucket + "/" + c.S3.Prefix
}

// claim has the bucket be this server's before anything is answered. One that
// is another's is a mistake to be told of at once; one that is away is asked
// again when it is needed.
func (s *server) claim(ctx context.Context, b *blob.Bucket) error {
	ctx, cancel := context.WithTimeout(ctx, claimWithin)
	defer cancel()
	err := b.Claim(ctx)
	if errors.Is(err, blob.ErrOwned) {
		return whose(err)
	}
	if err != nil {
		s.log.Warn("the store of attachments cannot be asked: until it can, none is accepted", "store", s.config.keptIn(), "error", err)
	}
	return nil
}

// claimWithin is how long a start waits for a store that says nothing.
const claimWithin = 10 * time.Second

// whose says of a bucket that is another server's what can be done.
func whose(err error) error {
	if !errors.Is(err, blob.ErrOwned) {
		return err
	}
	return fmt.Errorf("%w: two servers on one bucket would remove each other's files. If that one is gone for good, run \"hiwar take-bucket\" with the settings of this one", err)
}

// takeBucket makes the bucket this server's, when the one whose it was is gone.
func (p program) takeBucket(ctx context.Context, args []string) error {
	c, rest, err := p.configure("take-bucket", args)
	if err != nil {
		return err
	}
	if len(rest) > 0 || c.S3.Endpoint == "" {
		return misuse{errors.New(`say "hiwar take-bucket --data FOLDER" with the settings --s3-…`)}
	}
	b, err := c.S3.bucket(c.owner)
	if err != nil {
		return err
	}
	defer b.Close()
	if err := b.TakeOver(ctx); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "The bucket is this server's: %s\n", c.keptIn())
	return err
}
