// Package sim makes a contact centre move: customers of a sample organization
// who write in Arabic and English and wait and answer, and agents who accept,
// reply, take breaks and now and then miss a request. It is the demo, and it
// drives tests and load.
//
// It stands outside the server and uses only its public API, so whatever it
// does anybody can do. It knows nothing of how the server decides.
//
// What happens is planned before it happens: [Plan] and the scripts of
// customers and agents are pure functions of a seed, so that a demo, a
// screenshot or a failing test can be repeated. [Run] carries a plan out at
// the pace of its [Clock]; what the server and the people at it do meanwhile
// is theirs, so the conversations themselves may differ from run to run.
package sim
