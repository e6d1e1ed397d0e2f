package sim

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPlanIsAFunctionOfItsSeed(t *testing.T) {
	for seed := range uint64(5) {
		first, again := Plan(seed, 20*time.Minute), Plan(seed, 20*time.Minute)
		if diff := cmp.Diff(first, again); diff != "" {
			t.Fatalf("seed %d gave two plans (-first +again):\n%s", seed, diff)
		}
		if cmp.Equal(first, Plan(seed+1, 20*time.Minute)) {
			t.Errorf("seeds %d and %d gave the same plan", seed, seed+1)
		}
	}
}

func TestLongerPlanBeginsLikeAShorterOne(t *testing.T) {
	short, long := Plan(7, 10*time.Minute), Plan(7, time.Hour)
	if len(short) == 0 || len(long) <= len(short) {
		t.Fatalf("%d visits in ten minutes, %d in an hour", len(short), len(long))
	}
	if diff := cmp.Diff(short, long[:len(short)]); diff != "" {
		t.Errorf("the first ten minutes differ (-ten minutes +hour):\n%s", diff)
	}
}

func TestSomebodyComesAtOnce(t *testing.T) {
	for seed := range uint64(50) {
		var store []Visit
		for _, v := range Plan(seed, time.Minute) {
			if v.Asset == AssetStore {
				store = append(store, v)
			}
		}
		if len(store) < 2 || store[0].At > 5*time.Second || store[0].Persona != "sara" || store[1].Persona != "james" {
			t.Errorf("seed %d: the demo's customers begin with %+v", seed, store)
		}
	}
}

// The rate is calm and near what was asked for: a mean over many seeds.
func TestArrivalsKeepTheirRate(t *testing.T) {
	const seeds, hours = 40, 1
	counts := map[string]int{}
	for seed := range uint64(seeds) {
		for _, v := range Plan(seed, hours*time.Hour) {
			counts[v.Asset]++
		}
	}
	for _, m := range means {
		// Cutting long gaps off makes it a little faster than its mean.
		want := float64(time.Hour) / float64(m.mean) * seeds
		if got := float64(counts[m.asset]); got < want*0.95 || got > want*1.15 {
			t.Errorf("%s: %.0f customers in %d hours, want about %.0f", m.asset, got, seeds*hours, want)
		}
	}
}

func TestEverybodyComes(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range Plan(1, time.Hour) {
		seen[v.Persona] = true
	}
	for _, p := range Personas() {
		if !seen[p.Key] {
			t.Errorf("%s did not come within an hour", p.Key)
		}
	}
	if len(seen) != 12 {
		t.Errorf("%d personas came, want 12", len(seen))
	}
}

func TestVisitsAreInOrderAndNumbered(t *testing.T) {
	visits := Plan(3, time.Hour)
	for i, v := range visits {
		if v.Number != i+1 || i > 0 && v.At < visits[i-1].At {
			t.Fatalf("visit %d is number %d at %s", i+1, v.Number, v.At)
		}
		if v.Patience <= 0 || len(v.Steps) < 2 || v.Opening == "" || v.Name == "" {
			t.Errorf("visit %d of %s lacks something: %+v", v.Number, v.Persona, v)
		}
		for _, s := range v.Steps {
			for _, l := range s.Lines {
				if l.Typing <= 0 || l.Typing > typingMost {
					t.Errorf("%s types %q in %s", v.Persona, l.Text, l.Typing)
				}
			}
		}
	}
}

func TestShiftIsAFunctionOfItsSeed(t *testing.T) {
	first := Shift(5, "karim", 100)
	if diff := cmp.Diff(first, Shift(5, "karim", 100)); diff != "" {
		t.Fatalf("one seed gave two shifts (-first +again):\n%s", diff)
	}
	if diff := cmp.Diff(first[:10], Shift(5, "karim", 10)); diff != "" {
		t.Errorf("a longer shift begins otherwise (-long +short):\n%s", diff)
	}
	if cmp.Equal(first, Shift(5, "maya", 100)) {
		t.Error("two agents work alike to the millisecond")
	}
	misses := 0
	for _, a := range first {
		if a.Miss {
			misses++
		}
	}
	if misses == 0 || misses > 25 || first[0].Miss {
		t.Errorf("%d of 100 requests missed, the first: %t", misses, first[0].Miss)
	}
}

func TestEveryPersonaComesByAnAssetOfTheSample(t *testing.T) {
	s := Organization()
	for _, p := range Personas() {
		for _, key := range p.Assets {
			if !slices.ContainsFunc(s.Assets, func(a Asset) bool { return a.Key == key }) {
				t.Errorf("%s comes by asset %s, which does not exist", p.Key, key)
			}
		}
	}
}
