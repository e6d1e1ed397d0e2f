//go:build !race

package routing

// budget is no bound: every small world is searched to its end.
const budget = tooMany
