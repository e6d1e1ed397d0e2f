package simulate

import "testing"

// One seed is one history, whatever goes wrong in it, and nothing that was
// promised is broken. Longer days, and more of them, are the run "simulate" of
// ./dev prove.
func TestTheSameSeedIsTheSameDay(t *testing.T) {
	hashes := map[uint64]bool{}
	const seeds = 6
	for seed := range uint64(seeds) {
		first, again := Day(seed, 1), Day(seed, 1)
		if first.Hash != again.Hash || first.Rounds != again.Rounds {
			t.Errorf("seed %d: %x after %d rounds, and then %x after %d", seed, first.Hash, first.Rounds, again.Hash, again.Rounds)
		}
		for _, v := range first.Violations {
			t.Errorf("seed %d: %s", seed, v)
		}
		if first.Acked == 0 || first.Told == 0 {
			t.Errorf("seed %d: nothing happened: %+v", seed, first)
		}
		hashes[first.Hash] = true
	}
	if len(hashes) != seeds {
		t.Errorf("%d seeds gave %d histories", seeds, len(hashes))
	}
}
