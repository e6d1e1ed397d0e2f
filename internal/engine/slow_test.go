package engine_test

import (
	"testing"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/problem"
)

// A desk that was too slow to confirm a request is treated as lost. Its late
// confirmation proves that it works: the request comes again. Without that the
// agent would be signed out at the end of the grace time with the desk open.
func TestADeskThatWasOnlySlowIsNotLost(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	c.write(1, "hello")
	first := c.desk(anna).Cards[0].Offer
	c.pass(6 * time.Second)
	if cards := c.desk(anna).Cards; len(cards) != 0 {
		t.Fatalf("the request was not confirmed in time and is still there: %+v", cards)
	}
	c.refused(anna, engine.ConfirmOffer{Offer: first}, problem.OfferExpired)
	cards := c.desk(anna).Cards
	if len(cards) != 1 || cards[0].Offer == first {
		t.Fatalf("after a sign of life the desk shows %+v, want the request anew", cards)
	}
}
