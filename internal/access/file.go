package access

import "hiwar/internal/id"

// File is one attachment that somebody was allowed to read.
type File struct {
	Org          id.Org          `json:"o"`
	Conversation id.Conversation `json:"c"`
	Attachment   id.Attachment   `json:"a"`
	Actor        Actor           `json:"w"` // asked again when it is read
}
