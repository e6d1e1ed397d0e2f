package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/org"
	"hiwar/internal/store"
	"hiwar/internal/store/postgrestest"
	"hiwar/test/simulate"
)

// played is a database that a day is played on.
type played struct{ *store.DB }

// Begin implements [simulate.Database].
func (p played) Begin(c org.Config) error {
	return p.CreateOrganization(context.Background(), c, nil, access.Digest{}, time.Unix(0, 0))
}

// differential plays the same random days, with their faults and restarts, on
// SQLite and on PostgreSQL: the same commands, and every answer, everything that
// is committed and the number of commits have to be the same.
func differential(ctx context.Context, e *env, _ string) (rows []row, err error) {
	cluster, err := postgrestest.Start()
	if err != nil {
		return skipped(err, "0 differences")
	}
	defer func() { err = errors.Join(err, cluster.Stop()) }()
	// What a power cut leaves is the business of other runs.
	dir, err := os.MkdirTemp(postgrestest.Place(), "hiwar-differential-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	commands, days, differ := 0, 0, 0
	target := e.size(4_000, 50_000)
	var violations []string
	for seed := e.seed << 32; commands < target && differ+len(violations) == 0; seed++ {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		lite, err := dayOn(ctx, seed, filepath.Join(dir, fmt.Sprintf("%d.db", seed)))
		if err != nil {
			return nil, err
		}
		address, err := cluster.New()
		if err != nil {
			return nil, err
		}
		server, err := dayOn(ctx, seed, address)
		if err != nil {
			return nil, err
		}
		if err := cluster.Drop(address); err != nil {
			return nil, err
		}
		days++
		commands += lite.Commands
		for _, same := range []bool{lite.Commands == server.Commands, lite.Answers == server.Answers, lite.Hash == server.Hash, lite.Commits == server.Commits} {
			if !same {
				differ++
			}
		}
		violations = append(append(violations, lite.Violations...), server.Violations...)
	}
	r := row{
		size:   fmt.Sprintf("%d days from seed %d", days, e.seed<<32),
		figure: fmt.Sprintf("%d commands on SQLite and on PostgreSQL; differences %d, violations %d", commands, differ, len(violations)),
		target: fmt.Sprintf("≥ %d; 0, 0", target), ok: commands >= target && differ+len(violations) == 0,
	}
	if len(violations) > 0 {
		return []row{r}, errors.New(violations[0])
	}
	return []row{r}, nil
}

func dayOn(ctx context.Context, seed uint64, database string) (simulate.Result, error) {
	db, err := store.Open(ctx, database)
	if err != nil {
		return simulate.Result{}, err
	}
	return simulate.DayOn(seed, 1, played{db}), db.Close()
}
