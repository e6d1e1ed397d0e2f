package bus

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"

	"hiwar/internal/engine"
)

const (
	// waiting is how many frames wait for the connection at most; what is more is
	// lost, and nobody who publishes waits for it.
	waiting = 8192
	// numberEvery is how often a frame goes at least, so that others notice in
	// time that the one before it was lost.
	numberEvery = time.Second
	// frameBytes is about how long a frame becomes; servers take 1 MiB.
	frameBytes = 256 << 10
)

// Between is the bus of several processes, over core NATS: nothing of it is
// kept anywhere. Within a process it delivers as [InProcess] does.
type Between struct {
	*InProcess
	conn *nats.Conn
	name string // of this process
	room string // all subjects begin with it
	log  *slog.Logger

	numbers sync.Mutex
	next    int64            // under numbers
	last    map[string]int64 // frame of each other process; of take

	queue  chan []byte
	ended  chan struct{}
	done   sync.WaitGroup
	counts struct{ sent, received, dropped, missed, strange atomic.Int64 }
}

var _ engine.Bus = (*Between)(nil)

// Join opens a connection for the process called name; room is common to those
// who are to hear each other and to nobody else on the same servers.
func Join(address, name, room string, log *slog.Logger, more ...nats.Option) (*Between, error) {
	b := &Between{InProcess: New(), name: name, room: "hiwar." + room, log: log, last: map[string]int64{}, queue: make(chan []byte, waiting), ended: make(chan struct{})}
	options := append([]nats.Option{
		nats.Name("hiwar " + name), nats.NoEcho(), nats.MaxReconnects(-1), nats.ReconnectWait(250 * time.Millisecond),
		nats.ReconnectJitter(250*time.Millisecond, 250*time.Millisecond), nats.Timeout(5 * time.Second),
		nats.PingInterval(2 * time.Second), nats.MaxPingsOutstanding(2), nats.ReconnectBufSize(-1),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				log.Warn("the bus is not connected; it is tried again", "error", err)
			}
		}),
		nats.ReconnectHandler(func(*nats.Conn) { log.Info("the bus is connected again") }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			log.Warn("the bus lost something; whoever misses it asks", "error", err)
		}),
	}, more...)
	var err error
	if b.conn, err = nats.Connect(address, options...); err != nil {
		return nil, fmt.Errorf("NATS at %s cannot be reached: %w", address, err)
	}
	if _, err := b.conn.Subscribe(b.room+".events", b.take); err != nil {
		b.conn.Close()
		return nil, err
	}
	b.done.Go(b.write)
	return b, nil
}

// Close ends the connection.
func (b *Between) Close() {
	close(b.ended)
	b.done.Wait()
	b.conn.Close()
}

// Publish delivers the messages to everybody subscribed, here and elsewhere.
func (b *Between) Publish(msgs []engine.Message) {
	b.InProcess.Publish(msgs)
	var f frame
	size := 0
	for _, m := range msgs {
		p, err := packed(m)
		if err != nil {
			b.counts.strange.Add(1)
			b.log.Error("a message could not be written for other processes", "topic", m.Topic, "error", err)
			continue
		}
		f.Messages = append(f.Messages, p)
		if size += roughly(p); size > frameBytes {
			b.put(f)
			f, size = frame{}, 0
		}
	}
	if len(f.Messages) > 0 {
		b.put(f)
	}
}

// roughly is how long a message is when written.
func roughly(m message) int {
	n := 200
	for _, events := range m.Events {
		for _, e := range events {
			n += 200 + len(e.Data)
		}
	}
	if m.Signal != nil {
		n += len(m.Signal.Data)
	}
	return n
}

// Over passes on that those who waited have been answered.
func (b *Between) Over() {
	b.InProcess.Over()
	b.put(frame{Over: true})
}

// OverHere is Over for this process alone.
func (b *Between) OverHere() { b.InProcess.Over() }

func (b *Between) put(f frame) {
	b.numbers.Lock()
	defer b.numbers.Unlock()
	b.next++
	f.Version, f.From, f.N = frameVersion, b.name, b.next
	body, err := json.Marshal(f)
	if err != nil {
		b.counts.strange.Add(1)
		return
	}
	select {
	case b.queue <- body:
	default:
		b.counts.dropped.Add(1)
	}
}

// write hands frames to the connection, which may hold whoever does so up.
func (b *Between) write() {
	tick := time.NewTicker(numberEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			b.put(frame{})
		case body := <-b.queue:
			b.publish("events", body)
		case <-b.ended:
			return
		}
	}
}

func (b *Between) publish(subject string, body []byte) {
	if err := b.conn.Publish(b.room+"."+subject, body); err != nil {
		b.counts.dropped.Add(1)
		return
	}
	b.counts.sent.Add(1)
}

// take delivers what another process published.
func (b *Between) take(m *nats.Msg) {
	b.counts.received.Add(1)
	var f frame
	if err := json.Unmarshal(m.Data, &f); err != nil || f.Version != frameVersion {
		b.counts.strange.Add(1)
		return
	}
	var msgs []engine.Message
	last, known := b.last[f.From]
	if known && f.N > last+1 {
		b.counts.missed.Add(1)
		msgs = append(msgs, engine.Message{Lost: true})
	}
	if known && f.N <= last {
		return // said twice
	}
	b.last[f.From] = f.N
	for _, x := range f.Messages {
		msgs = append(msgs, x.unpacked())
	}
	b.InProcess.Publish(msgs)
	if f.Over {
		b.InProcess.Over()
	}
}

// Connected reports whether the bus is.
func (b *Between) Connected() error {
	if !b.conn.IsConnected() {
		return errors.New("the bus is not connected")
	}
	return nil
}

// Counts gives the bus's figures to whoever collects them.
func (b *Between) Counts(emit func(name string, value int64)) {
	emit("bus_sent_total", b.counts.sent.Load())
	emit("bus_received_total", b.counts.received.Load())
	emit("bus_dropped_total", b.counts.dropped.Load())
	emit("bus_gaps_total", b.counts.missed.Load())
	emit("bus_strange_total", b.counts.strange.Load())
}

// ── questions and hints ─────────────────────────────────────────────────────

// nobody: there is no such process.
type nobody struct{ error }

// NotSent says that the question was heard by nobody.
func (nobody) NotSent() bool { return true }

// Ask is what a process answers. The error of a process that is not there has a
// method NotSent.
func (b *Between) Ask(ctx context.Context, name string, question []byte) ([]byte, error) {
	if int64(len(question)) > b.conn.MaxPayload() {
		return nil, nobody{fmt.Errorf("%d bytes are more than NATS takes (max_payload is %d)", len(question), b.conn.MaxPayload())}
	}
	m, err := b.conn.RequestWithContext(ctx, b.room+".ask."+name, question)
	if errors.Is(err, nats.ErrNoResponders) {
		return nil, nobody{err}
	}
	if err != nil {
		return nil, err
	}
	return m.Data, nil
}

// Answer gives what this process is asked to f, in the order in which each
// process asked it.
func (b *Between) Answer(f func(question []byte, answer func([]byte))) error {
	_, err := b.conn.Subscribe(b.room+".ask."+b.name, func(m *nats.Msg) {
		f(m.Data, func(answer []byte) {
			if err := m.Respond(answer); err != nil {
				b.log.Warn("an answer could not be sent", "error", err)
			}
		})
	})
	return err
}

// Tell reaches the other processes, or not.
func (b *Between) Tell(what []byte) { b.publish("tell", what) }

// Hear gives f what other processes tell.
func (b *Between) Hear(f func(what []byte)) error {
	_, err := b.conn.Subscribe(b.room+".tell", func(m *nats.Msg) { f(m.Data) })
	if err != nil {
		return err
	}
	return b.conn.Flush()
}
