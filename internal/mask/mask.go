// Package mask takes out of a text what must never be kept: the numbers of
// payment cards, and whatever else an organization has patterns for (G25).
//
// It is pure and knows nothing of who wrote the text or where it goes. The
// engine passes everything that people write through it before anything else
// happens, so that what is masked is what is stored, counted, compared, told
// and answered; the original is nowhere.
//
// A masked character is U+2022. Of a card's number the last four digits stay,
// because they tell its owner which card was meant and nobody else anything.
// Separators stay too, and a masked text has as many characters as it had,
// except where digits were written as %31: those become one character.
package mask

// Bullet stands for a character that is not kept.
const Bullet = '•'

// shown is how many digits of a card's number stay.
const shown = 4

// Text is the text without card numbers. Masking twice changes nothing more.
func Text(text string) string { return (*Set)(nil).Text(text) }

// Text is the text without card numbers and without what the patterns find. A
// nil Set has no patterns. Masking twice changes nothing more.
func (s *Set) Text(text string) string {
	if s.empty() && !mayHoldCard(text) {
		return text
	}
	// What is left of one number can be the beginning of another. Every round
	// leaves fewer digits, so this ends.
	for {
		units := unitsOf(text)
		hidden := make([]bool, len(units))
		found := cards(units, hidden)
		found = s.find(units, hidden) || found
		if !found {
			return text
		}
		text = write(text, units, hidden)
	}
}

// mayHoldCard is false for most texts, at the cost of one look at each
// character: those with too few digits.
func mayHoldCard(text string) bool {
	n := 0
	for _, r := range text {
		switch {
		case '0' <= r && r <= '9':
			n++
		case r == '%':
			n++ // what follows may be one
		case r >= firstDressed && sortIsDigit(r):
			n++
		}
		if n >= shortest {
			return true
		}
	}
	return false
}

func sortIsDigit(r rune) bool {
	s, _ := sortOf(r)
	return s == digit
}

// write is the text with bullets for the units that are hidden.
func write(text string, units []unit, hidden []bool) string {
	out := make([]byte, 0, len(text)+len(text)/2)
	for i, u := range units {
		if hidden[i] {
			out = append(out, string(Bullet)...)
			continue
		}
		out = append(out, text[u.start:u.end]...)
	}
	return string(out)
}
