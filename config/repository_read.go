package config

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// repositoryReader goes through a repository's file and keeps what is good.
type repositoryReader struct {
	settings Repository
	problems []Problem
}

func (r *repositoryReader) problem(at *yaml.Node, key, what, remedy string) {
	r.problems = append(r.problems, Problem{Line: at.Line, Key: key, What: what, Remedy: remedy})
}

// mapping reads the keys of a section; the top's name is empty.
func (r *repositoryReader) mapping(section string, node *yaml.Node) {
	first := map[string]int{}
	for n := 0; n+1 < len(node.Content); n += 2 {
		key, value := node.Content[n], node.Content[n+1]
		name := shown(key)
		if section != "" {
			name = section + "." + name
		}
		switch line, twice := first[name]; {
		case key.Kind != yaml.ScalarNode || strings.Contains(key.Value, "."):
			r.unknown(key, name)
		case twice:
			r.problem(key, name, fmt.Sprintf("It is there twice; the one in line %d counts.", line), "Take one of them out.")
		default:
			first[name] = key.Line
			r.entry(key, value, name)
		}
	}
}

// entry reads one key: a section, or what has a value.
func (r *repositoryReader) entry(key, value *yaml.Node, name string) {
	if isSection(name) {
		switch {
		case refersElsewhere(value):
			r.alias(value, name)
		case value.Kind == yaml.MappingNode:
			r.mapping(name, value)
		case value.ShortTag() != "!!null":
			r.problem(value, name, "It is "+kindOf(value)+"; it takes keys of its own.", "Write below it, indented, one of "+keysOf(name)+".")
		}
		return
	}
	for _, k := range RepositoryKeys {
		if k.Name != name {
			continue
		}
		if refersElsewhere(value) {
			r.alias(value, name)
			return
		}
		if value.ShortTag() != "!!null" {
			k.read(r, k, value)
		}
		return
	}
	r.unknown(key, name)
}

func (r *repositoryReader) unknown(key *yaml.Node, name string) {
	section := sectionOf(name)
	remedy := "Take it out, or write one of " + keysOf(section) + "."
	if nearest := nearestKey(name); nearest != "" {
		remedy = "Did you mean `" + nearest + "`? Otherwise take it out."
	}
	r.problem(key, name, "There is no such key.", remedy)
}

func (r *repositoryReader) alias(at *yaml.Node, name string) {
	r.problem(at, name, "It uses an anchor or an alias, which are not taken here.", "Write the value itself.")
}

// refersElsewhere says whether a node is an alias, or made to be the target of one.
func refersElsewhere(node *yaml.Node) bool { return node.Kind == yaml.AliasNode || node.Anchor != "" }

// aliased returns an alias or an anchor in a value; nil if there is none. Aliases
// are never followed, so that what they hold is never multiplied.
func aliased(node *yaml.Node) *yaml.Node {
	if refersElsewhere(node) {
		return node
	}
	for _, child := range node.Content {
		if found := aliased(child); found != nil {
			return found
		}
	}
	return nil
}

// wrong tells of a value that is not accepted.
func (r *repositoryReader) wrong(k RepositoryKey, at *yaml.Node, what string) {
	r.problem(at, k.Name, what, "Write "+k.Accepts+".")
}

// text reads a value that is text.
func (r *repositoryReader) text(k RepositoryKey, node *yaml.Node) (string, bool) {
	if node.Kind != yaml.ScalarNode || node.ShortTag() != "!!str" {
		r.wrong(k, node, "It is "+kindOf(node)+", not text.")
		return "", false
	}
	return node.Value, true
}

// kindOf names what a node is.
func kindOf(node *yaml.Node) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "an alias"
	}
	switch node.ShortTag() {
	case "!!int", "!!float":
		return "a number"
	case "!!bool":
		return "true or false"
	case "!!null":
		return "empty"
	case "!!timestamp":
		return "a date"
	case "!!str":
		return "text"
	}
	return "of a type of its own"
}

// longestShown bounds what is quoted of a file, in characters.
const longestShown = 40

// shown is what is quoted of a key or a value: one line, cut.
func shown(node *yaml.Node) string {
	if node.Kind != yaml.ScalarNode {
		return "(" + kindOf(node) + ")"
	}
	line := strings.Join(strings.Fields(strings.Map(printable, node.Value)), " ")
	if r := []rune(line); len(r) > longestShown {
		return string(r[:longestShown-1]) + "…"
	}
	return line
}
