package engine_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"hiwar/internal/chat"
	"hiwar/internal/config"
	"hiwar/internal/engine"
	"hiwar/internal/id"
	"hiwar/internal/problem"
	"hiwar/internal/view"
)

const (
	card   = "4111 1111 1111 1111"
	masked = "•••• •••• •••• 1111"
)

// zeros are all commands with nothing in them.
var zeros = []engine.Command{
	engine.JoinCustomer{},
	engine.StartConversation{},
	engine.EndChat{},
	engine.RateConversation{},
	engine.SendMessage{},
	engine.MarkReceived{},
	engine.ShowTyping{},
	engine.SetPresence{},
	engine.SignInToFloor{},
	engine.SignOutOfFloor{},
	engine.ConfirmOffer{},
	engine.AcceptOffer{},
	engine.DeclineOffer{},
	engine.PickConversation{},
	engine.AddNote{},
	engine.Transfer{},
	engine.Invite{},
	engine.CancelInvitation{},
	engine.HandOver{},
	engine.LeaveConference{},
	engine.RemoveGuest{},
	engine.EndConversation{},
	engine.SubmitWrapUp{},
	engine.StopWrapUpTimer{},
	engine.SetOwn{},
	engine.ExtendWrapUp{},
	engine.DeleteAsset{},
	engine.PutOn{},
	engine.AgentLost{},
	engine.AgentBack{},
	engine.CustomerLost{},
	engine.CustomerBack{},
}

// choices are the string types that nobody writes freely: identifiers, and
// words out of a list.
var choices = strings.Fields("id.Asset id.Customer id.Queue id.Conversation id.User id.Offer id.Reason id.Part id.Org id.Team id.Skill id.Template id.Profile id.Hours id.Provider id.Attachment " +
	"routing.Presence org.Role org.Switch org.Rule org.Unanswered org.ReasonKind org.SkillKind org.OnClose org.Then org.Ask org.Comparison org.Source org.FileKind org.SetupStep org.Obliged org.Work org.Permission")

// fill writes the card number into every text below v, and counts them.
func fill(t *testing.T, v reflect.Value, path string, put string) (n int) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() != reflect.TypeFor[string]() {
			if !slices.Contains(choices, v.Type().String()) {
				t.Errorf("%s is a %s: if people write it, it is to be a string; if not, it is to be in this test's list", path, v.Type())
			}
			return 0
		}
		v.SetString(put)
		return 1
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				n += fill(t, v.Field(i), path+"."+f.Name, put)
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			n += fill(t, v.Index(i), path, put)
		}
	case reflect.Map:
		key, value := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		n += fill(t, key, path, put) + fill(t, value, path, put)
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(key, value)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		n += fill(t, v.Elem(), path, put)
	}
	return n
}

// Every text of every command there is passes the gate, and what the caller
// holds stays as it is.
func TestEveryTextOfEveryCommandPassesTheGate(t *testing.T) {
	all := implementing(t, "command.go", "command")
	texts := 0
	for _, zero := range zeros {
		typ := reflect.TypeOf(zero)
		all = slices.DeleteFunc(all, func(name string) bool { return name == typ.Name() })
		v, same, want := reflect.New(typ).Elem(), reflect.New(typ).Elem(), reflect.New(typ).Elem()
		texts += fill(t, v, typ.Name(), card)
		fill(t, same, typ.Name(), card)
		fill(t, want, typ.Name(), masked)
		given, _ := v.Interface().(engine.Command)
		got := engine.Pass(engine.Request{Actor: anna, Command: given}).Command
		if !reflect.DeepEqual(got, want.Interface()) {
			t.Errorf("%s passes as %+v", typ.Name(), got)
		}
		if !reflect.DeepEqual(given, same.Interface()) {
			t.Errorf("%s was changed in its caller's hands", typ.Name())
		}
	}
	if len(all) > 0 {
		t.Errorf("commands that this test does not know: %v", all)
	}
	if texts < 100 {
		t.Errorf("only %d texts were tried", texts)
	}
}

// spoken is a way to write the card number: the same digits in other scripts.
var spoken = []string{
	"4111111111111111", "4111 1111 1111 1111", "4111-1111-1111-1111", "٤١١١١١١١١١١١١١١١", "٤١١١ ١١١١ ١١١١ ١١١١", "４１１１１１１１１１１１１１１１",
}

// Written in every field and by everybody, a card number is in no file of the
// database, in no message of the bus, and in nothing that anybody reads.
func TestACardNumberIsNowhere(t *testing.T) {
	c := newCentre(t)
	for i, number := range spoken {
		n := i + 1
		who := customer(n)
		c.ready(anna)
		conv := c.do(who, engine.StartConversation{
			Asset: "ast_1", Customer: who.Customer, Name: "Sara " + number, Email: number + "@example.org", Language: "ar",
			Page: "https://shop.example/pay?c=" + number, Text: "first " + number,
			About: chat.About{
				Phone: number, PageTitle: number, Referrer: "https://a.example/" + number, Browser: number, TimeZone: number,
				Answers: []chat.Attribute{{Name: "order", Value: number}}, Attributes: []chat.Attribute{{Name: number, Value: "x"}},
			},
		}).Conversation
		c.accept(anna)
		send := engine.Request{Actor: who, CommandID: "again-" + fmt.Sprint(n), Command: engine.SendMessage{Conversation: conv, Text: "it is " + number}}
		first, err := c.Do(t.Context(), send)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := c.Do(t.Context(), send); err != nil || !again.Duplicate || again.Seq != first.Seq {
			t.Errorf("sent again: %+v, %v", again, err)
		}
		other := send
		other.Command = engine.SendMessage{Conversation: conv, Text: "it was " + number}
		if _, err := c.Do(t.Context(), other); problem.CodeOf(err) != problem.IDReused {
			t.Errorf("another text under the same identifier: %v", err)
		}
		file, err := c.Attach(t.Context(), who, conv, "file-"+fmt.Sprint(n), engine.Kept{Name: number + ".pdf", Type: "application/pdf", Size: 1, Digest: [16]byte{byte(n)}, Blob: fmt.Sprint("b", n)})
		if err != nil || strings.Contains(file.Name, number) {
			t.Errorf("the file is called %q (%v)", file.Name, err)
		}
		c.do(who, engine.SendMessage{Conversation: conv, Text: "see " + number, Attachments: []id.Attachment{file.ID}})
		c.do(anna, engine.SendMessage{Conversation: conv, Text: "you said " + number})
		c.do(anna, engine.AddNote{Conversation: conv, Text: "pays with " + number})
		draft, err := c.KeepDraft(t.Context(), anna, view.Draft{Conversation: conv, Text: "draft " + number, Revision: 1})
		if err != nil || strings.Contains(draft.Text, number) {
			t.Errorf("the draft is %q (%v)", draft.Text, err)
		}
		c.do(anna, engine.Transfer{Conversation: conv, ToQueue: "que_2", Note: "take " + number})
		if v := fmt.Sprintf("%+v", c.conversation(vera, conv)); strings.Contains(v, number) || !strings.Contains(v, "•") {
			t.Errorf("read: %s", v)
		}
		c.do(who, engine.EndChat{Conversation: conv})
		c.do(anna, engine.SubmitWrapUp{Part: c.part(anna), Reason: "rsn_1", Note: "paid with " + number})
	}
	told := fmt.Sprintf("%+v", c.messages())
	for _, number := range spoken {
		if strings.Contains(told, number) {
			t.Errorf("%s was told", number)
		}
	}
	files, err := filepath.Glob(c.path + "*")
	if err != nil || len(files) < 2 {
		t.Fatalf("%v (%v)", files, err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, number := range spoken {
			if bytes.Contains(data, []byte(number)) {
				t.Errorf("%s is in %s", number, filepath.Base(f))
			}
		}
		if strings.HasSuffix(f, "-wal") && !bytes.Contains(data, []byte("•••• 1111")) {
			t.Error("what was masked is not in the journal either: this test looks at the wrong file")
		}
	}
}

// An organization's own patterns hold from the moment that they are set, and
// not for the configuration itself.
func TestAnOrganizationsOwnPatterns(t *testing.T) {
	c := newCentre(t)
	conv := c.answered(1, anna)
	c.do(customer(1), engine.SendMessage{Conversation: conv, Text: "ID 1012345678"})
	set := func(patterns ...string) error {
		all, err := c.Configuration(t.Context(), adam)
		if err != nil {
			t.Fatal(err)
		}
		file := config.File{Format: config.Format, Organization: all.Organization, Users: all.Users}
		file.Organization.Settings.Mask = patterns
		_, err = c.Do(t.Context(), engine.Request{Actor: adam, CommandID: fmt.Sprint("set-", len(patterns)), Command: engine.PutOn{File: file}})
		return err
	}
	if err := set(`(`); problem.CodeOf(err) != problem.SettingInvalid {
		t.Errorf("a pattern that is none: %v", err)
	}
	if err := set(`[12]\d{9}`, `\S+@\S+`); err != nil {
		t.Fatal(err)
	}
	c.do(customer(1), engine.SendMessage{Conversation: conv, Text: "ID ١٠١٢٣٤٥٦٧٨, a@b.example"})
	got := texts(c.conversation(anna, conv))
	if len(got) < 2 || got[len(got)-2] != "ID 1012345678" || got[len(got)-1] != "ID ••••••••••, •@•.•••••••" {
		t.Errorf("read: %q", got)
	}
	if err := set(`[12]\d{9}`, `\S+@\S+`, `x{3}`); err != nil {
		t.Errorf("the users' addresses do not pass the patterns: %v", err)
	}
	c.restart()
	c.do(customer(1), engine.SendMessage{Conversation: conv, Text: "xxx"})
	if got := texts(c.conversation(anna, conv)); got[len(got)-1] != "•••" {
		t.Errorf("after a restart: %q", got)
	}
}
