package mask

// An international bank account number (IBAN) is two letters, two check
// digits and up to 30 letters and digits.
const (
	shortestAccount = 15
	longestAccount  = 34
)

// isAccount reports whether the digits at are part of a bank account number:
// those are given to whoever is to pay, and have a check of their own that few
// card numbers would pass by chance.
func isAccount(units []unit, at []int) bool {
	// It begins at most so many characters before, spaces not counted.
	for i, back := at[0]-1, 0; i >= 0 && back < longestAccount; i-- {
		if units[i].sort == separator || units[i].sort == nothing {
			continue
		}
		back++
		if startsAccount(units, i) && inAccount(units, i, at[len(at)-1]) {
			return true
		}
	}
	return false
}

// startsAccount: two letters that begin a word, then digits.
func startsAccount(units []unit, i int) bool {
	return letter(units[i]) && (i == 0 || !letter(units[i-1]) && units[i-1].sort != digit) &&
		i+2 < len(units) && letter(units[i+1]) && units[i+2].sort == digit
}

func letter(u unit) bool { return 'A' <= u.r&^0x20 && u.r&^0x20 <= 'Z' }

// inAccount reports whether the account number that begins at start goes on at
// least to last: its remainder of 97, with the first four characters moved to
// the end, is 1.
func inAccount(units []unit, start, last int) bool {
	var chars []int // 0–35
	for i := start; i < len(units) && len(chars) < longestAccount; i++ {
		switch u := units[i]; {
		case u.sort == digit:
			chars = append(chars, int(u.digit))
		case letter(u):
			chars = append(chars, int(u.r&^0x20-'A')+10)
		case u.sort == other:
			return false
		default:
			continue
		}
		if i >= last && len(chars) >= shortestAccount && remainder(chars) == 1 {
			return true
		}
	}
	return false
}

func remainder(chars []int) int {
	n := 0
	for i := range chars {
		c := chars[(i+4)%len(chars)]
		if c > 9 {
			n = n * 100 % 97
		} else {
			n = n * 10 % 97
		}
		n = (n + c) % 97
	}
	return n
}

// isCitizen reports whether digits written in one are an Egyptian citizen's
// number: century, date of birth, province, serial. Those born since 2000 have
// the length and the beginning of a Diners Club card that is hardly issued any
// more.
func isCitizen(units []unit, at []int) bool {
	if len(at) != 14 {
		return false
	}
	two := func(i int) int { return int(units[at[i]].digit)*10 + int(units[at[i+1]].digit) }
	month, day, province := two(3), two(5), two(7)
	return units[at[0]].digit == 3 && 1 <= month && month <= 12 && 1 <= day && day <= 31 && (1 <= province && province <= 35 || province == 88)
}

// isTelephone reports whether digits that few cards are long enough for follow
// upon a plus.
func isTelephone(units []unit, at []int) bool {
	return len(at) <= 13 && at[0] > 0 && units[at[0]-1].r == '+'
}
