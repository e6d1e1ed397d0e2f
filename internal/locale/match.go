package locale

import (
	"strconv"
	"strings"
)

// Match returns the language to answer in for an Accept-Language header: of
// those we speak the one with the highest quality, the earlier of equals.
// English if there is none, and for *.
func Match(acceptLanguage string) Lang {
	best, bestQuality := English, 0.0
	// A browser sends a handful; the bound keeps a hostile header cheap.
	for _, item := range strings.SplitN(acceptLanguage, ",", 33) {
		tag, parameters, _ := strings.Cut(item, ";")
		lang, ok := spoken(strings.TrimSpace(tag))
		if q := quality(parameters); ok && q > bestQuality {
			best, bestQuality = lang, q
		}
	}
	return best
}

// Parse returns the language of a BCP 47 tag such as "ar-SA", if we speak it.
func Parse(tag string) (Lang, bool) {
	if tag == "*" {
		return "", false
	}
	return spoken(tag)
}

func spoken(tag string) (Lang, bool) {
	primary, _, _ := strings.Cut(tag, "-")
	switch strings.ToLower(primary) {
	case "ar":
		return Arabic, true
	case "en", "*":
		return English, true
	default:
		return "", false
	}
}

// quality reads the parameters of one item. Anything unreadable counts as 0.
func quality(parameters string) float64 {
	value, found := strings.CutPrefix(strings.ReplaceAll(parameters, " ", ""), "q=")
	if !found {
		if strings.TrimSpace(parameters) == "" {
			return 1
		}
		return 0
	}
	q, err := strconv.ParseFloat(value, 64)
	if err != nil || !(0 <= q && q <= 1) {
		return 0
	}
	return q
}
