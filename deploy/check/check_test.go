// Package check holds the files by which Hiwar is run to what reads them: the
// chart, the file for compose, the unit of systemd and the alert rules.
package check

import (
	"bufio"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/prometheus/prometheus/promql/parser"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"sigs.k8s.io/yaml"
)

const (
	root  = "../.."
	chart = "../helm/hiwar"
)

func text(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(path...))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// options are those of the server, read where they are declared.
func options(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, file := range []string{"config.go", "bucket.go"} {
		for _, m := range regexp.MustCompile(`f\.(?:\w*Var|Var)\(&?[\w.]+, "([a-z0-9-]+)"`).FindAllStringSubmatch(text(t, root, "cmd/hiwar", file), -1) {
			all[m[1]] = true
		}
	}
	if !all["cluster"] || !all["s3-endpoint"] || !all["url"] {
		t.Fatalf("the options were not found: %v", slices.Sorted(maps.Keys(all)))
	}
	return all
}

// known fails on variables HIWAR_… that are no options.
func known(t *testing.T, variables ...string) {
	t.Helper()
	all := options(t)
	for _, v := range variables {
		if name, ours := strings.CutPrefix(v, "HIWAR_"); ours && !all[strings.ToLower(strings.ReplaceAll(name, "_", "-"))] {
			t.Errorf("%s is no option", v)
		}
	}
}

// least are the values that have to be given.
func least() map[string]any {
	return map[string]any{
		"image": map[string]any{"repository": "hiwar"}, "url": "https://chat.example.org", "secret": "hiwar",
		"attachments": map[string]any{"bucket": map[string]any{"endpoint": "https://s3.example.org", "name": "files", "accessKey": "hiwar"}},
	}
}

// objects are what a chart makes, each held to its kind.
func objects(t *testing.T, values map[string]any) map[string]any {
	t.Helper()
	files, err := render(values)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]any{}
	for name, content := range files {
		if strings.HasSuffix(name, "NOTES.txt") {
			continue
		}
		for i, one := range strings.Split(content, "\n---\n") {
			var kind struct{ Kind string }
			if strings.TrimSpace(one) == "" {
				continue
			}
			if err := yaml.Unmarshal([]byte(one), &kind); err != nil {
				t.Fatalf("%s, %d: %v\n%s", name, i, err, one)
			}
			object := map[string]func() any{
				"Deployment": func() any { return &appsv1.Deployment{} }, "Service": func() any { return &corev1.Service{} },
				"PodDisruptionBudget": func() any { return &policyv1.PodDisruptionBudget{} }, "NetworkPolicy": func() any { return &networkingv1.NetworkPolicy{} },
				"Ingress": func() any { return &networkingv1.Ingress{} }, "PodMonitor": func() any { return &map[string]any{} },
				"PrometheusRule": func() any { return &map[string]any{} },
			}[kind.Kind]
			if object == nil {
				t.Fatalf("%s makes a %q", name, kind.Kind)
			}
			o := object()
			if err := yaml.UnmarshalStrict([]byte(one), o); err != nil {
				t.Errorf("%s, %s: %v", name, kind.Kind, err)
			}
			out[kind.Kind] = o
		}
	}
	return out
}

func TestChartMakesServers(t *testing.T) {
	made := objects(t, least())
	d := made["Deployment"].(*appsv1.Deployment)
	if *d.Spec.Replicas != 3 || len(made) != 4 {
		t.Errorf("%d servers, %v", *d.Spec.Replicas, slices.Sorted(maps.Keys(made)))
	}
	c := d.Spec.Template.Spec.Containers[0]
	var names []string
	for _, v := range c.Env {
		names = append(names, v.Name)
	}
	known(t, names...)
	for _, must := range []string{"HIWAR_DATABASE", "HIWAR_CLUSTER", "HIWAR_ROUTES", "HIWAR_S3_SECRET_KEY"} {
		if !slices.Contains(names, must) {
			t.Errorf("%s is not set", must)
		}
	}
	for _, arg := range c.Args[1:] {
		name, _, _ := strings.Cut(strings.TrimPrefix(arg, "--"), "=")
		if !options(t)[name] {
			t.Errorf("%s is no option", arg)
		}
	}
	if s := made["Service"].(*corev1.Service); s.Spec.Selector["app.kubernetes.io/instance"] != d.Spec.Template.Labels["app.kubernetes.io/instance"] {
		t.Error("the service is for other pods")
	}
	// Links to services are variables HIWAR_… where a service has that name, and
	// the server refuses what is no option.
	if d.Spec.Template.Spec.EnableServiceLinks == nil || *d.Spec.Template.Spec.EnableServiceLinks {
		t.Error("services are linked by variables")
	}
}

func TestChartWithEverything(t *testing.T) {
	v := least()
	v["attachments"] = map[string]any{"claim": "files"}
	v["ingress"] = map[string]any{"enabled": true, "className": "nginx", "tlsSecret": "tls", "annotations": map[string]any{"a/b": "c"}}
	v["monitor"] = map[string]any{"enabled": true, "labels": map[string]any{"release": "prometheus"}}
	v["options"] = map[string]any{"log-level": "debug", "requests-at-once": 900}
	v["imagePullSecrets"] = []any{map[string]any{"name": "pull"}}
	v["nodeSelector"] = map[string]any{"disk": "ssd"}
	v["tolerations"] = []any{map[string]any{"key": "chat", "operator": "Exists"}}
	made := objects(t, v)
	if len(made) != 7 {
		t.Errorf("made %v", slices.Sorted(maps.Keys(made)))
	}
	var names []string
	d := made["Deployment"].(*appsv1.Deployment)
	for _, e := range d.Spec.Template.Spec.Containers[0].Env {
		names = append(names, e.Name)
	}
	known(t, names...)
	if !slices.Contains(names, "HIWAR_REQUESTS_AT_ONCE") || slices.Contains(names, "HIWAR_S3_BUCKET") {
		t.Errorf("set is %v", names)
	}
	if host := made["Ingress"].(*networkingv1.Ingress).Spec.Rules[0].Host; host != "chat.example.org" {
		t.Errorf("for %q", host)
	}
	rules := (*made["PrometheusRule"].(*map[string]any))["spec"].(map[string]any)["groups"].([]any)
	if len(rules) != 1 {
		t.Errorf("%d groups of rules", len(rules))
	}
}

// What cannot work is refused before anything is made.
func TestChartRefuses(t *testing.T) {
	for what, change := range map[string]func(map[string]any){
		"url":         func(v map[string]any) { v["url"] = "http://chat.example.org" },
		"/secret":     func(v map[string]any) { delete(v, "secret") },
		"attachments": func(v map[string]any) { delete(v, "attachments") },
		"replica":     func(v map[string]any) { v["replica"] = 2 },
	} {
		v := least()
		change(v)
		if _, err := render(v); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestCompose(t *testing.T) {
	o, err := cli.NewProjectOptions([]string{"../compose/compose.yaml"}, cli.WithEnv([]string{"DATABASE_PASSWORD=secret"}), cli.WithName("hiwar"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := o.LoadProject(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	routes := map[string]bool{}
	caddy := text(t, "../compose/Caddyfile")
	for _, name := range []string{"one", "two", "three"} {
		s := p.Services[name]
		known(t, slices.Sorted(maps.Keys(s.Environment))...)
		address := s.Networks["inside"].Ipv4Address
		if given := s.Environment["HIWAR_ROUTES"]; given == nil || *given != address+":6222" || !strings.Contains(caddy, address+":8080") {
			t.Errorf("%s is at %s", name, address)
		}
		routes[address] = true
	}
	if len(p.Services) != 5 || len(routes) != 3 {
		t.Errorf("%d services, routes %v", len(p.Services), routes)
	}
}

// Nobody runs the database with a password that is written in a public file.
func TestComposeWithoutAPassword(t *testing.T) {
	o, err := cli.NewProjectOptions([]string{"../compose/compose.yaml"}, cli.WithName("hiwar"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.LoadProject(t.Context()); err == nil || !strings.Contains(err.Error(), "DATABASE_PASSWORD") {
		t.Errorf("got %v", err)
	}
}

// figures are the names of what the server counts, as the source gives them.
func figures(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	given := regexp.MustCompile(`emit\("([a-z_]+)`)
	for _, folder := range []string{"internal", "cmd"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") {
				return err
			}
			for _, m := range given.FindAllStringSubmatch(text(t, path), -1) {
				all["hiwar_"+m[1]] = true
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// Every rule can be read, and asks for nothing that nobody counts.
func TestAlerts(t *testing.T) {
	var file struct {
		Groups []struct {
			Name  string
			Rules []struct {
				Alert, Expr, For    string
				Labels, Annotations map[string]string
			}
		}
	}
	if err := readYAML(filepath.Join(chart, "rules.yaml"), &file); err != nil {
		t.Fatal(err)
	}
	counted := figures(t)
	n := 0
	for _, g := range file.Groups {
		for _, r := range g.Rules {
			expr, err := parser.NewParser(parser.Options{}).ParseExpr(r.Expr)
			if err != nil {
				t.Fatal(err)
			}
			parser.Inspect(expr, func(node parser.Node, _ []parser.Node) error {
				if v, ok := node.(*parser.VectorSelector); ok && !counted[v.Name] {
					t.Errorf("%s asks for %s, which nobody counts", r.Alert, v.Name)
				}
				return nil
			})
			if r.Annotations["summary"] == "" || r.Annotations["description"] == "" || r.Labels["severity"] == "" {
				t.Errorf("%s does not say what to do", r.Alert)
			}
			n++
		}
	}
	if n < 8 {
		t.Errorf("%d alerts", n)
	}
}

// The unit starts what there is, with nothing of the machine left open to it.
func TestUnit(t *testing.T) {
	set := map[string]string{}
	lines := bufio.NewScanner(strings.NewReader(text(t, "../systemd/hiwar.service")))
	for lines.Scan() {
		if name, value, ok := strings.Cut(lines.Text(), "="); ok && !strings.HasPrefix(name, "#") {
			set[name] = value
		}
	}
	for _, word := range strings.Fields(set["ExecStart"]) {
		if name, ours := strings.CutPrefix(word, "--"); ours && name != "config" && !options(t)[name] {
			t.Errorf("%s is no option", word)
		}
	}
	for name, value := range map[string]string{"ProtectSystem": "strict", "NoNewPrivileges": "yes", "StateDirectory": "hiwar", "Restart": "always", "MemoryDenyWriteExecute": "yes"} {
		if set[name] != value {
			t.Errorf("%s is %q", name, set[name])
		}
	}
}
