// Package ws is the real-time side of the API: one WebSocket per client, frames
// of JSON, numbered events of topics, resume after a gap (api/events.md).
//
// It stores nothing and decides nothing. What a topic holds and who may read
// it is the engine's; this package keeps connections, forwards what the bus
// carries, and asks the engine again whenever a number is missing.
//
// # Who runs
//
// Each connection has one goroutine that reads. A goroutine that writes exists
// only while there is something to write, and one that fills a subscription
// only until it is up to date. All of them end before [Server.Run] returns.
//
// # Up to date without a hole
//
// A subscription is registered first and filled afterwards. While it is being
// filled, an event that arrives from the bus is not kept: its number is. The
// subscription goes live under the hub's lock, and only if nothing above what
// was filled has been announced; else it asks the engine once more.
package ws
