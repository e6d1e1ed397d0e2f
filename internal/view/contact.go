package view

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// hidden stands for whatever is not shown, however long it is.
const hidden = "•••"

// WithoutContact is the conversation for whoever may not read how to reach the
// customer outside of it. That there is an address and a number is shown, and
// so little of each that the customer, asked for it, can be told to have said
// the same.
func WithoutContact(v Conversation) Conversation {
	if v.Customer == nil {
		return v
	}
	card := *v.Customer
	card.Email, card.Phone, card.ContactHidden = hiddenEmail(card.Email), hiddenPhone(card.Phone), true
	v.Customer = &card
	return v
}

// hiddenEmail keeps the first letter: the domain is often the person's name.
func hiddenEmail(email string) string {
	if email == "" {
		return ""
	}
	if first, _ := utf8.DecodeRuneInString(email); unicode.IsLetter(first) || unicode.IsDigit(first) {
		return string(first) + hidden + "@" + hidden
	}
	return hidden + "@" + hidden
}

// shownDigits is how many of a number's last digits are shown, where it has
// more than twice as many.
const shownDigits = 2

func hiddenPhone(phone string) string {
	if phone == "" {
		return ""
	}
	digits := []rune(strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, phone))
	if len(digits) <= 2*shownDigits {
		return hidden
	}
	return hidden + string(digits[len(digits)-shownDigits:])
}
