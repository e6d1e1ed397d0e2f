package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"

	"hiwar/internal/simulation"
)

// simulate runs a day that a file describes through the real routing, in
// virtual time, and says how it went.
func (p program) simulate(_ context.Context, args []string) error {
	f := flag.NewFlagSet("hiwar simulate", flag.ContinueOnError)
	f.SetOutput(p.err)
	seed := f.Int64("seed", 0, "what chance does; 0 is the file's own")
	picture := f.String("svg", "", "a file to draw the day into")
	if err := f.Parse(args); err != nil {
		return misuse{}
	}
	if f.NArg() != 1 {
		return misuse{errors.New(`say "hiwar simulate [--seed N] [--svg FILE] FILE"`)}
	}
	text, err := os.ReadFile(f.Arg(0))
	if err != nil {
		return err
	}
	plan, err := simulation.Read(text)
	if err != nil {
		return fmt.Errorf("%s: %w", f.Arg(0), explained(err))
	}
	result, err := plan.Run(*seed)
	if err != nil {
		return err
	}
	if *picture != "" {
		if err := os.WriteFile(*picture, []byte(result.SVG()), 0o644); err != nil {
			return err
		}
	}
	_, err = fmt.Fprint(p.out, result.Table())
	return err
}
