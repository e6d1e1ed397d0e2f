package routing

import (
	"fmt"
	"strings"

	"hiwar/internal/org"
)

// What a conversation requires itself, beside what the configuration says, is as
// varied as the answers of customers. Pools are made for it like for everything
// else that is asked, and given up when too many of them are of customers who
// have gone.

// newConversation is a conversation of which nothing else is known yet.
func newConversation(rec Conversation) *conversation {
	return &conversation{Conversation: rec, own: ownText(rec.Requires)}
}

// ownText tells what conversations require themselves apart; "" is nothing.
func ownText(list []org.Required) string {
	var b strings.Builder
	for _, r := range list {
		fmt.Fprintf(&b, "%s %q %s %d %q %d %v|", r.From, r.Skill, r.Compare, r.Level, r.Text, r.Weight, r.Relax)
	}
	return b.String()
}

// ownOf is what the conversation requires itself as far as the configuration lets
// it be asked, under the name by which it is found again.
func (p *setup) ownOf(c *conversation) string {
	if c.own == "" {
		return ""
	}
	if _, known := p.pools.own[c.own]; !known {
		var can []org.Required
		for _, r := range c.Requires {
			if p.config.Asks(r.Requirement) {
				can = append(can, r)
			}
		}
		p.pools.own[c.own] = can
	}
	return c.own
}

// sparePools is how much that nobody asks for any more is kept in any case.
const sparePools = 256

// tidyPools gives up all pools and makes those anew that are asked for, once most
// of them are asked for by nobody: what a step costs grows with the pools an
// agent has a seat in. It costs as much as a change of the configuration, and is
// due only after as many customers have come who asked for something new.
func (s *State) tidyPools() {
	if len(s.setup.pools.own) > sparePools+2*s.lines.Len() {
		s.setup = s.setup.withoutPools()
		s.reindex()
	}
}
