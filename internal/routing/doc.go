// Package routing decides which agent is offered which task, and what becomes
// of it afterwards.
//
// It is the floor of one organization as a state machine, and nothing else.
// [State.Step] takes one event and returns the effects that follow; it does no
// I/O, reads no clock and draws no random numbers, so a recorded list of
// events always replays to the same state. It knows nothing of what is said in
// a conversation: that is package chat. Package engine owns each State,
// commits what Step changed, and only then tells anyone.
//
// # Life of a task
//
// A task is one need for an agent: a conversation that waits in a queue, a
// transfer to one agent, an invitation to a conference.
//
//	waiting ──offer──▶ offered ──accept──▶ held ──end──▶ ended
//	   ▲                  │
//	   └──missed, declined, withdrawn
//
// Only a queued task goes back to waiting, to the place it had. A transfer to
// one agent that is not answered ends, and the queue's policy says what
// becomes of the customer; an invitation ends and nothing else changes.
//
// # Life of a part
//
// A part is one agent's share of a conversation: connected from accept on,
// then in wrap-up until the reason is submitted. From the offer until then it
// takes one slot of the agent's capacity.
//
// # Who gets a task
//
// A queued task asks for somebody: of the teams of those distribution groups of
// its queue that are open, with the skills that the queue, the asset and the
// customer's language require, and where a returning customer is kept for the
// agent they had, for that agent alone. All of it asks for less with the age of
// the visit (widen.go). What a task asks for is its need, and the agents who fit
// a need are its pool (need.go, pool.go). The free ones of a pool are kept in
// the order of the queue's rule, and the tasks that ask for it in the order in
// which they are served, so deciding looks at the first of both (match.go).
//
// # RONA
//
// RONA (redirect on no answer) is an offer that nobody answered in time. The
// agent goes to the state of that name, because the next customer should not
// ring an empty chair, and only the agent can leave it.
//
// # What holds after every step
//
// Every open conversation has an owner or a pending task; no agent holds more
// than the capacity they had when it was offered; and no agent who could take
// a waiting task is left without it. [State.Check] names all of them.
//
// # What the caller does
//
//  1. Calls Step with times that never go back, and with a [Tick] when
//     [State.Deadline] has come.
//  2. Takes the changes after a step ([State.TakeChanges]), commits them
//     together with the effects, and tells people only then. If the commit
//     fails, the State is dropped and loaded again.
//  3. Says what it notices: [LoseAgent] and [RegainAgent] when no desk of an
//     agent has been heard of for the notice time and when one is back,
//     [LoseCustomer] and [RegainCustomer] at once; what follows and when is
//     decided here.
//  4. Steps a [Configure] with every change of the configuration, and after
//     [Load] if the configuration may have changed meanwhile.
//
// # How it is kept
//
// The records (see [Records]) are the truth. Every index, timer and list in
// State follows from them at one place, index.go, so a State built by [Load]
// behaves as the one its records came from. All of it is kept in trees that
// share what did not change with their copies: Step works on a copy and drops
// it when the event is refused.
package routing
