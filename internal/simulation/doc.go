// Package simulation runs a day of a contact centre that does not exist: people
// who arrive, wait and lose patience, and agents who answer, on shifts. Who is
// offered what, and what becomes of it, is decided by the machine that decides
// it on a real floor ([routing.State]), in virtual time: a day takes seconds.
//
// It answers what one would otherwise have to try out on customers: would two
// more agents have been enough, what does a shorter time to answer do, which
// queue starves. It is no test of the server: nothing is stored or sent.
//
// [Read] makes a [Plan] of a file, [Plan.Run] a [Result] of a plan. The same
// plan and seed always give the same result. What each customer does (when they
// come, how patient they are, how long their matter takes) is drawn for that
// customer and from nothing else, so two plans that differ only in their rules
// are tried on the same people.
//
// What is left out: agents talk no slower with several conversations at once,
// and customers who gave up do not come back.
package simulation
