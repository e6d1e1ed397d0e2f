package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/routing"
)

// agentRow is an agent's record with the request behind a RONA as columns.
type agentRow struct {
	routing.Agent
	missed routing.Missed
}

func (r *agentRow) record() routing.Agent {
	a := r.Agent
	if r.missed != (routing.Missed{}) {
		missed := r.missed
		a.Missed = &missed
	}
	return a
}

func newAgentRow(a routing.Agent) agentRow {
	r := agentRow{Agent: a}
	if a.Missed != nil {
		r.missed = *a.Missed
	}
	return r
}

var floorAgents = table[agentRow]{
	name: "floor_agents", key: []string{"id"},
	columns: []column[agentRow]{
		{"id", func(a *agentRow) cell { return text(&a.ID) }},
		{"presence", func(a *agentRow) cell { return text(&a.Presence) }},
		{"idle_reason", func(a *agentRow) cell { return text(&a.IdleReason) }},
		{"since", func(a *agentRow) cell { return moment(&a.Since) }},
		{"set_by", func(a *agentRow) cell { return text(&a.By) }},
		{"signed_in_at", func(a *agentRow) cell { return moment(&a.SignedInAt) }},
		{"available_at", func(a *agentRow) cell { return moment(&a.AvailableAt) }},
		{"ranked_at", func(a *agentRow) cell { return moment(&a.RankedAt) }},
		{"last_offer", func(a *agentRow) cell { return number(&a.LastOffer) }},
		{"lost_at", func(a *agentRow) cell { return moment(&a.LostAt) }},
		{"told_at", func(a *agentRow) cell { return moment(&a.ToldAt) }},
		{"missed_offer", func(a *agentRow) cell { return number(&a.missed.Offer) }},
		{"missed_conversation", func(a *agentRow) cell { return text(&a.missed.Conversation) }},
		{"missed_at", func(a *agentRow) cell { return moment(&a.missed.At) }},
		{"signed_out_by", func(a *agentRow) cell { return text(&a.SignedOutBy) }},
	},
}

// floorGoingOn is what changes of the floor's share of a conversation while it
// goes on. What it has in common with the header (asset, customer, language, start) is
// stored once, with that.
var floorGoingOn = table[routing.Conversation]{
	name: "conversations", key: []string{"id"},
	columns: []column[routing.Conversation]{
		{"queue", func(c *routing.Conversation) cell { return text(&c.Queue) }},
		{"priority", func(c *routing.Conversation) cell { return number(&c.Priority) }},
		{"interrupted", func(c *routing.Conversation) cell { return flag(&c.Interrupted) }},
		{"answered_at", func(c *routing.Conversation) cell { return moment(&c.AnsweredAt) }},
		{"customer_lost_at", func(c *routing.Conversation) cell { return moment(&c.CustomerLostAt) }},
		{"away", func(c *routing.Conversation) cell { return flag(&c.Away) }},
		{"spoke_at", func(c *routing.Conversation) cell { return moment(&c.SpokeAt) }},
		{"agent_spoke_last", func(c *routing.Conversation) cell { return flag(&c.AgentSpokeLast) }},
		{"warned_at", func(c *routing.Conversation) cell { return moment(&c.WarnedAt) }},
		{"returned", func(c *routing.Conversation) cell { return flag(&c.Returned) }},
		{"left_message", func(c *routing.Conversation) cell { return flag(&c.LeftMessage) }},
	},
}

// floorConversations is all of it.
var floorConversations = table[routing.Conversation]{
	name: "conversations", key: []string{"id"},
	columns: append(slices.Clip(floorGoingOn.columns), []column[routing.Conversation]{
		{"waiting_since", func(c *routing.Conversation) cell { return moment(&c.WaitingSince) }},
		{"requires", func(c *routing.Conversation) cell { return document(&c.Requires) }},
		{"ended_at", func(c *routing.Conversation) cell { return moment(&c.ClosedAt) }},
		{"ended_by", func(c *routing.Conversation) cell { return text(&c.Cause) }},
	}...),
}

// loadFloorConversations reads those for which where holds, by identifier.
func loadFloorConversations(ctx context.Context, q queryer, o id.Org, where string, args ...any) ([]routing.Conversation, error) {
	return collect(ctx, q, "conversations", func(rows *sql.Rows) (c routing.Conversation, err error) {
		return c, rows.Scan(append(floorConversations.cells(&c), text(&c.ID), text(&c.Asset), text(&c.Customer), text(&c.Language), moment(&c.StartedAt))...)
	}, `SELECT `+floorConversations.list()+`, id, asset, customer, language, started_at FROM conversations
		WHERE org = ? AND waiting_since > 0 AND `+where+` ORDER BY id`, append([]any{string(o)}, args...)...)
}

// saveFloorConversation writes the floor's share of a conversation in which
// nothing was said.
func (w *writer) saveFloorConversation(o id.Org, c *routing.Conversation) error {
	there := func() error { return fmt.Errorf("%w: conversation %s is not there", engine.ErrConflict, c.ID) }
	return w.one(there, `UPDATE conversations SET `+floorConversations.sets()+` WHERE org = ? AND id = ?`,
		append(floorConversations.values(nil, c), string(o), string(c.ID))...)
}

var tasks = table[routing.Task]{
	name: "tasks", key: []string{"id"},
	columns: []column[routing.Task]{
		{"id", func(t *routing.Task) cell { return number(&t.ID) }},
		{"conversation", func(t *routing.Task) cell { return text(&t.Conversation) }},
		{"kind", func(t *routing.Task) cell { return text(&t.Kind) }},
		{"state", func(t *routing.Task) cell { return text(&t.State) }},
		{"queue", func(t *routing.Task) cell { return text(&t.Queue) }},
		{"target", func(t *routing.Task) cell { return text(&t.Target) }},
		{"sender", func(t *routing.Task) cell { return text(&t.From) }},
		{"origin", func(t *routing.Task) cell { return text(&t.Origin) }},
		{"except_agent", func(t *routing.Task) cell { return text(&t.Except) }},
		{"waiting_since", func(t *routing.Task) cell { return moment(&t.WaitingSince) }},
		{"priority", func(t *routing.Task) cell { return number(&t.Priority) }},
		{"entered_at", func(t *routing.Task) cell { return moment(&t.EnteredAt) }},
		{"nobody_since", func(t *routing.Task) cell { return moment(&t.NobodySince) }},
		{"widened", func(t *routing.Task) cell { return number(&t.Widened) }},
		{"relaxed", func(t *routing.Task) cell { return number(&t.Relaxed) }},
		{"kept_for", func(t *routing.Task) cell { return text(&t.KeptFor) }},
		{"left_message", func(t *routing.Task) cell { return flag(&t.LeftMessage) }},
		{"ended_at", func(t *routing.Task) cell { return moment(&t.EndedAt) }},
		{"cause", func(t *routing.Task) cell { return text(&t.Cause) }},
	},
}

var offers = table[routing.Offer]{
	name: "offers", key: []string{"id"},
	columns: []column[routing.Offer]{
		{"id", func(o *routing.Offer) cell { return number(&o.ID) }},
		{"task", func(o *routing.Offer) cell { return number(&o.Task) }},
		{"conversation", func(o *routing.Offer) cell { return text(&o.Conversation) }},
		{"agent", func(o *routing.Offer) cell { return text(&o.Agent) }},
		{"slot", func(o *routing.Offer) cell { return number(&o.Slot) }},
		{"capacity", func(o *routing.Offer) cell { return number(&o.Capacity) }},
		{"made_at", func(o *routing.Offer) cell { return moment(&o.MadeAt) }},
		{"deadline", func(o *routing.Offer) cell { return moment(&o.Deadline) }},
		{"confirmed_at", func(o *routing.Offer) cell { return moment(&o.ConfirmedAt) }},
		{"ending", func(o *routing.Offer) cell { return text(&o.End) }},
		{"cause", func(o *routing.Offer) cell { return text(&o.Cause) }},
		{"decline_with", func(o *routing.Offer) cell { return text(&o.DeclineWith) }},
		{"ended_at", func(o *routing.Offer) cell { return moment(&o.EndedAt) }},
		{"decision", func(o *routing.Offer) cell { return document(&o.Decision) }},
	},
}

var parts = table[routing.Part]{
	name: "parts", key: []string{"id"},
	columns: []column[routing.Part]{
		{"id", func(p *routing.Part) cell { return number(&p.ID) }},
		{"task", func(p *routing.Part) cell { return number(&p.Task) }},
		{"conversation", func(p *routing.Part) cell { return text(&p.Conversation) }},
		{"agent", func(p *routing.Part) cell { return text(&p.Agent) }},
		{"queue", func(p *routing.Part) cell { return text(&p.Queue) }},
		{"slot", func(p *routing.Part) cell { return number(&p.Slot) }},
		{"capacity", func(p *routing.Part) cell { return number(&p.Capacity) }},
		{"role", func(p *routing.Part) cell { return text(&p.Role) }},
		{"received_at", func(p *routing.Part) cell { return moment(&p.ReceivedAt) }},
		{"accepted_at", func(p *routing.Part) cell { return moment(&p.AcceptedAt) }},
		{"ended_at", func(p *routing.Part) cell { return moment(&p.EndedAt) }},
		{"end_cause", func(p *routing.Part) cell { return text(&p.EndCause) }},
		{"wrapup_deadline", func(p *routing.Part) cell { return moment(&p.WrapUpDeadline) }},
		{"submitted_at", func(p *routing.Part) cell { return moment(&p.SubmittedAt) }},
		{"reason", func(p *routing.Part) cell { return text(&p.Reason) }},
		{"automatic", func(p *routing.Part) cell { return flag(&p.Automatic) }},
	},
}

// loadRecords reads what is open on a floor. A conversation that has ended
// stays until everybody who took part has wrapped up, and a task as long as
// somebody holds it.
func loadRecords(ctx context.Context, q queryer, o id.Org) (r routing.Records, err error) {
	rows, err := floorAgents.load(ctx, q, string(o), "")
	if err != nil {
		return r, err
	}
	for i := range rows {
		r.Agents = append(r.Agents, rows[i].record())
	}
	if r.Conversations, err = loadFloorConversations(ctx, q, o, `ended_at = 0`); err != nil {
		return r, err
	}
	ended, err := loadFloorConversations(ctx, q, o, `ended_at > 0 AND id IN (SELECT conversation FROM parts WHERE org = ? AND submitted_at = 0)`, string(o))
	if err != nil {
		return r, err
	}
	r.Conversations = append(r.Conversations, ended...)
	slices.SortFunc(r.Conversations, func(a, b routing.Conversation) int { return strings.Compare(string(a.ID), string(b.ID)) })
	if r.Tasks, err = tasks.load(ctx, q, string(o), `state <> 'ended'`); err != nil {
		return r, err
	}
	if r.Offers, err = offers.load(ctx, q, string(o), `ending = ''`); err != nil {
		return r, err
	}
	if r.Parts, err = parts.load(ctx, q, string(o), `submitted_at = 0`); err != nil {
		return r, err
	}
	_, err = collect(ctx, q, "ordinals", func(rows *sql.Rows) (none struct{}, err error) {
		return none, rows.Scan(&r.LastTask, &r.LastOffer, &r.LastPart)
	}, `SELECT last_task, last_offer, last_part FROM organizations WHERE org = ?`, string(o))
	return r, err
}

// saveRecords writes the records a step changed. What was let go of is written
// before what was taken, so that the same slot or task can pass from one
// holder to the next within a batch.
func (w *writer) saveRecords(o id.Org, r routing.Records) error {
	if err := w.release(o, r); err != nil {
		return err
	}
	rows := make([]agentRow, len(r.Agents))
	for i, a := range r.Agents {
		rows[i] = newAgentRow(a)
	}
	if err := save(w, floorAgents, o, rows); err != nil {
		return err
	}
	if err := w.recordPresences(o, r.Agents); err != nil {
		return err
	}
	for i := range r.Conversations {
		if w.floorSaved[r.Conversations[i].ID] {
			continue
		}
		if err := w.saveFloorConversation(o, &r.Conversations[i]); err != nil {
			return err
		}
	}
	if err := save(w, tasks, o, r.Tasks); err != nil {
		return err
	}
	if err := save(w, offers, o, r.Offers); err != nil {
		return err
	}
	if err := save(w, parts, o, endedFirst(r.Parts)); err != nil {
		return err
	}
	if err := w.hold(o, r); err != nil {
		return err
	}
	if err := w.dropDrafts(o, r.Parts); err != nil {
		return err
	}
	return w.saveOrdinals(o, r)
}

// endedFirst orders parts so that an owner who leaves does so before the next
// one follows.
func endedFirst(all []routing.Part) []routing.Part {
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b routing.Part) int {
		switch {
		case a.EndedAt.IsZero() == b.EndedAt.IsZero():
			return 0
		case b.EndedAt.IsZero():
			return -1
		}
		return 1
	})
	return all
}

func offerHolder(o id.Offer) string { return fmt.Sprintf("offer/%d", o) }
func partHolder(p id.Part) string   { return fmt.Sprintf("part/%d", p) }

// release gives up the claims and slots of everything in r.
func (w *writer) release(o id.Org, r routing.Records) error {
	drop := func(task id.Task, agent id.User, slot int, holder string) error {
		if err := w.exec(`DELETE FROM claims WHERE org = ? AND task = ? AND holder = ?`, string(o), int64(task), holder); err != nil {
			return err
		}
		return w.exec(`DELETE FROM slots WHERE org = ? AND agent = ? AND slot = ? AND holder = ?`, string(o), string(agent), slot, holder)
	}
	for _, x := range r.Offers {
		if err := drop(x.Task, x.Agent, x.Slot, offerHolder(x.ID)); err != nil {
			return err
		}
	}
	for _, p := range r.Parts {
		if err := drop(p.Task, p.Agent, p.Slot, partHolder(p.ID)); err != nil {
			return err
		}
	}
	return nil
}

// hold takes the claims and slots that what is open in r holds. Taking what
// somebody else holds is refused by the primary keys.
func (w *writer) hold(o id.Org, r routing.Records) error {
	claim := func(task id.Task, holder string) error {
		return w.exec(`INSERT INTO claims (org, task, holder) VALUES (?, ?, ?)`, string(o), int64(task), holder)
	}
	slot := func(agent id.User, slot, capacity int, holder string) error {
		return w.exec(`INSERT INTO slots (org, agent, slot, capacity, holder) VALUES (?, ?, ?, ?, ?)`, string(o), string(agent), slot, capacity, holder)
	}
	for _, x := range r.Offers {
		if x.End != routing.OfferOpen {
			continue
		}
		if err := claim(x.Task, offerHolder(x.ID)); err != nil {
			return err
		}
		if err := slot(x.Agent, x.Slot, x.Capacity, offerHolder(x.ID)); err != nil {
			return err
		}
	}
	for _, p := range r.Parts {
		if p.EndedAt.IsZero() {
			if err := claim(p.Task, partHolder(p.ID)); err != nil {
				return err
			}
		}
		if p.SubmittedAt.IsZero() {
			if err := slot(p.Agent, p.Slot, p.Capacity, partHolder(p.ID)); err != nil {
				return err
			}
		}
	}
	return nil
}

// ordinals are an organization's last ones, as they were written.
type ordinals struct {
	task  id.Task
	offer id.Offer
	part  id.Part
}

var lastOrdinals = differs(
	`UPDATE organizations SET last_task = max(last_task, ?), last_offer = max(last_offer, ?), last_part = max(last_part, ?) WHERE org = ?`,
	`UPDATE organizations SET last_task = greatest(last_task, ?), last_offer = greatest(last_offer, ?), last_part = greatest(last_part, ?) WHERE org = ?`)

// saveOrdinals moves the last ordinals forward, never back.
func (w *writer) saveOrdinals(o id.Org, r routing.Records) error {
	if r.LastTask == 0 && r.LastOffer == 0 && r.LastPart == 0 {
		return nil
	}
	last := ordinals{r.LastTask, r.LastOffer, r.LastPart}
	if w.db.ordinals[o] == last {
		return nil // most batches are messages, which have none
	}
	w.db.ordinals[o] = last
	return w.exec(lastOrdinals,
		int64(r.LastTask), int64(r.LastOffer), int64(r.LastPart), string(o))
}
