package store

import (
	"context"
	"database/sql"
	"strings"

	"hiwar/internal/audit"
	"hiwar/internal/engine"
	"hiwar/internal/id"
)

// saveAudit adds records to an organization's chain. The head moves only from
// where it was read: two writers cannot fork the chain.
func (w *writer) saveAudit(o id.Org, records []audit.Record) error {
	if len(records) == 0 {
		return nil
	}
	head, err := w.auditHead(o)
	if err != nil {
		return err
	}
	for _, r := range records {
		r = r.After(head)
		head = audit.Head{N: r.N, Hash: r.Hash}
		err := w.exec(`INSERT INTO audit (org, n, at, actor, address, act, object, detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			string(o), r.N, micros(r.At), r.Actor, r.Address, r.Act, r.Object, r.Detail, r.Hash[:])
		if err != nil {
			return err
		}
	}
	return w.exec(`INSERT INTO audit_heads (org, n, hash) VALUES (?, ?, ?) ON CONFLICT (org) DO UPDATE SET n = excluded.n, hash = excluded.hash`,
		string(o), head.N, head.Hash[:])
}

// witnessed adds the record that the caller of a change of its own, which is no
// commit of the engine, wants with it.
func (w *writer) witnessed(ctx context.Context) error {
	o, r, ok := engine.WitnessOf(ctx)
	if !ok {
		return nil
	}
	return w.saveAudit(o, []audit.Record{r})
}

const selectAuditHead = `SELECT n, hash FROM audit_heads WHERE org = ?`

// auditHead is where the chain ends, and keeps it there for this transaction.
func (w *writer) auditHead(o id.Org) (audit.Head, error) {
	if head, ok := w.heads[o]; ok {
		return head, nil
	}
	if w.pipe != nil {
		if err := w.exec(lockOrg, string(o)); err != nil {
			return audit.Head{}, err
		}
	}
	return auditHead(context.Background(), w, o)
}

func auditHead(ctx context.Context, q queryer, o id.Org) (h audit.Head, err error) {
	_, err = collect(ctx, q, "audit head", func(rows *sql.Rows) (none struct{}, err error) {
		var hash []byte
		err = rows.Scan(&h.N, &hash)
		copy(h.Hash[:], hash)
		return none, err
	}, selectAuditHead, string(o))
	return h, err
}

// Audit implements [engine.Reader].
func (db *DB) Audit(ctx context.Context, o id.Org, a engine.AuditQuery) (found []audit.Record, err error) {
	where, args := []string{"org = ?"}, []any{string(o)}
	add := func(condition string, arg any) { where, args = append(where, condition), append(args, arg) }
	order := "DESC"
	if a.Forward {
		order = "ASC"
		add("n > ?", a.After)
	} else if a.Before > 0 {
		add("n < ?", a.Before)
	}
	for _, f := range []struct{ column, value string }{{"actor", a.Actor}, {"act", a.Act}, {"object", a.Object}} {
		if f.value != "" {
			add(f.column+" = ?", f.value)
		}
	}
	if !a.From.IsZero() {
		add("at >= ?", micros(a.From))
	}
	if !a.Until.IsZero() {
		add("at < ?", micros(a.Until))
	}
	query := `SELECT n, at, actor, address, act, object, detail, hash FROM audit WHERE ` + strings.Join(where, " AND ") + ` ORDER BY n ` + order + ` LIMIT ?`
	err = db.snapshot(ctx, "audit", func(q queryer) error {
		found, err = collect(ctx, q, "audit", scanAudit, query, append(args, a.Limit)...)
		return err
	})
	return found, err
}

func scanAudit(rows *sql.Rows) (r audit.Record, err error) {
	var hash []byte
	if err := rows.Scan(&r.N, moment(&r.At), &r.Actor, &r.Address, &r.Act, &r.Object, &r.Detail, &hash); err != nil {
		return r, err
	}
	copy(r.Hash[:], hash)
	return r, nil
}

// auditPage is how many records are in memory while a chain is checked.
const auditPage = 1000

// WalkAudit shows every record of an organization, oldest first, and returns
// the head as it was counted beside them.
func (db *DB) WalkAudit(ctx context.Context, o id.Org, show func(audit.Record) error) (counted audit.Head, err error) {
	// The head first: what is written meanwhile comes after it and is shown too.
	err = db.snapshot(ctx, "audit head", func(q queryer) error {
		counted, err = auditHead(ctx, q, o)
		return err
	})
	if err != nil {
		return counted, err
	}
	for last := int64(0); ; {
		page, err := db.Audit(ctx, o, engine.AuditQuery{Forward: true, After: last, Limit: auditPage})
		if err != nil {
			return counted, err
		}
		for _, r := range page {
			if err := show(r); err != nil {
				return counted, err
			}
			last = r.N
		}
		if len(page) < auditPage {
			return counted, nil
		}
	}
}

// VerifyAudit checks an organization's chain, which has to reach noted unless
// that is the zero head. The error is an [*audit.Broken] where it is broken.
func (db *DB) VerifyAudit(ctx context.Context, o id.Org, noted audit.Head) (audit.Head, error) {
	var chain audit.Chain
	chain.Noted(noted)
	counted, err := db.WalkAudit(ctx, o, chain.Next)
	if err != nil {
		return counted, err
	}
	return chain.End(counted.N)
}
