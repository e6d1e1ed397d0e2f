package view_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hiwar/internal/org"
	"hiwar/internal/routing"
)

// The codes of explanations are a fixture, which the pages have a sentence for
// each of: one that is new here fails there until it has one.
func TestEveryCodeOfAnExplanationIsInTheFixture(t *testing.T) {
	const path = "../../api/fixtures/view/explanation.json"
	codes := map[string][]string{}
	for _, x := range routing.Exclusions {
		codes["exclusions"] = append(codes["exclusions"], string(x))
	}
	for _, x := range routing.Nexts {
		codes["upcoming"] = append(codes["upcoming"], string(x))
	}
	for _, x := range org.Rules {
		codes["rules"] = append(codes["rules"], string(x))
	}
	for _, x := range routing.Withdrawals {
		codes["withdrawals"] = append(codes["withdrawals"], string(x))
	}
	want, err := json.MarshalIndent(codes, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile(path, want, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("go test ./internal/view -update writes it (-want +got):\n%s", diff)
	}
}
