package routing

import (
	"time"

	"github.com/tidwall/btree"

	"hiwar/internal/id"
	"hiwar/internal/org"
)

// State is the floor of one organization. It is used by one goroutine at a
// time.
type State struct {
	config org.Config
	setup  *setup // config, prepared for look-up; never changed in place

	// The open records. What the pointers lead to is never changed in place:
	// the functions of index.go put a changed copy and keep all below in step.
	agents        btree.Map[id.User, *agent]
	conversations btree.Map[id.Conversation, *conversation]
	tasks         btree.Map[id.Task, *Task]
	offers        btree.Map[id.Offer, *Offer]
	parts         btree.Map[id.Part, *Part]
	lastTask      id.Task
	lastOffer     id.Offer
	lastPart      id.Part

	// What follows from the records.
	lines   *btree.BTreeG[place]           // queued tasks, waiting or offered, in order
	ready   *btree.BTreeG[turn]            // those of them that may be offered now, by pool
	free    *btree.BTreeG[chair]           // agents who could take a task now, by pool
	kept    *btree.BTreeG[kept]            // tasks kept for one agent
	due     *btree.BTreeG[timer]           // what will happen by itself
	filled  int                            // so many of the configuration's pools have their chairs and tallies
	tallies btree.Map[int, tally]          // how many agents of a pool could take a task now, and why not the others
	counted int                            // so many of the configuration's crowds are counted
	there   btree.Map[int, int]            // how many of a crowd are signed in
	present btree.Map[id.Team, int]        // how many agents of a team are signed in, where there are any
	dirty   btree.Set[int]                 // pools that got a ready task or a free agent
	gone    btree.Map[id.Offer, goneOffer] // the last offers that ended

	deserted btree.Set[int] // crowds that few are left of, or few came of, in this step

	changes changes
	ledger  Ledger
	watched *watched // by whom the steps are taken again; see [Journal]

	// Of the step that runs.
	now      time.Time
	effects  []Effect
	departed btree.Set[id.User] // agents who are not there any more
	emptied  btree.Set[id.Team] // teams of whom nobody is signed in any more
}

// agent is an agent's record with what the agent holds, oldest first.
type agent struct {
	Agent
	offers   []id.Offer
	parts    []id.Part
	holdings []holding
}

// occupied counts the agent's slots in use.
func (a *agent) occupied() int { return len(a.offers) + len(a.parts) }

// conversation is a conversation's record with its parts that are not wrapped
// up, its connected owner and what it waits for.
type conversation struct {
	Conversation
	parts   []id.Part
	owner   id.Part  // connected; zero if there is none
	pending id.Task  // waiting or offered; zero if there is none
	offer   id.Offer // the open offer of the pending task
	own     string   // tells what it requires itself apart
	timers  []timer
}

func (c *conversation) open() bool { return c.ClosedAt.IsZero() }

// New is a floor on which nobody has ever been.
func New(config org.Config) *State {
	s := &State{config: config, setup: prepare(config)}
	s.clearIndexes()
	return s
}

// Load builds the floor from its open records, as the store kept them. It
// fails if they do not refer to each other as they should; [State.Check] tells
// whether they also make sense. If the configuration may be another than when
// the records were kept, the next event has to be a [Configure] with it.
//
// What is due, and what can be offered, happens in the next step.
func Load(config org.Config, r Records) (*State, error) {
	s := New(config)
	if err := s.load(r); err != nil {
		return nil, err
	}
	return s, nil
}

// clone copies the state in constant time: the trees share what is the same.
func (s *State) clone() *State {
	c := *s
	c.agents = *s.agents.Copy()
	c.conversations = *s.conversations.Copy()
	c.tasks = *s.tasks.Copy()
	c.offers = *s.offers.Copy()
	c.parts = *s.parts.Copy()
	c.lines = s.lines.Copy()
	c.ready = s.ready.Copy()
	c.free = s.free.Copy()
	c.kept = s.kept.Copy()
	c.due = s.due.Copy()
	c.tallies = *s.tallies.Copy()
	c.there = *s.there.Copy()
	c.present = *s.present.Copy()
	c.dirty = *s.dirty.Copy()
	c.deserted = *s.deserted.Copy()
	c.gone = *s.gone.Copy()
	c.changes = s.changes.clone()
	return &c
}

// Config is the configuration in force.
func (s *State) Config() org.Config { return s.config }
