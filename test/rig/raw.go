package rig

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/http"
)

// Raw is a socket whose bytes the caller writes: whole frames, halves of them,
// and what is no frame at all.
type Raw struct {
	net.Conn
	in *bufio.Reader
}

// DialRaw connects to an address, from another local address if one is named.
func DialRaw(ctx context.Context, address, from string) (*Raw, error) {
	d := net.Dialer{}
	if from != "" {
		d.LocalAddr = &net.TCPAddr{IP: net.ParseIP(from)}
	}
	conn, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return nil, err
	}
	return &Raw{conn, bufio.NewReader(conn)}, nil
}

// Upgrade asks for a socket, in the pieces that cut makes of the request, and
// reads the answer.
func (r *Raw) Upgrade(cut func([]byte) error) error {
	host := r.RemoteAddr().String()
	request := "GET /api/v1/socket HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host +
		"\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
	if err := cut([]byte(request)); err != nil {
		return err
	}
	res, err := http.ReadResponse(r.in, nil)
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusSwitchingProtocols {
		return fmt.Errorf("the upgrade was answered %s", res.Status)
	}
	return nil
}

// Whole writes everything at once: a cut that is none.
func (r *Raw) Whole(b []byte) error {
	_, err := r.Write(b)
	return err
}

// The opcodes of frames.
const (
	Text   byte = 1
	Binary byte = 2
	Closed byte = 8
)

// Frame is a final frame as a client sends it, masked.
func Frame(opcode byte, payload []byte) []byte {
	mask := [4]byte{0x37, 0xfa, 0x21, 0x3d}
	out := []byte{0x80 | opcode}
	switch n := len(payload); {
	case n < 126:
		out = append(out, 0x80|byte(n))
	case n < 1<<16:
		out = binary.BigEndian.AppendUint16(append(out, 0x80|126), uint16(n))
	default:
		out = binary.BigEndian.AppendUint64(append(out, 0x80|127), uint64(n))
	}
	out = append(out, mask[:]...)
	for i, b := range payload {
		out = append(out, b^mask[i%4])
	}
	return out
}

// Next reads one frame of the server. Its frames are final and not masked.
func (r *Raw) Next() (opcode byte, payload []byte, err error) {
	var head [2]byte
	if _, err := io.ReadFull(r.in, head[:]); err != nil {
		return 0, nil, err
	}
	size := uint64(head[1] & 0x7f)
	if size > 125 {
		long := make([]byte, map[uint64]int{126: 2, 127: 8}[size])
		if _, err := io.ReadFull(r.in, long); err != nil {
			return 0, nil, err
		}
		size = binary.BigEndian.Uint64(append(make([]byte, 8-len(long)), long...))
	}
	if size > 4<<20 {
		return 0, nil, fmt.Errorf("a frame of %d bytes", size)
	}
	payload = make([]byte, size)
	_, err = io.ReadFull(r.in, payload)
	return head[0] & 0x0f, payload, err
}
