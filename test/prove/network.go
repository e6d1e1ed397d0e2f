package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"hiwar/internal/org"
	"hiwar/test/check"
	"hiwar/test/rig"
)

// network puts a bad network between the server and everybody: frames that
// arrive in pieces cut at every byte, connections that are slow, cut, reset or
// dead without saying so, while customers and agents work. Then an agent's
// connection dies silently, and somebody floods the server from one address
// while others go on.
func network(ctx context.Context, e *env, dir string) ([]row, error) {
	var rows []row
	for _, part := range []struct {
		name string
		do   func(context.Context, *env, string) ([]row, error)
	}{{"weather", weather}, {"pieces", pieces}, {"half-open", halfOpen}, {"flood", flood}} {
		folder := filepath.Join(dir, part.name)
		if err := os.Mkdir(folder, 0o700); err != nil {
			return rows, err
		}
		got, err := part.do(ctx, e, folder)
		rows = append(rows, got...)
		if err != nil {
			return rows, fmt.Errorf("%s: %w", part.name, err)
		}
	}
	return rows, nil
}

// weather changes every few hundred milliseconds while a crowd is at work.
func weather(ctx context.Context, e *env, dir string) ([]row, error) {
	c, err := gather(ctx, e, dir, setting{customers: 12, agents: 4, change: patient, proxied: true})
	if err != nil {
		return nil, err
	}
	defer c.close()
	c.begin()
	chance := rand.New(rand.NewPCG(e.seed, 3))
	kinds := []rig.Weather{{}, {Delay: 15 * time.Millisecond}, {Slice: 1}, {Slice: 7, Delay: 100 * time.Microsecond}, {DropUp: true}, {DropDown: true}, {DropUp: true, DropDown: true}}
	changes := e.size(40, 400)
	for n := range changes {
		w := kinds[(n+chance.IntN(2))%len(kinds)]
		c.proxy.Set(w)
		pause(ctx, 50*time.Millisecond+time.Duration(chance.IntN(250))*time.Millisecond)
		// Whoever was not heard gives up in the end, on either side.
		switch {
		case w.DropUp || w.DropDown || chance.IntN(3) == 0:
			c.proxy.Set(rig.Weather{})
			c.proxy.Reset()
		case chance.IntN(3) == 0:
			c.proxy.Cut()
		}
	}
	c.proxy.Set(rig.Weather{})
	pause(ctx, 500*time.Millisecond)
	report, dump, err := c.verdict()
	if err != nil {
		return nil, err
	}
	return judged(fmt.Sprintf("%d changes of weather, %d acks", changes, report.Acked), report, dump), report.Err()
}

// pieces sends one frame cut at each of its bytes, and a whole conversation of
// one byte at a time, the request for the socket included.
func pieces(ctx context.Context, e *env, dir string) ([]row, error) {
	_, server, err := alone(ctx, e, dir, 1, patient)
	if err != nil {
		return nil, err
	}
	defer server.Stop()
	_, started, err := newcomer(ctx, server)
	if err != nil {
		return nil, err
	}
	address := hostOf(server.Base)
	talk := func(cut func(*rig.Raw, []byte) error, id string) error {
		raw, err := rig.DialRaw(ctx, address, "")
		if err != nil {
			return err
		}
		defer raw.Close()
		_ = raw.SetDeadline(time.Now().Add(20 * time.Second))
		if err := raw.Upgrade(func(b []byte) error { return cut(raw, b) }); err != nil {
			return err
		}
		for _, f := range []string{
			fmt.Sprintf(`{"type":"hello","visitor_token":%q}`, started.VisitorToken),
			fmt.Sprintf(`{"type":"send","command_id":%q,"conversation":%q,"text":"قطعة %s"}`, id, started.Conversation, id),
		} {
			if err := cut(raw, rig.Frame(rig.Text, []byte(f))); err != nil {
				return err
			}
		}
		for {
			_, b, err := raw.Next()
			if err != nil {
				return err
			}
			if strings.Contains(string(b), `"ref":"`+id+`"`) {
				if !strings.Contains(string(b), `"reply"`) {
					return fmt.Errorf("answered %s", b)
				}
				return nil
			}
		}
	}
	byByte := func(raw *rig.Raw, b []byte) error {
		for i := range b {
			if err := raw.Whole(b[i : i+1]); err != nil {
				return err
			}
		}
		return nil
	}
	if err := talk(byByte, "bytes"); err != nil {
		return nil, err
	}
	// The longest frame has about 150 bytes: each is cut at the same place.
	cuts := e.size(160, 160)
	for at := range cuts {
		cutAt := func(raw *rig.Raw, b []byte) error {
			k := min(at, len(b))
			if err := raw.Whole(b[:k]); err != nil {
				return err
			}
			pause(ctx, time.Millisecond) // so that it leaves as a packet of its own
			return raw.Whole(b[k:])
		}
		if err := talk(cutAt, fmt.Sprintf("cut%d", at)); err != nil {
			return nil, fmt.Errorf("cut at %d: %w", at, err)
		}
	}
	entries, err := storedTopic(&rig.Place{Dir: dir}, started.Conversation)
	if err != nil {
		return nil, err
	}
	stored := 0
	for _, entry := range entries {
		if strings.HasPrefix(entry.Text, "قطعة ") {
			stored++
		}
	}
	return []row{{size: "frames in pieces", figure: fmt.Sprintf("cut at %d places and byte by byte: stored %d of %d", cuts, stored, cuts+1), target: "all", ok: stored == cuts+1}}, nil
}

// halfOpen: an agent's connection dies without a word. Within 8 s it is
// noticed, the request goes to who is there, and when the network is back the
// agent has missed nothing.
func halfOpen(ctx context.Context, e *env, dir string) ([]row, error) {
	place, server, err := alone(ctx, e, dir, 2, func(s *org.Settings) { s.RONA, s.ConfirmWithin = time.Minute, time.Minute })
	if err != nil {
		return nil, err
	}
	defer server.Stop()
	proxy, err := rig.NewProxy(hostOf(server.Base))
	if err != nil {
		return nil, err
	}
	defer proxy.Close()
	s := &script{ctx: ctx, env: e, place: place, server: server}
	defer s.leave()
	a, err := s.sitAt(0, proxy.Base())
	if err != nil {
		return nil, err
	}
	proxy.Set(rig.Weather{DropUp: true, DropDown: true})
	silent := time.Now()
	conv, err := s.customer(rig.AssetKey) // is offered to the only one there
	if err != nil {
		return nil, err
	}
	b, err := s.sit(1)
	if err != nil {
		return nil, err
	}
	if _, err := b.card("request", conv); err != nil {
		return nil, err
	}
	noticed := time.Since(silent)
	if err := b.take(conv); err != nil {
		return nil, err
	}
	proxy.Set(rig.Weather{})
	proxy.Reset()
	a.stop()
	back, err := s.sitAt(0, proxy.Base())
	if err != nil {
		return nil, err
	}
	missed := len(back.cards)
	return []row{{
		size: "an agent's connection dies silently", figure: fmt.Sprintf("somebody else was asked after %.1f s; back with %d requests", noticed.Seconds(), missed),
		target: "≤ 8 s, fails above 10 s; 0", ok: noticed <= 10*time.Second && missed == 0,
	}}, nil
}

// flood: everything one address can send, with the limits that ship, while
// customers at another go on writing.
func flood(ctx context.Context, e *env, dir string) ([]row, error) {
	place, err := rig.Prepare(ctx, dir, 1, patient)
	if err != nil {
		return nil, err
	}
	server, err := rig.Start(ctx, e.binary, place) // nothing lifted
	if err != nil {
		return nil, err
	}
	defer server.Stop()
	others, err := newTalkers(ctx, server, 5)
	if err != nil {
		return nil, err
	}
	calm, err := others.talk(ctx, 2*time.Second)
	if err != nil {
		return nil, err
	}
	bad, stop := context.WithCancel(ctx)
	attack := &attack{address: hostOf(server.Base), from: "127.0.0.2"}
	attack.begin(bad)
	busy, err := others.talk(ctx, time.Duration(e.size(5, 30))*time.Second)
	stop()
	attack.wait.Wait()
	if err != nil {
		return nil, err
	}
	dump, err := check.ReadSQLite(place.Database())
	if err != nil {
		return nil, err
	}
	ready := server.IsReady()
	return []row{{
		size:   fmt.Sprintf("%d requests, %d sockets, %d frames", attack.requests.Load(), attack.sockets.Load(), attack.frames.Load()),
		figure: fmt.Sprintf("others answered: slowest %s (before %s), errors %d; conversations it got %d; ready %t", ms(busy.slowest), ms(calm.slowest), busy.errors, len(dump.Conversations)-5, ready),
		target: "≤ 1 s, 0; ≤ 30 and 1 every 2 s", ok: busy.slowest <= time.Second && busy.errors == 0 && busy.n > 20 && ready && attack.requests.Load() > 100 && len(dump.Conversations)-5 <= 60,
	}}, nil
}

// alone is a server with nobody at it yet.
func alone(ctx context.Context, e *env, dir string, agents int, change func(*org.Settings)) (*rig.Place, *rig.Server, error) {
	place, err := rig.Prepare(ctx, dir, agents, change)
	if err != nil {
		return nil, nil, err
	}
	server, err := rig.Start(ctx, e.binary, place, rig.Lifted...)
	return place, server, err
}

func hostOf(base string) string { return strings.TrimPrefix(base, "http://") }
