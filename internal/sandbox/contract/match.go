package contract

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
)

// template is a path of the description, such as /repos/{owner}/{repo}, with
// its operations by lower-case method.
type template struct {
	path     string
	segments []string
	methods  map[string]json.RawMessage
}

// router finds the template that a request's path belongs to. The validator's
// own routers take one segment per parameter and want the whole document
// loaded, which is what this package avoids.
type router struct {
	byFirst map[string][]template
	spans   func(operation json.RawMessage, parameter string) bool
}

// newRouter sorts the templates so that the first match is the most specific.
// The function spans says whether a parameter takes several segments.
func newRouter(paths map[string]map[string]json.RawMessage, spans func(json.RawMessage, string) bool) *router {
	r := &router{byFirst: map[string][]template{}, spans: spans}
	for path, methods := range paths {
		t := template{path: path, segments: split(path), methods: methods}
		r.byFirst[t.segments[0]] = append(r.byFirst[t.segments[0]], t)
	}
	for _, group := range r.byFirst {
		slices.SortFunc(group, func(a, b template) int { return slices.Compare(a.rank(), b.rank()) })
	}
	return r
}

// rank orders templates: a literal before a parameter at the same place, as "{"
// sorts behind all letters, and a longer template before one that it continues,
// as the end sorts behind "{".
func (t template) rank() []string {
	const end = "~"
	return append(slices.Clone(t.segments), end)
}

// find returns the template for an escaped path and its parameters, unescaped.
// A parameter takes one segment wherever that leads to a template. Otherwise
// those that GitHub marks as spanning several, such as the path of a file, may.
func (r *router) find(method, path string) (template, map[string]string, bool) {
	segments := split(path)
	group := r.byFirst[segments[0]]
	one := func(string) bool { return false }
	for _, t := range group {
		if parameters, ok := bind(t.segments, segments, one); ok {
			return t, parameters, true
		}
	}
	for _, t := range group {
		operation := t.methods[strings.ToLower(method)]
		several := func(name string) bool { return operation != nil && r.spans(operation, name) }
		if parameters, ok := bind(t.segments, segments, several); ok {
			return t, parameters, true
		}
	}
	return template{}, nil, false
}

// bind matches path segments to those of a template.
func bind(pattern, segments []string, several func(name string) bool) (map[string]string, bool) {
	if len(pattern) == 0 || len(segments) == 0 {
		return map[string]string{}, len(pattern) == len(segments)
	}
	name := parameterName(pattern[0])
	if name == "" {
		if pattern[0] != segments[0] {
			return nil, false
		}
		return bind(pattern[1:], segments[1:], several)
	}
	longest := 1
	if len(pattern) <= len(segments) && several(name) {
		longest = len(segments) - len(pattern) + 1
	}
	for taken := longest; taken > 0; taken-- {
		value, err := url.PathUnescape(strings.Join(segments[:taken], "/"))
		if err != nil || value == "" {
			return nil, false
		}
		if parameters, ok := bind(pattern[1:], segments[taken:], several); ok {
			parameters[name] = value
			return parameters, true
		}
	}
	return nil, false
}

func split(path string) []string {
	return strings.Split(strings.TrimPrefix(path, "/"), "/")
}

// parameterName is the name in {name}, and empty for any other segment.
func parameterName(segment string) string {
	name, ok := strings.CutPrefix(segment, "{")
	if !ok || strings.Count(segment, "{") != 1 {
		return ""
	}
	name, ok = strings.CutSuffix(name, "}")
	if !ok {
		return ""
	}
	return name
}
