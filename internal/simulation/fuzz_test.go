package simulation

import (
	"errors"
	"os"
	"testing"

	"hiwar/internal/problem"
)

// Whatever stands in a plan, it is refused by its field, or the day runs to its
// end with all invariants of the floor.
func FuzzPlan(f *testing.F) {
	if guide, err := os.ReadFile("../../docs/guide/a-day.json"); err == nil {
		f.Add(guide)
	}
	f.Add([]byte(`{"from":"09:00","to":"09:10","rules":{"capacity":2,"ageing":"0s","no_agent_after":"10s"},
		"queues":[{"name":"q","teams":["t"],"arrivals":{"every":"10m","expected":[20]},"handling":{"shape":"exponential","mean":"30s"},"wrap_up":{"shape":"fixed","mean":"5s"},
			"patience":{"shape":"lognormal","mean":"20s","deviation":"9s"},"open":["09:01-09:08"],"on_close":"what_then","max_wait":"9s","max_waiting":3,"then":"leave_message","messages":{"percent":70}},
			{"name":"p","teams":["t"],"priority":9,"arrivals":{"every":"5m","expected":[4,4]},"handling":{"shape":"fixed","mean":"1m"},"max_wait":"20s","then":"queue","then_queue":"q"}],
		"staff":[{"team":"t","agents":3,"from":"09:02","to":"09:09","misses_percent":30,"returning":{"shape":"fixed","mean":"7s"},"breaks":[{"at":"09:04","for":"1m","waves":2}]}]}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		p, err := Read(in)
		var fault *Fault
		switch {
		case err == nil:
		case !errors.As(err, &fault) && problem.CodeOf(err) == problem.Internal:
			t.Fatalf("%q: %v names no field", in, err)
		default:
			return
		}
		people := 0
		for _, q := range p.Queues {
			for _, n := range q.Arrivals.Expected {
				people += n
			}
		}
		for _, s := range p.Staff {
			people += s.Agents
		}
		if people > 200 {
			return // as sound, and takes long
		}
		if _, err := p.Run(1); err != nil {
			t.Fatalf("%q: %v", in, err)
		}
	})
}
