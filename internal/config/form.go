package config

import (
	"regexp"
	"slices"

	"hiwar/internal/org"
	"hiwar/internal/problem"
)

var formKey = regexp.MustCompile(`^[a-z0-9_-]{1,40}$`)

// checkForms wants every question and choice of an asset's form to be there
// once and readable.
func checkForms(c org.Config) error {
	return each("assets", c.Assets, func(p string, a org.Asset) error {
		asked := []string{"", string(org.AskNot), string(org.AskOptional), string(org.AskRequired)}
		fields := map[string]bool{}
		return first(
			oneOf(p+".form.email", string(a.Form.Email), asked...),
			oneOf(p+".form.phone", string(a.Form.Phone), asked...),
			within(p+".form.fields", len(a.Form.Fields), 0, org.MostFields),
			each(p+".form.fields", a.Form.Fields, func(p string, f org.Field) error {
				choices := map[string]bool{}
				return first(
					keyed(p+".key", f.Key, fields), named(p+".label", f.Label),
					within(p+".choices", len(f.Choices), 0, org.MostChoices),
					each(p+".choices", f.Choices, func(p string, x org.FieldChoice) error {
						archived := slices.ContainsFunc(c.Queues, func(q org.Queue) bool { return q.ID == x.Queue && q.Archived })
						return first(
							keyed(p+".key", x.Key, choices), named(p+".label", x.Label), within(p+".priority", x.Priority, 0, org.LowestPriority),
							unless(archived, problem.New(problem.SettingInvalid, "field", p+".queue", "reason", "archived")),
						)
					}),
				)
			}),
		)
	})
}

// keyed wants a key that was not used before.
func keyed(path, key string, used map[string]bool) error {
	again := used[key]
	used[key] = true
	return first(
		unless(!formKey.MatchString(key), invalid(path)),
		unless(again, problem.New(problem.DuplicateID, "field", path, "id", key)),
	)
}
