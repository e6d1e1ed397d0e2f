package blob

import (
	"bytes"
	"encoding/binary"
	"image"
	"io"
	"os"
)

// Cameras write the picture as the sensor saw it, and beside it how it was
// held. What is beside it goes, so the picture itself is turned.

// orientation is what the camera wrote, 1 to 8; 1 where it wrote nothing that
// can be understood.
func orientation(f *os.File) int {
	if _, err := f.Seek(2, io.SeekStart); err != nil { // after the mark of a JPEG
		return 1
	}
	for range 32 { // it stands among the first segments
		var head [4]byte
		if _, err := io.ReadFull(f, head[:]); err != nil || head[0] != 0xff || head[1] == 0xda {
			return 1
		}
		body := make([]byte, max(int(binary.BigEndian.Uint16(head[2:]))-2, 0))
		if _, err := io.ReadFull(f, body); err != nil {
			return 1
		}
		if tiff, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); head[1] == 0xe1 && ok {
			return tagOrientation(tiff)
		}
	}
	return 1
}

func tagOrientation(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if tiff[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 1
		}
		const tag, short = 0x112, 3
		if order.Uint16(entries) == tag && order.Uint16(entries[2:]) == short {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}

// upright turns an image as its orientation says.
func upright(m image.Image, orientation int) image.Image {
	if orientation == 1 {
		return m
	}
	b := m.Bounds()
	w, h := b.Dx(), b.Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			toX, toY := x, y
			switch orientation {
			case 2:
				toX = w - 1 - x
			case 3:
				toX, toY = w-1-x, h-1-y
			case 4:
				toY = h - 1 - y
			case 5:
				toX, toY = y, x
			case 6:
				toX, toY = h-1-y, x
			case 7:
				toX, toY = h-1-y, w-1-x
			case 8:
				toX, toY = y, w-1-x
			}
			out.Set(toX, toY, m.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}
