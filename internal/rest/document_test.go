package rest

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/danielgtaylor/huma/v2"

	"hiwar/internal/problem"
)

func operationsOf(item *huma.PathItem) []*huma.Operation {
	return slices.Collect(maps.Values(operationsAt(item)))
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
	if len(seen) != 112 {
		t.Errorf("%d operations; if that is right, say so here", len(seen))
	}
	for _, name := range []string{"Desk", "Card", "Gone", "Conversation", "Entry", "Roster", "Receipt", "StaffThread", "StaffEntry", "Typing", "Waiting", "Problem", "Reply", "Targets"} {
		if doc.Components.Schemas.Map()[name] == nil {
			t.Errorf("there is no schema %s", name)
		}
	}
}

// Whatever needs a credential refuses whoever shows none, and what is the
// staff's refuses customers, before anything else of the request is looked at:
// generated from the operations, so a new one is held to it too.
func TestEveryOperationAsksWhoCalls(t *testing.T) {
	s := newSite(t)
	begun := s.do(http.MethodPost, "/api/v1/widget/"+s.asset()+"/conversations", `{"name":"x","embed_token":"`+s.embed()+`"}`, "Idempotency-Key", "k")
	bearer := fmt.Sprint("Bearer ", begun.field("visitor_token"))
	s.cookie = ""
	s.engine.taken()
	asked := 0
	for path, item := range New(Config{}).huma.OpenAPI().Paths {
		path = regexp.MustCompile(`{[^}]*}`).ReplaceAllString(path, "1")
		for _, op := range operationsOf(item) {
			if len(op.Security) == 0 {
				continue
			}
			asked++
			s.do(op.Method, path, "not even JSON").wants(t, op.OperationID+" by nobody", 401, problem.TokenRequired)
			if _, forStaff := op.Security[0]["session"]; forStaff && len(op.Security) == 1 {
				s.do(op.Method, path, "not even JSON", "Authorization", bearer).wants(t, op.OperationID+" by a customer", 403, problem.Forbidden)
			}
		}
	}
	if asked < 30 || s.engine.taken() != nil {
		t.Errorf("%d operations ask, and the engine was asked something", asked)
	}
}
