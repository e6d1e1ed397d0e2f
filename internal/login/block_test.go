package login

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
)

var (
	admin = access.Actor{Kind: access.Staff, Org: "org_1", User: "usr_huda", Roles: []org.Role{org.RoleAdministrator}}
	agent = access.Actor{Kind: access.Staff, Org: "org_1", User: "usr_omar", Roles: []org.Role{org.RoleAgent}}
)

func writer(customer id.Customer, address string) access.Actor {
	return access.Actor{Kind: access.Customer, Org: "org_1", Customer: customer, Address: address}
}

func (d *desk) block(t *testing.T, b access.Block, hours int) access.Block {
	t.Helper()
	if b.ID == "" {
		b.ID = id.Block("blk_" + b.Subject())
	}
	b, err := d.Block(t.Context(), admin, b, hours)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Who is blocked is so wherever they come from, a network for whoever comes
// from it; others, other organizations and the staff are not.
func TestWhoIsBlocked(t *testing.T) {
	d := open(t)
	d.block(t, access.Block{Customer: "cus_1", Conversation: "conv_1"}, 0)
	d.block(t, access.Block{Network: "203.0.113.0/24"}, 0)
	d.block(t, access.Block{Network: "2001:db8:1:2:3::1"}, 0)
	elsewhere := writer("cus_1", "203.0.113.7")
	elsewhere.Org = "org_2"
	staff := agent
	staff.Address = "203.0.113.7"
	for _, c := range []struct {
		who     access.Actor
		blocked bool
	}{
		{writer("cus_1", "198.51.100.1"), true},
		{writer("cus_1", ""), true},
		{writer("cus_2", "203.0.113.7"), true},
		{writer("cus_2", "203.0.113.255"), true},
		{writer("", "203.0.113.7"), true}, // nobody knows them yet
		{writer("cus_2", "2001:db8:1:2::/64"), true},
		{writer("cus_2", "203.0.114.0"), false},
		{writer("cus_2", "2001:db8:1:3::/64"), false},
		{writer("cus_2", ""), false},
		{writer("cus_2", "pipe"), false},
		{elsewhere, false},
		{staff, false},
	} {
		err := d.Blocked(c.who)
		if (problem.CodeOf(err) == problem.Blocked && err != nil) != c.blocked {
			t.Errorf("%+v: %v", c.who, err)
		}
	}
}

func TestABlockEndsByItselfOrIsLifted(t *testing.T) {
	d := open(t)
	first := d.block(t, access.Block{Customer: "cus_1"}, 24)
	second := d.block(t, access.Block{ID: "blk_other", Customer: "cus_1", Reason: "again"}, 2)
	if second.ID != first.ID {
		t.Errorf("blocked twice: %s and %s", first.ID, second.ID)
	}
	kept := d.block(t, access.Block{Network: "203.0.113.7"}, 0)
	d.now = d.now.Add(2*time.Hour - time.Microsecond)
	wants(t, d.Blocked(writer("cus_1", "")), problem.Blocked)
	d.now = d.now.Add(time.Microsecond)
	if err := d.Blocked(writer("cus_1", "")); err != nil {
		t.Errorf("after its time: %v", err)
	}
	if err := d.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if len(d.store.blocks) != 1 || len(d.blocked.orgs["org_1"].byID) != 1 {
		t.Errorf("after the sweep %v are left", d.store.blocks)
	}
	wants(t, d.Unblock(t.Context(), admin, first.ID), problem.NotFound)
	if err := d.Unblock(t.Context(), admin, kept.ID); err != nil || d.Blocked(writer("", "203.0.113.7")) != nil {
		t.Errorf("lifted, it holds: %v", err)
	}
}

// What could not be stored does not hold, and what could not be deleted does:
// a restart makes no difference.
func TestBlocksAreWhatIsStored(t *testing.T) {
	d := open(t)
	held := d.block(t, access.Block{Customer: "cus_1"}, 0)
	d.store.fail = errors.New("disk full")
	if _, err := d.Block(t.Context(), admin, access.Block{ID: "blk_2", Customer: "cus_2"}, 0); err == nil {
		t.Error("it was acknowledged")
	}
	if err := d.Unblock(t.Context(), admin, held.ID); err == nil {
		t.Error("lifting it was acknowledged")
	}
	d.store.fail = nil
	again, err := New(t.Context(), d.store, Options{Now: func() time.Time { return d.now }, HashMemory: 64})
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range []*Service{d.Service, again} {
		wants(t, s.Blocked(writer("cus_1", "")), problem.Blocked)
		if err := s.Blocked(writer("cus_2", "")); err != nil {
			t.Errorf("service %d: %v", i, err)
		}
	}
}

// Of who was erased nothing is left, neither in the database nor beside it.
func TestWhoWasErasedIsNotKeptAsBlocked(t *testing.T) {
	d := open(t)
	d.block(t, access.Block{Customer: "cus_1", Reason: "called Omar names"}, 0)
	kept := d.block(t, access.Block{Customer: "cus_2"}, 0)
	d.ForgetBlock("org_1", "cus_1")
	d.ForgetBlock("org_1", "cus_3")
	d.ForgetBlock("org_2", "cus_2")
	if in := d.blocked.orgs["org_1"]; len(in.byID) != 1 || len(in.customers) != 1 || in.customers["cus_2"] != kept {
		t.Errorf("kept %+v", in)
	}
}

// Saying who one is lifts no block: the database moves it with what the
// customer has, and it holds at once.
func TestABlockFollowsThePerson(t *testing.T) {
	d := open(t)
	d.block(t, access.Block{Customer: "cus_anonymous"}, 0)
	d.block(t, access.Block{Customer: "cus_2"}, 0)
	d.store.blocks[0].Customer = "cus_person"
	if err := d.Joined(t.Context(), "org_1", "cus_anonymous"); err != nil {
		t.Fatal(err)
	}
	wants(t, d.Blocked(writer("cus_person", "")), problem.Blocked)
	wants(t, d.Blocked(writer("cus_2", "")), problem.Blocked)
	if err := d.Blocked(writer("cus_anonymous", "")); err != nil {
		t.Errorf("nobody is called that any more: %v", err)
	}
}

func TestOnlyAdministratorsManageBlocks(t *testing.T) {
	d := open(t)
	b := d.block(t, access.Block{Network: "203.0.113.7"}, 0)
	_, err := d.Block(t.Context(), agent, access.Block{Network: "203.0.113.8"}, 0)
	wants(t, err, problem.Forbidden)
	wants(t, d.Unblock(t.Context(), agent, b.ID), problem.Forbidden)
	_, err = d.Blocks(t.Context(), agent, "", "", 10)
	wants(t, err, problem.Forbidden)
	_, err = d.Block(t.Context(), admin, access.Block{Network: "0.0.0.0/0"}, 0)
	wants(t, err, problem.InvalidParameter)
	for i := range mostBlocks - 1 {
		d.store.blocks = append(d.store.blocks, access.Block{Org: "org_1", Network: fmt.Sprint(i)})
	}
	_, err = d.Block(t.Context(), admin, access.Block{Network: "203.0.113.9"}, 0)
	wants(t, err, problem.OutOfRange)
}
