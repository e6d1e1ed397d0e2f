package blob

import (
	"bufio"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"

	"golang.org/x/image/webp"

	"hiwar/internal/engine"
	"hiwar/internal/problem"
)

const (
	mostPixels = 40_000_000
	mostFrames = 100
	// mostMemory is what one image may take while it is made anew.
	mostMemory = 200 << 20
	// quality of photographs: nobody sees a difference.
	quality = 88
)

func tooLarge() error {
	return problem.New(problem.ImageTooLarge, "max", fmt.Sprintf("%d MP", mostPixels/1_000_000))
}

func unreadable(err error) error { return problem.New(problem.ImageUnreadable).Because(err) }

// remake takes an image apart and writes it anew, into another file: what was
// hidden in it, and what the camera wrote of itself, is gone. One is in memory
// at a time.
func (s *Store) remake(ctx context.Context, f *os.File, k kind, kept *engine.Kept) (made *os.File, err error) {
	if err := looksSmall(f, k); err != nil {
		return nil, err
	}
	select {
	case s.images <- struct{}{}:
		defer func() { <-s.images }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() {
		if p := recover(); p != nil { // of a decoder
			err = unreadable(fmt.Errorf("panic: %v", p))
		}
		if err != nil && made != nil {
			s.discard(made)
			made = nil
		}
	}()
	write, size, becomes, err := decode(f, k)
	if err != nil {
		return nil, err
	}
	if made, err = s.create(); err != nil {
		return nil, err
	}
	out := bufio.NewWriter(made)
	if err := write(out); err != nil {
		return made, full(err)
	}
	kept.Name, kept.Type = withEnding(kept.Name, becomes), becomes.mediaType
	kept.Width, kept.Height = size.X, size.Y
	return made, full(out.Flush())
}

// looksSmall asks the image how large it says it is, before any of it is read.
func looksSmall(f *os.File, k kind) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	var c image.Config
	var err error
	switch k.name {
	case "png":
		c, err = png.DecodeConfig(f)
	case "jpg":
		c, err = jpeg.DecodeConfig(f)
	case "gif":
		c, err = gif.DecodeConfig(f)
	default:
		c, err = webp.DecodeConfig(f)
	}
	if err != nil {
		return unreadable(err)
	}
	pixels := int64(c.Width) * int64(c.Height)
	if pixels == 0 {
		return unreadable(fmt.Errorf("%d by %d pixels", c.Width, c.Height))
	}
	if pixels > mostPixels || pixels*bytesEach(c.ColorModel) > mostMemory {
		return tooLarge()
	}
	if k.name != "gif" {
		return nil
	}
	return fewFrames(f, pixels)
}

// bytesEach is how many bytes a pixel takes in memory.
func bytesEach(m color.Model) int64 {
	switch m {
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	case color.Gray16Model:
		return 2
	}
	if _, ok := m.(color.Palette); ok || m == color.GrayModel {
		return 1
	}
	return 4
}

// decode reads the whole image, and says how it is written and what it becomes.
func decode(f *os.File, k kind) (write func(io.Writer) error, size image.Point, becomes kind, err error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, size, k, err
	}
	in := bufio.NewReader(f)
	if k.name == "gif" {
		g, err := gif.DecodeAll(in)
		if err != nil {
			return nil, size, k, unreadable(err)
		}
		return func(w io.Writer) error { return gif.EncodeAll(w, g) }, image.Pt(g.Config.Width, g.Config.Height), k, nil
	}
	var m image.Image
	switch k.name {
	case "png":
		m, err = png.Decode(in)
	case "jpg":
		m, err = jpeg.Decode(in)
	default:
		m, err = webp.Decode(in)
	}
	if err != nil {
		return nil, size, k, unreadable(err)
	}
	if k.name == "jpg" {
		m = upright(m, orientation(f))
	}
	// Nobody writes WebP here: a photograph becomes a JPEG, and what can be seen
	// through stays so.
	becomes = kindNamed("png")
	if k.name == "jpg" || k.name == "webp" && opaque(m) {
		becomes = kindNamed("jpg")
	}
	return func(w io.Writer) error {
		if becomes.name == "jpg" {
			return jpeg.Encode(w, m, &jpeg.Options{Quality: quality})
		}
		return (&png.Encoder{CompressionLevel: level(m)}).Encode(w, m)
	}, m.Bounds().Size(), becomes, nil
}

func opaque(m image.Image) bool {
	o, ok := m.(interface{ Opaque() bool })
	return ok && o.Opaque()
}

// level: the best compression of a large image takes many seconds.
func level(m image.Image) png.CompressionLevel {
	if size := m.Bounds().Size(); size.X*size.Y > 2_000_000 {
		return png.BestSpeed
	}
	return png.DefaultCompression
}
