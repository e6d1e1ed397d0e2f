package engine

import (
	"time"

	"hiwar/internal/id"
)

// Reply is what a command answers; it is stored with the commit, holds ids and
// times only, and is given again to whoever repeats the command.
type Reply struct {
	Duplicate    bool            `json:"duplicate,omitempty"` // this is the first answer, again
	Seq          id.Seq          `json:"seq,omitempty"`       // of the message or note stored
	At           time.Time       `json:"at"`                  // the engine's time of the commit
	Conversation id.Conversation `json:"conversation,omitempty"`
	Part         id.Part         `json:"part,omitempty"` // of an accepted offer
}
