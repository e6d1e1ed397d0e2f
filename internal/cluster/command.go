package cluster

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"

	"hiwar/internal/engine"
)

// commands are all there are, by the names under which they go to another node.
var commands = named(
	engine.StartConversation{}, engine.JoinCustomer{}, engine.EndChat{}, engine.RateConversation{}, engine.SendMessage{},
	engine.MarkReceived{}, engine.ShowTyping{}, engine.SetPresence{}, engine.SignInToFloor{}, engine.SignOutOfFloor{},
	engine.ConfirmOffer{}, engine.AcceptOffer{}, engine.DeclineOffer{}, engine.PickConversation{}, engine.AddNote{},
	engine.Transfer{}, engine.Invite{}, engine.CancelInvitation{}, engine.HandOver{}, engine.LeaveConference{},
	engine.RemoveGuest{}, engine.EndConversation{}, engine.SubmitWrapUp{}, engine.StopWrapUpTimer{}, engine.SetOwn{},
	engine.ExtendWrapUp{}, engine.DeleteAsset{}, engine.PutOn{},
	engine.AgentLost{}, engine.AgentBack{}, engine.CustomerLost{}, engine.CustomerBack{},
)

func named(all ...engine.Command) map[string]reflect.Type {
	by := map[string]reflect.Type{}
	for _, c := range all {
		by[reflect.TypeOf(c).Name()] = reflect.TypeOf(c)
	}
	return by
}

type wireCommand struct {
	Name string          `json:"name"`
	Body json.RawMessage `json:"body"`
}

func encodeCommand(out *bytes.Buffer, v reflect.Value) error {
	if v.IsNil() {
		out.WriteString("null")
		return nil
	}
	name := v.Elem().Type().Name()
	if commands[name] == nil {
		return fmt.Errorf("command %s cannot be forwarded", name)
	}
	body, err := encoded(v.Elem().Interface())
	if err != nil {
		return err
	}
	return plain(out, reflect.ValueOf(wireCommand{name, body}))
}

func decodeCommand(from json.RawMessage, v reflect.Value) error {
	var w wireCommand
	if err := json.Unmarshal(from, &w); err != nil {
		return err
	}
	t := commands[w.Name]
	if t == nil {
		return fmt.Errorf("command %q is not known here", w.Name)
	}
	c := reflect.New(t).Elem()
	if err := decode(w.Body, c); err != nil {
		return err
	}
	v.Set(c)
	return nil
}
