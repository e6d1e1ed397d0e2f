package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"hiwar/internal/blob/blobtest"
)

// atStore are the options of a server whose attachments a store keeps.
func atStore(t *testing.T, s *blobtest.S3) []string {
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte(blobtest.Secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return []string{"--s3-endpoint", s.URL, "--s3-bucket", blobtest.Bucket, "--s3-prefix", "chat/", "--s3-access-key", blobtest.Access, "--s3-secret-key-file", secret}
}

func TestSettingsOfTheStore(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "secret")
	if err := os.WriteFile(file, []byte("from a file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	whole := []string{"HIWAR_S3_ENDPOINT=https://s3.example.org", "HIWAR_S3_BUCKET=files", "HIWAR_S3_ACCESS_KEY=us", "HIWAR_S3_SECRET_KEY_FILE=" + file}
	p, _, _ := surrounded(whole...)
	c, _, err := p.configure("serve", nil)
	if err != nil || c.S3.Secret != "from a file" || c.S3.Access != "us" || c.S3.Region != "us-east-1" {
		t.Errorf("got %+v, %v", c.S3, err)
	}
	for _, wrong := range [][]string{
		whole[:3], whole[1:], slices.Delete(slices.Clone(whole), 1, 2), append(slices.Clone(whole), "HIWAR_S3_SECRET_KEY=twice"),
		append(slices.Clone(whole), "HIWAR_S3_ENDPOINT=s3.example.org"), append(slices.Clone(whole), "HIWAR_S3_ACCESS_KEY_FILE=/nowhere", "HIWAR_S3_ACCESS_KEY="),
	} {
		p, _, log := surrounded(wrong...)
		if code := p.run(t.Context(), []string{"serve", "--data", dir}); code != 2 || !strings.Contains(log.String(), "s3-") {
			t.Errorf("%v: %d, %s", wrong, code, log)
		}
	}
}

// With a store in the place of the folder everything about files is as before:
// they are sent, read, in a backup, found missing by doctor. While the store is
// away the chat goes on, and no file is accepted.
func TestAServerWithAStore(t *testing.T) {
	s := blobtest.New(t)
	var ill atomic.Bool
	s.Fault = func(w http.ResponseWriter, r *http.Request, well http.Handler) {
		if ill.Load() {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		well.ServeHTTP(w, r)
	}
	options := atStore(t, s)
	c := start(t, options...)
	c.logs = "the store of attachments: Access Denied"
	salma := c.customer("Salma", "a list")
	at := "/api/v1/conversations/" + salma.conv
	upload := func(key string) answer {
		return c.do(salma, "POST", at+"/attachments", "a list of things", "Content-Type", "application/octet-stream", "X-File-Name", "list.txt", "Idempotency-Key", key)
	}
	ill.Store(true)
	if res := upload("u1"); res.status != http.StatusServiceUnavailable || !strings.Contains(res.body, `"unavailable"`) {
		t.Errorf("without the store: %d %s", res.status, res.body)
	}
	salma.say("still here")
	ill.Store(false)
	var sent struct{ ID string }
	if res := upload("u1"); json.Unmarshal([]byte(res.body), &sent) != nil || res.status != http.StatusCreated {
		t.Fatalf("with it: %d %s", res.status, res.body)
	}
	if res := c.do(salma, "POST", at+"/messages", `{"text":"here","attachments":["`+sent.ID+`"]}`, "Idempotency-Key", "m1"); res.status != http.StatusOK {
		t.Fatalf("sent: %d %s", res.status, res.body)
	}
	reads := func() {
		t.Helper()
		if res := c.do(salma, "GET", at+"/attachments/"+sent.ID, ""); res.status != http.StatusOK || res.body != "a list of things" {
			t.Errorf("the file is %d %q", res.status, res.body)
		}
	}
	reads()
	if left := filesIn(t, filepath.Join(c.data, "attachments")); len(left) != 0 {
		t.Errorf("in the folder there is %v", left)
	}
	ill.Store(true)
	if res := c.do(salma, "GET", at+"/attachments/"+sent.ID, ""); res.status != http.StatusServiceUnavailable {
		t.Errorf("read without the store: %d %s", res.status, res.body)
	}
	ill.Store(false)

	// Copied with the files, restored into a folder: a server without the store.
	with := func(args ...string) []string { return slices.Insert(args, 1, options...) }
	whole, light := filepath.Join(t.TempDir(), "whole"), filepath.Join(t.TempDir(), "light")
	if out, _ := command(t, 0, with("doctor", "--data", c.data)...); !strings.Contains(out, "attachments    ok") {
		t.Errorf("doctor: %s", out)
	}
	if out, _ := command(t, 0, with("backup", "--data", c.data, whole)...); !strings.Contains(out, "1 attachments") || len(filesIn(t, beside(whole))) != 1 {
		t.Errorf("the backup: %s", out)
	}
	command(t, 2, "backup", "--data", c.data, "--attachments=off", light) // of a folder that would be half of one
	if out, _ := command(t, 0, with("backup", "--data", c.data, "--attachments=off", light)...); !strings.Contains(out, "not in it: the attachments") || len(filesIn(t, beside(light))) != 0 {
		t.Errorf("the light one: %s", out)
	}
	ill.Store(true)
	command(t, 1, with("doctor", "--data", c.data)...)
	command(t, 1, with("backup", "--data", c.data, whole+"2")...)
	if left := filesIn(t, filepath.Dir(whole)); len(left) != 2 {
		t.Errorf("of a backup that failed there is one of %v", left)
	}
	ill.Store(false)
	c.stop()
	stored, first := s.Keys(), c.data
	c.data, c.options = t.TempDir(), nil
	command(t, 0, "restore", "--data", c.data, whole)
	c.restart()
	reads()
	c.stop()

	// And the other way, with the files left in the bucket: the new server has to
	// say that the old one is gone.
	c.data, c.options = t.TempDir(), options
	if out, _ := command(t, 0, with("restore", "--data", c.data, light)...); strings.Contains(out, "attachments") {
		t.Errorf("restored what was there: %s", out)
	}
	if _, said := command(t, 1, with("serve", "--data", c.data, "--listen", "127.0.0.1:0")...); !strings.Contains(said, "take-bucket") {
		t.Errorf("a second server: %s", said)
	}
	command(t, 2, "take-bucket", "--data", c.data)
	command(t, 0, with("take-bucket", "--data", c.data)...)
	c.restart()
	reads()
	c.stop()
	if _, said := command(t, 1, with("serve", "--data", first, "--listen", "127.0.0.1:0")...); !strings.Contains(said, "take-bucket") {
		t.Errorf("the first server: %s", said)
	}
	if now := s.Keys(); !slices.Equal(now, stored) {
		t.Errorf("there was %v, and is %v", stored, now)
	}

	// What is missing there is found, and comes back from the backup.
	name := slices.DeleteFunc(s.Keys(), func(key string) bool { return strings.HasSuffix(key, ownerFile) })[0]
	for _, spoilt := range [][]byte{nil, []byte("short")} {
		s.Spoil(name, spoilt)
		command(t, 1, with("doctor", "--data", c.data)...)
		command(t, 1, with("restore", "--data", t.TempDir(), light)...)
	}
	s.Spoil(name, nil)
	c.data = t.TempDir()
	if _, said := command(t, 1, with("restore", "--data", c.data, whole)...); !strings.Contains(said, "take-bucket") {
		t.Errorf("restored into another's bucket: %s", said)
	}
	command(t, 0, with("take-bucket", "--data", c.data)...)
	command(t, 0, with("restore", "--data", c.data, whole)...)
	command(t, 0, with("doctor", "--data", c.data)...)
	c.restart()
	reads()
}

// G26 where a store keeps the files: after an erasure none of them is there,
// also not as an earlier version; while the store is away an erasure is not said
// to be done, and the file is found when it is back.
func TestErasingAPersonFromAStore(t *testing.T) {
	s := blobtest.New(t)
	s.KeepVersions()
	var ill atomic.Bool
	s.Fault = func(w http.ResponseWriter, r *http.Request, well http.Handler) {
		if ill.Load() {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		well.ServeHTTP(w, r)
	}
	w := newWorld(t)
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(w.folder)); err != nil {
		t.Fatal(err)
	}
	w.now = startNodeAs(t, &config{Listen: "127.0.0.1:0", Data: folder, FramesPerSecond: 1000, S3: objectStore{
		Endpoint: s.URL, Region: blobtest.Region, Bucket: blobtest.Bucket, Access: blobtest.Access, Secret: blobtest.Secret,
	}})
	defer func() { w.now.stop() }()
	customer, _ := w.talkedOf(w.crews["own"])
	for _, what := range []string{"file", "unsent file", "agent's file"} {
		if !s.Contains(personal[what]) {
			t.Fatalf("the store has no %s", what)
		}
	}
	if got := w.must(w.people["administrator"], "GET", "/api/v1/people/"+customer+"/export", ""); !strings.Contains(unpacked(t, got.body), personal["file"]) {
		t.Error("the export has no file")
	}
	ill.Store(true)
	erase := func() answer {
		return w.now.ask(w.people["administrator"], "POST", "/api/v1/people/"+customer+"/erasure", fmt.Sprintf(`{"confirmation":%q}`, personal["address"]))
	}
	if got := erase(); got.status != http.StatusServiceUnavailable {
		t.Errorf("erased without the store: %d %s", got.status, got.body)
	}
	ill.Store(false)
	s.Age(2 * unsentKept)
	if err := w.now.sweepOnce(t.Context(), true); err != nil {
		t.Error(err)
	}
	if left := scan(t, folder, personal); len(left) > 0 {
		t.Errorf("in the folder, still there: %v", left)
	}
	for what, word := range personal {
		if s.Contains(word) {
			t.Errorf("in the store, still there: %s", what)
		}
	}
}

// Whoever has the key of the first server is the same owner of its bucket, and
// nobody else is; a bucket from before that is known by the name in its file.
func TestTheOwnerOfABucketComesOfTheKey(t *testing.T) {
	owner := func(data string) string {
		t.Helper()
		name, err := (&config{Data: data}).owner()
		if err != nil || name == "" {
			t.Fatalf("%q, %v", name, err)
		}
		return name
	}
	copied := func(from, to string) {
		t.Helper()
		key, err := os.ReadFile(filepath.Join(from, keyFile))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, keyFile), key, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	one, two, other := t.TempDir(), t.TempDir(), t.TempDir()
	first := owner(one)
	copied(one, two)
	if again, same, different := owner(one), owner(two), owner(other); again != first || same != first || different == first {
		t.Errorf("first %s, then %s; with the same key %s, with another %s", first, again, same, different)
	}
	if err := os.MkdirAll((&config{Data: two}).attachments(), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(two, "attachments", ownerFile), []byte("kept\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if name := owner(two); name != "kept" {
		t.Errorf("the name in the file is %s", name)
	}
}
