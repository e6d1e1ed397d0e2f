//go:build !unix

package rig

// Pause does nothing where processes cannot be made to stand still.
func (s *Server) Pause() {}

// Continue does nothing there either.
func (s *Server) Continue() {}
