package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/rest"
	"hiwar/internal/telemetry"
)

// person finds, exports or erases what is kept of a customer, where no server
// runs: one that does has some of it in memory, and its console does the same.
func (p program) person(ctx context.Context, args []string) error {
	usage := misuse{errors.New(`say "hiwar person find ADDRESS", "hiwar person export CUSTOMER FILE" or "hiwar person erase CUSTOMER"`)}
	if len(args) == 0 {
		return usage
	}
	c, rest, err := p.configure("person", args[1:])
	if err != nil {
		return err
	}
	acts := map[string]struct {
		words int
		do    func(*offline, []string) error
	}{"find": {1, (*offline).find}, "export": {2, (*offline).export}, "erase": {1, (*offline).erase}}
	act, known := acts[args[0]]
	if !known || len(rest) != act.words {
		return usage
	}
	log, err := telemetry.Logger(p.err, c.LogLevel, c.LogFormat)
	if err != nil {
		return misuse{err}
	}
	c.Listen = "127.0.0.1:0" // nobody is answered
	s, err := open(ctx, c, log)
	if err != nil {
		return err
	}
	defer s.close()
	s.assemble(nil)
	running, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- s.engine.Run(running) }()
	select {
	case <-s.engine.Ready():
		err = explained(act.do(&offline{ctx, s, p.out}, rest))
	case early := <-ended:
		stop()
		return early
	}
	stop()
	return errors.Join(err, <-ended)
}

// offline is the engine without anybody who asks it but the command.
type offline struct {
	ctx context.Context
	*server
	out io.Writer
}

// found is a person as a line of JSON.
type found struct {
	Org           id.Org      `json:"org"`
	Customer      id.Customer `json:"customer"`
	Name          string      `json:"name,omitempty"`
	Email         string      `json:"email,omitempty"`
	Phone         string      `json:"phone,omitempty"`
	Conversations int         `json:"conversations"`
	Files         int         `json:"files"`
}

// each asks every organization, as a command on the server.
func (o *offline) each(do func(access.Actor) error) error {
	floors, err := o.db.Floors(o.ctx)
	if err != nil {
		return err
	}
	for _, f := range floors {
		if err := do(access.Actor{Kind: access.System, Org: f.Config.Organization.ID}); err != nil {
			return err
		}
	}
	return nil
}

func (o *offline) find(words []string) error {
	lines := json.NewEncoder(o.out)
	return o.each(func(a access.Actor) error {
		people, err := o.engine.FindPeople(o.ctx, a, words[0])
		for _, p := range people {
			err = errors.Join(err, lines.Encode(found{a.Org, p.Customer, p.Name, p.Email, p.Phone, p.Kept(), len(p.Files)}))
		}
		return err
	})
}

// of does something with the customer, in whichever organization has them.
func (o *offline) of(customer string, do func(access.Actor, id.Customer) error) error {
	there := false
	err := o.each(func(a access.Actor) error {
		err := do(a, id.Customer(customer))
		if err != nil && problem.CodeOf(err) == problem.NotFound {
			return nil
		}
		there = true
		return err
	})
	if err == nil && !there {
		return fmt.Errorf("nothing is kept of %s", customer)
	}
	return err
}

func (o *offline) export(words []string) error {
	// Before it is recorded that something was taken away.
	if _, err := os.Lstat(words[1]); err == nil {
		return fmt.Errorf("%s: %w", words[1], fs.ErrExist)
	}
	return o.of(words[0], func(a access.Actor, c id.Customer) error {
		f, err := o.engine.ExportPerson(o.ctx, a, c)
		if err != nil {
			return err
		}
		file, err := os.OpenFile(words[1], os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		buffer := bufio.NewWriter(file)
		err = rest.WritePerson(buffer, f, func(blob string) (io.ReadCloser, error) { return o.blobs.Read(o.ctx, blob) })
		if err := errors.Join(err, buffer.Flush(), file.Sync(), file.Close()); err != nil {
			return errors.Join(err, os.Remove(words[1])) // half of it is none
		}
		return nil
	})
}

func (o *offline) erase(words []string) error {
	return o.of(words[0], func(a access.Actor, c id.Customer) error {
		done, err := o.engine.ErasePerson(o.ctx, a, c, "")
		for _, b := range done.Blobs {
			err = errors.Join(err, o.blobs.Remove(o.ctx, b))
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(o.out, "erased: %d conversations, %d files\n", done.Conversations, len(done.Blobs))
		return err
	})
}
