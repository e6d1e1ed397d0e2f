package locale

import "maps"

// Sentence returns what a person should read for the error code.
//
// If params has a "reason" and the code a sentence for it, that one is
// chosen. A sentence whose placeholders are not all in params gives way to
// the code's partial or plain one, and a code without any to a general apology, so the
// result is never empty and never shows a placeholder. Without a "time", a
// "retry_after_ms" is put into words.
func Sentence(lang Lang, code string, params map[string]any) string {
	key := "error." + code
	candidates := []string{key, key + ".partial", key + ".plain"}
	if reason, ok := params["reason"].(string); ok {
		candidates = append([]string{key + "." + reason}, candidates...)
	}
	params = withTime(lang, params)
	for _, candidate := range candidates {
		if m, ok := catalogue[candidate]; ok && m[English].complete(params) {
			return render(lang, candidate, params)
		}
	}
	return render(lang, "error.unknown", nil)
}

// withTime adds the phrase for how long to wait.
func withTime(lang Lang, params map[string]any) map[string]any {
	wait, ok := integer(params["retry_after_ms"])
	if _, given := params["time"]; !ok || given {
		return params
	}
	params = maps.Clone(params)
	seconds := (max(wait, 1) + 999) / 1000
	if seconds < 120 {
		params["time"] = NSeconds(lang, int(seconds))
	} else {
		params["time"] = NMinutes(lang, int((seconds+59)/60))
	}
	return params
}
