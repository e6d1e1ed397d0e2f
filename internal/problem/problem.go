// Package problem holds the one error type that reaches callers.
//
// A problem has a stable code that programs branch on, a status that follows
// from the code, and parameters. The sentence that people read is made at the
// edge, in the caller's language, from the code and the parameters (package
// locale); nothing inside ever writes prose for a stranger. Errors that are
// not problems are faults of ours and leave as code "internal" without detail.
package problem

import (
	"errors"
	"fmt"
	"sort"
	"strings"
)

// Problem is a refusal that the caller can understand and act upon.
type Problem struct {
	Code   Code
	Params map[string]any // names as in the catalogue's sentence: count, max, field, position …
	cause  error
}

// New makes a problem; params are name, value, name, value …
func New(code Code, params ...any) *Problem {
	p := &Problem{Code: code}
	for i := 0; i+1 < len(params); i += 2 {
		if p.Params == nil {
			p.Params = map[string]any{}
		}
		p.Params[params[i].(string)] = params[i+1]
	}
	return p
}

// Because keeps the cause for logs and errors.Is; callers never see it.
func (p *Problem) Because(err error) *Problem { c := *p; c.cause = err; return &c }

// Error is for logs, in a stable order.
func (p *Problem) Error() string {
	var b strings.Builder
	b.WriteString(string(p.Code))
	names := make([]string, 0, len(p.Params))
	for n := range p.Params {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		fmt.Fprintf(&b, " %s=%v", n, p.Params[n])
	}
	if p.cause != nil {
		fmt.Fprintf(&b, ": %v", p.cause)
	}
	return b.String()
}

// Unwrap gives the cause.
func (p *Problem) Unwrap() error { return p.cause }

// Is makes errors.Is(err, problem.New(code)) compare codes.
func (p *Problem) Is(target error) bool {
	t, ok := target.(*Problem)
	return ok && t.Code == p.Code
}

// CodeOf is the code of the problem in err's chain, or Internal.
func CodeOf(err error) Code {
	var p *Problem
	if errors.As(err, &p) {
		return p.Code
	}
	return Internal
}

// Of is the problem in err's chain, or a bare Internal one.
func Of(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	return New(Internal).Because(err)
}
