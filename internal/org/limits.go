package org

import (
	"time"

	"hiwar/internal/hours"
	"hiwar/internal/id"
)

// Hours are opening hours that queues share.
type Hours struct {
	ID       id.Hours       `json:"id"`
	Name     Name           `json:"name"`
	Schedule hours.Schedule `json:"schedule"`
	Version  int            `json:"-"`
}

// Limits bound the waiting in a queue, and for how long it is kept what was
// said. The zero value bounds nothing.
type Limits struct {
	Hours      id.Hours      `json:"hours"`       // "": always open
	OnClose    OnClose       `json:"on_close"`    // what becomes of who waits at closing time
	MaxWaiting int           `json:"max_waiting"` // requests waiting or offered; 0: no limit
	MaxWait    time.Duration `json:"max_wait"`    // of a visit; 0: no limit
	Then       Then          `json:"then"`        // what then
	ThenQueue  id.Queue      `json:"then_queue"`  // with ThenOverflow
	ThenText   Name          `json:"then_text"`   // with ThenClose, ThenMessage: what the customer reads
	KeepDays   int           `json:"keep_days"`   // what was said is removed so many days after the end; 0: never
}

// OnClose says what becomes of those who wait when a queue closes. Offered and
// running conversations go on in any case.
type OnClose string

// The two policies; "" is Serve.
const (
	Serve    OnClose = "serve"     // they stay until their maximum wait, or until nobody is signed in
	WhatThen OnClose = "what_then" // what happens to whoever waited too long happens to them
)

// Then says what happens to a request that has waited too long, that nobody is
// there for, or that found its queue full.
type Then string

// The policies; "" is none: customers go on waiting, and a full queue takes no
// more.
const (
	ThenWait     Then = ""
	ThenOverflow Then = "queue"         // to another queue
	ThenClose    Then = "close"         // the conversation closes with a text
	ThenMessage  Then = "leave_message" // what the customer wrote is kept, and answered when nobody waits
)
