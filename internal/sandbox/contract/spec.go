package contract

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
)

// Spec checks exchanges against GitHub's API description. It is made by Load
// and may be used from several goroutines.
type Spec struct {
	mu          sync.Mutex
	description *description
	router      *router
	compiled    map[string]*operation
	used        map[string]bool
}

// operation is one operation of the description, ready to check with.
type operation struct {
	name       string // such as "GET /repos/{owner}/{repo}"
	route      routers.Route
	basicError *openapi3.Schema
}

var load = sync.OnceValues(func() (*Spec, error) {
	content, err := readSpec(descriptionFile)
	if err != nil {
		return nil, err
	}
	return newSpec(content)
})

// Load returns the Spec of this process; the description is read once. Its
// error says what to run where the description has not been fetched.
func Load() (*Spec, error) {
	return load()
}

func newSpec(content []byte) (*Spec, error) {
	d, err := parseDescription(content)
	if err != nil {
		return nil, err
	}
	s := &Spec{description: d, compiled: map[string]*operation{}, used: map[string]bool{}}
	s.router = newRouter(d.Paths, s.spansSegments)
	return s, nil
}

// Used lists the operations that were asked for in the exchanges checked so
// far in this process, sorted, each as "METHOD /path/{template}".
func (s *Spec) Used() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	names := make([]string, 0, len(s.used))
	for name := range s.used {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

func (s *Spec) markUsed(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.used[name] = true
}

// operation finds the operation of a request, and its path parameters.
func (s *Spec) operation(method, path string) (*operation, map[string]string, error) {
	// GitHub redirects to a repository's address by id, under which the same
	// operations are found and which the description does not have.
	if strings.HasPrefix(path, "/repositories/") {
		path = "/repos" + path
	}
	t, parameters, ok := s.router.find(method, path)
	if !ok {
		return nil, nil, fmt.Errorf("unknown operation: no path in GitHub's description fits")
	}
	raw, ok := t.methods[strings.ToLower(method)]
	if !ok {
		return nil, nil, fmt.Errorf("unknown operation: %s has no %s", t.path, method)
	}
	op, err := s.compile(method, t.path, raw)
	if err != nil {
		return nil, nil, err
	}
	s.markUsed(op.name)
	return op, parameters, nil
}

// compile readies an operation the first time it is used.
func (s *Spec) compile(method, path string, raw json.RawMessage) (*operation, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	name := method + " " + path
	if op, ok := s.compiled[name]; ok {
		return op, nil
	}
	doc, err := s.loadDocument(path, strings.ToLower(method), raw)
	if err != nil {
		return nil, fmt.Errorf("load description of %s: %w", name, err)
	}
	item := doc.Paths.Value(path)
	op := &operation{
		name:       name,
		basicError: doc.Components.Schemas[basicError].Value,
		route: routers.Route{
			Spec: doc, Path: path, PathItem: item, Method: method,
			Operation: item.GetOperation(strings.ToUpper(method)),
		},
	}
	s.compiled[name] = op
	return op, nil
}

func (s *Spec) loadDocument(path, method string, raw json.RawMessage) (*openapi3.T, error) {
	pruned, err := s.description.document(path, method, raw)
	if err != nil {
		return nil, err
	}
	loader := &openapi3.Loader{Context: context.Background()}
	return loader.LoadFromData(pruned)
}

// spansSegments reports whether GitHub marks a path parameter as taking
// several segments ("x-multi-segment").
func (s *Spec) spansSegments(raw json.RawMessage, name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	var operation struct{ Parameters []map[string]any }
	if err := json.Unmarshal(raw, &operation); err != nil {
		return false
	}
	for _, parameter := range operation.Parameters {
		if ref, ok := parameter["$ref"].(string); ok {
			component, err := s.description.component("parameters", ref[strings.LastIndex(ref, "/")+1:])
			if err != nil {
				return false
			}
			parameter, _ = component.(map[string]any)
		}
		if parameter["name"] == name && parameter["in"] == "path" {
			spans, _ := parameter["x-multi-segment"].(bool)
			return spans
		}
	}
	return false
}
