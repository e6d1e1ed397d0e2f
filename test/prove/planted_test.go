package main

import (
	"slices"
	"testing"
)

// A fault is planted by the text it replaces. Who moves that text is told here
// and now, and not by the next long run.
func TestPlantsHaveTheirPlaces(t *testing.T) {
	t.Chdir("../..")
	seen := map[string]bool{}
	for _, p := range slices.Concat(plants, routingPlants, accountPlants, passkeyPlants) {
		if _, err := p.overlay(t.TempDir()); err != nil {
			t.Errorf("%s: %v", p.name, err)
		}
		if seen[p.name] || p.run == "" && len(p.test) == 0 {
			t.Errorf("%s: planted twice, or nothing is to catch it", p.name)
		}
		seen[p.name] = true
		if p.run == "" {
			continue
		}
		if _, err := choose([]string{p.run}); err != nil {
			t.Errorf("%s: %v", p.name, err)
		}
	}
}
