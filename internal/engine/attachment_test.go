package engine_test

import (
	"testing"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// upload stores what somebody is about to send.
func (c *centre) upload(who access.Actor, conv id.Conversation, command string) (id.Attachment, error) {
	c.t.Helper()
	k := engine.Kept{Name: command + ".png", Type: "image/png", Size: 100, Width: 4, Height: 3, Digest: [16]byte{1}, Blob: "blob-" + command + string(who.User)}
	u, err := c.Attach(c.t.Context(), who, conv, command, k)
	return u.ID, err
}

func (c *centre) uploaded(who access.Actor, conv id.Conversation, command string) id.Attachment {
	c.t.Helper()
	file, err := c.upload(who, conv, command)
	if err != nil {
		c.t.Fatal(err)
	}
	return file
}

func with(conv id.Conversation, text string, files ...id.Attachment) engine.SendMessage {
	return engine.SendMessage{Conversation: conv, Text: text, Attachments: files}
}

func lastEntry(v view.Conversation) view.Entry { return v.Entries[len(v.Entries)-1] }

func wantProblem(t *testing.T, what string, err error, code problem.Code) {
	t.Helper()
	if err == nil || problem.CodeOf(err) != code {
		t.Errorf("%s: got %v, want %s", what, err, code)
	}
}

// A file goes with one message, both sides see it, and a restart between the
// upload and the message loses nothing.
func TestAFileIsSentOnceAndSeenByBoth(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	conv := c.answered(1, anna)
	file := c.uploaded(customer(1), conv, "u1")
	if again := c.uploaded(customer(1), conv, "u1"); again != file {
		t.Errorf("uploaded again it is %s, not %s", again, file)
	}
	c.restart()
	c.do(customer(1), with(conv, "", file))
	for _, who := range []access.Actor{customer(1), anna} {
		e := lastEntry(c.conversation(who, conv))
		if e.Text != "" || len(e.Attachments) != 1 || e.Attachments[0] != (view.Attachment{ID: file, Name: "u1.png", Type: "image/png", Size: 100, Width: 4, Height: 3}) {
			t.Errorf("%s sees %+v", who.Kind, e)
		}
		if u, err := c.Attached(t.Context(), who, conv, file); err != nil || u.Blob != "blob-u1" {
			t.Errorf("%s reads %+v, %v", who.Kind, u, err)
		}
	}
	c.refused(customer(1), with(conv, "again", file), problem.FileNotFound)
	c.restart()
	c.refused(customer(1), with(conv, "again", file), problem.FileNotFound)
}

// The identifier of a message stands for its files, too.
func TestAMessageWithFilesIsRepeated(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	conv := c.answered(1, anna)
	one, two := c.uploaded(anna, conv, "u1"), c.uploaded(anna, conv, "u2")
	send := func(files ...id.Attachment) (engine.Reply, error) {
		return c.Do(t.Context(), engine.Request{Actor: anna, CommandID: "m1", Command: with(conv, "see", files...)})
	}
	first, err := send(one, two)
	if err != nil {
		t.Fatal(err)
	}
	again, err := send(one, two)
	if err != nil || !again.Duplicate || again.Seq != first.Seq {
		t.Errorf("repeated: %+v, %v", again, err)
	}
	_, err = send(two, one)
	wantProblem(t, "in another order", err, problem.IDReused)
	_, err = send()
	wantProblem(t, "without them", err, problem.IDReused)
	if _, err := c.Attach(t.Context(), anna, conv, "u1", engine.Kept{Name: "x.png", Type: "image/png", Size: 1, Digest: [16]byte{2}, Blob: "other"}); problem.CodeOf(err) != problem.IDReused {
		t.Errorf("other bytes under the same identifier: %v", err)
	}
}

// Somebody else's file, one of another conversation, one that does not exist
// and one named twice are refused alike, and nothing is said.
func TestForeignFilesAreNotSent(t *testing.T) {
	c := newCentre(t)
	c.ready(anna, ben)
	conv := c.answered(1, anna)
	other := c.answered(2, ben)
	mine, hers, elsewhere := c.uploaded(customer(1), conv, "u1"), c.uploaded(anna, conv, "u2"), c.uploaded(customer(2), other, "u3")
	before := len(c.conversation(anna, conv).Entries)
	for _, files := range [][]id.Attachment{{hers}, {elsewhere}, {"att_none"}, {mine, mine}, {mine, hers}} {
		c.refused(customer(1), with(conv, "see", files...), problem.FileNotFound)
	}
	many := make([]id.Attachment, org.MostFiles+1)
	c.refused(customer(1), with(conv, "see", many...), problem.TooManyFiles)
	if after := len(c.conversation(anna, conv).Entries); after != before {
		t.Errorf("%d entries became %d", before, after)
	}
	if _, err := c.upload(customer(2), conv, "u4"); problem.CodeOf(err) != problem.NotFound {
		t.Errorf("a stranger uploads: %v", err)
	}
	// What is not sent is read by nobody else.
	_, err := c.Attached(t.Context(), anna, conv, mine)
	wantProblem(t, "read by the agent before it is sent", err, problem.FileNotFound)
	_, err = c.Attached(t.Context(), customer(2), conv, mine)
	wantProblem(t, "read by a stranger", err, problem.NotFound)
	_, err = c.Attached(t.Context(), customer(2), other, mine)
	wantProblem(t, "read by way of another conversation", err, problem.FileNotFound)
}

// Two messages of one commit that carry one file: one of them does.
func TestAFileIsInOneMessageOfACommit(t *testing.T) {
	c := newCentre(t)
	c.ready(anna)
	conv := c.answered(1, anna)
	file := c.uploaded(customer(1), conv, "u1")
	answers := make(chan error, 20)
	for i := range cap(answers) {
		c.Submit(engine.Request{Actor: customer(1), CommandID: "m" + string(rune('a'+i)), Command: with(conv, "see", file)}, func(_ engine.Reply, err error) { answers <- err })
	}
	sent := 0
	for range cap(answers) {
		if err := <-answers; err == nil {
			sent++
		} else if problem.CodeOf(err) != problem.FileNotFound {
			t.Errorf("refused by %v", err)
		}
	}
	if sent != 1 {
		t.Errorf("sent %d times", sent)
	}
}

// Whoever left reads what was sent before.
func TestWhoWrapsUpReadsEarlierFiles(t *testing.T) {
	c := newCentre(t)
	c.ready(anna, ben)
	conv := c.answered(1, anna)
	early := c.uploaded(customer(1), conv, "u1")
	c.do(customer(1), with(conv, "", early))
	c.do(anna, engine.Transfer{Conversation: conv, ToAgent: ben.User})
	c.accept(ben)
	late := c.uploaded(customer(1), conv, "u2")
	c.do(customer(1), with(conv, "", late))
	if _, err := c.Attached(t.Context(), anna, conv, early); err != nil {
		t.Errorf("the early one: %v", err)
	}
	_, err := c.Attached(t.Context(), anna, conv, late)
	wantProblem(t, "the late one", err, problem.FileNotFound)
}

// The asset says whether there are files at all.
func TestAnAssetWithoutFiles(t *testing.T) {
	c := newCentre(t, func(o *org.Config) { o.Assets[0].Files.Allowed = org.Off })
	c.ready(anna)
	conv := c.answered(1, anna)
	_, err := c.upload(customer(1), conv, "u1")
	wantProblem(t, "upload", err, problem.AttachmentsOff)
	c.refused(anna, with(conv, "see", "att_1"), problem.AttachmentsOff)
	c.do(customer(1), engine.EndChat{Conversation: conv})
	_, err = c.MayAttach(t.Context(), customer(1), conv)
	wantProblem(t, "after the end", err, problem.ChatClosed)
}
