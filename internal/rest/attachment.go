package rest

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hiwar/internal/access"
	"hiwar/internal/id"
	"hiwar/internal/org"
	"hiwar/internal/view"
)

// AttachmentRules is which files may be attached in a conversation.
type AttachmentRules struct {
	Kinds    []string `json:"kinds" doc:"endings of the files that are allowed; the content decides"`
	MaxBytes int64    `json:"max_bytes" doc:"of one file"`
	MaxFiles int      `json:"max_files" doc:"in one message"`
}

// FileLink is an address under which a file can be read for a while.
type FileLink struct {
	URL     string    `json:"url"`
	Expires time.Time `json:"expires_at"`
}

type (
	// UploadInput is the request of uploadAttachment. Its body is the file.
	UploadInput struct {
		ConversationCommand
		Name string `header:"X-File-Name" doc:"the file's name, percent-encoded UTF-8; its ending has to fit the content"`
	}
	// AttachmentInput names a file in a conversation.
	AttachmentInput struct {
		InConversation
		Attachment id.Attachment `path:"attachment" doc:"the file"`
	}
)

func (a *API) attachmentOperations() {
	const tag, at = "attachment", Prefix + "/conversations/{id}/attachments"
	add(a, operation{"getAttachmentRules", http.MethodGet, at, tag, participants, "Which files may be attached now", 0},
		func(ctx context.Context, c *call, in *InConversation) (*Answer[AttachmentRules], error) {
			rules, err := a.engine.MayAttach(ctx, c.actor, in.ID)
			return &Answer[AttachmentRules]{rulesOf(rules)}, err
		})
	add(a, operation{"uploadAttachment", http.MethodPost, at, tag, participants, "Store a file, to be sent with a message within 24 hours. Images are made anew", http.StatusCreated}, a.upload)
	add(a, operation{"getAttachment", http.MethodGet, at + "/{attachment}", tag, participants, "Read a file", 0}, a.readAttachment)
	add(a, operation{"linkAttachment", http.MethodPost, at + "/{attachment}/link", tag, participants, "An address of the file for whoever shows it: good for five minutes", 0}, a.linkAttachment)
	anyFile := map[string]*huma.MediaType{"application/octet-stream": {Schema: &huma.Schema{Type: "string", Format: "binary"}}}
	path := a.huma.OpenAPI().Paths[at]
	path.Post.RequestBody = &huma.RequestBody{Required: true, Content: anyFile, Description: "the bytes of the file"}
	a.huma.OpenAPI().Paths[at+"/{attachment}"].Get.Responses["200"] = &huma.Response{Description: "The bytes; Range works", Content: anyFile}
}

func rulesOf(r org.Attachments) AttachmentRules {
	v := AttachmentRules{Kinds: []string{}, MaxBytes: r.Largest(), MaxFiles: r.Most()}
	for _, k := range r.AllowedKinds() {
		v.Kinds = append(v.Kinds, string(k))
	}
	return v
}

// isUpload: the one operation whose body is no JSON and may be large.
func isUpload(r *http.Request) bool {
	of, ok := strings.CutPrefix(r.URL.Path, Prefix+"/conversations/")
	of, last := strings.CutSuffix(of, "/attachments")
	return r.Method == http.MethodPost && ok && last && !strings.Contains(of, "/")
}

// upload stores the bytes first and writes the file down then: what is in
// neither place was never answered.
func (a *API) upload(ctx context.Context, c *call, in *UploadInput) (*Answer[view.Attachment], error) {
	command, err := in.Command.id(http.MethodPost)
	if err != nil {
		return nil, err
	}
	rules, err := a.engine.MayAttach(ctx, c.actor, in.ID)
	if err != nil {
		return nil, err
	}
	if err := a.mayWrite(c, in.ID); err != nil {
		return nil, err
	}
	if c.request.ContentLength > rules.Largest() {
		// Said before a byte of it is read.
		return nil, tooLarge(rules)
	}
	name, err := url.PathUnescape(in.Name)
	if err != nil {
		name = in.Name
	}
	kept, err := a.blobs.Keep(ctx, patient(c), name, rules)
	if err != nil {
		return nil, err
	}
	u, err := a.engine.Attach(ctx, c.actor, in.ID, command, kept)
	if err != nil || u.Blob != kept.Blob {
		if err := a.blobs.Remove(context.WithoutCancel(ctx), kept.Blob); err != nil {
			a.log.WarnContext(ctx, "a second copy of a file could not be removed", "request_id", c.id, "error", err)
		}
	}
	if err != nil {
		return nil, err
	}
	return &Answer[view.Attachment]{view.AttachmentOf(u.Attachment)}, nil
}

func (a *API) linkAttachment(ctx context.Context, c *call, in *AttachmentInput) (*Answer[FileLink], error) {
	if _, err := a.engine.Attached(ctx, c.actor, in.ID, in.Attachment); err != nil {
		return nil, err
	}
	address, expires := a.fileAddress(c.actor, in)
	return &Answer[FileLink]{FileLink{address, expires}}, nil
}

func (a *API) fileAddress(actor access.Actor, in *AttachmentInput) (string, time.Time) {
	actor.Session = "" // nobody else's business, and not asked
	token, expires := a.links.FileLink(access.File{Org: actor.Org, Conversation: in.ID, Attachment: in.Attachment, Actor: actor})
	return a.files + filesPath + token, expires
}
