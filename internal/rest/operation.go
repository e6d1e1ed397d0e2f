package rest

import (
	"context"
	"crypto/rand"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/wire"
)

// who may call an operation at all; what they may do with it is the engine's
// to say.
type who int

const (
	anybody who = iota
	staff
	customers
	participants // staff or the customer
)

// operation is one operation of the API.
type operation struct {
	id      string
	method  string
	path    string
	tag     string
	who     who
	summary string
	status  int // 0: 200, or 204 if there is no answer
}

// Command is the header of a request that changes something.
type Command struct {
	CommandID string `header:"Idempotency-Key" doc:"The command's id: 1 to 64 printable ASCII characters without spaces. Repeating a request with its id has one effect and gets the same answer. Required for POST."`
}

// InConversation is the parameter of a path below a conversation.
type InConversation struct {
	ID id.Conversation `path:"id" doc:"the conversation"`
}

// Nothing is an input or output with nothing in it.
type Nothing struct{}

// Answer is an output with a body.
type Answer[T any] struct{ Body T }

// Stored is the answer to a command: it is on disk.
type Stored = Answer[engine.Reply]

// add registers an operation and the function that does it. The function is
// called with a caller of the right kind and a body that could be read.
func add[I, O any](a *API, o operation, do func(ctx context.Context, c *call, in *I) (*O, error)) {
	op := huma.Operation{
		OperationID: o.id, Method: o.method, Path: o.path, Summary: o.summary, Tags: []string{o.tag},
		DefaultStatus: o.status, SkipValidateBody: true, MaxBodyBytes: -1,
		Security: security(o.who), Middlewares: huma.Middlewares{a.admission(o)},
	}
	if o.status == 0 && reflect.TypeFor[O]() == reflect.TypeFor[Nothing]() {
		op.DefaultStatus = http.StatusNoContent
	}
	body, hasBody := reflect.TypeFor[I]().FieldByName("Body")
	huma.Register(a.huma, op, func(ctx context.Context, in *I) (*O, error) {
		if hasBody {
			read := reflect.ValueOf(in).Elem().FieldByIndex(body.Index).Addr().Interface().(interface{ failed() error })
			if err := read.failed(); err != nil {
				return nil, problemFor(ctx, err)
			}
		}
		out, err := do(ctx, callOf(ctx), in)
		if err != nil {
			return nil, a.failed(ctx, err)
		}
		return out, nil
	})
}

// failed makes a refusal of an error, and a note in the log of one of ours.
func (a *API) failed(ctx context.Context, err error) error {
	p := problemFor(ctx, err)
	if p.Status >= http.StatusInternalServerError {
		a.log.ErrorContext(ctx, "request failed", "request_id", p.RequestID, "route", callOf(ctx).route, "error", err)
	}
	return p
}

// admission finds out who calls, before anything else of the request is
// looked at.
func (a *API) admission(o operation) func(huma.Context, func(huma.Context)) {
	return func(hc huma.Context, next func(huma.Context)) {
		ctx := hc.Context()
		c := callOf(ctx)
		c.route = o.path
		if err := a.admit(ctx, c, o); err != nil {
			if problem.CodeOf(err) == problem.Internal {
				a.log.ErrorContext(ctx, "caller could not be identified", "request_id", c.id, "error", err)
			}
			refuse(c.writer, c.request, err)
			return
		}
		next(hc)
	}
}

func (a *API) admit(ctx context.Context, c *call, o operation) error {
	if o.who == anybody {
		return a.mayAsk(c)
	}
	err := a.identify(ctx, c)
	if c.actor.Kind != access.Staff { // whoever only says so counts too
		if err := a.mayAsk(c); err != nil {
			return err
		}
	}
	c.limited = stepMissing(err)
	if err != nil && !(c.limited && enrolling[o.id]) {
		return err
	}
	switch {
	case o.who == staff && c.actor.Kind != access.Staff, o.who == customers && c.actor.Kind != access.Customer:
		return problem.New(problem.Forbidden)
	}
	return a.permitted(c, o)
}

// mayAsk slows down an address that asks for more than people behind one do.
func (a *API) mayAsk(c *call) error { return tooOften(a.requests.Wait(c.address)) }

// do sends a command to the engine, as the caller, with the request's id.
func (a *API) do(ctx context.Context, c *call, head Command, command engine.Command) (*Stored, error) {
	key, err := head.id(c.request.Method)
	if err != nil {
		return nil, err
	}
	reply, err := a.engine.Do(ctx, engine.Request{Actor: c.actor, CommandID: key, Command: command})
	if err != nil {
		a.counts.refused.Add(1)
		return nil, err
	}
	a.counts.acks.Add(1)
	return &Stored{reply}, nil
}

// id is the command's id. PUT and DELETE mean the same however often they are
// sent, so one is made for who sends none.
func (h Command) id(method string) (string, error) {
	if h.CommandID == "" && method != http.MethodPost {
		return rand.Text(), nil
	}
	if h.CommandID == "" {
		return "", problem.New(problem.ClientMsgIDMissing, "field", "Idempotency-Key", "max", wire.MaxID)
	}
	if !wire.ValidID(h.CommandID) {
		return "", problem.New(problem.ClientMsgIDFormat, "field", "Idempotency-Key", "max", wire.MaxID)
	}
	return h.CommandID, nil
}
