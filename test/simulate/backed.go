package simulate

import (
	"context"

	"hiwar/internal/engine"
	"hiwar/internal/org"
)

// Database is a store that a day can be played on: an empty one.
type Database interface {
	engine.Store
	// Begin stores the configuration that the day begins with.
	Begin(c org.Config) error
}

// DayOn is [Day] on a database: whatever the engine reads is read from there.
// The day's own memory is kept beside it and judges. The same seed is the same
// history on every database, or they differ.
func DayOn(seed uint64, hours int, on Database) Result {
	return play(seed, hours, func(m *memory) (engine.Store, error) {
		return backed{on, m}, on.Begin(m.config)
	})
}

// backed is a database beside which everything is remembered.
type backed struct {
	engine.Store
	memory *memory
}

// Commit implements [engine.Store], with the faults of the day.
func (b backed) Commit(ctx context.Context, batch *engine.Batch) error {
	if b.memory.fault != refusing {
		if err := b.Store.Commit(ctx, batch); err != nil {
			b.memory.wrong = append(b.memory.wrong, err.Error())
			return err
		}
	}
	return b.memory.Commit(ctx, batch)
}
