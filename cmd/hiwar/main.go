// Command hiwar is the whole product in one binary: the server, the demo, and
// the tools of whoever runs it. It only plugs the packages together.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // organizations name their time zones; not every system knows them
)

const usage = `Hiwar, a contact centre for live chat.

  hiwar serve        run the server
  hiwar demo         run it with a sample organization and simulated customers
  hiwar setup-link   print a one-time link for the first administrator
  hiwar invite       print a one-time link by which somebody chooses a password
  hiwar reset-step   take somebody's second step of signing in away
  hiwar org          make another organization ("org create"), or list them ("org list")
  hiwar config       a configuration as a file: "config export", "config plan" and "config apply"
  hiwar migrate      bring the database to this version; "migrate status" shows it
  hiwar backup       copy the database to a file, also while the server runs
  hiwar copy         copy the database of a folder to PostgreSQL, and compare
  hiwar restore      make such a file the database of a new server
  hiwar take-bucket  make the bucket of attachments this server's, whosever it was
  hiwar doctor       check the settings, the database and its books
  hiwar audit        check the record of who did what ("audit verify"), or print it ("audit export")
  hiwar person       find, export or erase what is kept of a customer ("person erase CUSTOMER")
  hiwar simulate     run a day that a file describes through the routing
  hiwar openapi      print the API's description
  hiwar version      print the version

"hiwar COMMAND -h" lists the options. Every option can also be set in the
environment (HIWAR_LISTEN for --listen) or in a file (--config).
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	p := program{out: os.Stdout, err: os.Stderr, env: os.Environ()}
	os.Exit(p.run(ctx, os.Args[1:]))
}

// program is the command with its surroundings, so that tests can have others.
type program struct {
	out, err io.Writer
	env      []string
}

// run carries a command line out and returns the exit code: 0 done, 1 failed,
// 2 not understood.
func (p program) run(ctx context.Context, args []string) int {
	if len(args) == 0 {
		fmt.Fprint(p.err, usage)
		return 2
	}
	commands := map[string]func(context.Context, []string) error{
		"serve": p.serve, "demo": p.demo, "setup-link": p.setupLink, "invite": p.invite, "reset-step": p.resetStep, "org": p.orgs, "config": p.configuration, "migrate": p.migrate,
		"backup": p.backup, "restore": p.restore, "copy": p.copyDatabase, "take-bucket": p.takeBucket, "doctor": p.doctor, "audit": p.audit, "person": p.person, "simulate": p.simulate, "openapi": p.openapi, "version": p.version,
	}
	command, ok := commands[args[0]]
	if !ok {
		code := 2
		if args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
			code = 0
		} else {
			fmt.Fprintf(p.err, "hiwar: there is no command %q\n\n", args[0])
		}
		fmt.Fprint(p.err, usage)
		return code
	}
	err := command(ctx, args[1:])
	if err == nil {
		return 0
	}
	var wrong misuse
	if !errors.As(err, &wrong) {
		fmt.Fprintln(p.err, "hiwar:", err)
		return 1
	}
	if wrong.error != nil {
		fmt.Fprintln(p.err, "hiwar:", wrong.error)
	}
	return 2
}

// misuse is a command line that was not understood; nil inside if the reader
// was told already.
type misuse struct{ error }

func (p program) version(context.Context, []string) error {
	_, err := fmt.Fprintln(p.out, "hiwar", version())
	return err
}

// version is the module's, or the commit's it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return info.Main.Version
}
