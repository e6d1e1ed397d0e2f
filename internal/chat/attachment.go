package chat

import (
	"time"

	"hiwar/internal/id"
)

// Attachment is a file in a message, as everybody who reads it knows it. Its
// bytes are elsewhere.
type Attachment struct {
	ID            id.Attachment
	Name          string // cleaned, with the ending that fits the content
	Type          string // media type, found in the content
	Size          int64  // in bytes, as it is kept
	Width, Height int    // of an image as it is shown; else 0
}

// Upload is an attachment that is stored: in which conversation, by whom, and
// where its bytes are. Message is the client id of the message it is in; ""
// while it was not sent.
type Upload struct {
	Attachment
	Conversation id.Conversation
	By           Author
	Command      string   // the uploader's own identifier of it
	Digest       [16]byte // of the bytes that came
	Blob         string
	At           time.Time
	Message      string
}

func idsOf(files []Attachment) []id.Attachment {
	var ids []id.Attachment
	for _, f := range files {
		ids = append(ids, f.ID)
	}
	return ids
}
