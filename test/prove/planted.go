package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// plant is a known fault and the run that has to catch it. It is put into a
// copy of the file, which the Go command takes instead (-overlay): what ships
// holds no trace of it, and a plant whose place has changed is an error.
type plant struct {
	name  string
	edits []edit
	// run is the run of this program that catches it, else test the arguments
	// of "go test".
	run  string
	here bool // the run is of the packages in this program, not of the binary
	test []string
}

type edit struct{ file, old, new string }

var plants = []plant{
	{name: "ack before commit", run: "power", here: true, edits: []edit{
		{"internal/engine/round.go", "	err := r.finish()\n	if err != nil {", "	for _, c := range calls {\n		if c.ask == nil {\n			c.answer()\n		}\n	}\n	err := r.finish()\n	if err != nil && false {"},
		{"internal/engine/round.go", "		c.answer()\n	}\n	e.bus", "		if c.ask != nil {\n			c.answer()\n		}\n	}\n	e.bus"},
	}},
	{name: "synchronous=NORMAL", run: "power", here: true, edits: []edit{
		{"internal/store/store.go", `"synchronous(full)"`, `"synchronous(normal)"`},
	}},
	{name: "tell before commit", run: "kill", edits: []edit{
		{"internal/engine/round.go", "	err := r.failed\n	if err == nil {\n		err = r.commit()", "	err := r.failed\n	if err == nil {\n		r.publish()\n		time.Sleep(3 * time.Millisecond)\n		err = r.commit()"},
	}},
	{name: "sync tried again after it failed", run: "disk", here: true, edits: []edit{
		{"internal/store/errors.go", "	case codeIOErr, codeCorrupt, codeNotADB:", "	case codeCorrupt, codeNotADB:"},
	}},
	{name: "dedupe by a window of 1 ms", run: "storm", edits: []edit{
		{"internal/engine/replies.go", "*chat.Duplicate](err); ok {", "*chat.Duplicate](err); ok && w.now.Sub(dup.At) < time.Millisecond {"},
		{"internal/engine/replies.go", "	\"fmt\"\n", "	\"fmt\"\n	\"time\"\n"},
	}},
	{name: "same id with another text accepted", run: "storm", edits: []edit{
		{"internal/chat/message.go", "sent.Topic == topic && sent.Digest == sum {", "sent.Topic == topic {"},
	}},
	{name: "a resume leaves one event out", run: "resume", edits: []edit{
		{"internal/ws/subscribe.go", "	return s.next(ctx, sub, *since)", "	return s.next(ctx, sub, *since+1)"},
	}},
	{name: "unbounded send queue", run: "slow", edits: []edit{
		{"internal/ws/outbox.go", "	maxFrames = 4096\n	maxBytes  = 1 << 20", "	maxFrames = 1 << 40\n	maxBytes  = 1 << 40"},
		{"internal/ws/outbox.go", "	writeWithin = 5 * time.Second", "	writeWithin = time.Hour"},
	}},
	{name: "a round that is never over for those it told", test: []string{"-run", "TestARoundGoesToAClientInOnePiece", "./internal/ws"}, edits: []edit{
		{"internal/ws/round.go", "		o.roundOver()", "		_ = o"},
	}},
	{name: "ordinals of a refused batch taken for stored", test: []string{"-run", "TestSQLite", "./internal/store"}, edits: []edit{
		{"internal/store/commit.go", "		clear(db.ordinals)\n", ""},
	}},
	{name: "a restart that says nothing", run: "restart", edits: []edit{
		{"internal/ws/server.go", "		c.out.close(closeRestart, frame)", "		c.out.close(closing{}, nil); _ = frame"},
	}},
	{name: "memory kept after a commit that failed", run: "simulate", here: true, edits: []edit{
		{"internal/engine/round.go", "		r.e.drop(w.floor, r.now)\n", ""},
	}},
	{name: "missed two seconds after the deadline", run: "simulate", here: true, edits: []edit{
		{"internal/routing/timer.go", "{{at: o.Deadline.Add(afterDeadline).UnixMilli()", "{{at: o.Deadline.Add(2 * time.Second).UnixMilli()"},
	}},
	{name: "a commit for each command", run: "lag", here: true, edits: []edit{
		{"internal/engine/engine.go", "const maxRound = 2048", "const maxRound = 1"},
	}},
	{name: "a silent agent noticed after a minute", test: []string{"./internal/ws", "-run", "EightSeconds"}, edits: []edit{
		{"internal/ws/presence.go", "	agentLost  = 8 * time.Second", "	agentLost  = time.Minute"},
	}},
	{name: "of two settings in a commit one is kept", test: []string{"./internal/engine", "-run", "TwoChange"}, edits: []edit{
		{"internal/engine/configure.go", "k.Users = append(k.Users, changed.Users...)", "k.Users = changed.Users"},
	}},
	{name: "no requeue on RONA", test: []string{"./internal/routing", "-run", "Script"}, edits: []edit{
		{"internal/routing/offer.go", "	s.release(open.Task, CauseUnanswered)\n	s.withdrawAll(open.Agent, CauseMissedOther)", "	s.withdrawAll(open.Agent, CauseMissedOther)"},
	}},
	{name: "requeue at the tail", test: []string{"./internal/routing", "-run", "Script"}, edits: []edit{
		{"internal/routing/task.go", "	case TaskQueue:\n		t.State = TaskWaiting\n", "	case TaskQueue:\n		t.State, t.WaitingSince = TaskWaiting, s.now\n"},
	}},
	{name: "no tenant filter where a conversation is read", test: []string{"./internal/store", "-run", "TestSQLiteInMemory"}, edits: []edit{
		{"internal/store/chat.go", "		FROM conversations c WHERE org = ? AND id = ?`", "		FROM conversations c WHERE ? <> '' AND id = ?`"},
	}},
	{name: "no tenant filter where events are handed on", test: []string{"./internal/ws"}, edits: []edit{
		{"internal/ws/hub.go", "	key := topicKey{m.Org, m.Topic}", "	key := topicKey{\"org_1\", m.Topic}"},
	}},
	{name: "presence by the clock on the wall", test: []string{"./internal/ws", "-run", "WallClock"}, edits: []edit{
		{"internal/ws/ping.go", "begun.Add(time.Duration(p.last.Load()))", "begun.Add(time.Duration(p.last.Load())).Round(0)"},
	}},
	{name: "after the end everything is read on", test: []string{"./internal/ws", "-run", "AfterTheEnd"}, edits: []edit{
		{"internal/ws/lean.go", "e != nil && e.late > lateBytes", "e != nil && e.late > 1<<40"},
	}},
	{name: "the end is waited for without limit", test: []string{"./internal/ws", "-run", "TheEndIsNot"}, edits: []edit{
		{"internal/ws/lean.go", "		_ = g.SetReadDeadline(e.until)\n", ""},
	}},
	{name: "what is refused is read at any speed", test: []string{"./internal/ws", "-run", "Flood"}, edits: []edit{
		{"internal/ws/client.go", "		time.Sleep(time.Second / time.Duration(c.server.frames))\n", ""},
	}},
	{name: "the use of a session is not remembered", test: []string{"./internal/login", "-run", "Together"}, edits: []edit{
		{"internal/login/session.go", "	session.SeenAt = s.seen.last(digest, session.SeenAt)\n", ""},
	}},
	{name: "who gave it away may still write", run: "kill", edits: []edit{
		{"internal/access/allow.go", "	SendMessage:      {customer: true, may: org.MayAnswer, in: present},", "	SendMessage:      {customer: true, may: org.MayAnswer, in: append(present, WrappingUp, Former)},"},
		{"internal/chat/message.go", "problem.New(problem.NotParticipant)", "error(nil)"},
	}},
}

// planted puts one fault after the other into the code and sees it caught.
func planted(ctx context.Context, e *env, names []string) (caught, missed int) {
	for _, p := range slices.Concat(plants, routingPlants, accountPlants, passkeyPlants) {
		if len(names) > 0 && !contains(names, p.name) {
			continue
		}
		began := time.Now()
		by, err := p.try(ctx, e)
		switch {
		case err != nil:
			missed++
			fmt.Printf("%-36s %-14s %s\n", p.name, "NOT TRIED", err)
		case by == "":
			missed++
			fmt.Printf("%-36s %-14s\n", p.name, "NOT CAUGHT")
		default:
			caught++
			fmt.Printf("%-36s %-14s %s (%s)\n", p.name, "caught", by, time.Since(began).Round(time.Second))
		}
	}
	fmt.Printf("caught %d of %d\n", caught, caught+missed)
	return caught, missed
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if strings.Contains(name, n) {
			return true
		}
	}
	return false
}

// try builds with the fault and runs what has to catch it; by is what said so.
func (p plant) try(ctx context.Context, e *env) (by string, err error) {
	dir, err := os.MkdirTemp("", "hiwar-planted-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	overlay, err := p.overlay(dir)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, 8*time.Minute)
	defer cancel()
	if p.run == "" {
		return verdictOf(ctx, exec.CommandContext(ctx, "go", append([]string{"test", "-overlay", overlay}, p.test...)...), "--- FAIL")
	}
	target, binary, program := "./cmd/hiwar", filepath.Join(dir, "hiwar"), os.Args[0]
	out := binary
	if p.here {
		target, binary, program = "./test/prove", e.binary, filepath.Join(dir, "prove")
		out = program
	}
	if said, err := exec.CommandContext(ctx, "go", "build", "-overlay", overlay, "-o", out, target).CombinedOutput(); err != nil {
		return "", fmt.Errorf("it does not build: %s", said)
	}
	return verdictOf(ctx, exec.CommandContext(ctx, program, "--short", "--binary", binary, p.run), "FAILED")
}

// verdictOf runs it; the first line with the mark is what caught the fault.
func verdictOf(ctx context.Context, c *exec.Cmd, mark string) (string, error) {
	c.Env = append(os.Environ(), "TMPDIR="+os.TempDir())
	said, err := c.CombinedOutput()
	if err == nil {
		return "", nil
	}
	if _, failed := errors.AsType[*exec.ExitError](err); !failed || ctx.Err() != nil {
		return "", fmt.Errorf("%w: %.300s", err, said)
	}
	for line := range strings.Lines(string(said)) {
		if strings.Contains(line, mark) {
			return strings.Join(strings.Fields(line[:min(len(line), 160)]), " "), nil
		}
	}
	return "", fmt.Errorf("it failed otherwise: %.300s", said)
}

// overlay writes the changed copies and the list of them.
func (p plant) overlay(dir string) (string, error) {
	files := map[string]string{}
	for _, e := range p.edits {
		path, err := filepath.Abs(e.file)
		if err != nil {
			return "", err
		}
		from := path
		if changed, again := files[path]; again {
			from = changed
		}
		text, err := os.ReadFile(from)
		if err != nil {
			return "", err
		}
		if strings.Count(string(text), e.old) != 1 {
			return "", fmt.Errorf("%s holds %q %d times", e.file, e.old, strings.Count(string(text), e.old))
		}
		copied := filepath.Join(dir, strings.ReplaceAll(e.file, "/", "_"))
		if err := os.WriteFile(copied, []byte(strings.Replace(string(text), e.old, e.new, 1)), 0o600); err != nil {
			return "", err
		}
		files[path] = copied
	}
	list, err := json.Marshal(map[string]any{"Replace": files})
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "overlay.json")
	return path, os.WriteFile(path, list, 0o600)
}
