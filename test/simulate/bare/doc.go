// Package bare runs random centres on the two machines alone, in simulated time:
// who is offered what and what is said, without engine, store or wire. It is
// fast enough for hundreds of thousands of conversations under every rule.
//
// A [Day] is one random centre with everything that bounds or widens whom a
// request reaches, and people who answer late, decline, vanish, come back, give
// conversations away and leave. Beside it somebody keeps a [book]: told of the
// effects alone, it knows who waits since when, who is free since when, and who
// has which conversation, and holds every offer against the rules as an
// administrator reads them. Who was passed over is an inversion; who waits before
// somebody free, after any step, is stuck.
//
// What the promises G5 to G11 say is looked at after every step, as far as the
// step touched it; the floor's own invariants on every hundredth.
package bare
