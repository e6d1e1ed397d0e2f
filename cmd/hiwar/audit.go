package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"hiwar/internal/audit"
	"hiwar/internal/id"
	"hiwar/internal/store"
)

// audit checks the record of who did what, or prints it, also while the server
// runs.
func (p program) audit(ctx context.Context, args []string) error {
	usage := misuse{errors.New(`say "hiwar audit verify [ORGANIZATION=NUMBER:HASH …]" or "hiwar audit export"`)}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return usage
	}
	c, rest, err := p.configure("audit", args[1:])
	if err != nil {
		return err
	}
	var do func(context.Context, *store.DB, id.Org) error
	switch {
	case args[0] == "export" && len(rest) == 0:
		do = p.exportAudit
	case args[0] == "verify":
		noted, err := heads(rest)
		if err != nil {
			return misuse{err}
		}
		do = func(ctx context.Context, db *store.DB, o id.Org) error { return p.verifyAudit(ctx, db, o, noted[o]) }
	default:
		return usage
	}
	db, err := store.OpenAsIs(ctx, c.database())
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.CheckSchema(ctx); err != nil {
		return err
	}
	floors, err := db.Floors(ctx)
	if err != nil {
		return err
	}
	var broken error
	for _, f := range floors { // a broken chain does not hide the next
		broken = errors.Join(broken, do(ctx, db, f.Config.Organization.ID))
	}
	return broken
}

// heads are what was noted of earlier verifications.
func heads(args []string) (map[id.Org]audit.Head, error) {
	noted := map[id.Org]audit.Head{}
	for _, arg := range args {
		o, head, _ := strings.Cut(arg, "=")
		h, err := audit.ParseHead(head)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", arg, err)
		}
		noted[id.Org(o)] = h
	}
	return noted, nil
}

func (p program) verifyAudit(ctx context.Context, db *store.DB, o id.Org, noted audit.Head) error {
	head, err := db.VerifyAudit(ctx, o, noted)
	if err != nil {
		return fmt.Errorf("%s: %w", o, err)
	}
	_, err = fmt.Fprintf(p.out, "%s=%s  %d records, each as it was written\n", o, head, head.N)
	return err
}

// exported is a record as a line of JSON.
type exported struct {
	Org     id.Org          `json:"org"`
	N       int64           `json:"n"`
	At      time.Time       `json:"at"`
	Actor   string          `json:"actor"`
	Address string          `json:"address,omitempty"`
	Act     string          `json:"act"`
	Object  string          `json:"object"`
	Detail  json.RawMessage `json:"detail,omitempty"`
	Hash    string          `json:"hash"`
}

func (p program) exportAudit(ctx context.Context, db *store.DB, o id.Org) error {
	out := bufio.NewWriter(p.out)
	lines := json.NewEncoder(out)
	_, err := db.WalkAudit(ctx, o, func(r audit.Record) error {
		return lines.Encode(exported{o, r.N, r.At, r.Actor, r.Address, r.Act, r.Object, json.RawMessage(r.Detail), hex.EncodeToString(r.Hash[:])})
	})
	return errors.Join(err, out.Flush())
}
