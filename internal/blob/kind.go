package blob

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"

	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// kind is a sort of file that may be kept.
type kind struct {
	name      org.FileKind // and its ending
	mediaType string
	image     bool
	begins    string // every such file does; "" for what has no such mark
	holds     string // a name inside, of those that are archives of their own
}

const (
	zipBegins = "PK\x03\x04"
	manifest  = "[Content_Types].xml"
	office    = "application/vnd.openxmlformats-officedocument."
)

var kinds = []kind{
	{name: "png", mediaType: "image/png", image: true, begins: "\x89PNG\r\n\x1a\n"},
	{name: "jpg", mediaType: "image/jpeg", image: true, begins: "\xff\xd8\xff"},
	{name: "gif", mediaType: "image/gif", image: true, begins: "GIF8"},
	{name: "webp", mediaType: "image/webp", image: true, begins: "RIFF"},
	{name: "pdf", mediaType: "application/pdf", begins: "%PDF-"},
	{name: "docx", mediaType: office + "wordprocessingml.document", begins: zipBegins, holds: "word/"},
	{name: "xlsx", mediaType: office + "spreadsheetml.sheet", begins: zipBegins, holds: "xl/"},
	{name: "txt", mediaType: "text/plain; charset=utf-8"},
	{name: "csv", mediaType: "text/csv; charset=utf-8"},
}

func kindNamed(name org.FileKind) kind {
	return kinds[slices.IndexFunc(kinds, func(k kind) bool { return k.name == name })]
}

// claimed is the kind that a name's ending says; false if it is none of ours.
func claimed(ending string) (kind, bool) {
	if ending == "jpeg" || ending == "jpe" || ending == "jfif" {
		ending = "jpg"
	}
	i := slices.IndexFunc(kinds, func(k kind) bool { return string(k.name) == ending })
	if i < 0 {
		return kind{}, false
	}
	return kinds[i], true
}

// kindOf is what the content is, if that is allowed and the name agrees. Of
// images the name need not say which: programs often do not know it.
func kindOf(f *os.File, name string, rules org.Attachments) (kind, error) {
	allowed := func(k kind) bool { return slices.Contains(rules.AllowedKinds(), k.name) }
	says, known := claimed(ending(name))
	if !known || !allowed(says) && !says.image {
		return kind{}, notAllowed(rules)
	}
	is, err := found(f, says)
	if err != nil {
		return kind{}, err
	}
	if is.name != says.name && !(is.image && says.image) {
		return kind{}, problem.New(problem.ContentMismatch, "ext", "."+ending(name))
	}
	if !allowed(is) {
		return kind{}, notAllowed(rules)
	}
	return is, nil
}

func notAllowed(rules org.Attachments) error {
	var names []string
	for _, k := range rules.AllowedKinds() {
		names = append(names, strings.ToUpper(string(k)))
	}
	return problem.New(problem.FileTypeNotAllowed, "types", strings.Join(names, ", "))
}

// found is the kind that the content shows. Where a kind has no mark of its
// own, the content must at least not be something else.
func found(f *os.File, says kind) (kind, error) {
	head := make([]byte, 1024)
	n, err := f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return kind{}, err
	}
	head = head[:n]
	for _, k := range kinds {
		if k.begins == "" || !bytes.HasPrefix(head, []byte(k.begins)) {
			continue
		}
		if k.name == "webp" && !(len(head) > 12 && string(head[8:12]) == "WEBP") {
			continue
		}
		if k.holds != "" {
			if ok, err := isOffice(f, k.holds); err != nil || !ok {
				if err != nil {
					return kind{}, err
				}
				continue
			}
		}
		return k, nil
	}
	if says.begins != "" || looksLikeMarkup(head) {
		return kind{}, nil
	}
	ok, err := isText(f, head)
	if err != nil || !ok {
		return kind{}, err
	}
	return says, nil
}

// isOffice looks for the names that such a document holds, and for the one of
// programs, which none may hold. The archive is not opened.
func isOffice(f *os.File, part string) (bool, error) {
	var hasManifest, hasPart, hasProgram bool
	err := pieces(f, func(b []byte) bool {
		hasManifest = hasManifest || bytes.Contains(b, []byte(manifest))
		hasPart = hasPart || bytes.Contains(b, []byte(part))
		hasProgram = hasProgram || bytes.Contains(b, []byte("vbaProject.bin"))
		return !hasProgram
	})
	return hasManifest && hasPart && !hasProgram, err
}

// markup is how pages, drawings and scripts begin, in lower case.
var markup = []string{"<!doctype", "<html", "<head", "<body", "<svg", "<script", "<iframe", "<?xml", "<!--", "<?php", "#!"}

func looksLikeMarkup(head []byte) bool {
	if kind := http.DetectContentType(head); strings.HasPrefix(kind, "text/html") || strings.HasPrefix(kind, "text/xml") {
		return true
	}
	text := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(string(head), "\ufeff"), " \t\r\n\f\v"))
	return slices.ContainsFunc(markup, func(m string) bool { return strings.HasPrefix(text, m) })
}

// isText: no control characters but those of lines. Which letters the bytes
// stand for does not matter: tables are still written in old alphabets.
func isText(f *os.File, head []byte) (bool, error) {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return true, nil // two bytes a letter: every other one may be zero
	}
	text := true
	err := pieces(f, func(b []byte) bool {
		text = !bytes.ContainsFunc(b, func(r rune) bool { return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' || r == 0x7f })
		return text
	})
	return text, err
}

// pieces calls see with the content in pieces, each beginning a little before
// the last one ended so that no word is cut in two, until see says no.
func pieces(f *os.File, see func([]byte) bool) error {
	const size, overlap = 64 << 10, 64
	buf := make([]byte, size)
	for at := int64(0); ; at += size - overlap {
		n, err := f.ReadAt(buf, at)
		if n > 0 && !see(buf[:n]) {
			return nil
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
