package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"time"

	"hiwar/internal/access"
	"hiwar/internal/bus"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/routing"
	"hiwar/internal/store"
	"hiwar/test/check"
	"hiwar/test/rig"
)

// inside is the real engine on the real store, in this process, on a disk that
// can be made to fail. What is answered is written down with the moment of the
// disk at which it was.
type inside struct {
	db     *store.DB
	engine *engine.Engine
	moment func() int
	ended  chan error
	stop   context.CancelFunc

	mu    sync.Mutex
	acked []moment
	sent  []check.Record
}

// moment is an answer, and how much the disk had done when it was given.
type moment struct {
	disk   int
	sent   check.Record
	answer check.Record
	user   string
}

// shortJournal is so few pages that the journal is moved into the file many
// times in a run, and the disk fails in the midst of that too.
const shortJournal = 40

// openInside opens the database on a file system, makes the organization if
// there is none, and starts the engine.
func openInside(ctx context.Context, path, fileSystem string, agents int, at func() int) (*inside, error) {
	db, err := store.OpenOn(ctx, path, fileSystem, shortJournal)
	if err != nil {
		return nil, err
	}
	if _, err := db.Floor(ctx, rig.Org); problem.CodeOf(err) == problem.NotFound && err != nil {
		if err := db.CreateOrganization(ctx, rig.Config(agents, patient), nil, access.Digest{}, time.Now()); err != nil {
			return nil, err
		}
	}
	in := &inside{db: db, moment: at, ended: make(chan error, 1)}
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	in.engine = engine.New(engine.Options{Store: db, Reader: db, Bus: bus.New(), Log: quiet})
	var run context.Context
	run, in.stop = context.WithCancel(context.Background())
	go func() { in.ended <- in.engine.Run(run) }()
	select {
	case <-in.engine.Ready():
		return in, nil
	case err := <-in.ended:
		return nil, err
	}
}

// do sends a command and, once it is answered, writes the answer down.
func (in *inside) do(ctx context.Context, a access.Actor, r check.Record, c engine.Command) (engine.Reply, error) {
	r.Kind = check.Sent
	in.mu.Lock()
	in.sent = append(in.sent, r)
	in.mu.Unlock()
	reply, err := in.engine.Do(ctx, engine.Request{Actor: a, CommandID: r.ID, Command: c})
	if err == nil {
		m := moment{in.moment(), r, check.Record{
			Kind: check.Acked, ID: r.ID, Conversation: string(reply.Conversation), Seq: int64(reply.Seq), Part: int64(reply.Part), Duplicate: reply.Duplicate,
		}, string(a.User)}
		in.mu.Lock()
		in.acked = append(in.acked, m)
		in.mu.Unlock()
	}
	return reply, err
}

// journals are what had been answered up to a moment of the disk, as one
// client for each who sends.
func journals(acked []moment, until int) []check.Journal {
	byUser := map[string]check.Journal{}
	for _, m := range acked {
		if m.disk > until {
			continue
		}
		j := byUser[m.user]
		if j == nil {
			j = check.Journal{{Kind: check.Who, Client: "user " + m.user, User: m.user}}
		}
		byUser[m.user] = append(j, m.sent, m.answer)
	}
	var all []check.Journal
	for _, j := range byUser {
		all = append(all, j)
	}
	return all
}

func insideCustomer(n int) access.Actor {
	return access.Actor{Kind: access.Customer, Org: rig.Org, Customer: id.Customer(fmt.Sprintf("cus_%d", n))}
}

func insideAgent(n int) access.Actor {
	return access.Actor{Kind: access.Staff, Org: rig.Org, User: id.User(fmt.Sprintf("usr_%02d", n+1)), Roles: rig.Config(1, nil).Users[0].Roles}
}

// begin starts a customer's conversation.
func (in *inside) begin(ctx context.Context, n, again int) (id.Conversation, error) {
	a := insideCustomer(n)
	r := check.Record{ID: fmt.Sprintf("start-%d-%d", n, again), Command: check.Start}
	reply, err := in.do(ctx, a, r, engine.StartConversation{Asset: "ast_1", Customer: a.Customer, Name: "Sara", Language: "en", Text: "hello"})
	return reply.Conversation, err
}

func (in *inside) say(ctx context.Context, a access.Actor, c id.Conversation, name, text string) error {
	_, err := in.do(ctx, a, check.Record{ID: name, Command: check.Message, Conversation: string(c), Text: text}, engine.SendMessage{Conversation: c, Text: text})
	return err
}

// work lets customers write and agents take, answer, end and wrap up, until so
// many messages of each customer are stored or something fails.
func (in *inside) work(ctx context.Context, customers, agents, messages int) error {
	ctx, cancel := context.WithCancelCause(ctx)
	var people, writers sync.WaitGroup
	for n := range agents {
		people.Go(func() {
			if err := in.attend(ctx, n); err != nil && ctx.Err() == nil {
				cancel(err)
			}
		})
	}
	for n := range customers {
		writers.Go(func() {
			if err := in.write(ctx, n, messages); err != nil {
				cancel(err)
			}
		})
	}
	writers.Wait()
	err := context.Cause(ctx)
	cancel(nil)
	people.Wait()
	return err
}

func (in *inside) write(ctx context.Context, n, messages int) error {
	again := 0
	c, err := in.begin(ctx, n, again)
	for m := 0; m < messages && err == nil; m++ {
		err = in.say(ctx, insideCustomer(n), c, fmt.Sprintf("m-%d-%d", n, m), fmt.Sprintf("message %d of customer %d, about as long as people write them", m, n))
		if problem.CodeOf(err) == problem.ChatClosed && err != nil {
			again++
			c, err = in.begin(ctx, n, again)
		}
	}
	return err
}

func (in *inside) attend(ctx context.Context, n int) error {
	me := insideAgent(n)
	for i, c := range []engine.Command{engine.SignInToFloor{}, engine.SetPresence{Presence: routing.Available}} {
		if _, err := in.do(ctx, me, check.Record{ID: fmt.Sprintf("in-%d-%d", n, i), Command: check.Presence}, c); err != nil {
			return err
		}
	}
	for round := 0; ctx.Err() == nil; round++ {
		desk, _, err := in.engine.Desk(ctx, me)
		if err != nil {
			return err
		}
		for _, card := range desk.Cards {
			name := fmt.Sprintf("a-%d-%d-%s", n, round, card.Key)
			switch {
			case card.Kind == "request":
				_, err = in.do(ctx, me, check.Record{ID: name, Command: check.Accept, Offer: int64(card.Offer)}, engine.AcceptOffer{Offer: card.Offer})
			case card.Kind == "wrapup":
				_, err = in.do(ctx, me, check.Record{ID: name, Command: check.WrapUp, Part: int64(card.Part), Reason: rig.Reason}, engine.SubmitWrapUp{Part: card.Part, Reason: rig.Reason})
			case round%60 == 59:
				_, err = in.do(ctx, me, check.Record{ID: name, Command: check.End, Conversation: string(card.Conversation)}, engine.EndConversation{Conversation: card.Conversation})
			default:
				err = in.say(ctx, me, card.Conversation, name, "an answer")
			}
			if code := problem.CodeOf(err); err != nil && (code == problem.Unavailable || code == problem.Internal) {
				return err
			}
		}
		pause(ctx, time.Millisecond)
	}
	return nil
}

// close ends the engine and then the store.
func (in *inside) close() error {
	in.stop()
	err := <-in.ended
	if err2 := in.db.Close(); err == nil {
		err = err2
	}
	return err
}
