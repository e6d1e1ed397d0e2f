// Package rest is the HTTP API: it decodes, authenticates and encodes. What a
// command does and who may do it is the engine's, so that a request over a
// socket and over HTTP get one answer.
//
// Operations are written once, as Go types and functions; the OpenAPI document
// (api/openapi.yaml) is made from them by huma, which stays in this package.
// Bodies are read by package wire instead, strictly, and every refusal leaves
// as a [Problem] in the caller's language.
package rest
