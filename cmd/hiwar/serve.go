package main

import (
	"context"
	"fmt"

	"hiwar/internal/telemetry"
)

// serve runs the server until it is told to stop.
func (p program) serve(ctx context.Context, args []string) error {
	c, rest, err := p.configure("serve", args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return misuse{fmt.Errorf("serve takes no %q", rest[0])}
	}
	log, err := telemetry.Logger(p.err, c.LogLevel, c.LogFormat)
	if err != nil {
		return misuse{err}
	}
	s, err := open(ctx, c, log)
	if err != nil {
		return err
	}
	s.assemble(nil)
	if s.place.secure && c.URL == "" {
		log.Warn("people can sign in over TLS only: put a proxy with TLS in front and say its address with --url")
	}
	return s.run(ctx, func() error { return p.announce(ctx, s) })
}

// announce prints the one address to open: the set-up, while there is no
// administrator, else the desk.
func (p program) announce(ctx context.Context, s *server) error {
	link, open, err := s.login.SetupLink(ctx)
	if err != nil {
		return err
	}
	if open {
		_, err = fmt.Fprintf(p.out, "Set up Hiwar (the link works once, for 30 minutes):\n%s/setup#%s\n", s.place.base, link)
		return err
	}
	_, err = fmt.Fprintf(p.out, "Hiwar is ready:\n%s/desk\n", s.place.base)
	return err
}
