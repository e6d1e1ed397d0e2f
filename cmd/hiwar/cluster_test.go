package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"hiwar/client"
	"hiwar/internal/blob/blobtest"
	"hiwar/internal/store/postgrestest"
)

// several starts servers on one database.
func several(t *testing.T, n int, options ...string) (all []*centre) {
	t.Helper()
	database := postgrestest.URL(t)
	for i := range n {
		c := start
		if i > 0 {
			key, err := os.ReadFile(filepath.Join(all[0].data, keyFile))
			if err != nil {
				t.Fatal(err)
			}
			// The sample's sites name the port, so all listen on the same.
			host := fmt.Sprintf("127.0.0.%d", i+1)
			_, port, _ := strings.Cut(strings.TrimPrefix(all[0].base, "http://"), ":")
			c = func(t *testing.T, options ...string) *centre {
				return startWith(t, net.JoinHostPort(host, port), key, append(options, "--host", host)...)
			}
		}
		all = append(all, c(t, append([]string{"--database", database, "--cluster"}, options...)...))
	}
	return all
}

// Everything of a conversation, with each of its people at another server.
func TestAWholeConversationAcrossServers(t *testing.T) {
	all := several(t, 3)
	wholeConversation(t, all[0], all[1], all[2])
}

// A server that is stopped hands over what it has, and whoever was connected
// loses nothing.
func TestAStoppedServerHandsOver(t *testing.T) {
	for i := range 2 { // one of them has the organization
		restartLosesNothing(t, several(t, 2)[i])
	}
}

// All servers of a database are one owner of a bucket: what is sent at one is
// read at another.
func TestServersShareABucket(t *testing.T) {
	all := several(t, 2, atStore(t, blobtest.New(t))...)
	salma := all[0].customer("Salma", "a list")
	at := "/api/v1/conversations/" + salma.conv
	var sent struct{ ID string }
	res := all[0].do(salma, "POST", at+"/attachments", "a list of things", "Content-Type", "application/octet-stream", "X-File-Name", "list.txt", "Idempotency-Key", "u1")
	if json.Unmarshal([]byte(res.body), &sent) != nil || res.status != http.StatusCreated {
		t.Fatalf("uploaded: %d %s", res.status, res.body)
	}
	if res := all[1].do(salma, "POST", at+"/messages", `{"text":"here","attachments":["`+sent.ID+`"]}`, "Idempotency-Key", "m1"); res.status != http.StatusOK {
		t.Fatalf("sent: %d %s", res.status, res.body)
	}
	if res := all[1].do(salma, "GET", at+"/attachments/"+sent.ID, ""); res.status != http.StatusOK || res.body != "a list of things" {
		t.Errorf("the file is %d %q", res.status, res.body)
	}
}

// Who signs out at one server is out at the others within moments, sockets
// included.
func TestASessionEndsAtEveryServer(t *testing.T) {
	all := several(t, 2)
	omar, layla := all[0].staff("omar"), all[1].staff("layla")
	there := &person{Client: client.New(all[1].base, client.Transport(withCookie{omar.cookie})), c: all[1], cards: map[string]client.Card{}, seen: map[string]int64{}}
	there.connect()
	if res := all[0].do(omar, "POST", "/api/v1/logout", "{}"); res.status != http.StatusNoContent {
		t.Fatalf("signed out: %d %s", res.status, res.body)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	for {
		if _, err := there.socket.Next(ctx); err != nil {
			if code := websocket.CloseStatus(err); code != 4501 {
				t.Errorf("the socket at the other server ended with %d, %v", code, err)
			}
			break
		}
	}
	layla.available() // nobody else's is
}

func TestAnotherKeyIsRefused(t *testing.T) {
	one := several(t, 1)[0]
	var said bytes.Buffer
	args := append([]string{"serve", "--data", t.TempDir(), "--listen", "127.0.0.1:0"}, one.options...)
	if code := (program{out: &said, err: &said}).run(t.Context(), args); code != 1 || !bytes.Contains(said.Bytes(), []byte("copy theirs there")) {
		t.Errorf("ended with %d: %s", code, &said)
	}
}

func TestClusterOptions(t *testing.T) {
	for want, args := range map[string][]string{
		"say its URL with --database": {"--cluster"},
		"say either that or --nats":   {"--cluster", "--nats", "nats://127.0.0.1:1", "--database", "postgres://127.0.0.1:1/none"},
		"this is not a URL":           {"--nats", "somewhere", "--database", "postgres://127.0.0.1:1/none"},
	} {
		var said bytes.Buffer
		args = append([]string{"serve", "--data", t.TempDir()}, args...)
		if code := (program{out: &said, err: &said}).run(t.Context(), args); code != 2 || !bytes.Contains(said.Bytes(), []byte(want)) {
			t.Errorf("%v ended with %d: %s", args, code, &said)
		}
	}
}
