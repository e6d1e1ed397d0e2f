package rest

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// Route is one way into the API.
type Route struct {
	// Name is that of the operation in the document; of what is not in the
	// document, its method and path.
	Name, Method, Path string
	// Open: whoever calls is not asked who they are.
	Open bool
}

// Routes are all there are, as they were put on the mux and not as somebody
// remembered them, in order of path and method.
func (a *API) Routes() []Route {
	var all []Route
	for _, pattern := range a.mux.patterns {
		method, path, _ := strings.Cut(pattern, " ")
		r := Route{Name: pattern, Method: method, Path: path}
		if item := a.huma.OpenAPI().Paths[path]; item != nil {
			for of, op := range operationsAt(item) {
				if of == method {
					r.Name, r.Open = op.OperationID, len(op.Security) == 0
				}
			}
		}
		all = append(all, r)
	}
	slices.SortFunc(all, func(x, y Route) int { return strings.Compare(x.Path+" "+x.Method, y.Path+" "+y.Method) })
	return all
}

// operationsAt are the operations of a path by method.
func operationsAt(item *huma.PathItem) map[string]*huma.Operation {
	all := map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodDelete: item.Delete,
		http.MethodPatch: item.Patch, http.MethodHead: item.Head, http.MethodOptions: item.Options,
	}
	maps.DeleteFunc(all, func(_ string, op *huma.Operation) bool { return op == nil })
	return all
}

// mux is a ServeMux that knows what was put on it.
type mux struct {
	*http.ServeMux
	patterns []string
}

func (m *mux) HandleFunc(pattern string, f func(http.ResponseWriter, *http.Request)) {
	m.Handle(pattern, http.HandlerFunc(f))
}

func (m *mux) Handle(pattern string, h http.Handler) {
	m.patterns = append(m.patterns, pattern)
	m.ServeMux.Handle(pattern, h)
}
