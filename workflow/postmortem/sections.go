package postmortem

import (
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// frontKey stands for what comes before the first heading. No heading has it.
const frontKey = "."

// section is a heading of level one or two with what follows it, up to the
// next. A page is its sections, put together byte for byte.
type section struct {
	key     string // the heading's words, or frontKey
	title   string // the heading as it is written
	heading string // its source, line end included; empty for the front
	body    string
}

// blocks reads blocks only, and leaves link definitions paragraphs: where
// headings are does not depend on either, and what people wrote may be so much
// of them that reading takes minutes.
var blocks = parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...))

// split cuts a page at its top-level headings. The front comes first, even if
// it is empty. What looks like a heading inside code, quotes, lists or HTML
// belongs to the text around it.
func split(page string) []section { return splitAt(page, nil) }

// splitAt cuts a page at deeper headings too, where they have one of those keys.
func splitAt(page string, deeper map[string]bool) []section {
	source := []byte(page)
	sections := []section{{key: frontKey}}
	from := 0
	document := blocks.Parse(text.NewReader(markdown.Flatten(source)))
	for node := document.FirstChild(); node != nil; node = node.NextSibling() {
		heading, ok := node.(*ast.Heading)
		if !ok || heading.Level > 2 && !deeper[headingKey(titleOf(heading, source))] {
			continue
		}
		start, end := headingLines(page, heading)
		if start < from {
			continue
		}
		sections[len(sections)-1].body = page[from:start]
		sections = append(sections, newSection(page[start:end], heading, source))
		from = end
	}
	sections[len(sections)-1].body = page[from:]
	return sections
}

func newSection(line string, heading *ast.Heading, source []byte) section {
	title := titleOf(heading, source)
	return section{key: headingKey(title), title: title, heading: line}
}

func titleOf(heading *ast.Heading, source []byte) string {
	return strings.Join(strings.Fields(string(heading.Lines().Value(source))), " ")
}

// demoted returns which of Firebreak's sections stand under a deeper heading in a
// page, and under no other.
func demoted(page string, sections []section, known func(key string) bool) map[string]bool {
	var deeper map[string]bool
	source := []byte(page)
	document := blocks.Parse(text.NewReader(markdown.Flatten(source)))
	for node := document.FirstChild(); node != nil; node = node.NextSibling() {
		heading, ok := node.(*ast.Heading)
		if !ok || heading.Level <= 2 {
			continue
		}
		if key := headingKey(titleOf(heading, source)); known(key) && !has(sections, key) {
			if deeper == nil {
				deeper = map[string]bool{}
			}
			deeper[key] = true
		}
	}
	return deeper
}

// distinct makes sections of one heading one, as in what Firebreak writes they
// always are.
func distinct(sections []section) []section {
	var all []section
	for _, s := range sections {
		if has(all, s.key) {
			all[len(all)-1].body += s.heading + s.body
			continue
		}
		all = append(all, s)
	}
	return all
}

// name is the section's title; the front has none of its own.
func (s section) name() string {
	if s.key == frontKey {
		return "Facts"
	}
	return s.title
}

// headingLines returns where a heading's source starts and ends: one line, or,
// when it is underlined, its lines and the underline.
func headingLines(page string, heading *ast.Heading) (start, end int) {
	start = strings.LastIndexByte(page[:heading.Pos()], '\n') + 1
	end = nextLine(page, start)
	lines := heading.Lines()
	if lines.Len() == 0 || numberSigns(page[start:end]) {
		return start, end
	}
	return start, nextLine(page, nextLine(page, lines.At(lines.Len()-1).Start))
}

// numberSigns says whether a heading's first line is one of #s, not the first
// of an underlined heading.
func numberSigns(line string) bool {
	rest := strings.TrimLeft(strings.TrimLeft(line, " "), "#")
	return len(rest) < len(strings.TrimLeft(line, " ")) && (rest == "" || strings.ContainsAny(rest[:1], " \t\r\n"))
}

func nextLine(page string, from int) int {
	if i := strings.IndexByte(page[from:], '\n'); i >= 0 {
		return from + i + 1
	}
	return len(page)
}

// headingKey reduces a heading to its words, so that markup, emoji, case and
// closing punctuation that a person adds do not make it another section.
func headingKey(title string) string {
	words := strings.FieldsFunc(strings.ToLower(title), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
	if len(words) == 0 {
		return "-"
	}
	return strings.Join(words, "-")
}

// normalise takes out of a body what does not count as a change by a person:
// line ends, trailing space, blank lines around, and Firebreak's marker.
func normalise(body string) string {
	lines := strings.Split(unmarked(body), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t\r")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// unmarked takes Firebreak's own markers out of a text.
func unmarked(text string) string {
	return partsPattern.ReplaceAllString(markerPattern.ReplaceAllString(text, ""), "")
}

// lineEnd returns the line end that a page uses.
func lineEnd(page string) string {
	if strings.Contains(page, "\r\n") {
		return "\r\n"
	}
	return "\n"
}
