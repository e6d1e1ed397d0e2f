package rest

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"hiwar/internal/locale"
	"hiwar/internal/problem"
)

// Problem is what a refused request is answered with (RFC 9457). Programs
// branch on Code; Detail is one sentence in the caller's language for people.
type Problem struct {
	Type      string         `json:"type" example:"about:blank" doc:"always about:blank; see code"`
	Title     string         `json:"title" example:"Unprocessable Entity"`
	Status    int            `json:"status" example:"422"`
	Code      string         `json:"code" example:"text_too_long" doc:"stable; what programs branch on"`
	Detail    string         `json:"detail" example:"1,001 of 1,000 characters. Please shorten the message." doc:"one sentence in the caller's language (Accept-Language)"`
	RequestID string         `json:"request_id" doc:"also in the header X-Request-Id and in the server's log"`
	Params    map[string]any `json:"params,omitempty" doc:"what the sentence is made of, by code"`
}

// Error makes a Problem an error, as huma wants it.
func (p *Problem) Error() string { return p.Code }

// GetStatus is the HTTP status, as huma asks for it.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is the one of problems.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// GetHeaders says when to come back.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if ms, ok := p.Params["retry_after_ms"].(int64); ok {
		h.Set("Retry-After", strconv.FormatInt(int64(math.Ceil(float64(ms)/1000)), 10))
	}
	return h
}

// problemFor says err in the language of the call.
func problemFor(ctx context.Context, err error) *Problem {
	p := problem.Of(err)
	status := p.Code.Status()
	return &Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Code: string(p.Code),
		Detail: locale.Sentence(langOf(ctx), string(p.Code), p.Params), RequestID: requestID(ctx), Params: p.Params,
	}
}

// refuse answers outside of huma's operations: in the layers around them.
func refuse(w http.ResponseWriter, r *http.Request, err error) {
	p := problemFor(r.Context(), err)
	h := w.Header()
	for name, values := range p.GetHeaders() {
		h[name] = values
	}
	h.Set("Content-Type", "application/problem+json")
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	json.NewEncoder(w).Encode(p)
}

// What huma itself refuses (a number in a path that is none, a limit out of
// range) leaves as a Problem too. The variable is huma's; it is set once, to
// the same for every API of the process.
func init() {
	huma.DefaultArrayNullable = false // lists are never null here
	huma.NewError = func(status int, msg string, errs ...error) huma.StatusError {
		return problemFor(context.Background(), humasProblem(status, errs))
	}
	huma.NewErrorWithContext = func(c huma.Context, status int, msg string, errs ...error) huma.StatusError {
		return problemFor(c.Context(), humasProblem(status, errs))
	}
}

func humasProblem(status int, errs []error) error {
	for _, err := range errs {
		var p *problem.Problem
		if errors.As(err, &p) {
			return p
		}
		var detail *huma.ErrorDetail
		if errors.As(err, &detail) {
			where := detail.Location
			return problem.New(problem.InvalidParameter, "parameter", where[strings.LastIndexByte(where, '.')+1:])
		}
	}
	if status == http.StatusBadRequest { // a body was needed and none came
		return problem.New(problem.BadJSON, "offset", 0)
	}
	return problem.New(problem.Internal).Because(errors.Join(errs...))
}
