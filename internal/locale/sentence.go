package locale

// Sentence returns what a person should read for the error code.
//
// If params has a "reason" and the code a sentence for it, that one is
// chosen. A sentence whose placeholders are not all in params gives way to
// the code's plain one, and a code without any to a general apology, so the
// result is never empty and never shows a placeholder.
func Sentence(lang Lang, code string, params map[string]any) string {
	key := "error." + code
	candidates := make([]string, 0, 3)
	if reason, ok := params["reason"].(string); ok {
		candidates = append(candidates, key+"."+reason)
	}
	for _, candidate := range append(candidates, key, key+".plain") {
		if m, ok := catalogue[candidate]; ok && m[English].complete(params) {
			return render(lang, candidate, params)
		}
	}
	return render(lang, "error.unknown", nil)
}
