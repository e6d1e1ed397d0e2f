package config

import (
	"regexp"

	"hiwar/internal/org"
	"hiwar/internal/problem"
)

// In adds to a problem with next, which the file was put on, where in the file
// its object stands: "row" is the path there, as "field" is in the file of the
// whole configuration. A problem with what the file does not have stays as it is.
func (f File) In(err error, next org.Config) error {
	p := problem.Of(err)
	at := inObject.FindStringSubmatch(pathOf(p))
	if err == nil || at == nil {
		return err
	}
	id := places(&next)[at[1]]
	for row, has := range places(&f) {
		if id != "" && has == id {
			params := []any{"row", row + at[2]}
			for name, value := range p.Params {
				params = append(params, name, value)
			}
			return problem.New(p.Code, params...).Because(p.Unwrap())
		}
	}
	return err
}

// inObject cuts "queues.3.rona" into "queues.3" and ".rona".
var inObject = regexp.MustCompile(`^([a-z]+\.[0-9]+)(.*)$`)

func pathOf(p *problem.Problem) string {
	for _, name := range []string{"field", "parameter"} {
		if path, ok := p.Params[name].(string); ok {
			return path
		}
	}
	return ""
}

// places are the identifiers of objects by where they stand: "queues.3".
func places(v any) map[string]string {
	all := map[string]string{}
	// Nothing that is called fails.
	_ = visit(v, func(r reference) error {
		if r.names {
			all[r.path[:len(r.path)-len(".id")]] = r.id()
		}
		return nil
	})
	return all
}
