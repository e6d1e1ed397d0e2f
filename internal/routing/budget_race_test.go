//go:build race

package routing

// budget bounds each small world where every step is watched for races: the
// shortest histories are tried, the whole world is searched without.
const budget = 2_500
