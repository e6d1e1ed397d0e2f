package main

import (
	"context"
	"net"
	"testing"
	"time"
)

// What a client that does not read makes the server hold is bounded in the
// kernel too: soon a write waits.
func TestAClientThatDoesNotReadIsNoticed(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	accepted := make(chan net.Conn, 1)
	go func() {
		if conn, err := l.Accept(); err == nil {
			accepted <- conn
		}
	}()
	silent, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	if err := silent.(*net.TCPConn).SetReadBuffer(4096); err != nil {
		t.Fatal(err)
	}
	conn := <-accepted
	defer conn.Close()
	bounded(context.Background(), conn)
	if err := conn.SetWriteDeadline(time.Now().Add(2 * time.Second)); err != nil {
		t.Fatal(err)
	}
	taken := 0
	for {
		n, err := conn.Write(make([]byte, 32<<10))
		taken += n
		if err != nil {
			break
		}
	}
	if taken > 1<<20 {
		t.Errorf("%d bytes were taken for a client that read none", taken)
	}
}
