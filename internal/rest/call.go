package rest

import (
	"context"
	"net/http"

	"hiwar/internal/access"
	"hiwar/internal/locale"
)

// call is what is known of a request beside its parameters.
type call struct {
	request *http.Request
	writer  http.ResponseWriter
	id      string // for tracing only
	lang    locale.Lang
	address string // network address of the caller, what limits count by
	route   string // pattern, for the log

	actor   access.Actor
	limited bool           // to setting a second step up
	visitor access.Visitor // of a customer
}

type callKey struct{}

// callOf is the call of a request that came through this package's layers.
func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}

func langOf(ctx context.Context) locale.Lang {
	if c := callOf(ctx); c != nil {
		return c.lang
	}
	return locale.English
}

func requestID(ctx context.Context) string {
	if c := callOf(ctx); c != nil {
		return c.id
	}
	return ""
}
