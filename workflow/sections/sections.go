// Package sections reads the headed sections of an issue's body, which is how an issue form hands over its answers and how
// people structure a report by hand.
package sections

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"

	"github.com/firebreak-app/firebreak/workflow/command/source"
)

// noResponse is what an issue form writes for a question that was left empty.
const noResponse = "_No response_"

// Section is a heading and what stands under it, up to the next heading of the same level or a higher one. Its texts are
// as people wrote them: hostile until redacted and escaped.
type Section struct {
	Heading string   // the heading's own text, its Markdown kept
	Level   int      // 1 to 6
	Text    string   // Markdown without HTML comments, deeper headings included; empty if nothing was answered
	Items   []string // the items of its lists, without mark and task box: the first paragraph of each, on one line
}

// Sections are those of one body, in its order. A section below another is listed by itself and is part of the other's text.
type Sections []Section

// Parse reads the sections of a body. Headings in code, quotes, lists and HTML comments are none; text before the first
// heading belongs to no section.
func Parse(body string) Sections {
	doc := source.Read(body)
	var found Sections
	for n := doc.Root.FirstChild(); n != nil; n = n.NextSibling() {
		if heading, ok := n.(*ast.Heading); ok {
			found = append(found, read(doc, heading))
		}
	}
	return found
}

// Find gives the first section that is named by one of the names and has a text, else the first named so, else false.
// Case, punctuation, emphasis and a number before the name do not count.
func (s Sections) Find(names ...string) (Section, bool) {
	var empty *Section
	for i := range s {
		if !s[i].named(names) {
			continue
		}
		if s[i].Text != "" {
			return s[i], true
		}
		if empty == nil {
			empty = &s[i]
		}
	}
	if empty == nil {
		return Section{}, false
	}
	return *empty, true
}

func (s Section) named(names []string) bool {
	own := words(s.Heading)
	for _, name := range names {
		if own == words(name) {
			return true
		}
	}
	return false
}

// words reduces a heading to its words, so that "4. **Root-cause:**" is "root cause".
func words(s string) string {
	fields := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	if len(fields) > 1 && strings.IndexFunc(fields[0], unicode.IsLetter) < 0 {
		fields = fields[1:]
	}
	return strings.Join(fields, " ")
}
