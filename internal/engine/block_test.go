package engine_test

import (
	"testing"

	"hiwar/internal/problem"
)

// Whoever talks with a customer may block them; who has nothing to do with them
// does not even learn that they are there.
func TestTheCustomerToBlock(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	conv := c.answered(1, anna)
	if got, err := c.CustomerToBlock(t.Context(), anna, conv); err != nil || got != customer(1).Customer {
		t.Errorf("got %q, %v", got, err)
	}
	_, err := c.CustomerToBlock(t.Context(), ben, conv)
	wantProblem(t, "somebody else", err, problem.NotFound)
	_, err = c.CustomerToBlock(t.Context(), customer(1), conv)
	wantProblem(t, "the customer", err, problem.Forbidden)
	if got := c.Masked(anna.Org, "pay with 4111 1111 1111 1111"); got == "pay with 4111 1111 1111 1111" {
		t.Errorf("kept as %q", got)
	}
}
