package text

// Reserved returns the positions of U+003C and U+003E in text, in code
// points from 0. They mark parameters in templates (S23). Look-alikes are
// free.
func Reserved(text string) []int {
	var positions []int
	i := 0
	for _, r := range text {
		if r == '<' || r == '>' {
			positions = append(positions, i)
		}
		i++
	}
	return positions
}

// Blank reports whether nothing in text can be seen: only white space,
// zero-width and other invisible characters, or nothing at all (S28).
func Blank(text string) bool {
	for _, r := range text {
		if !whitespace.has(r) && !invisible.has(r) {
			return false
		}
	}
	return true
}

// Control returns the position, in code points, of the first control
// character other than tab and line feed, or -1.
func Control(text string) int {
	i := 0
	for _, r := range text {
		if control.has(r) {
			return i
		}
		i++
	}
	return -1
}
