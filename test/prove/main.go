// Command prove tries to break what we promise: nothing acknowledged is lost,
// nothing happens twice, everybody sees one order. It runs the real binary
// over loopback, or the real store on a disk that fails, and lets the
// independent checker (test/check) judge. It prints one table and fails if a
// promise was broken, or if a rare state that the runs exist for was never
// reached.
//
//	prove                 every run, long
//	prove --short         every run, as "./dev test" does it
//	prove kill slow       only these runs
//	prove --planted       put each known fault into the code and see it caught
//
// It starts its own processes in temporary folders, ends them by their number,
// and every loop is bounded. docs/proof.md says what each run proves.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"
)

// env is what every run is given.
type env struct {
	binary string
	short  bool
	seed   uint64
	rare   *sometimes
}

// size is the short or the long one.
func (e *env) size(short, long int) int {
	if e.short {
		return short
	}
	return long
}

// row is a line of the table.
type row struct {
	run, size, figure, target string
	ok                        bool
}

// run is one way of trying.
type run struct {
	name  string
	limit time.Duration // when it is given up
	do    func(ctx context.Context, e *env, dir string) ([]row, error)
	rare  []string // states that it must reach, or it has not tried what it says
}

var runs = []run{
	{"simulate", 40 * time.Minute, simulated, nil},
	{"machines", 40 * time.Minute, machines, nil},
	{"days", 40 * time.Minute, days, nil},
	{"differential", 30 * time.Minute, differential, nil},
	{"several", 60 * time.Minute, several, []string{resumeElsewhere, staleEpoch}},
	{"kill", 15 * time.Minute, kill, []string{lostAck, crashMidCommit, ackBeforeTold, staleWrite}},
	{"power", 30 * time.Minute, power, nil},
	{"disk", 10 * time.Minute, disk, []string{diskFull}},
	{"lag", 5 * time.Minute, lag, nil},
	{"backup", 10 * time.Minute, backup, nil},
	{"network", 10 * time.Minute, network, nil},
	{"storm", 5 * time.Minute, storm, nil},
	{"resume", 5 * time.Minute, resume, []string{resumeOlder}},
	{"slow", 5 * time.Minute, slow, nil},
	{"reconnect", 5 * time.Minute, reconnect, nil},
	{"restart", 5 * time.Minute, restart, nil},
	{"fuzz", 40 * time.Minute, fuzz, nil},
	{"rare", 5 * time.Minute, scripted, []string{acceptAtLimit, targetLeaves, twoAccept, lastLeaves, wrapUpRestart, ownerLeaves}},
}

func main() {
	e := &env{rare: newSometimes()}
	flag.StringVar(&e.binary, "binary", "bin/hiwar", "the program to try")
	flag.BoolVar(&e.short, "short", false, "the sizes of ./dev test")
	flag.Uint64Var(&e.seed, "seed", 1, "of what is left to chance")
	plantedToo := flag.Bool("planted", false, "put known faults into the code and see each caught; names choose some")
	counts := flag.String("counts", "", "a file for \"passed failed skipped\"")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if *plantedToo {
		if _, missed := planted(ctx, e, flag.Args()); missed > 0 {
			os.Exit(1)
		}
		return
	}
	wanted, err := choose(flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "prove:", err)
		os.Exit(2)
	}
	passed, failed := prove(ctx, e, wanted)
	if *counts != "" {
		if err := os.WriteFile(*counts, fmt.Appendf(nil, "%d %d 0\n", passed, failed), 0o600); err != nil {
			fmt.Fprintln(os.Stderr, "prove:", err)
			failed++
		}
	}
	if failed > 0 {
		os.Exit(1)
	}
}

func choose(names []string) ([]run, error) {
	if len(names) == 0 {
		return runs, nil
	}
	var out []run
	for _, name := range names {
		i := slices.IndexFunc(runs, func(r run) bool { return r.name == name })
		if i < 0 {
			var known []string
			for _, r := range runs {
				known = append(known, r.name)
			}
			return nil, fmt.Errorf("there is no run %s; there are %s", name, strings.Join(known, ", "))
		}
		out = append(out, runs[i])
	}
	return out, nil
}

// prove does the runs one after another and prints the table as it grows.
func prove(ctx context.Context, e *env, wanted []run) (passed, failed int) {
	fmt.Printf("seed %d\n", e.seed)
	printRow(row{run: "run", size: "size", figure: "figure", target: "target"}, "verdict")
	show := func(rows []row) {
		for _, line := range rows {
			if line.ok {
				passed++
			} else {
				failed++
			}
			printRow(line, verdict(line.ok))
		}
	}
	for _, r := range wanted {
		rows, err := once(ctx, e, r)
		show(rows)
		if err != nil {
			show([]row{{run: r.name, figure: err.Error()}})
		}
	}
	show(rareRows(e, wanted))
	return passed, failed
}

func once(ctx context.Context, e *env, r run) (rows []row, err error) {
	dir, err := os.MkdirTemp("", "hiwar-prove-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if err == nil && !slices.ContainsFunc(rows, func(l row) bool { return !l.ok }) {
			err = os.RemoveAll(dir)
			return
		}
		fmt.Fprintf(os.Stderr, "%s: what it left is in %s\n", r.name, dir)
	}()
	began := time.Now()
	ctx, cancel := context.WithTimeoutCause(ctx, r.limit, errors.New("the run took too long"))
	defer cancel()
	rows, err = r.do(ctx, e, dir)
	for i := range rows {
		rows[i].run = r.name
	}
	fmt.Fprintf(os.Stderr, "%s took %s\n", r.name, time.Since(began).Round(100*time.Millisecond))
	return rows, err
}

func printRow(r row, verdict string) {
	fmt.Printf("%-10s %-34s %-72s %-26s %s\n", r.run, r.size, r.figure, r.target, verdict)
}

func verdict(ok bool) string {
	if ok {
		return "ok"
	}
	return "FAILED"
}

// rareRows are the states that the runs had to reach.
func rareRows(e *env, wanted []run) (rows []row) {
	n := e.rare.counts()
	for _, r := range wanted {
		for _, state := range r.rare {
			line := row{run: "sometimes", size: state, figure: fmt.Sprint(n[state]), target: "> 0", ok: n[state] > 0}
			if e.short && state == ackBeforeTold { // a few microseconds wide: 15 kills may miss it, 100 do not
				line.target, line.ok = "> 0 in the long lane", true
			}
			rows = append(rows, line)
		}
	}
	return rows
}
