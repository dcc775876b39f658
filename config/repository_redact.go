package config

import (
	"errors"
	"fmt"
	"regexp/syntax"
	"strconv"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/firebreak-app/firebreak/internal/redact"
)

// list hands on the entries of a list, at most so many, one by one: one that is
// not accepted takes no other with it.
func (r *repositoryReader) list(k RepositoryKey, node *yaml.Node, read func(*yaml.Node) (why string)) {
	if node.Kind != yaml.SequenceNode {
		r.wrong(k, node, "It is "+kindOf(node)+", not a list.")
		return
	}
	for n, entry := range node.Content {
		if n == redact.MaxPatterns {
			r.problem(entry, k.Name, fmt.Sprintf("It has %d entries; those after the first %d do not count.", len(node.Content), n),
				"Write fewer; an expression can join several with `|`.")
			return
		}
		if at := aliased(entry); at != nil {
			r.alias(at, k.Name)
		} else if why := read(entry); why != "" {
			r.problem(entry, k.Name, "Entry "+strconv.Itoa(n+1)+" does not count: "+why+".", "Write it like "+k.entry+".")
		}
	}
}

func readPatterns(r *repositoryReader, k RepositoryKey, node *yaml.Node) {
	r.list(k, node, func(entry *yaml.Node) string {
		p, why := pattern(entry)
		if why == "" {
			why = unaccepted(redact.Options{Patterns: []redact.Pattern{p}})
		}
		if why == "" {
			r.settings.Redact.Patterns = append(r.settings.Redact.Patterns, p)
		}
		return why
	})
}

// pattern reads an entry with name and match, and nothing else.
func pattern(entry *yaml.Node) (p redact.Pattern, why string) {
	if entry.Kind != yaml.MappingNode {
		return p, "it is " + kindOf(entry) + ", not a name and a match"
	}
	fields := map[string]*string{"name": &p.Name, "match": &p.Match}
	for n := 0; n+1 < len(entry.Content); n += 2 {
		key, value := entry.Content[n], entry.Content[n+1]
		field := fields[key.Value]
		switch {
		case key.Kind != yaml.ScalarNode || field == nil:
			return p, "it has “" + shown(key) + "”, which is not its name or match, or is there twice"
		case value.Kind != yaml.ScalarNode || value.ShortTag() != "!!str":
			return p, "its " + key.Value + " is " + kindOf(value) + ", not text"
		}
		*field = value.Value
		delete(fields, key.Value)
	}
	if len(fields) > 0 {
		return p, "it does not have both a name and a match"
	}
	return p, ""
}

func readAllow(r *repositoryReader, k RepositoryKey, node *yaml.Node) {
	r.list(k, node, func(entry *yaml.Node) string {
		if entry.Kind != yaml.ScalarNode || entry.ShortTag() != "!!str" {
			return "it is " + kindOf(entry) + ", not text"
		}
		why := unaccepted(redact.Options{Allow: []string{entry.Value}})
		if why == "" {
			r.settings.Redact.Allow = append(r.settings.Redact.Allow, entry.Value)
		}
		return why
	})
}

var gate = sync.OnceValues(redact.New)

// unaccepted says why the gate does not take an entry; empty if it does. It
// quotes no expression: those may name what nobody is to read.
func unaccepted(o redact.Options) string {
	g, err := gate()
	if err == nil {
		_, err = g.With(o)
	}
	var bad *syntax.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &bad):
		return "its expression is not RE2, " + string(bad.Code)
	}
	return innermost(err).Error()
}

func innermost(err error) error {
	for errors.Unwrap(err) != nil {
		err = errors.Unwrap(err)
	}
	return err
}
