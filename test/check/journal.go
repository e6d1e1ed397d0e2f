package check

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// Kind is what happened to a client.
type Kind string

// The kinds of record. A journal begins with Who; the others come in any
// number, in the order in which they happened.
const (
	Who     Kind = "who"     // client, user (of staff)
	Sent    Kind = "sent"    // id, command and what it says; before it leaves, each time it leaves
	Acked   Kind = "acked"   // id, conversation, seq, part, duplicate: the answer
	Refused Kind = "refused" // id, code: a definite no; the command had no effect
	Told    Kind = "told"    // topic, seq, event, client_id, text: one event
	Reset   Kind = "reset"   // topic, seq: a snapshot replaces what the client had
	Resumed Kind = "resumed" // topic, seq: asked for what came after seq
	Left    Kind = "left"    // topic: followed no more
	Cut     Kind = "cut"     // the connection was lost
)

// The commands that a journal names.
const (
	Message  = "message"
	Note     = "note"
	Start    = "start"
	Accept   = "accept"
	Transfer = "transfer"
	End      = "end"
	WrapUp   = "wrapup"
	Presence = "presence"
)

// Record is one line of a journal. Which fields are set depends on Kind.
type Record struct {
	Kind         Kind   `json:"kind"`
	Client       string `json:"client,omitempty"`
	User         string `json:"user,omitempty"`
	ID           string `json:"id,omitempty"`
	Command      string `json:"command,omitempty"`
	Conversation string `json:"conversation,omitempty"`
	Text         string `json:"text,omitempty"`
	Offer        int64  `json:"offer,omitempty"`
	Part         int64  `json:"part,omitempty"`
	Reason       string `json:"reason,omitempty"`
	Seq          int64  `json:"seq,omitempty"`
	Duplicate    bool   `json:"duplicate,omitempty"`
	Code         string `json:"code,omitempty"`
	Topic        string `json:"topic,omitempty"`
	Event        string `json:"event,omitempty"`
	ClientID     string `json:"client_id,omitempty"`
}

// Journal is what one client wrote down.
type Journal []Record

// Writer appends to a journal, from any goroutine. It does not sync: the
// journals outlive the server's crashes, not the machine's.
type Writer struct {
	mu   sync.Mutex
	file *os.File
	out  *bufio.Writer
	enc  *json.Encoder
	err  error
}

// Create begins the journal of a client in a folder.
func Create(folder, client, user string) (*Writer, error) {
	f, err := os.Create(filepath.Join(folder, client+".jsonl"))
	if err != nil {
		return nil, err
	}
	w := &Writer{file: f, out: bufio.NewWriter(f)}
	w.enc = json.NewEncoder(w.out)
	w.Add(Record{Kind: Who, Client: client, User: user})
	return w, nil
}

// Add writes a record. The first error is kept for Close.
func (w *Writer) Add(r Record) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.enc.Encode(r); err != nil && w.err == nil {
		w.err = err
	}
}

// Flush makes everything that was added readable.
func (w *Writer) Flush() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return errors.Join(w.err, w.out.Flush())
}

// Read gives what was written so far, while others go on writing.
func (w *Writer) Read() (Journal, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := errors.Join(w.err, w.out.Flush()); err != nil {
		return nil, err
	}
	return readFile(w.file.Name())
}

// Close ends the journal; it says whether everything was written.
func (w *Writer) Close() error { return errors.Join(w.Flush(), w.file.Close()) }

// ReadFolder reads every journal of a folder, in order of name.
func ReadFolder(folder string) ([]Journal, error) {
	names, err := filepath.Glob(filepath.Join(folder, "*.jsonl"))
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	var all []Journal
	for _, name := range names {
		j, err := readFile(name)
		if err != nil {
			return nil, fmt.Errorf("journal %s: %w", name, err)
		}
		all = append(all, j)
	}
	return all, nil
}

func readFile(name string) (Journal, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(f)
}

// Read reads one journal. A line that cannot be read is an error: a journal
// with holes would excuse everything.
func Read(r io.Reader) (j Journal, err error) {
	dec := json.NewDecoder(r)
	dec.DisallowUnknownFields()
	for {
		var rec Record
		switch err := dec.Decode(&rec); {
		case errors.Is(err, io.EOF):
			return j, nil
		case err != nil:
			return nil, fmt.Errorf("line %d: %w", len(j)+1, err)
		}
		j = append(j, rec)
	}
}
