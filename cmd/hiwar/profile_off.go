//go:build !profile

package main

import "net/http"

// profiles are not in what ships: what they show holds what people wrote.
func profiles(*http.ServeMux) {}
