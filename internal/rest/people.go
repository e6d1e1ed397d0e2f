package rest

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hiwar/internal/access"
	"hiwar/internal/chat"
	"hiwar/internal/engine"
	"hiwar/internal/id"
)

// People are what is kept of customers.
type People interface {
	FindPeople(ctx context.Context, actor access.Actor, what string) ([]engine.Person, error)
	Person(ctx context.Context, actor access.Actor, c id.Customer) (engine.Person, error)
	ExportPerson(ctx context.Context, actor access.Actor, c id.Customer) (engine.PersonFile, error)
	ErasePerson(ctx context.Context, actor access.Actor, c id.Customer, confirmation string) (engine.Erased, error)
	Hold(ctx context.Context, actor access.Actor, object, reason string) error
	Release(ctx context.Context, actor access.Actor, object string) error
}

// PersonKept says what is kept of a customer.
type PersonKept struct {
	Customer      id.Customer       `json:"customer"`
	Name          string            `json:"name,omitempty"`
	Email         string            `json:"email,omitempty"`
	Phone         string            `json:"phone,omitempty"`
	Subjects      []string          `json:"subjects" doc:"what sites call them"`
	Conversations []KeptOfPerson    `json:"conversations" doc:"newest first"`
	Files         int               `json:"files"`
	Browsers      int               `json:"browsers" doc:"visitor tokens that open them"`
	Hold          *HoldOn           `json:"hold,omitempty"`
	Confirmation  string            `json:"confirmation" doc:"what has to be typed before they are erased"`
	State         PersonErasability `json:"state" enum:"erasable,busy,held" doc:"busy: a conversation goes on or is being wrapped up"`
}

// PersonErasability is whether a person could be erased now.
type PersonErasability string

// KeptOfPerson is one of their conversations.
type KeptOfPerson struct {
	ID        id.Conversation `json:"id"`
	StartedAt time.Time       `json:"started_at"`
	Messages  id.Seq          `json:"messages" doc:"lines of the thread"`
	ErasedAt  *time.Time      `json:"erased_at,omitempty" doc:"what was said is gone since"`
	Busy      bool            `json:"busy"`
	Hold      *HoldOn         `json:"hold,omitempty"`
}

// HoldOn is why something is not erased.
type HoldOn struct {
	Reason string    `json:"reason"`
	By     string    `json:"by" doc:"the user; empty: a command on the server"`
	At     time.Time `json:"at"`
}

// PersonList are people who were found.
type PersonList struct {
	People []PersonKept `json:"people" doc:"at most 20"`
}

// ErasedPerson is how much was erased.
type ErasedPerson struct {
	Conversations int `json:"conversations"`
	Files         int `json:"files"`
}

// Reason is why something is held.
type Reason struct {
	Reason string `json:"reason" doc:"1 to 255 characters"`
}

type (
	// PeopleInput is the request of findPeople.
	PeopleInput struct {
		Query string `query:"query" required:"true" doc:"an e-mail address, a telephone number, a site's name of the person, or the identifier of a customer or a conversation"`
	}
	// PersonInput names a customer.
	PersonInput struct {
		ID id.Customer `path:"id" doc:"the customer"`
	}
	// ErasureInput is the request of erasePerson.
	ErasureInput struct {
		PersonInput
		Body JSON[Confirmation]
	}
	// HoldPersonInput is the request of holdPerson.
	HoldPersonInput struct {
		PersonInput
		Body JSON[Reason]
	}
	// HoldConversationInput is the request of holdConversation.
	HoldConversationInput struct {
		InConversation
		Body JSON[Reason]
	}
)

func (a *API) peopleOperations() {
	const tag, at = "people", Prefix + "/people"
	add(a, operation{"findPeople", http.MethodGet, at, tag, staff, "Customers, by what they are known by", 0}, a.findPeople)
	add(a, operation{"getPerson", http.MethodGet, at + "/{id}", tag, staff, "What is kept of a customer", 0},
		func(ctx context.Context, c *call, in *PersonInput) (*Answer[PersonKept], error) {
			p, err := a.engine.Person(ctx, c.actor, in.ID)
			return &Answer[PersonKept]{keptOf(p)}, err
		})
	add(a, operation{"exportPerson", http.MethodGet, at + "/{id}/export", tag, staff, "All that is kept of a customer, as a ZIP archive of person.json and their files; recorded", 0}, a.exportPerson)
	add(a, operation{"erasePerson", http.MethodPost, at + "/{id}/erasure", tag, staff, "Erase what is kept of a customer, once and for all: their conversations stay as counts", 0}, a.erasePerson)
	add(a, operation{"holdPerson", http.MethodPut, at + "/{id}/hold", tag, staff, "Keep a customer from being erased, and their conversations from being removed by age", 0},
		func(ctx context.Context, c *call, in *HoldPersonInput) (*Nothing, error) {
			return &Nothing{}, a.engine.Hold(ctx, c.actor, string(in.ID), in.Body.value.Reason)
		})
	add(a, operation{"releasePerson", http.MethodDelete, at + "/{id}/hold", tag, staff, "Lift that hold", 0},
		func(ctx context.Context, c *call, in *PersonInput) (*Nothing, error) {
			return &Nothing{}, a.engine.Release(ctx, c.actor, string(in.ID))
		})
	add(a, operation{"holdConversation", http.MethodPut, Prefix + "/conversations/{id}/hold", tag, staff, "Keep a conversation, and its customer, from being erased", 0},
		func(ctx context.Context, c *call, in *HoldConversationInput) (*Nothing, error) {
			return &Nothing{}, a.engine.Hold(ctx, c.actor, string(in.ID), in.Body.value.Reason)
		})
	add(a, operation{"releaseConversation", http.MethodDelete, Prefix + "/conversations/{id}/hold", tag, staff, "Lift that hold", 0},
		func(ctx context.Context, c *call, in *InConversation) (*Nothing, error) {
			return &Nothing{}, a.engine.Release(ctx, c.actor, string(in.ID))
		})
	archive := map[string]*huma.MediaType{"application/zip": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}
	a.huma.OpenAPI().Paths[at+"/{id}/export"].Get.Responses["200"] = &huma.Response{Description: "The archive", Content: archive}
}

func (a *API) findPeople(ctx context.Context, c *call, in *PeopleInput) (*Answer[PersonList], error) {
	found, err := a.engine.FindPeople(ctx, c.actor, in.Query)
	list := PersonList{[]PersonKept{}}
	for _, p := range found {
		list.People = append(list.People, keptOf(p))
	}
	return &Answer[PersonList]{list}, err
}

func keptOf(p engine.Person) PersonKept {
	v := PersonKept{
		Customer: p.Customer, Name: p.Name, Email: p.Email, Phone: p.Phone, Subjects: []string{}, Conversations: []KeptOfPerson{},
		Files: len(p.Files), Browsers: len(p.Visitors), Hold: holdOn(p.Hold), Confirmation: p.Confirmation(), State: "erasable",
	}
	for _, i := range p.Identities {
		v.Subjects = append(v.Subjects, i.Subject)
	}
	if p.Hold != nil {
		v.State = "held"
	}
	for _, k := range p.Conversations {
		kept := KeptOfPerson{ID: k.Record.Header.ID, StartedAt: k.Record.Header.StartedAt.UTC(), Messages: k.Record.Head, Busy: k.Busy, Hold: holdOn(k.Hold)}
		if !k.ErasedAt.IsZero() {
			at := k.ErasedAt.UTC()
			kept.ErasedAt = &at
		}
		if k.Hold != nil {
			v.State = "held"
		}
		if k.Busy {
			v.State = "busy"
		}
		v.Conversations = append(v.Conversations, kept)
	}
	return v
}

func holdOn(h *engine.Hold) *HoldOn {
	if h == nil {
		return nil
	}
	return &HoldOn{h.Reason, string(h.By), h.At.UTC()}
}

// erasePerson ends what opens the person's conversations, and removes their
// files, once the database has let go of them.
func (a *API) erasePerson(ctx context.Context, c *call, in *ErasureInput) (*Answer[ErasedPerson], error) {
	done, err := a.engine.ErasePerson(ctx, c.actor, in.ID, in.Body.value.Confirmation)
	a.visitors.EndVisitors(done.Visitors)
	for _, b := range done.Blobs {
		err = errors.Join(err, a.blobs.Remove(context.WithoutCancel(ctx), b)) // also when nobody waits for the answer
	}
	if err != nil {
		return nil, err
	}
	a.blocks.ForgetBlock(c.actor.Org, in.ID)
	return &Answer[ErasedPerson]{ErasedPerson{done.Conversations, len(done.Blobs)}}, nil
}

func (a *API) exportPerson(ctx context.Context, c *call, in *PersonInput) (*huma.StreamResponse, error) {
	f, err := a.engine.ExportPerson(ctx, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		h := c.writer.Header()
		h.Set("Content-Type", "application/zip")
		h.Set("Content-Disposition", `attachment; filename="`+string(in.ID)+`.zip"`)
		if err := WritePerson(c.writer, f, a.openFile(ctx)); err != nil {
			a.log.WarnContext(ctx, "a person's archive was cut off", "request_id", c.id, "error", err)
		}
	}}, nil
}

func (a *API) openFile(ctx context.Context) func(blob string) (io.ReadCloser, error) {
	return func(blob string) (io.ReadCloser, error) { return a.blobs.Read(ctx, blob) }
}

// WritePerson writes a person's archive: person.json, and each file under its
// identifier and name. A file that is not there any more is left out.
func WritePerson(out io.Writer, f engine.PersonFile, open func(blob string) (io.ReadCloser, error)) error {
	archive := zip.NewWriter(out)
	body, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	if err := addTo(archive, "person.json", f.ExportedAt, func(w io.Writer) error { _, err := w.Write(body); return err }); err != nil {
		return err
	}
	for _, u := range f.Files {
		if err := addFile(archive, u, open); err != nil {
			return err
		}
	}
	return archive.Close()
}

func addFile(archive *zip.Writer, u chat.Upload, open func(blob string) (io.ReadCloser, error)) error {
	in, err := open(u.Blob)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	return addTo(archive, "files/"+string(u.ID)+"/"+u.Name, u.At, func(w io.Writer) error { _, err := io.Copy(w, in); return err })
}

func addTo(archive *zip.Writer, name string, at time.Time, write func(io.Writer) error) error {
	w, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	if err != nil {
		return err
	}
	return write(w)
}
