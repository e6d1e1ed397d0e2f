package rest

import (
	"bytes"
	"os"
	"testing"

	"github.com/danielgtaylor/huma/v2"
)

func operationsOf(item *huma.PathItem) (all []*huma.Operation) {
	for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Delete, item.Patch, item.Head, item.Options} {
		if op != nil {
			all = append(all, op)
		}
	}
	return all
}

// The document in api/ is what the code says.
func TestTheDocumentIsFresh(t *testing.T) {
	want, err := OpenAPI()
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../api/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("api/openapi.yaml is stale: run ./dev gen and commit what it writes")
	}
}

// Whoever reads the document finds a name, a sentence and the refusals of
// every operation.
func TestEveryOperationIsDescribed(t *testing.T) {
	doc := New(Config{}).huma.OpenAPI()
	seen := map[string]bool{}
	for path, item := range doc.Paths {
		for _, op := range operationsOf(item) {
			if op.OperationID == "" || seen[op.OperationID] || op.Summary == "" || len(op.Tags) != 1 {
				t.Errorf("%s: operation %q has no name of its own, no summary or no tag", path, op.OperationID)
			}
			seen[op.OperationID] = true
			refusal := op.Responses["default"]
			if refusal == nil || refusal.Content["application/problem+json"] == nil {
				t.Errorf("%s: %s does not say how it refuses", path, op.OperationID)
			}
		}
	}
	if len(seen) != 42 {
		t.Errorf("%d operations; if that is right, say so here", len(seen))
	}
	for _, name := range []string{"Desk", "Card", "Gone", "Conversation", "Entry", "Roster", "Receipt", "StaffThread", "StaffEntry", "Typing", "Waiting", "Problem", "Reply", "Targets"} {
		if doc.Components.Schemas.Map()[name] == nil {
			t.Errorf("there is no schema %s", name)
		}
	}
}
