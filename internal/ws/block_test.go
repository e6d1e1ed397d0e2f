package ws

import (
	"testing"

	"hiwar/internal/access"
	"hiwar/internal/problem"
)

// everyCustomerFrom blocks the customers of an address.
type everyCustomerFrom string

func (b everyCustomerFrom) Blocked(a access.Actor) error {
	if a.Kind == access.Customer && a.Address == string(b) {
		return problem.New(problem.Blocked)
	}
	return nil
}

// Who is blocked is refused over the socket as over HTTP, also when it was open
// before, and hears on; nobody sees them typing.
func TestWhoIsBlockedCannotWrite(t *testing.T) {
	inWorld(t, func(t *testing.T, w *world) {
		customer, agent := w.hello("customer"), w.hello("agent")
		customer.send(`{"type":"send","command_id":"c1","text":"a"}`)
		if m := customer.one(); m["type"] != "reply" {
			t.Fatalf("before it got %v", m)
		}
		w.center.commands()
		w.blocks = everyCustomerFrom("192.0.2.7")
		customer.send(`{"type":"send","command_id":"c2","text":"a"}`)
		customer.wantError(problem.Blocked)
		customer.send(`{"type":"typing","on":true}`)
		customer.wantOpen()
		if did := w.center.commands(); len(did) != 0 {
			t.Errorf("the engine was asked %v", did)
		}
		agent.send(`{"type":"send","command_id":"c3","conversation":"conv_1","text":"a"}`)
		if m := agent.one(); m["type"] != "reply" {
			t.Errorf("the agent got %v", m)
		}
		w.blocks = everyCustomerFrom("192.0.2.8")
		customer.send(`{"type":"send","command_id":"c4","text":"a"}`)
		if m := customer.one(); m["type"] != "reply" {
			t.Errorf("from elsewhere it got %v", m)
		}
	})
}
