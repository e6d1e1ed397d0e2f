// Package check decides whether a Hiwar server kept its promises, from what its
// clients wrote down and from what is stored at the end. It imports nothing of
// the server, so that a fault of the server cannot excuse itself here.
//
// Every client keeps a journal ([Journal]): lines of JSON, written in the order
// in which things happened to that client. A [Dump] is what the database holds
// after the run ([ReadSQLite]). [Verify] compares:
//
//	lost        what was acknowledged is stored, as it was sent and where the
//	            answer says
//	doubled     a client's identifier is stored once
//	invented    what is stored under a journal's identifier was sent
//	holes       numbers of a topic are 1 … n, in the store and to every client
//	disordered  every client sees one order, and each sender's own is kept
//	unfinished  a client that follows a topic to the end was told all of it
//	overlap     one open offer or holder per task, one owner per conversation
//	capacity    nobody is pushed over capacity, no slot is used twice
//	rona        each RONA belongs to one missed offer, and the other way round
//	ledger      offers made = their ends + pending; conversations started =
//	            handled + abandoned + not served + void + open; a wrap-up is
//	            recorded once
//	stuck       an open conversation has an owner or waits for one
package check

import (
	"fmt"
	"slices"
	"strings"
)

// Rule names a promise, as in the package's list.
type Rule string

// The rules.
const (
	Lost       Rule = "lost"
	Doubled    Rule = "doubled"
	Invented   Rule = "invented"
	Holes      Rule = "holes"
	Disordered Rule = "disordered"
	Unfinished Rule = "unfinished"
	Overlap    Rule = "overlap"
	Capacity   Rule = "capacity"
	RONA       Rule = "rona"
	Ledger     Rule = "ledger"
	Stuck      Rule = "stuck"
)

// Violation is one promise that was not kept.
type Violation struct {
	Rule Rule
	What string
}

func (v Violation) String() string { return string(v.Rule) + ": " + v.What }

// Report is what Verify found, and how much it looked at: a run that compared
// nothing proves nothing.
type Report struct {
	Clients, Acked, Told, Stored int
	Conversations, Offers, Parts int
	Violations                   []Violation
}

// Count is how many violations of a rule there are.
func (r *Report) Count(rule Rule) int {
	n := 0
	for _, v := range r.Violations {
		if v.Rule == rule {
			n++
		}
	}
	return n
}

// Err names the first violations; nil if there are none.
func (r *Report) Err() error {
	if len(r.Violations) == 0 {
		return nil
	}
	var some []string
	for _, v := range r.Violations[:min(8, len(r.Violations))] {
		some = append(some, v.String())
	}
	return fmt.Errorf("%d violations: %s", len(r.Violations), strings.Join(some, "; "))
}

// Options say what may be expected beyond what always holds.
type Options struct {
	// Settled: nothing was under way when the journals ended, so every client
	// must have been told everything of the topics it still follows.
	Settled bool
	// Alone: every message in the store was sent by somebody with a journal.
	Alone bool
}

// Verify holds the journals to the dump.
func Verify(journals []Journal, dump *Dump, o Options) *Report {
	v := &verifier{dump: dump, options: o, report: &Report{Clients: len(journals), Conversations: len(dump.Conversations), Offers: len(dump.Offers), Parts: len(dump.Parts)}}
	v.index()
	sent := map[[2]string]bool{} // conversation, identifier
	for i := range journals {
		v.journal(&journals[i], sent)
	}
	v.topics(sent)
	v.floor()
	slices.SortStableFunc(v.report.Violations, func(a, b Violation) int { return strings.Compare(string(a.Rule), string(b.Rule)) })
	return v.report
}

type verifier struct {
	dump    *Dump
	options Options
	report  *Report

	conversations map[string]*Conversation
	byClientID    map[[2]string][]Entry // conversation, client id
	parts         map[int64]*Part
	offers        map[int64]*Offer
	replies       map[[2]string]bool // scope, command
	left          map[[2]string]bool // conversation, agent: took part and no longer does
	feeds         map[string]*Feed
}

func (v *verifier) found(rule Rule, format string, args ...any) {
	v.report.Violations = append(v.report.Violations, Violation{rule, fmt.Sprintf(format, args...)})
}

func (v *verifier) index() {
	v.conversations, v.byClientID = map[string]*Conversation{}, map[[2]string][]Entry{}
	v.parts, v.offers, v.replies = map[int64]*Part{}, map[int64]*Offer{}, map[[2]string]bool{}
	for i := range v.dump.Conversations {
		c := &v.dump.Conversations[i]
		v.conversations[c.ID] = c
		for _, e := range slices.Concat(c.Entries, c.Staff) {
			if e.ClientID != "" {
				key := [2]string{c.ID, e.ClientID}
				v.byClientID[key] = append(v.byClientID[key], e)
				v.report.Stored++
			}
		}
	}
	v.left, v.feeds = map[[2]string]bool{}, map[string]*Feed{}
	for i := range v.dump.Parts {
		p := &v.dump.Parts[i]
		v.parts[p.ID] = p
		if p.EndedAt > 0 {
			v.left[[2]string{p.Conversation, p.Agent}] = true
		}
	}
	for i := range v.dump.Feeds {
		v.feeds[v.dump.Feeds[i].User] = &v.dump.Feeds[i]
	}
	for i := range v.dump.Offers {
		v.offers[v.dump.Offers[i].ID] = &v.dump.Offers[i]
	}
	for _, r := range v.dump.Replies {
		v.replies[[2]string{r.Scope, r.Command}] = true
	}
}
