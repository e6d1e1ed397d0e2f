package rest

import (
	"fmt"
	"image/color"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// Picture is a QR code, to be drawn dark on light with a margin of four.
type Picture struct {
	Size int    `json:"size" doc:"how many modules wide and high"`
	Path string `json:"path" doc:"the dark modules as the path of an SVG, a module a unit"`
}

// pictureOf is a text as a QR code, each row's dark runs as one stroke.
func pictureOf(text string) (Picture, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return Picture{}, err
	}
	size := code.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := 0; x < size; {
			run := 0
			for x+run < size && code.At(x+run, y) == color.Black {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", x, y, run, run)
			}
			x += max(run, 1)
		}
	}
	return Picture{size, path.String()}, nil
}
