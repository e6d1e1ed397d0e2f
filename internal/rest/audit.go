package rest

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/audit"
	"hiwar/internal/engine"
)

// AuditRecord is one act, as it was recorded.
type AuditRecord struct {
	N         int64          `json:"n" doc:"1, 2, 3 … without a hole"`
	At        time.Time      `json:"at"`
	Actor     string         `json:"actor" doc:"the user; a customer; or console, for a command on the server"`
	ActorName string         `json:"actor_name,omitempty" doc:"as the user is called now"`
	Address   string         `json:"address,omitempty" doc:"of the network they came from"`
	Act       string         `json:"act"`
	Object    string         `json:"object" doc:"identifier of what it was done to"`
	Detail    *engine.Detail `json:"detail,omitempty"`
	Hash      string         `json:"hash" doc:"of the record and all before it, in hexadecimal"`
}

// AuditPage are some records.
type AuditPage struct {
	Records []AuditRecord `json:"records" doc:"newest first"`
	More    bool          `json:"more"`
}

type (
	// AuditFilter says which records are wanted.
	AuditFilter struct {
		Actor  string    `query:"actor" doc:"only what this user did"`
		Act    string    `query:"act" doc:"only this act"`
		Object string    `query:"object" doc:"only what was done to this"`
		From   time.Time `query:"from" doc:"only from this moment on"`
		Until  time.Time `query:"until" doc:"only before this moment"`
	}
	// AuditInput is the request of listAudit.
	AuditInput struct {
		AuditFilter
		Before int64 `query:"before" minimum:"0" doc:"only records with lower numbers; 0: from the end"`
		Limit  int   `query:"limit" minimum:"1" maximum:"200" default:"50"`
	}
	// ExportAuditInput is the request of exportAudit.
	ExportAuditInput struct {
		AuditFilter
		After int64 `query:"after" minimum:"0" doc:"only records with higher numbers: the last one of the page before"`
	}
	// AuditLines are records, one JSON object a line, oldest first.
	AuditLines struct {
		Type        string `header:"Content-Type"`
		Disposition string `header:"Content-Disposition"`
		Body        []byte
	}
)

func (f AuditFilter) query() engine.AuditQuery {
	return engine.AuditQuery{Actor: f.Actor, Act: f.Act, Object: f.Object, From: f.From, Until: f.Until}
}

func (a *API) auditOperations() {
	const tag, at = "audit", Prefix + "/audit"
	add(a, operation{"listAudit", http.MethodGet, at, tag, staff, "Who did what, newest first", 0}, a.listAudit)
	add(a, operation{"exportAudit", http.MethodGet, at + "/export", tag, staff, "The audit log as lines of JSON, oldest first, up to 5,000 of them; asking for it is recorded", 0}, a.exportAudit)
}

func (a *API) listAudit(ctx context.Context, c *call, in *AuditInput) (*Answer[AuditPage], error) {
	q := in.query()
	q.Before, q.Limit = in.Before, in.Limit+1
	found, err := a.engine.Audit(ctx, c.actor, q)
	if err != nil {
		return nil, err
	}
	page := AuditPage{Records: []AuditRecord{}, More: len(found) > in.Limit}
	names, err := a.userNames(ctx, c.actor)
	if err != nil {
		return nil, err
	}
	for _, r := range found[:min(len(found), in.Limit)] {
		page.Records = append(page.Records, recordOf(r, names))
	}
	return &Answer[AuditPage]{page}, nil
}

func (a *API) exportAudit(ctx context.Context, c *call, in *ExportAuditInput) (*AuditLines, error) {
	q := in.query()
	q.Forward, q.After = true, in.After
	found, err := a.engine.ExportAudit(ctx, c.actor, q)
	if err != nil {
		return nil, err
	}
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines)
	for _, r := range found {
		if err := encoder.Encode(recordOf(r, nil)); err != nil {
			return nil, err
		}
	}
	return &AuditLines{Type: "application/x-ndjson", Disposition: `attachment; filename="hiwar-audit.jsonl"`, Body: lines.Bytes()}, nil
}

func (a *API) userNames(ctx context.Context, actor access.Actor) (map[string]string, error) {
	config, err := a.engine.Config(ctx, actor)
	names := make(map[string]string, len(config.Users))
	for _, u := range config.Users {
		names[string(u.ID)] = u.Name
	}
	for _, p := range config.Providers {
		names[string(p.ID)] = p.Name.In(config.Organization.Language)
	}
	return names, err
}

func recordOf(r audit.Record, names map[string]string) AuditRecord {
	out := AuditRecord{
		N: r.N, At: r.At, Actor: r.Actor, ActorName: names[r.Actor], Address: r.Address, Act: r.Act, Object: r.Object, Hash: hex.EncodeToString(r.Hash[:]),
	}
	var d engine.Detail
	if r.Detail != "" && json.Unmarshal([]byte(r.Detail), &d) == nil {
		out.Detail = &d
	}
	return out
}

// witness makes what is done with the context be recorded as the caller's act.
func witness[T ~string](ctx context.Context, c *call, act string, object T) context.Context {
	return engine.WithWitness(ctx, c.actor, act, string(object), time.Now())
}
