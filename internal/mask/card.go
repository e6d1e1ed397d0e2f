package mask

// The lengths of card numbers.
const (
	shortest = 12
	longest  = 19
)

// mostBetween is how many characters may stand between two groups of one
// number: " - " is common, more is another number.
const mostBetween = 3

// group is digits with nothing to be seen between them.
type group struct {
	at  []int // the units
	gap int   // separators before it; more than mostBetween if anything else is
}

func groupsOf(units []unit) []group {
	var all []group
	gap := mostBetween + 1
	for i, u := range units {
		switch u.sort {
		case digit:
			if gap > 0 || len(all) == 0 {
				all = append(all, group{gap: gap})
			}
			last := &all[len(all)-1]
			last.at = append(last.at, i)
			gap = 0
		case separator:
			gap++
		case other:
			gap = mostBetween + 1
		case nothing:
		}
	}
	return all
}

// found is a stretch of units that is hidden.
type found struct {
	at   []int
	many int // numbers it may be: with more than one nothing of it is shown
}

// cards hides card numbers and reports whether there are any. A number begins
// and ends where a group of digits does, so that the digits of something longer
// are never taken for one.
func cards(units []unit, hidden []bool) bool {
	groups := groupsOf(units)
	var all []found
	for i := range groups {
		var at []int
		for j := i; j < len(groups) && (j == i || groups[j].gap <= mostBetween); j++ {
			if len(at)+len(groups[j].at) > longest {
				break
			}
			at = append(at, groups[j].at...)
			if len(at) >= shortest && isCard(units, at) && !isAnother(units, at, j == i) {
				all = join(all, at)
			}
		}
	}
	for _, f := range all {
		if f.many == 1 {
			f.at = f.at[:len(f.at)-shown]
		}
		for _, i := range f.at {
			hidden[i] = true
		}
	}
	return len(all) > 0
}

// join adds a number that was found. Numbers that overlap are one stretch:
// which of them was meant cannot be known.
func join(all []found, at []int) []found {
	at = append([]int(nil), at...)
	if n := len(all); n > 0 {
		last := &all[n-1]
		end := last.at[len(last.at)-1]
		if at[0] <= end {
			for _, i := range at {
				if i > end {
					last.at = append(last.at, i)
				}
			}
			last.many++
			return all
		}
	}
	return append(all, found{at: at, many: 1})
}

// isAnother reports whether what could be a card number is known to be another;
// whole says that it was written in one.
func isAnother(units []unit, at []int, whole bool) bool {
	return isTelephone(units, at) || whole && isCitizen(units, at) || isAccount(units, at)
}

func isCard(units []unit, at []int) bool {
	prefix := 0
	for _, i := range at[:6] {
		prefix = prefix*10 + int(units[i].digit)
	}
	return issued(prefix, len(at)) && luhn(units, at)
}

// luhn is the check digit that all card numbers have.
func luhn(units []unit, at []int) bool {
	sum := 0
	for n, i := range at {
		d := int(units[i].digit)
		if (len(at)-n)%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// issued reports whether numbers of that length begin like this.
func issued(prefix, length int) bool {
	for _, r := range issuers {
		if r.first <= prefix && prefix <= r.last {
			for _, n := range r.lengths {
				if n == length {
					return true
				}
			}
		}
	}
	return false
}

// lengths of numbers, as the issuers have them.
var (
	visa      = []int{13, 16, 18, 19}
	sixteen   = []int{16}
	fifteen   = []int{15}
	diners    = []int{14, 16, 19}
	sixteenUp = []int{16, 17, 18, 19}
	maestro   = []int{12, 13, 14, 15, 16, 17, 18, 19}
)

// issuers are the first six digits that issuers of cards have, from first to
// last.
var issuers = []struct {
	first, last int
	lengths     []int
}{
	{400000, 499999, visa},
	{510000, 559999, sixteen}, // Mastercard
	{222100, 272099, sixteen}, // Mastercard
	{340000, 349999, fifteen}, // American Express
	{370000, 379999, fifteen},
	{300000, 305999, diners},
	{309500, 309599, diners},
	{360000, 369999, diners},
	{380000, 399999, diners},
	{352800, 358999, sixteenUp}, // JCB
	{601100, 601199, sixteenUp}, // Discover
	{644000, 659999, sixteenUp}, // Discover, RuPay, Troy, Verve
	{620000, 629999, sixteenUp}, // UnionPay
	{810000, 817199, sixteenUp}, // UnionPay
	{600000, 609999, sixteen},   // RuPay, Hipercard, mada
	{508000, 508999, sixteen},   // RuPay
	{817200, 829999, sixteen},   // RuPay
	{220000, 220499, sixteenUp}, // Mir
	{501800, 501999, maestro},   // Maestro, Dankort
	{502000, 502099, maestro},
	{503800, 503899, maestro},
	{589300, 589399, maestro},
	{630400, 630499, maestro},
	{675900, 676399, maestro},
	{676700, 676799, maestro},
	{588800, 588899, sixteen},   // mada
	{968200, 968299, sixteen},   // mada
	{636100, 636199, sixteen},   // mada
	{507800, 507899, sixteenUp}, // Meeza
	{506000, 506799, sixteenUp}, // Verve, Elo
	{509000, 509999, sixteen},   // Elo
	{636200, 636999, sixteenUp}, // Elo, InterPayment
	{561400, 561499, sixteen},   // Uzcard
	{860000, 860099, sixteen},   // Uzcard
	{986000, 986099, sixteen},   // Humo
	{979200, 979299, sixteen},   // Troy
	{970400, 970499, sixteenUp}, // Napas
}
