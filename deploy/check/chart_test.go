package check

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"dario.cat/mergo"
	"github.com/Masterminds/sprig/v3"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"sigs.k8s.io/yaml"
)

// render is what the chart makes of values, by file. Helm itself would pull half
// of Kubernetes in with it; its templates are Go's with sprig's functions and the
// few here, and that is all that this chart uses.
func render(values map[string]any) (map[string]string, error) {
	all, err := complete(values)
	if err != nil {
		return nil, err
	}
	var meta map[string]any
	if err := readYAML(filepath.Join(chart, "Chart.yaml"), &meta); err != nil {
		return nil, err
	}
	t := template.New("").Option("missingkey=zero").Funcs(sprig.TxtFuncMap())
	t.Funcs(template.FuncMap{
		"include": func(name string, data any) (string, error) {
			var out bytes.Buffer
			err := t.ExecuteTemplate(&out, name, data)
			return out.String(), err
		},
		"required": func(what string, v any) (any, error) {
			if v == nil || v == "" {
				return nil, errors.New(what)
			}
			return v, nil
		},
		"toYaml": func(v any) (string, error) {
			b, err := yaml.Marshal(v)
			return strings.TrimSuffix(string(b), "\n"), err
		},
	})
	if t, err = t.ParseGlob(filepath.Join(chart, "templates", "*")); err != nil {
		return nil, err
	}
	about := map[string]any{
		"Values": all, "Files": files{}, "Release": map[string]any{"Name": "chat", "Namespace": "support"},
		"Chart": map[string]any{"Name": meta["name"], "AppVersion": meta["appVersion"]},
	}
	made := map[string]string{}
	for _, one := range t.Templates() {
		if ext := filepath.Ext(one.Name()); ext != ".yaml" && ext != ".txt" {
			continue
		}
		var out bytes.Buffer
		if err := one.Execute(&out, about); err != nil {
			return nil, err
		}
		made[one.Name()] = strings.ReplaceAll(out.String(), "<no value>", "")
	}
	return made, nil
}

// complete are the values with those that are not given, held to the schema.
func complete(given map[string]any) (map[string]any, error) {
	var all map[string]any
	if err := readYAML(filepath.Join(chart, "values.yaml"), &all); err != nil {
		return nil, err
	}
	if err := mergo.Merge(&all, given, mergo.WithOverride); err != nil {
		return nil, err
	}
	schema, err := jsonschema.NewCompiler().Compile(filepath.Join(chart, "values.schema.json"))
	if err != nil {
		return nil, err
	}
	return all, schema.Validate(all)
}

func readYAML(path string, into any) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := yaml.UnmarshalStrict(b, into); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// files are those of the chart beside its templates.
type files struct{}

// Get is the content of one.
func (files) Get(name string) (string, error) {
	b, err := os.ReadFile(filepath.Join(chart, name))
	return string(b), err
}
