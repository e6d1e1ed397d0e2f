// Package simulate runs contact centres in simulated time, with everything
// going wrong that a seed decides: the real engine, both machines and what
// clients are told, over a store in memory that fails when it is told to.
//
// One goroutine does everything. Time passes from one event to the next,
// chance comes from one seed, identifiers are counted: the same seed is the
// same history, to the last byte that is committed ([Result.Hash]).
//
// A [Day] is one random centre: 1 to 50 agents in teams, 1 to 10 queues, their
// capacities, rules and timers, and more customers than it can serve or fewer.
// People do what people do, among it what they should not: they answer at the
// last moment, not at all, or what somebody else was asked; they write where
// they have left. Around their commands faults happen ([Faults] names them).
// Every client keeps a journal, and in the evening test/check compares the
// journals with what is stored. Meanwhile the invariants of the floor are
// checked anew on what is committed, and every missed request must have been
// missed within a second of its deadline.
//
// What it does not try is the database and the wire: those are the business
// of the other runs of ./dev prove.
package simulate
