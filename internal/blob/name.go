package blob

import (
	"strings"
	"unicode"

	"hiwar/internal/text"
)

// nameLimit is the longest name, in characters.
const nameLimit = 120

// cleanName is the name as people read it: the last part of a path, on one
// line, without characters that are not seen or that turn others around. It is
// only ever shown; the file has another one.
func cleanName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, name)
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = text.CleanName(name)
	runes := []rune(name)
	if over := len(runes) - nameLimit; over > 0 { // the beginning is what people know it by, the ending what it is
		keep := min(len([]rune(ending(name)))+1, 10)
		name = string(runes[:nameLimit-keep]) + string(runes[len(runes)-keep:])
	}
	return name
}

// ending is what follows the last dot, in lower case.
func ending(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i < 0 {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(name[i+1:]))
}

// withEnding gives a name the ending of what the file is.
func withEnding(name string, k kind) string {
	stem, end := name, string(k.name)
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		stem = name[:dot]
		if says, ok := claimed(ending(name)); ok && says.name == k.name {
			end = name[dot+1:]
		}
	}
	if stem = strings.TrimLeft(stem, "."); stem == "" {
		stem = "file"
	}
	return stem + "." + end
}
