package main

import (
	"archive/zip"
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hiwar/internal/audit"
	"hiwar/internal/id"
)

// personal are words of one person, each of a place of its own; every one of
// them is unlike anything else in the files.
var personal = map[string]string{
	"name": "Qamarzad Wyxquff", "address": "wyxquff@mailqamar.example", "phone": "+20 100 555 7391", "subject": "subject-xq-8842",
	"page": "https://shop.example.org/pwd-xqplonk", "title": "Titlexqvort", "referrer": "https://search.example/refxqzim", "answer": "Answerxqbrell", "attribute": "Attrxqdrum",
	"signed attribute": "Goldxqtier",
	"first words":      "Firstxqword of mine", "Arabic words": "كلمةقمرزادالسرية", "long words": "Longxqword", "reply": "Replyxqword to them", "note": "Notexqword about them",
	"handover": "Handxqover about them", "draft": "Draftxqone", "draft before": "Draftxqtwo", "file name": "Filexqname", "file": "Contentxqfile", "unsent file": "Unsentxqcontent", "agent's file": "Agentxqcontent",
}

// scan lists which of the words are in the files below a folder, in any place
// of them, and where.
func scan(t *testing.T, folder string, words map[string]string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for what, word := range words {
			if bytes.Contains(data, []byte(word)) {
				found = append(found, fmt.Sprintf("%s in %s", what, filepath.Base(path)))
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	return found
}

// identified is an identity token as a site makes it.
func identified(secret, audience string, claims map[string]any) string {
	part := func(v any) string {
		b, _ := json.Marshal(v)
		return base64.RawURLEncoding.EncodeToString(b)
	}
	claims["aud"], claims["exp"], claims["iat"] = audience, time.Now().Add(5*time.Minute).Unix(), time.Now().Unix()
	text := part(map[string]string{"alg": "HS256", "typ": "JWT", "kid": fmt.Sprint(claims["kid"])})
	delete(claims, "kid")
	text += "." + part(claims)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// talkedOf has the person prove who they are, chat with everything that a chat
// can hold, and leave; it returns who they are to the server.
func (w *world) talkedOf(c *crew) (customer string, token *someone) {
	t := w.t
	t.Helper()
	// Their colleague is not offered it, and comes for the transfer.
	w.must(c.mate, "PUT", "/api/v1/me/presence", `{"presence":"idle"}`)
	at := "/api/v1/widget/" + c.named["widget"]
	k, secret, err := w.now.login.NewIdentityKey(t.Context(), c.org, c.asset, "HS256", "")
	if err != nil {
		t.Fatal(err)
	}
	jwt := identified(secret, c.named["widget"], map[string]any{
		"kid": k.ID, "sub": personal["subject"], "email": personal["address"], "attributes": map[string]string{"tier": personal["signed attribute"]},
	})
	var proven struct {
		Token string `json:"visitor_token"`
	}
	var embed struct {
		Token string `json:"embed_token"`
	}
	w.must(nil, "POST", at+"/embed", "{}", "Origin", matrixSite).into(t, &embed)
	w.must(nil, "POST", at+"/identity", fmt.Sprintf(`{"identity_token":%q,"embed_token":%q}`, jwt, embed.Token)).into(t, &proven)
	them := &someone{bearer: proven.Token}
	body, _ := json.Marshal(map[string]any{
		"name": personal["name"], "email": personal["address"], "phone": personal["phone"], "page": personal["page"], "page_title": personal["title"], "referrer": personal["referrer"],
		"answers": []map[string]string{{"name": "why", "value": personal["answer"]}}, "attributes": []map[string]string{{"name": "plan", "value": personal["attribute"]}},
		"text": personal["first words"], "embed_token": embed.Token,
	})
	var started struct{ Conversation string }
	w.must(them, "POST", at+"/conversations", string(body)).into(t, &started)
	conv := "/api/v1/conversations/" + started.Conversation
	w.accept(c.owner, started.Conversation)
	upload := func(as *someone, content string) (file struct{ ID string }) {
		w.must(as, "POST", conv+"/attachments", content, "Content-Type", "application/octet-stream", "X-File-Name", personal["file name"]+".txt").into(t, &file)
		return file
	}
	say := func(as *someone, text, files string) {
		b, _ := json.Marshal(text)
		w.must(as, "POST", conv+"/messages", fmt.Sprintf(`{"text":%s,"attachments":[%s]}`, b, files))
	}
	say(them, personal["Arabic words"], fmt.Sprintf("%q", upload(them, personal["file"]).ID))
	upload(them, personal["unsent file"])
	for range 12 { // several pages of the database
		say(them, strings.Repeat(personal["long words"]+" and more of it. ", 120), "")
	}
	say(c.owner, personal["reply"], fmt.Sprintf("%q", upload(c.owner, personal["agent's file"]).ID))
	w.must(c.owner, "POST", conv+"/notes", fmt.Sprintf(`{"text":%q}`, personal["note"]))
	for i, draft := range []string{personal["draft before"], personal["draft"]} {
		w.must(c.owner, "PUT", conv+"/draft", fmt.Sprintf(`{"text":%q,"revision":%d}`, draft, i+1))
	}
	w.must(c.mate, "PUT", "/api/v1/me/presence", `{"presence":"available"}`)
	w.must(c.owner, "POST", conv+"/transfer", fmt.Sprintf(`{"agent":%q,"note":%q}`, c.mate.user, personal["handover"]))
	w.accept(c.mate, started.Conversation)
	w.must(c.mate, "POST", conv+"/end", "")
	w.must(them, "PUT", conv+"/rating", `{"score":2}`)
	p, err := w.now.db.FindPeople(t.Context(), c.org, started.Conversation, 1)
	if err != nil || len(p) != 1 {
		t.Fatal(p, err)
	}
	for _, agent := range []*someone{c.owner, c.mate} {
		w.must(agent, "PUT", fmt.Sprintf("/api/v1/parts/%d/wrapup", w.card(agent, started.Conversation).Part), fmt.Sprintf(`{"reason":%q}`, c.named["wrapup"]))
	}
	return string(p[0]), them
}

// G26: after an erasure no byte of what a person said, was called or sent is in
// any file of the server, in free pages and the journal neither, while it goes on
// running; what another person said is. The record of it stays, and the chain of
// records is whole.
func TestErasingAPersonLeavesNoByte(t *testing.T) {
	w := newWorld(t)
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(w.folder)); err != nil {
		t.Fatal(err)
	}
	w.now = startNode(t, folder)
	defer func() { w.now.stop() }()
	c, admin := w.crews["own"], w.people["administrator"]
	customer, token := w.talkedOf(c)
	other := map[string]string{"other": "Otherxqperson said this"}
	w.must(c.client, "POST", "/api/v1/conversations/"+c.conv["talk"]+"/messages", fmt.Sprintf(`{"text":%q}`, other["other"]))

	missing := maps.Clone(personal)
	for _, f := range scan(t, folder, personal) {
		what, _, _ := strings.Cut(f, " in ")
		delete(missing, what)
	}
	delete(missing, "draft before") // was replaced before it was ever flushed, perhaps
	if len(missing) > 0 {
		t.Fatalf("the search would not find %v", missing)
	}

	at := "/api/v1/people/" + customer
	for _, what := range []string{strings.ToUpper(personal["address"]), personal["phone"], personal["subject"], customer} {
		found := w.now.ask(admin, "GET", "/api/v1/people?query="+url.QueryEscape(what), "")
		if found.status != 200 || !strings.Contains(found.body, customer) {
			t.Errorf("searching for %s: %d %s", what, found.status, found.body)
		}
	}
	archive := w.must(admin, "GET", at+"/export", "")
	taken := unpacked(t, archive.body)
	for what, word := range personal {
		if what != "draft" && what != "draft before" && !strings.Contains(what, "signed") && !strings.Contains(taken, word) {
			t.Errorf("the export has no %s", what)
		}
	}
	if got := w.now.ask(admin, "POST", at+"/erasure", `{"confirmation":"somebody"}`); got.code() != "confirmation_mismatch" {
		t.Errorf("without the right word: %d %s", got.status, got.body)
	}

	if got := w.must(admin, "POST", at+"/erasure", fmt.Sprintf(`{"confirmation":%q}`, personal["address"])); !strings.Contains(got.body, `"conversations":1,"files":3`) {
		t.Errorf("erased: %s", got.body)
	}
	if left := scan(t, folder, personal); len(left) > 0 {
		t.Errorf("while it runs, still there: %v", left)
	}
	if got := w.now.ask(token, "GET", "/api/v1/widget/conversation", ""); got.code() != "token_invalid" {
		t.Errorf("their token: %d %s", got.status, got.body)
	}
	var record audit.Record
	head, err := w.now.db.WalkAudit(t.Context(), c.org, func(r audit.Record) error { record = r; return nil })
	if err != nil || record.Act != "erase_person" || record.Object != customer {
		t.Errorf("the last record is %+v, %v", record, err)
	}
	if _, err := w.now.db.VerifyAudit(t.Context(), c.org, head); err != nil {
		t.Error(err)
	}
	for _, check := range []error{w.now.db.CheckIntegrity(t.Context()), w.now.db.CheckLedger(t.Context())} {
		if check != nil {
			t.Error(check)
		}
	}
	if p, err := w.now.db.Person(t.Context(), c.org, id.Customer(customer)); err != nil || len(p.Conversations) != 1 || p.Kept() != 0 {
		t.Errorf("kept: %+v, %v", p, err)
	}

	w.now.stop()
	if left := scan(t, folder, personal); len(left) > 0 {
		t.Errorf("once it stopped, still there: %v", left)
	}
	if found := scan(t, folder, other); len(found) == 0 {
		t.Error("what somebody else said is gone")
	}
	w.now = startNode(t, folder)
}

// Whoever runs the server finds, takes away and erases a person where no server
// runs, and is told why it cannot be.
func TestAPersonOnTheConsole(t *testing.T) {
	w := newWorld(t)
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS(w.folder)); err != nil {
		t.Fatal(err)
	}
	w.now = startNode(t, folder)
	defer func() { w.now.stop() }()
	customer, _ := w.talkedOf(w.crews["own"])
	if _, said := command(t, 1, "person", "find", "--data", folder, personal["address"]); !strings.Contains(said, "another server uses") {
		t.Errorf("while a server runs: %s", said)
	}
	w.now.stop()

	for _, args := range [][]string{{}, {"find"}, {"burn", "x"}, {"export", customer}, {"erase"}} {
		command(t, 2, append([]string{"person"}, args...)...)
	}
	person := func(want int, args ...string) (out, said string) {
		t.Helper()
		return command(t, want, append([]string{"person", args[0], "--data", folder}, args[1:]...)...)
	}
	line := fmt.Sprintf(`"customer":%q,"name":%q,"email":%q`, customer, personal["name"], personal["address"])
	if out, _ := person(0, "find", personal["address"]); !strings.Contains(out, line) || !strings.Contains(out, `"conversations":1,"files":3`) {
		t.Errorf("found %s", out)
	}
	if out, _ := person(0, "find", "nobody@example.org"); out != "" {
		t.Errorf("found of nobody %s", out)
	}
	file := filepath.Join(t.TempDir(), "person.zip")
	person(0, "export", customer, file)
	archive, err := os.ReadFile(file)
	if err != nil || !strings.Contains(unpacked(t, string(archive)), personal["note"]) {
		t.Errorf("taken away: %v", err)
	}
	person(1, "export", customer, file) // never over a file
	if again, err := os.ReadFile(file); err != nil || !bytes.Equal(again, archive) {
		t.Errorf("the file that was there: %v", err)
	}
	if _, said := person(1, "erase", w.crews["own"].named["customer"]); !strings.Contains(said, "person_busy") {
		t.Errorf("whoever talks: %s", said)
	}
	if _, said := person(1, "erase", unknown["customer"]); !strings.Contains(said, "nothing is kept of") {
		t.Errorf("nobody: %s", said)
	}
	if out, _ := person(0, "erase", customer); !strings.Contains(out, "1 conversations, 3 files") {
		t.Errorf("erased: %s", out)
	}
	if left := scan(t, folder, personal); len(left) > 0 {
		t.Errorf("still there: %v", left)
	}
	if out, _ := command(t, 0, "audit", "export", "--data", folder); strings.Count(out, "_person") != 2 {
		t.Errorf("recorded: %s", out)
	}
}

// unpacked is all that is in an archive, with the names of its files.
func unpacked(t *testing.T, data string) string {
	t.Helper()
	archive, err := zip.NewReader(strings.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range archive.File {
		all.WriteString(f.Name + "\n")
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, in); err != nil {
			t.Fatal(err)
		}
		in.Close()
	}
	return all.String()
}
