package rest

import (
	"context"
	"net/http"

	"hiwar/internal/access"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

// Text is what somebody writes.
type Text struct {
	Text string `json:"text" doc:"up to 1000 characters from agents, 4000 from customers"`
}

// NewMessage is what somebody says.
type NewMessage struct {
	Text        string          `json:"text,omitempty" doc:"up to 1000 characters from agents, 4000 from customers; may be left out where there are attachments"`
	Attachments []id.Attachment `json:"attachments,omitempty" doc:"uploaded before, in the order in which they are to be shown"`
}

// Received is how far a participant has come.
type Received struct {
	Delivered id.Seq `json:"delivered" doc:"number of the last entry a device has"`
	Seen      id.Seq `json:"seen" doc:"number of the last entry shown to the reader"`
}

// TransferTo is where a conversation goes: to a queue or to an agent.
type TransferTo struct {
	Queue id.Queue `json:"queue,omitempty"`
	Agent id.User  `json:"agent,omitempty"`
	Note  string   `json:"note,omitempty" doc:"for the next agent, up to 1000 characters"`
}

// Rating is how a customer found a conversation.
type Rating struct {
	Score int `json:"score" minimum:"1" maximum:"5" doc:"5 is best"`
}

// WhichAgent is the agent meant.
type WhichAgent struct {
	Agent id.User `json:"agent"`
}

// Page is a piece of a thread.
type Page struct {
	Entries []view.Entry `json:"entries" doc:"oldest first"`
	More    bool         `json:"more" doc:"older ones exist"`
}

type (
	// ConversationCommand is a command about a conversation without a body.
	ConversationCommand struct {
		Command
		InConversation
	}
	// TextInput is a request that writes.
	TextInput struct {
		ConversationCommand
		Body JSON[Text]
	}
	// MessageInput is the request of sendMessage.
	MessageInput struct {
		ConversationCommand
		Body JSON[NewMessage]
	}
	// ReceivedInput is the request of markReceived.
	ReceivedInput struct {
		ConversationCommand
		Body JSON[Received]
	}
	// RatingInput is the request of rateConversation.
	RatingInput struct {
		ConversationCommand
		Body JSON[Rating]
	}
	// TransferInput is the request of transfer.
	TransferInput struct {
		ConversationCommand
		Body JSON[TransferTo]
	}
	// ColleagueInput is a request that names an agent.
	ColleagueInput struct {
		ConversationCommand
		Body JSON[WhichAgent]
	}
	// GuestInput is the request of removeGuest.
	GuestInput struct {
		ConversationCommand
		User id.User `path:"user" doc:"the guest"`
	}
	// PageInput is the request of getEntries.
	PageInput struct {
		InConversation
		Before id.Seq `query:"before" minimum:"0" doc:"only entries with lower numbers; 0: from the end"`
		Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
	}
)

func (a *API) conversationOperations() {
	const tag, at = "conversation", Prefix + "/conversations/{id}"
	add(a, operation{"getConversation", http.MethodGet, at, tag, participants, "A conversation with its last 50 entries", 0},
		func(ctx context.Context, c *call, in *InConversation) (*Answer[view.Conversation], error) {
			data, _, err := a.engine.Snapshot(ctx, c.actor, "conv/"+string(in.ID))
			if err != nil {
				return nil, err
			}
			conversation, err := of[view.Conversation](data)
			return &Answer[view.Conversation]{conversation}, err
		})
	add(a, operation{"getEntries", http.MethodGet, at + "/entries", tag, participants, "Older entries of a conversation", 0},
		func(ctx context.Context, c *call, in *PageInput) (*Answer[Page], error) {
			entries, more, err := a.engine.Entries(ctx, c.actor, in.ID, in.Before, in.Limit)
			if entries == nil {
				entries = []view.Entry{}
			}
			return &Answer[Page]{Page{entries, more}}, err
		})
	add(a, operation{"getStaffThread", http.MethodGet, at + "/notes", tag, staff, "Notes and lines for colleagues", 0},
		func(ctx context.Context, c *call, in *InConversation) (*Answer[view.StaffThread], error) {
			data, _, err := a.engine.Snapshot(ctx, c.actor, "conv/"+string(in.ID)+"/staff")
			if err != nil {
				return nil, err
			}
			thread, err := of[view.StaffThread](data)
			return &Answer[view.StaffThread]{thread}, err
		})
	add(a, operation{"sendMessage", http.MethodPost, at + "/messages", tag, participants, "Write a message; the Idempotency-Key is its client message id", 0}, a.send)
	add(a, operation{"addNote", http.MethodPost, at + "/notes", tag, staff, "Write a note for colleagues", 0},
		func(ctx context.Context, c *call, in *TextInput) (*Stored, error) {
			if err := a.mayWrite(c, in.ID); err != nil {
				return nil, err
			}
			return a.do(ctx, c, in.Command, engine.AddNote{Conversation: in.ID, Text: in.Body.value.Text})
		})
	add(a, operation{"markReceived", http.MethodPut, at + "/receipts", tag, participants, "Say how much was received and seen", 0},
		func(ctx context.Context, c *call, in *ReceivedInput) (*Stored, error) {
			r := in.Body.value
			return a.do(ctx, c, in.Command, engine.MarkReceived{Conversation: in.ID, Delivered: r.Delivered, Seen: r.Seen})
		})
	add(a, operation{"rateConversation", http.MethodPut, at + "/rating", tag, customers, "Say how the conversation was, once it has ended; the last word holds", 0},
		func(ctx context.Context, c *call, in *RatingInput) (*Stored, error) {
			if err := a.mayWrite(c, in.ID); err != nil {
				return nil, err
			}
			return a.do(ctx, c, in.Command, engine.RateConversation{Conversation: in.ID, Score: in.Body.value.Score})
		})
	add(a, operation{"endConversation", http.MethodPost, at + "/end", tag, participants, "End the conversation", 0},
		func(ctx context.Context, c *call, in *ConversationCommand) (*Stored, error) {
			if c.actor.Kind == access.Customer {
				return a.do(ctx, c, in.Command, engine.EndChat{Conversation: in.ID})
			}
			return a.do(ctx, c, in.Command, engine.EndConversation{Conversation: in.ID})
		})
}

func (a *API) send(ctx context.Context, c *call, in *MessageInput) (*Stored, error) {
	if _, err := in.Command.id(http.MethodPost); err != nil {
		return nil, err
	}
	if err := a.mayWrite(c, in.ID); err != nil {
		return nil, err
	}
	return a.do(ctx, c, in.Command, engine.SendMessage{Conversation: in.ID, Text: in.Body.value.Text, Attachments: in.Body.value.Attachments})
}

func (a *API) mayWrite(c *call, conversation id.Conversation) error {
	if err := a.blocks.Blocked(c.actor); err != nil {
		return err
	}
	return tooOften(a.writers.Wait(c.actor, conversation))
}

type (
	// HistoryInput is the request of getHistory.
	HistoryInput struct {
		InConversation
		Before id.Conversation `query:"before" doc:"only conversations begun before this one; empty: all"`
		Limit  int             `query:"limit" minimum:"1" maximum:"50" default:"20"`
	}
	// PastInput is the request of getPastConversation.
	PastInput struct {
		PageInput
		Past id.Conversation `path:"past" doc:"one of the history"`
	}
)

func (a *API) historyOperations() {
	const tag, at = "conversation", Prefix + "/conversations/{id}/history"
	add(a, operation{"getHistory", http.MethodGet, at, tag, staff, "The customer's conversations that have ended, newest first", 0},
		func(ctx context.Context, c *call, in *HistoryInput) (*Answer[view.History], error) {
			v, err := a.engine.History(ctx, c.actor, in.ID, in.Before, in.Limit)
			return &Answer[view.History]{v}, err
		})
	add(a, operation{"getPastConversation", http.MethodGet, at + "/{past}", tag, staff, "What was said in one of them", 0},
		func(ctx context.Context, c *call, in *PastInput) (*Answer[view.Conversation], error) {
			v, err := a.engine.PastConversation(ctx, c.actor, in.ID, in.Past, in.Before, in.Limit)
			return &Answer[view.Conversation]{v}, err
		})
}

func (a *API) handingOnOperations() {
	const tag, at = "handing on", Prefix + "/conversations/{id}"
	add(a, operation{"getTargets", http.MethodGet, at + "/targets", tag, staff, "The queues and agents the conversation could be given to now", 0},
		func(ctx context.Context, c *call, in *InConversation) (*Answer[view.Targets], error) {
			targets, err := a.engine.Targets(ctx, c.actor, in.ID)
			return &Answer[view.Targets]{targets}, err
		})
	add(a, operation{"pickConversation", http.MethodPost, at + "/pick", tag, staff, "Take a waiting conversation from the list of a queue that allows it", 0},
		func(ctx context.Context, c *call, in *ConversationCommand) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.PickConversation{Conversation: in.ID})
		})
	add(a, operation{"transfer", http.MethodPost, at + "/transfer", tag, staff, "Give the conversation to a queue or an agent", 0}, a.transfer)
	add(a, operation{"invite", http.MethodPost, at + "/invitation", tag, staff, "Ask another agent into the conversation", 0},
		func(ctx context.Context, c *call, in *ColleagueInput) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.Invite{Conversation: in.ID, Guest: in.Body.value.Agent})
		})
	add(a, operation{"cancelInvitation", http.MethodDelete, at + "/invitation", tag, staff, "Withdraw an invitation that is not answered yet", 0},
		func(ctx context.Context, c *call, in *ConversationCommand) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.CancelInvitation{Conversation: in.ID})
		})
	add(a, operation{"handOver", http.MethodPost, at + "/handover", tag, staff, "Make a guest the owner, and leave", 0},
		func(ctx context.Context, c *call, in *ColleagueInput) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.HandOver{Conversation: in.ID, To: in.Body.value.Agent})
		})
	add(a, operation{"leaveConference", http.MethodPost, at + "/leave", tag, staff, "Leave a conference as a guest", 0},
		func(ctx context.Context, c *call, in *ConversationCommand) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.LeaveConference{Conversation: in.ID})
		})
	add(a, operation{"removeGuest", http.MethodDelete, at + "/guests/{user}", tag, staff, "End a guest's part", 0},
		func(ctx context.Context, c *call, in *GuestInput) (*Stored, error) {
			return a.do(ctx, c, in.Command, engine.RemoveGuest{Conversation: in.ID, Guest: in.User})
		})
}

func (a *API) transfer(ctx context.Context, c *call, in *TransferInput) (*Stored, error) {
	to := in.Body.value
	if (to.Queue == "") == (to.Agent == "") {
		return nil, problem.New(problem.InvalidTarget, "reason", "one_needed")
	}
	return a.do(ctx, c, in.Command, engine.Transfer{Conversation: in.ID, ToQueue: to.Queue, ToAgent: to.Agent, Note: to.Note})
}
