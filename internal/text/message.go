package text

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// ErrEmpty says that nothing in the text can be seen.
var ErrEmpty = errors.New("text: nothing visible")

// TooLongError says that the text has Count characters where Max are allowed.
type TooLongError struct{ Count, Max int }

func (e *TooLongError) Error() string {
	return fmt.Sprintf("text: %d of %d characters", e.Count, e.Max)
}

// ReservedError says where U+003C and U+003E stand in the normalized text, in
// code points from 0.
type ReservedError struct{ Positions []int }

func (e *ReservedError) Error() string {
	return fmt.Sprintf("text: reserved characters at %v", e.Positions)
}

// ControlError says where the first control character stands in the
// normalized text, in code points from 0.
type ControlError struct{ Position int }

func (e *ControlError) Error() string {
	return fmt.Sprintf("text: control character at %d", e.Position)
}

// Message returns the body of a message as it is to be stored: normalized and
// cleaned, with at least one visible and at most limit characters, and without
// control characters. With rejectReserved it holds neither U+003C nor U+003E.
//
// It is judged as it was typed, before cleaning, so that the counter and the
// marks that the writer sees agree with the answer. The error is a
// [*ControlError], [ErrEmpty], a [*TooLongError] or a [*ReservedError], the
// first that applies.
func Message(text string, limit int, rejectReserved bool) (string, error) {
	text = NormalizeMessage(text)
	if err := check(text, text, limit); err != nil {
		return "", err
	}
	if positions := Reserved(text); rejectReserved && positions != nil {
		return "", &ReservedError{Positions: positions}
	}
	return CleanBody(text), nil
}

// Name returns the name, subject or label as it is to be stored: cleaned by
// [CleanName], with at least one visible and at most limit characters. The
// error is a [*ControlError], [ErrEmpty] or a [*TooLongError].
func Name(text string, limit int) (string, error) {
	name := CleanName(text)
	if err := check(NormalizeMessage(text), name, limit); err != nil {
		return "", err
	}
	return name, nil
}

func check(typed, kept string, limit int) error {
	if at := Control(typed); at >= 0 {
		return &ControlError{Position: at}
	}
	if Blank(kept) {
		return ErrEmpty
	}
	if n := utf8.RuneCountInString(kept); n > limit {
		return &TooLongError{Count: n, Max: limit}
	}
	return nil
}
