package ws

import (
	"encoding/json"
	"log/slog"
	"testing"

	"hiwar/internal/locale"
	"hiwar/internal/problem"
)

// Whatever a frame holds, the server does not panic, answers in JSON, and
// names a code that is not a fault of its own.
func FuzzFrame(f *testing.F) {
	for _, seed := range []string{
		`{"type":"hello","ticket":"agent"}`, `{"type":"hello","visitor_token":"customer","embed_token":"x"}`,
		`{"type":"sub","topic":"conv/conv_1"}`, `{"type":"sub","topic":"conv/conv_1","since":0}`, `{"type":"sub","topic":"agent/","since":-5}`,
		`{"type":"unsub","topic":"x"}`, `{"type":"send","command_id":"c1","conversation":"conv_1","text":"a"}`,
		`{"type":"note","command_id":"c1","conversation":"conv_1","text":"a"}`, `{"type":"received","delivered":1,"seen":2}`,
		`{"type":"typing","on":true}`, `{"type":"confirm","offer":1}`, `{"type":"accept","command_id":"c","offer":1}`,
		`{"type":"presence","command_id":"c","presence":"idle","idle_reason":""}`, `{"type":"beat"}`, `{"type":"base"}`, `abc`, "\xff", `[]`, `{}`,
	} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	f.Fuzz(func(t *testing.T, frame []byte, staff bool) {
		fake := newCenter()
		s := New(Config{Engine: fake, Bus: fake, Door: &door{}, Log: slog.New(slog.DiscardHandler)})
		p := newPipe()
		c := newClient(s, p, locale.Arabic)
		hello := `{"type":"hello","visitor_token":"customer"}`
		if staff {
			hello = `{"type":"hello","ticket":"agent"}`
		}
		c.helloTime = never()
		c.handle([]byte(hello))
		c.handle(frame)
		c.leave()
		s.presence.stop()
		s.running.Wait()
		close(p.out)
		for written := range p.out {
			var answer struct {
				Type string
				Code problem.Code
			}
			if err := json.Unmarshal(written, &answer); err != nil || answer.Type == "" {
				t.Fatalf("%q: answered %q: %v", frame, written, err)
			}
			if answer.Type == "error" && answer.Code.Status() >= 500 {
				t.Fatalf("%q: answered %q", frame, written)
			}
		}
		if s.counts.panics.Load() != 0 {
			t.Fatalf("%q: panicked", frame)
		}
	})
}
