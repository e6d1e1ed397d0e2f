//go:build !race

package routing

// budget is no bound: every small world is searched to its end.
const budget = tooMany

// randomChecks is how many random histories are tried.
const randomChecks = "100"
