package ws

import (
	"sync"
	"time"
)

// A client that does not read is cut off when this much waits for it. It comes
// back and resumes; meanwhile it costs the others nothing. The number of frames
// is above what one commit can tell one desk, or a client that reads would be
// cut off by one busy moment.
const (
	maxFrames = 4096
	maxBytes  = 1 << 20
	// writeWithin is how long a client may take nothing of what is written.
	writeWithin = 5 * time.Second
)

// outbox is what waits to be written to one client. Writing is done by a
// goroutine that lives only while there is something to write.
type outbox struct {
	t     transport
	round *round
	spawn func(func()) // starts a goroutine that is waited for
	slow  func()       // told when the client is cut off for not reading

	mu      sync.Mutex
	moved   sync.Cond // something was written, or the box closed
	frames  [][]byte
	bytes   int
	writing bool
	waiting bool     // for the end of the round
	last    *closing // set once: nothing may be put in any more
}

func (o *outbox) init(t transport, r *round, spawn func(func()), slow func()) {
	o.t, o.round, o.spawn, o.slow, o.moved.L = t, r, spawn, slow, &o.mu
}

// put queues a frame. It is false if the client is too slow to have it: then
// it was told so, and the connection is ending.
func (o *outbox) put(frame []byte) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.add(frame) {
		return false
	}
	if len(o.frames) > 0 {
		o.start()
	}
	return true
}

// gather is put for what comes within a round of the engine. Writing begins
// when the round is over: each call to the kernel wakes the client, who is told
// of a message and that it is stored with one.
func (o *outbox) gather(frame []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.add(frame) || o.writing || o.waiting || len(o.frames) == 0 {
		return
	}
	o.waiting = true
	o.round.add(o)
}

// roundOver begins to write what was gathered.
func (o *outbox) roundOver() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.waiting = false
	if len(o.frames) > 0 {
		o.start()
	}
}

// add queues a frame as put does. It needs the lock.
func (o *outbox) add(frame []byte) bool {
	if o.last != nil {
		return true
	}
	if len(o.frames) >= maxFrames || o.bytes+len(frame) > maxBytes && len(o.frames) > 0 {
		o.frames, o.bytes = nil, 0
		o.last = &closeSlow
		o.slow()
		o.start()
		return false
	}
	o.frames = append(o.frames, frame)
	o.bytes += len(frame)
	return true
}

// lazy queues a frame that may be lost, unless the client is already behind.
func (o *outbox) lazy(frame []byte) {
	o.mu.Lock()
	behind := len(o.frames) > maxFrames/4
	o.mu.Unlock()
	if !behind {
		o.put(frame)
	}
}

// close queues a last frame, if any, and then the end.
func (o *outbox) close(c closing, lastFrame []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.last != nil {
		return
	}
	if lastFrame != nil {
		o.frames = append(o.frames, lastFrame)
	}
	o.last = &c
	o.start()
}

// ending reports whether the end was queued.
func (o *outbox) ending() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.last != nil
}

// drained waits until all was written; false if the connection is ending.
func (o *outbox) drained() bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	for (o.writing || len(o.frames) > 0) && o.last == nil {
		o.moved.Wait()
	}
	return o.last == nil
}

// start makes sure that somebody writes. It needs the lock.
func (o *outbox) start() {
	o.moved.Broadcast()
	if !o.writing {
		o.writing = true
		o.spawn(o.write)
	}
}

func (o *outbox) write() {
	for {
		o.mu.Lock()
		batch := o.frames
		o.frames, o.bytes = nil, 0
		if len(batch) == 0 {
			o.writing = false
			last := o.last
			o.moved.Broadcast()
			o.mu.Unlock()
			if last != nil {
				o.t.Close(last.code, last.reason)
			}
			return
		}
		o.mu.Unlock()
		if o.t.Write(batch) != nil {
			o.fail()
			return
		}
	}
}

// fail ends a connection that takes nothing any more.
func (o *outbox) fail() {
	o.mu.Lock()
	if o.last == nil {
		o.last = &closing{}
	}
	last := *o.last
	o.frames, o.bytes, o.writing = nil, 0, false
	o.moved.Broadcast()
	o.mu.Unlock()
	if last == closeSlow {
		o.t.Close(last.code, last.reason) // it may still take two bytes that say why
		return
	}
	o.t.Close(0, "")
}
