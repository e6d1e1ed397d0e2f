package org

// Work is what a browser has to do before it may begin a chat: so little that
// nobody notices it once, and too much for a program that begins thousands.
type Work string

// The amounts of work.
const (
	WorkOff    Work = ""
	WorkLight  Work = "light"
	WorkStrong Work = "strong"
)

// Bits is how hard each part of the work is; 0 is none.
func (w Work) Bits() int {
	switch w {
	case WorkLight:
		return 13
	case WorkStrong:
		return 16
	default:
		return 0
	}
}
