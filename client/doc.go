// Package client speaks to a Hiwar server over its public API: REST for
// commands and questions, one socket for what happens in real time
// (api/events.md). Tests, the simulator and load tools use it, and so can
// programs of yours.
//
// It holds no state of conversations and does not reconnect by itself: a
// [Socket] is one connection, whose loss is an error the caller sees, because
// what to do about it is what most of its callers are there to try out.
package client
