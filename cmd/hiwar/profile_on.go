//go:build profile

package main

import (
	"net/http"
	"net/http/pprof"
	"runtime"
)

// profiles puts the runtime's own measurements beside the figures, in a
// program that was built to be measured ("./dev bench --profile").
func profiles(mux *http.ServeMux) {
	runtime.SetMutexProfileFraction(20)
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
}
