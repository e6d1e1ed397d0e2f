package cluster

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// How long somebody who has no connection that is known of has to open one:
// whoever was there when an organization changed hands, or was at a node that is
// gone.
const (
	agentReturn    = 8 * time.Second
	customerReturn = 15 * time.Second
	// wordsAtOnce is how many people one question is about at most.
	wordsAtOnce = 500
)

// somebody is who is there or not, at whatever node.
type somebody struct {
	org          id.Org
	user         id.User
	conversation id.Conversation
}

func whois(a access.Actor) somebody {
	if a.Kind == access.Customer {
		return somebody{org: a.Org, conversation: a.Conversation}
	}
	return somebody{org: a.Org, user: a.User}
}

// word is what a node says of somebody.
type word struct {
	Actor access.Actor
	There bool
	// Soon: they have no connection yet and should open one somewhere.
	Soon bool
}

// evidence is who is there by what all nodes say, for the organizations that
// are here, and what this node says to those that have the others.
type evidence struct {
	node *Node

	mu   sync.Mutex
	said map[somebody]access.Actor // there, by this node's connections
	all  map[somebody]*claims      // of organizations that are here
}

// claims are what is known of one.
type claims struct {
	telling sync.Mutex // held while the engine is told

	// Guarded by the evidence's lock.
	actor access.Actor
	nodes map[string]struct{} // where they are there
	until time.Time           // and until when they are taken for it without
	told  belief
	asked bool // the engine is being told
}

// belief is what the engine was told last.
type belief uint8

const (
	nothing belief = iota
	isThere
	isLost
)

func newEvidence(n *Node) *evidence {
	return &evidence{node: n, said: map[somebody]access.Actor{}, all: map[somebody]*claims{}}
}

func returnWithin(a access.Actor) time.Duration {
	if a.Kind == access.Customer {
		return customerReturn
	}
	return agentReturn
}

// noticed reports whether a command is what sockets notice of somebody.
func noticed(c engine.Command) (there, is bool) {
	switch c.(type) {
	case engine.AgentBack, engine.CustomerBack:
		return true, true
	case engine.AgentLost, engine.CustomerLost:
		return false, true
	}
	return false, false
}

func notice(a access.Actor, there bool) engine.Command {
	switch {
	case a.Kind == access.Customer && there:
		return engine.CustomerBack{Conversation: a.Conversation}
	case a.Kind == access.Customer:
		return engine.CustomerLost{Conversation: a.Conversation}
	case there:
		return engine.AgentBack{}
	default:
		return engine.AgentLost{}
	}
}

// notice says to whoever has the organization what this node's connections
// prove of somebody.
func (n *Node) notice(ctx context.Context, a access.Actor, there bool) error {
	e := n.evidence
	e.mu.Lock()
	if there {
		e.said[whois(a)] = a
	} else {
		delete(e.said, whois(a))
	}
	e.mu.Unlock()
	return n.say(ctx, a.Org, []word{{Actor: a, There: there}})
}

// Expect says that somebody should open a connection soon, at any node.
func (n *Node) Expect(ctx context.Context, a access.Actor) error {
	return n.say(ctx, a.Org, []word{{Actor: a, Soon: true}})
}

func (n *Node) say(ctx context.Context, o id.Org, words []word) error {
	_, err := ask(ctx, n, o, true, func() (none struct{}, err error) {
		return none, n.evidence.hear(ctx, n.name, o, words)
	}, "There", words)
	return err
}

// repeat says to a new owner who is there by this node's connections.
func (e *evidence) repeat(o id.Org) {
	e.mu.Lock()
	var words []word
	for who, a := range e.said {
		if who.org == o {
			words = append(words, word{Actor: a, There: true})
		}
	}
	e.mu.Unlock()
	for some := range slices.Chunk(words, wordsAtOnce) {
		if err := e.node.say(context.Background(), o, some); err != nil {
			e.node.log.Warn("who is here could not be said to the node that has the organization", "org", o, "error", err)
		}
	}
}

// hear takes what a node says of people of an organization that is here.
func (e *evidence) hear(ctx context.Context, node string, o id.Org, words []word) error {
	e.node.mu.Lock()
	_, here := e.node.owns[o]
	e.node.mu.Unlock()
	if !here {
		return unavailable(engine.ErrElsewhere)
	}
	for _, w := range words {
		e.mu.Lock()
		c := e.of(w.Actor)
		switch {
		case w.Soon:
			c.until = time.Now().Add(returnWithin(w.Actor))
			if c.told == nothing {
				c.told = isThere
			}
		case w.There:
			c.actor = w.Actor
			c.nodes[node] = struct{}{}
		default:
			delete(c.nodes, node)
			c.until = time.Time{} // somebody has looked
		}
		e.mu.Unlock()
		if err := e.tell(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// of needs the lock.
func (e *evidence) of(a access.Actor) *claims {
	c := e.all[whois(a)]
	if c == nil {
		c = &claims{actor: a, nodes: map[string]struct{}{}}
		e.all[whois(a)] = c
	}
	return c
}

// tell tells the engine what is so now, if it believes something else.
func (e *evidence) tell(ctx context.Context, c *claims) error {
	c.telling.Lock()
	defer c.telling.Unlock()
	e.mu.Lock()
	want, told, actor := c.want(), c.told, c.actor
	e.mu.Unlock()
	if want == told {
		return nil
	}
	_, err := e.node.engine.Do(ctx, engine.Request{Actor: actor, Command: notice(actor, want == isThere)})
	if fault(err) {
		return err
	}
	e.mu.Lock()
	c.told = want
	e.mu.Unlock()
	return nil
}

// fault is an error that trying again may cure. A refusal is an answer too: the
// conversation is over, or the agent signed out.
func fault(err error) bool {
	switch problem.CodeOf(err) {
	case problem.Internal, problem.Unavailable:
		return err != nil
	}
	return false
}

// want needs the lock.
func (c *claims) want() belief {
	if len(c.nodes) > 0 || time.Now().Before(c.until) {
		return isThere
	}
	return isLost
}

// taken begins an organization: those whom its floor takes for connected have a
// while to be vouched for.
func (e *evidence) taken(ctx context.Context, o id.Org) error {
	expected, err := e.node.engine.Expected(ctx)
	if err != nil {
		return err
	}
	e.mu.Lock()
	for _, a := range expected {
		if a.Org != o {
			continue
		}
		c := e.of(a)
		c.told, c.until = isThere, time.Now().Add(returnWithin(a))
	}
	e.mu.Unlock()
	go e.repeat(o)
	return nil
}

// lost forgets an organization that is another's.
func (e *evidence) lost(o id.Org) {
	e.mu.Lock()
	defer e.mu.Unlock()
	maps.DeleteFunc(e.all, func(who somebody, _ *claims) bool { return who.org == o })
}

// sweep takes back what nodes said that are gone, and has the engine told of
// everybody whose time has run out.
func (e *evidence) sweep(v View) {
	beat := map[string]time.Duration{e.node.name: 0}
	for _, p := range v.Peers {
		if p.Beat < Lease {
			beat[p.Name] = p.Beat
		}
	}
	now := time.Now()
	var due []*claims
	e.mu.Lock()
	for who, c := range e.all {
		for node := range c.nodes {
			if quiet, known := beat[node]; !known || quiet > overdue && e.node.silence(node) > silent {
				delete(c.nodes, node)
				c.until = now.Add(max(0, returnWithin(c.actor)-quiet))
			}
		}
		switch want := c.want(); {
		case c.asked:
		case want != c.told:
			c.asked = true
			due = append(due, c)
		case want == isLost:
			delete(e.all, who)
		}
	}
	e.mu.Unlock()
	if len(due) == 0 {
		return
	}
	// Not here: the leases are not to wait for it.
	go func() {
		for _, c := range due {
			// After a fault it is due again.
			_ = e.tell(context.Background(), c)
			e.mu.Lock()
			c.asked = false
			e.mu.Unlock()
		}
	}()
}
