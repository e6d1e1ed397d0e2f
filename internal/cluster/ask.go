package cluster

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"time"

	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
)

// answerWithin bounds how long a question looks for whoever has the
// organization, and waits for the answer.
const answerWithin = 10 * time.Second

// lostAfter is how long an answer is waited for, where asking twice is harmless:
// what the bus lost costs this much.
const lostAfter = 2 * time.Second

// askAgain is how long a question waits that nobody could answer, if nothing
// changes hands earlier.
const askAgain = 100 * time.Millisecond

// question is what goes to another node. Members that a node does not know it
// ignores; a call that it does not know it refuses.
type question struct {
	Call string            `json:"call"`
	From string            `json:"from"`
	Org  id.Org            `json:"org"`
	In   []json.RawMessage `json:"in"`
}

type reply struct {
	Out     []json.RawMessage `json:"out,omitempty"`
	Problem *refusal          `json:"problem,omitempty"`
	// Elsewhere: the node does not have the organization, and did nothing.
	Elsewhere bool `json:"elsewhere,omitempty"`
}

type refusal struct {
	Code   problem.Code    `json:"code"`
	Params json.RawMessage `json:"params,omitempty"`
}

// errNoAnswer: it is not known whether the question was heard.
var errNoAnswer = errors.New("the node that has the organization did not answer")

// ask has a question answered by whoever has the organization: here, or at
// another node. What is not to be done twice is not asked again once it may
// have been heard.
func ask[T any](ctx context.Context, n *Node, o id.Org, again bool, here func() (T, error), call string, in ...any) (v T, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	var sent []json.RawMessage
	for {
		n.mu.Lock()
		own, changed := n.owners[o], n.changed
		n.mu.Unlock()
		switch {
		case own.node == n.name || own.node == "":
			if v, err = here(); !errors.Is(err, engine.ErrElsewhere) {
				return v, err
			}
		default:
			if sent == nil {
				if sent, err = all(in); err != nil {
					return v, problem.New(problem.Internal).Because(err)
				}
			}
			wait := answerWithin
			if again {
				wait = lostAfter
			}
			err = n.there(ctx, own.node, wait, question{Call: call, From: n.name, Org: o, In: sent}, changed, &v)
			if !errors.Is(err, engine.ErrElsewhere) && (!again || !errors.Is(err, errNoAnswer)) {
				return v, err
			}
		}
		n.soon()
		select {
		case <-changed:
		case <-time.After(askAgain):
		case <-ctx.Done():
			return v, problem.New(problem.Unavailable).Because(fmt.Errorf("%w: %w", errNobody, err))
		}
	}
}

func all(in []any) ([]json.RawMessage, error) {
	sent := make([]json.RawMessage, len(in))
	for i, x := range in {
		var err error
		if sent[i], err = encoded(x); err != nil {
			return nil, err
		}
	}
	return sent, nil
}

// there asks another node, until it answers or has the organization no more.
func (n *Node) there(ctx context.Context, node string, wait time.Duration, q question, changed <-chan struct{}, out any) error {
	n.counts.forwarded.Add(1)
	body, err := json.Marshal(q)
	if err != nil {
		return problem.New(problem.Internal).Because(err)
	}
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	type answered struct {
		body []byte
		err  error
	}
	got := make(chan answered, 1)
	go func() {
		b, err := n.link.Ask(ctx, node, body)
		got <- answered{b, err}
	}()
	for {
		select {
		case a := <-got:
			if a.err != nil {
				n.counts.failed.Add(1)
				if notSent(a.err) {
					return unavailable(engine.ErrElsewhere)
				}
				return unavailable(fmt.Errorf("%w: %w", errNoAnswer, a.err))
			}
			return understood(a.body, out)
		case <-changed:
			n.mu.Lock()
			now := n.owners[q.Org]
			changed = n.changed
			n.mu.Unlock()
			if now.node != node {
				n.counts.failed.Add(1)
				return unavailable(errNoAnswer)
			}
		}
	}
}

// notSent reports whether the link says that nobody heard it.
func notSent(err error) bool {
	var e interface{ NotSent() bool }
	return errors.As(err, &e) && e.NotSent()
}

func unavailable(err error) error { return problem.New(problem.Unavailable).Because(err) }

// understood reads an answer into out: a struct of several results, or one.
func understood(body []byte, out any) error {
	var r reply
	if err := json.Unmarshal(body, &r); err != nil {
		return problem.New(problem.Internal).Because(err)
	}
	// What was read before a refusal is read all the same.
	v := reflect.ValueOf(out).Elem()
	for i, b := range r.Out {
		into := v
		if many, ok := out.(several); ok {
			into = reflect.ValueOf(many.parts()[i]).Elem()
		}
		if err := decode(b, into); err != nil {
			return problem.New(problem.Internal).Because(err)
		}
	}
	switch {
	case r.Elsewhere:
		return unavailable(engine.ErrElsewhere)
	case r.Problem != nil:
		return r.Problem.problem()
	}
	return nil
}

// several is a pair of results.
type several interface{ parts() []any }

type pair[A, B any] struct {
	a A
	b B
}

func (p *pair[A, B]) parts() []any { return []any{&p.a, &p.b} }

func refused(err error) *refusal {
	if err == nil {
		return nil
	}
	p := problem.Of(err)
	params, err := json.Marshal(p.Params)
	if err != nil {
		params = nil
	}
	return &refusal{p.Code, params}
}

// err is nil if there was none.
func (r *refusal) err() error {
	if r == nil {
		return nil
	}
	return r.problem()
}

func (r *refusal) problem() error {
	p := problem.New(r.Code)
	if len(r.Params) == 0 || string(r.Params) == "null" {
		return p
	}
	if err := json.Unmarshal(r.Params, &p.Params); err != nil {
		return problem.New(problem.Internal).Because(err)
	}
	for name, v := range p.Params {
		if f, ok := v.(float64); ok && f == float64(int(f)) {
			p.Params[name] = int(f)
		}
	}
	return p
}

// answer answers what another node asks. What nodes ask to have done is begun
// in the order in which they ask it.
func (n *Node) answer(body []byte, back func([]byte)) {
	n.counts.answered.Add(1)
	var q question
	if err := json.Unmarshal(body, &q); err != nil {
		back(sent(nil, problem.New(problem.Internal).Because(err)))
		return
	}
	switch q.Call {
	case "Do":
		var r engine.Request
		if err := one(q, &r); err != nil {
			back(sent(nil, err))
			return
		}
		n.engine.Submit(r, func(r engine.Reply, err error) { back(sent([]any{r}, err)) })
	case "Series":
		var requests []engine.Request
		if err := one(q, &requests); err != nil || len(requests) == 0 {
			back(sent(nil, errors.Join(err, problem.New(problem.Internal))))
			return
		}
		n.submitSeries(q.Org, requests, func(done []outcome) {
			done, err := oneAtLeast(done)
			back(sent([]any{done}, err))
		})
	case "There":
		var words []word
		if err := one(q, &words); err != nil {
			back(sent(nil, err))
			return
		}
		go func() { back(sent(nil, n.evidence.hear(context.Background(), q.From, q.Org, words))) }()
	default:
		go func() { back(n.call(q)) }()
	}
}

func one(q question, into any) error {
	if len(q.In) != 1 {
		return problem.New(problem.Internal).Because(fmt.Errorf("%s of %d", q.Call, len(q.In)))
	}
	if err := decoded(q.In[0], into); err != nil {
		return problem.New(problem.Internal).Because(err)
	}
	return nil
}

// call has the engine answer by one of the methods that may be asked for.
func (n *Node) call(q question) []byte {
	if _, may := reflect.TypeFor[Asked]().MethodByName(q.Call); !may {
		return sent(nil, unavailable(fmt.Errorf("nobody may ask for %q", q.Call)))
	}
	method := reflect.ValueOf(Asked(n.engine)).MethodByName(q.Call)
	ctx, cancel := context.WithTimeout(context.Background(), answerWithin)
	defer cancel()
	in := []reflect.Value{reflect.ValueOf(ctx)}
	for i := 1; i < method.Type().NumIn(); i++ {
		v := reflect.New(method.Type().In(i)).Elem()
		if i <= len(q.In) {
			if err := decode(q.In[i-1], v); err != nil {
				return sent(nil, problem.New(problem.Internal).Because(err))
			}
		}
		in = append(in, v)
	}
	results := method.Call(in)
	last := len(results) - 1
	err, _ := results[last].Interface().(error)
	var out []any
	for _, r := range results[:last] {
		out = append(out, r.Interface())
	}
	return sent(out, err)
}

// sent is an answer as it goes back.
func sent(out []any, err error) []byte {
	r := reply{Elsewhere: errors.Is(err, engine.ErrElsewhere), Problem: refused(err)}
	parts, broken := all(out)
	if broken != nil {
		r = reply{Problem: refused(broken)}
	} else {
		r.Out = parts
	}
	b, broken := json.Marshal(r)
	if broken != nil {
		b = []byte(`{"problem":{"code":"internal"}}`)
	}
	return b
}
