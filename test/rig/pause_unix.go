//go:build unix

package rig

import "syscall"

// Pause has the process stand still, as a machine that hangs does, until
// [Server.Continue].
func (s *Server) Pause() { _ = s.run.Process.Signal(syscall.SIGSTOP) }

// Continue lets a process go on that stands still.
func (s *Server) Continue() { _ = s.run.Process.Signal(syscall.SIGCONT) }
