package blob

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"net"
	"strings"
	"testing"

	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// half is an image of w by h pixels whose left half is red.
func half(w, h int) *image.RGBA {
	m := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.RGBA{B: 255, A: 255}
			if x < w/2 {
				c = color.RGBA{R: 255, A: 255}
			}
			m.Set(x, y, c)
		}
	}
	return m
}

func encoded(t *testing.T, encode func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func aPNG(t *testing.T) []byte {
	return encoded(t, func(w io.Writer) error { return png.Encode(w, half(40, 30)) })
}

func aJPEG(t *testing.T) []byte {
	return encoded(t, func(w io.Writer) error { return jpeg.Encode(w, half(40, 30), nil) })
}

func aGIF(t *testing.T, frames int) []byte {
	g := &gif.GIF{}
	for range frames {
		g.Image = append(g.Image, image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{color.Black, color.White}))
		g.Delay = append(g.Delay, 1)
	}
	return encoded(t, func(w io.Writer) error { return gif.EncodeAll(w, g) })
}

// claims is a PNG or GIF that says it is as large as can be said.
func claims(t *testing.T, which string) []byte {
	if which == "gif" {
		b := aGIF(t, 1)
		copy(b[6:], "\xff\xff\xff\xff")
		return b
	}
	b := aPNG(t)
	binary.BigEndian.PutUint32(b[16:], 65535)
	binary.BigEndian.PutUint32(b[20:], 65535)
	binary.BigEndian.PutUint32(b[29:], crc32.ChecksumIEEE(b[12:29]))
	return b
}

func document(t *testing.T, names ...string) []byte {
	return encoded(t, func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, n := range names {
			if _, err := z.Create(n); err != nil {
				return err
			}
		}
		return z.Close()
	})
}

// held is an upright JPEG with the mark of a camera that was held on its side.
func held(t *testing.T, orientation byte) []byte {
	plain := aJPEG(t)
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(orientation) + "\x00\x00\x00\x00\x00\x00")
	exif := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(len(exif) + 2)}, exif...)
	return append(out, plain[2:]...)
}

// What is refused, and as what; nothing of it is left.
func TestRefused(t *testing.T) {
	text := []byte("name,price\nlamp,12\n")
	exe := append([]byte("MZ\x90\x00\x03\x00\x00\x00"), make([]byte, 100)...)
	for _, c := range []struct {
		what, name string
		data       []byte
		want       problem.Code
	}{
		{"nothing", "a.png", nil, problem.FileEmpty},
		{"too much", "a.txt", bytes.Repeat([]byte("x"), 2001), problem.FileTooLarge},
		{"a page", "a.html", []byte("<!doctype html><p>hi"), problem.FileTypeNotAllowed},
		{"a drawing", "a.svg", []byte("<svg onload=alert(1)>"), problem.FileTypeNotAllowed},
		{"a script", "a.js", []byte("alert(1)"), problem.FileTypeNotAllowed},
		{"a program", "a.exe", exe, problem.FileTypeNotAllowed},
		{"settings of a server", ".htaccess", []byte("AddType"), problem.FileTypeNotAllowed},
		{"no ending", "notes", text, problem.FileTypeNotAllowed},
		{"an archive", "a.zip", document(t, "x"), problem.FileTypeNotAllowed},
		{"two endings", "a.png.exe", aPNG(t), problem.FileTypeNotAllowed},
		{"a hidden turn", "txt.\u202Eexe", text, problem.FileTypeNotAllowed},
		{"a page as an image", "photo.png", []byte("<!doctype html><script>alert(1)</script>"), problem.ContentMismatch},
		{"a page as text", "a.txt", []byte("\ufeff \n<HTML><script>alert(1)</script>"), problem.ContentMismatch},
		{"a drawing as a table", "a.csv", []byte("<?xml version='1.0'?><svg/>"), problem.ContentMismatch},
		{"a program as text", "a.txt", exe, problem.ContentMismatch},
		{"text as a document", "a.pdf", text, problem.ContentMismatch},
		{"an image as a document", "a.pdf", aPNG(t), problem.ContentMismatch},
		{"an archive as a document", "a.docx", document(t, "x"), problem.ContentMismatch},
		{"a table as a document", "a.docx", document(t, manifest, "xl/workbook.xml"), problem.ContentMismatch},
		{"a document with a program", "a.docx", document(t, manifest, "word/document.xml", "word/vbaProject.bin"), problem.ContentMismatch},
		{"a script that begins like an image", "a.gif", []byte("GIF89a/*<script>*/=1;alert(1)"), problem.ImageTooLarge},
		{"a cut off image", "a.jpg", aJPEG(t)[:300], problem.ImageUnreadable},
		{"an endless PNG", "a.png", claims(t, "png"), problem.ImageTooLarge},
		{"an endless GIF", "a.gif", claims(t, "gif"), problem.ImageTooLarge},
		{"a long film", "a.gif", aGIF(t, mostFrames+1), problem.ImageTooLarge},
	} {
		t.Run(c.what, func(t *testing.T) {
			onBoth(t, nil, func(t *testing.T, w world) {
				_, err := w.Keep(t.Context(), bytes.NewReader(c.data), c.name, org.Attachments{MaxBytes: max(2000, int64(len(c.data)*btoi(c.want != problem.FileTooLarge)))})
				if err == nil || problem.CodeOf(err) != c.want {
					t.Errorf("got %v, want %s", err, c.want)
				}
				if n := w.count(); n != 0 {
					t.Errorf("%d files are left", n)
				}
			})
		})
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// What is accepted comes back, under the name and type of what it is.
func TestKept(t *testing.T) {
	text := []byte("اسم,سعر\nمصباح,12\n")
	pdf := []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n<script>alert(1)</script>")
	for _, c := range []struct {
		name, want, kind string
		data             []byte
	}{
		{"a.txt", "a.txt", "text/plain; charset=utf-8", text},
		{"prices.CSV", "prices.CSV", "text/csv; charset=utf-8", text},
		{"old.csv", "old.csv", "text/csv; charset=utf-8", []byte("\xc7\xd3\xe3\r\n")},
		{"wide.txt", "wide.txt", "text/plain; charset=utf-8", []byte("\xff\xfea\x00b\x00")},
		{"form.pdf", "form.pdf", "application/pdf", pdf},
		{"a.docx", "a.docx", kindNamed("docx").mediaType, document(t, manifest, "word/document.xml")},
		{"a.xlsx", "a.xlsx", kindNamed("xlsx").mediaType, document(t, manifest, "xl/workbook.xml")},
		{"../../etc/passwd.txt", "passwd.txt", "text/plain; charset=utf-8", text},
		{`C:\Users\me\a.txt`, "a.txt", "text/plain; charset=utf-8", text},
		{"invoice\u202Etxt.pdf", "invoicetxt.pdf", "application/pdf", pdf},
		{"a\x00b\r\n.txt", "ab.txt", "text/plain; charset=utf-8", text},
		{"..txt", "file.txt", "text/plain; charset=utf-8", text},
	} {
		t.Run(c.want, func(t *testing.T) {
			onBoth(t, nil, func(t *testing.T, w world) {
				k, err := w.Keep(t.Context(), bytes.NewReader(c.data), c.name, org.Attachments{})
				if err != nil {
					t.Fatal(err)
				}
				if k.Name != c.want || k.Type != c.kind || k.Size != int64(len(c.data)) {
					t.Errorf("kept as %+v", k)
				}
				if got := read(t, w, k.Blob); !bytes.Equal(got, c.data) {
					t.Errorf("%d bytes came back as %d", len(c.data), len(got))
				}
				if n := w.count(); n != 1 {
					t.Errorf("%d files", n)
				}
			})
		})
	}
}

// An image is made anew: the same picture, and nothing that was beside it.
func TestImagesAreMadeAnew(t *testing.T) {
	hidden := "<script>alert(1)</script> 24.7136 N 46.6753 E"
	for name, data := range map[string][]byte{"a.png": aPNG(t), "a.jpg": aJPEG(t), "a.gif": aGIF(t, 3)} {
		t.Run(name, func(t *testing.T) {
			d := inFolder(t, nil)
			k, err := d.Keep(t.Context(), bytes.NewReader(append(data, hidden...)), name, org.Attachments{})
			if err != nil {
				t.Fatal(err)
			}
			out := read(t, d, k.Blob)
			if bytes.Contains(out, []byte("alert")) || bytes.Contains(out, []byte("24.7")) || k.Size != int64(len(out)) {
				t.Errorf("what was hidden is still there, or %d is not the size of %d bytes", k.Size, len(out))
			}
			m, _, err := image.DecodeConfig(bytes.NewReader(out))
			if err != nil || m.Width != k.Width || m.Height != k.Height {
				t.Errorf("%+v is not of %+v: %v", k, m, err)
			}
		})
	}
	d := inFolder(t, nil)
	k, err := d.Keep(t.Context(), bytes.NewReader(aJPEG(t)), "scan.png", org.Attachments{})
	if err != nil || k.Name != "scan.jpg" || k.Type != "image/jpeg" {
		t.Errorf("a JPEG called PNG: %+v, %v", k, err)
	}
}

// How the camera was held is not lost with what it wrote.
func TestPhotographsStandUpright(t *testing.T) {
	for orientation, red := range map[byte]image.Point{1: {2, 15}, 2: {37, 15}, 3: {37, 15}, 4: {2, 15}, 5: {15, 2}, 6: {15, 2}, 7: {15, 37}, 8: {15, 37}} {
		d := inFolder(t, nil)
		k, err := d.Keep(t.Context(), bytes.NewReader(held(t, orientation)), "photo.jpg", org.Attachments{})
		if err != nil {
			t.Fatal(err)
		}
		m, err := jpeg.Decode(bytes.NewReader(read(t, d, k.Blob)))
		if err != nil {
			t.Fatal(err)
		}
		size := image.Pt(40, 30)
		if orientation >= 5 {
			size = image.Pt(30, 40)
		}
		r, _, b, _ := m.At(red.X, red.Y).RGBA()
		if m.Bounds().Size() != size || k.Width != size.X || k.Height != size.Y || r < b {
			t.Errorf("orientation %d: %v, red %d and blue %d at %v", orientation, m.Bounds().Size(), r, b, red)
		}
	}
}

// torn is a connection that ends before the file does.
type torn struct{ rest io.Reader }

func (t torn) Read(p []byte) (int, error) {
	n, err := t.rest.Read(p)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return n, err
}

func TestAnUploadThatIsCutOffLeavesNothing(t *testing.T) {
	onBoth(t, nil, func(t *testing.T, w world) {
		_, err := w.Keep(t.Context(), torn{strings.NewReader("some text")}, "a.txt", org.Attachments{})
		if problem.CodeOf(err) != problem.BadJSON || w.count() != 0 {
			t.Errorf("got %v, and %d files are left", err, w.count())
		}
	})
}

// The settings of an asset bound what there is.
func TestRules(t *testing.T) {
	d := inFolder(t, nil)
	only := org.Attachments{Kinds: []org.FileKind{"pdf", "png"}}
	_, err := d.Keep(t.Context(), strings.NewReader("text"), "a.txt", only)
	if p := problem.Of(err); p.Code != problem.FileTypeNotAllowed || p.Params["types"] != "PNG, PDF" {
		t.Errorf("text: %v", err)
	}
	if _, err := d.Keep(t.Context(), bytes.NewReader(aJPEG(t)), "a.png", only); problem.CodeOf(err) != problem.FileTypeNotAllowed {
		t.Errorf("a JPEG called PNG where only PNG is allowed: %v", err)
	}
	if _, err := d.Keep(t.Context(), bytes.NewReader(aPNG(t)), "a.png", only); err != nil {
		t.Error(err)
	}
}

func TestLongNames(t *testing.T) {
	d := inFolder(t, nil)
	k, err := d.Keep(t.Context(), strings.NewReader("text"), strings.Repeat("طويل", 100)+".txt", org.Attachments{})
	if n := len([]rune(k.Name)); err != nil || n > nameLimit || !strings.HasSuffix(k.Name, ".txt") || !strings.HasPrefix(k.Name, "طويل") {
		t.Errorf("%q has %d characters, %v", k.Name, n, err)
	}
}

// daemon answers one stream as told.
func daemon(t *testing.T, answer func(data []byte) string) Clamd {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	t.Cleanup(func() { l.Close(); <-done })
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			head := make([]byte, 10)
			_, _ = io.ReadFull(conn, head)
			var data []byte
			for {
				var n uint32
				if err := binary.Read(conn, binary.BigEndian, &n); err != nil || n == 0 {
					break
				}
				piece := make([]byte, n)
				_, _ = io.ReadFull(conn, piece)
				data = append(data, piece...)
			}
			_, _ = io.WriteString(conn, answer(data)+"\x00")
			conn.Close()
		}
	}()
	return Clamd(l.Addr().String())
}

// A file is kept if the scanner says so, and not if it cannot be asked.
func TestScanner(t *testing.T) {
	scanner := daemon(t, func(data []byte) string {
		switch {
		case bytes.Contains(data, []byte("EICAR")):
			return "stream: Eicar-Test-Signature FOUND"
		case bytes.Contains(data, []byte("odd")):
			return "INSTREAM size limit exceeded. ERROR"
		}
		return "stream: OK"
	})
	onBoth(t, scanner, testScanner)
	away := inFolder(t, Clamd("127.0.0.1:1"))
	if _, err := away.Keep(t.Context(), strings.NewReader("good"), "a.txt", org.Attachments{}); problem.Of(err).Params["reason"] != "unscanned" {
		t.Errorf("without the scanner: %v", err)
	}
}

func testScanner(t *testing.T, w world) {
	for text, want := range map[string]string{"good": "", "EICAR": "infected", "odd": "unscanned"} {
		_, err := w.Keep(t.Context(), strings.NewReader(text), "a.txt", org.Attachments{})
		if got, _ := problem.Of(err).Params["reason"].(string); err != nil && got != want || err == nil && want != "" {
			t.Errorf("%s: %v", text, err)
		}
	}
	if n := w.count(); n != 1 {
		t.Errorf("%d files", n)
	}
}
