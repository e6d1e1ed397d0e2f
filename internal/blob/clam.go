package blob

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// Scanner looks for what harms.
type Scanner interface {
	// Clean reports whether nothing was found. An error means that it is not
	// known.
	Clean(ctx context.Context, r io.Reader) (bool, error)
}

// Clamd asks a ClamAV daemon at an address: host:port, or a path of a socket.
type Clamd string

// scanWithin is how long one file may take.
const scanWithin = time.Minute

// Clean implements [Scanner] by the daemon's INSTREAM command.
func (c Clamd) Clean(ctx context.Context, r io.Reader) (bool, error) {
	network := "tcp"
	if strings.HasPrefix(string(c), "/") {
		network = "unix"
	}
	ctx, cancel := context.WithTimeout(ctx, scanWithin)
	defer cancel()
	var d net.Dialer
	conn, err := d.DialContext(ctx, network, string(c))
	if err != nil {
		return false, fmt.Errorf("clamd: %w", err)
	}
	defer conn.Close()
	deadline, _ := ctx.Deadline()
	if err := conn.SetDeadline(deadline); err != nil {
		return false, err
	}
	if err := stream(conn, r); err != nil {
		return false, fmt.Errorf("clamd: %w", err)
	}
	said, err := io.ReadAll(io.LimitReader(conn, 1024))
	if err != nil {
		return false, fmt.Errorf("clamd: %w", err)
	}
	switch verdict := strings.TrimRight(string(said), "\x00\n"); {
	case strings.HasSuffix(verdict, " OK"):
		return true, nil
	case strings.HasSuffix(verdict, " FOUND"):
		return false, nil
	default:
		return false, fmt.Errorf("clamd said %q", verdict)
	}
}

// stream sends the command, then pieces with their lengths, then an empty one.
func stream(w io.Writer, r io.Reader) error {
	if _, err := io.WriteString(w, "zINSTREAM\x00"); err != nil {
		return err
	}
	buf := make([]byte, 4+64<<10)
	for {
		n, err := r.Read(buf[4:])
		if n > 0 {
			binary.BigEndian.PutUint32(buf, uint32(n))
			if _, err := w.Write(buf[:4+n]); err != nil {
				return err
			}
		}
		if err == io.EOF {
			_, err := w.Write([]byte{0, 0, 0, 0})
			return err
		}
		if err != nil {
			return err
		}
	}
}
