package login

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"hiwar/internal/access"
	"hiwar/internal/problem"
)

// A password may be all that there is, for not everybody has a second step, so it
// has at least 15 characters. There are no rules on which: they make people write predictable
// ones. What everybody would try first is refused.
const (
	MinPassword = 15
	MaxPassword = 256
)

// tooLittle is how many characters must be left of a password when the words
// that everybody tries are taken out of it.
const tooLittle = 5

//go:embed common.txt
var commonList string

// common are the words of common.txt, longer ones first, so that a short one
// does not break up a long one.
var common = func() []string {
	words := strings.Fields(commonList)
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
}()

// CheckPassword judges a new password. context are words that belong to the
// person (name, e-mail, organization): a password made of them is no secret.
func CheckPassword(password string, context ...string) error {
	password = norm.NFC.String(password)
	switch n := utf8.RuneCountInString(password); {
	case n < MinPassword:
		return problem.New(problem.PasswordTooShort, "min", MinPassword, "count", n)
	case n > MaxPassword:
		return problem.New(problem.OutOfRange, "field", "password", "min", MinPassword, "max", MaxPassword)
	}
	rest := strings.ToLower(password)
	for _, w := range words(context) {
		rest = strings.ReplaceAll(rest, w, "\x00")
	}
	for _, w := range common {
		rest = strings.ReplaceAll(rest, w, "\x00")
	}
	if weight(rest) < tooLittle {
		return problem.New(problem.PasswordTooCommon)
	}
	return nil
}

// checkFor is [CheckPassword] for whose account it is.
func checkFor(a access.Account, password string) error {
	return CheckPassword(password, a.User.Name, a.User.Email, a.OrgName.En, a.OrgName.Ar)
}

// words takes names and addresses apart; what is shorter than four letters is
// in every sentence and says nothing.
func words(context []string) []string {
	var out []string
	for _, c := range context {
		for _, w := range strings.FieldsFunc(strings.ToLower(c), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if utf8.RuneCountInString(w) >= 4 {
				out = append(out, w)
			}
		}
	}
	slices.SortFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// weight counts different letters and signs; digits, spaces and what was taken
// out weigh nothing.
func weight(s string) int {
	seen := map[rune]bool{}
	for _, r := range s {
		if r != 0 && !unicode.IsDigit(r) && !unicode.IsSpace(r) {
			seen[r] = true
		}
	}
	return len(seen)
}
