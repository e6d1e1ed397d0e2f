package rest

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"hiwar/internal/audit"
)

func TestARecordAsAdministratorsReadIt(t *testing.T) {
	r := audit.Record{
		N: 7, At: time.Unix(1, 0).UTC(), Actor: "usr_1", Address: "192.0.2.1", Act: "configure", Object: "que_1",
		Detail: `{"kind":"queue","name":{"en":"Sales","ar":""},"fields":[{"field":"rona","from":"30s","to":"45s"}]}`, Hash: audit.Hash{0xAB},
	}
	got, err := json.Marshal(recordOf(r, map[string]string{"usr_1": "Omar"}))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"n":7,"at":"1970-01-01T00:00:01Z","actor":"usr_1","actor_name":"Omar","address":"192.0.2.1","act":"configure","object":"que_1",` +
		`"detail":{"kind":"queue","name":{"en":"Sales","ar":""},"fields":[{"field":"rona","from":"30s","to":"45s"}]},"hash":"ab` + strings.Repeat("0", 62) + `"}`
	if string(got) != want {
		t.Errorf("read as %s\nwant %s", got, want)
	}
}

func TestWhatIsAskedOfTheAuditLog(t *testing.T) {
	s := newSite(t)
	for path, want := range map[string]int{
		"/api/v1/audit": 200, "/api/v1/audit?act=&before=0": 200, "/api/v1/audit?from=2026-11-22T09:00:00Z&limit=200": 200, "/api/v1/audit/export?after=5000": 200,
		"/api/v1/audit?limit=201": 422, "/api/v1/audit?before=-1": 422, "/api/v1/audit?from=yesterday": 422,
	} {
		if got := s.do(http.MethodGet, path, ""); got.status != want {
			t.Errorf("%s: %d, want %d", path, got.status, want)
		}
	}
}
