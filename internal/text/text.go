// Package text says what text means here: how long it is, what may stand in
// it, which way it runs, what a search finds, and which letters stand for a
// name.
//
// It is pure, and web/protocol/src/text holds the same functions under the
// same names. Both read the cases in api/fixtures/text, and the character
// tables of both are written from api/fixtures/text/tables.json, so browser
// and server cannot drift apart.
//
// A character, wherever a limit or a position counts one, is a Unicode code
// point of the text after [NormalizeMessage].
package text

// Limits in characters, each inclusive.
const (
	AgentLimit       = 1000
	CustomerLimit    = 4000
	NameLimit        = 80
	DescriptionLimit = 255
)

// rangeTable is a sorted list of inclusive ranges of code points.
type rangeTable [][2]rune

func (t rangeTable) has(r rune) bool {
	low, high := 0, len(t)
	for low < high {
		mid := (low + high) / 2
		switch {
		case r < t[mid][0]:
			high = mid
		case r > t[mid][1]:
			low = mid + 1
		default:
			return true
		}
	}
	return false
}
