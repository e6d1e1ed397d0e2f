package blob

import (
	"bufio"
	"errors"
	"io"
	"os"
)

// fewFrames counts the frames of a GIF before they are read: each may be as
// large as the whole picture, and takes a few bytes to say so.
func fewFrames(f *os.File, pixels int64) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	frames, err := countFrames(bufio.NewReader(f))
	if err != nil {
		return unreadable(err)
	}
	if frames > mostFrames || int64(frames)*pixels > mostMemory {
		return tooLarge()
	}
	return nil
}

var errNotGIF = errors.New("not a GIF")

func countFrames(r *bufio.Reader) (frames int, err error) {
	head := make([]byte, 13)
	if _, err := io.ReadFull(r, head); err != nil {
		return 0, err
	}
	if err := skipTable(r, head[10]); err != nil {
		return 0, err
	}
	for {
		b, err := r.ReadByte()
		if err != nil {
			return frames, err
		}
		switch b {
		case 0x3b: // the end
			return frames, nil
		case 0x21: // an extension: its label, then blocks
			if _, err := r.Discard(1); err != nil {
				return frames, err
			}
		case 0x2c: // a frame: its place, a table of colors, the size of its codes, then blocks
			frames++
			place := make([]byte, 9)
			if _, err := io.ReadFull(r, place); err != nil {
				return frames, err
			}
			if err := skipTable(r, place[8]); err != nil {
				return frames, err
			}
			if _, err := r.Discard(1); err != nil {
				return frames, err
			}
		default:
			return frames, errNotGIF
		}
		if err := skipBlocks(r); err != nil {
			return frames, err
		}
	}
}

// skipTable passes over a table of colors, if flags say that there is one.
func skipTable(r *bufio.Reader, flags byte) error {
	if flags&0x80 == 0 {
		return nil
	}
	_, err := r.Discard(3 << (flags&7 + 1))
	return err
}

// skipBlocks passes over blocks, each of which begins with its length, up to
// the empty one.
func skipBlocks(r *bufio.Reader) error {
	for {
		n, err := r.ReadByte()
		if err != nil || n == 0 {
			return err
		}
		if _, err := r.Discard(int(n)); err != nil {
			return err
		}
	}
}
