package rest

import (
	"context"
	"net/http"

	"hiwar/internal/engine"
	"hiwar/internal/id"
)

// WrapUpReason is the reason recorded for a part, and what is written with it.
type WrapUpReason struct {
	Reason id.Reason `json:"reason,omitempty" doc:"left out: none, where none is required; of a part that was submitted and with a note, the one recorded"`
	Note   string    `json:"note,omitempty" doc:"for colleagues, up to 1000 characters; with a correction it stands beside the one there was"`
}

type (
	// PartInput is a command about a part.
	PartInput struct {
		Command
		Part id.Part `path:"part" minimum:"1" doc:"number of the part"`
	}
	// WrapUpInput is the request of submitWrapUp.
	WrapUpInput struct {
		PartInput
		Body JSON[WrapUpReason]
	}
)

func (a *API) partOperations() {
	const tag, at = "wrap-up", Prefix + "/parts/{part}"
	add(a, operation{"submitWrapUp", http.MethodPut, at + "/wrapup", tag, staff, "Record the wrap-up reason, or change it for a while", 0},
		func(ctx context.Context, c *call, in *WrapUpInput) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.SubmitWrapUp{Part: in.Part, Reason: in.Body.value.Reason, Note: in.Body.value.Note})
		})
	add(a, operation{"stopWrapUpTimer", http.MethodDelete, at + "/wrapup-timer", tag, staff, "Turn the automatic wrap-up off for this part", 0},
		func(ctx context.Context, c *call, in *PartInput) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.StopWrapUpTimer{Part: in.Part})
		})
	add(a, operation{"extendWrapUp", http.MethodPost, at + "/wrapup-extension", tag, staff, "Start the automatic wrap-up's time anew", 0},
		func(ctx context.Context, c *call, in *PartInput) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.ExtendWrapUp{Part: in.Part})
		})
}
