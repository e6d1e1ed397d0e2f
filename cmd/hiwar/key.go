package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"hiwar/internal/store"
)

// keyFile is the file beside the database whose key seals what the database
// keeps of authenticators: a copy of the database alone makes no codes.
const keyFile = "secret.key"

// sealingKey reads the key of a folder, and makes it at the first start. In
// memory there is nothing to come back to, and nil is a key of that run.
func sealingKey(folder string) ([]byte, error) {
	if folder == store.Memory {
		return nil, nil
	}
	name := filepath.Join(folder, keyFile)
	if !hasSealingKey(folder) {
		return newSealingKey(name)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	key, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(key) != 32 {
		return nil, fmt.Errorf("%s is not a key of 64 hexadecimal digits", name)
	}
	return key, nil
}

func hasSealingKey(folder string) bool {
	_, err := os.Lstat(filepath.Join(folder, keyFile))
	return !errors.Is(err, fs.ErrNotExist)
}

// lostSealingKey is what to say of a folder without a key whose database has
// something sealed; "" if there is nothing to say.
func lostSealingKey(ctx context.Context, db *store.DB, folder string) (string, error) {
	if folder == store.Memory || hasSealingKey(folder) {
		return "", nil
	}
	n, err := db.SecondSteps(ctx)
	if err != nil || n == 0 {
		return "", err
	}
	return fmt.Sprintf("second steps of signing in (%d) are sealed by a %s that is not in %s: put there that of the server they are from, or codes fit no more", n, keyFile, folder), nil
}

// newSealingKey has a key on disk, whole, before anything is sealed with it.
func newSealingKey(name string) ([]byte, error) {
	key := make([]byte, 32)
	rand.Read(key) // never fails: it ends the process instead
	file, err := os.OpenFile(name+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(file, "%x\n", key)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return nil, err
	}
	return key, os.Rename(name+".new", name)
}
