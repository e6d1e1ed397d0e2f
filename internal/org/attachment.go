package org

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Attachments says which files may be sent in the conversations of an asset.
type Attachments struct {
	Allowed  Switch     `json:"allowed"`   // "" is on
	Kinds    []FileKind `json:"kinds"`     // none: all there are
	MaxBytes int64      `json:"max_bytes"` // of one file; 0: the most there may be
	MaxFiles int        `json:"max_files"` // in a message; 0: the most there may be
}

// FileKind is a sort of file, named by its ending.
type FileKind string

// FileKinds are all there are. What is in a file decides which it is; archives,
// markup and programs are none.
var FileKinds = []FileKind{"png", "jpg", "gif", "webp", "pdf", "txt", "csv", "docx", "xlsx"}

// The bounds of attachments.
const (
	MostFileBytes = 25 << 20
	MostFiles     = 10
)

// Off reports whether nothing may be attached.
func (a Attachments) Off() bool { return a.Allowed == Off }

// AllowedKinds are the kinds that may be attached, in the order of [FileKinds].
func (a Attachments) AllowedKinds() []FileKind {
	if len(a.Kinds) == 0 {
		return FileKinds
	}
	return slices.DeleteFunc(slices.Clone(FileKinds), func(k FileKind) bool { return !slices.Contains(a.Kinds, k) })
}

// Largest and Most are the limits that hold.
func (a Attachments) Largest() int64 { return cmp.Or(a.MaxBytes, MostFileBytes) }

// Most is how many files a message may have.
func (a Attachments) Most() int { return cmp.Or(a.MaxFiles, MostFiles) }

// SizeText is a limit as people say it.
func SizeText(bytes int64) string {
	if bytes >= 1<<20 {
		return strings.TrimSuffix(strconv.FormatFloat(float64(bytes)/(1<<20), 'f', 1, 64), ".0") + " MB"
	}
	return strconv.FormatInt(max(bytes>>10, 1), 10) + " KB"
}
