package redact

import (
	"regexp"
	"strings"
)

// indentedCode finds code blocks by indentation (GFM, "Indented code blocks"):
// lines four blanks or a tab in, behind an empty line or a heading, that do not go
// on a list's item.
func indentedCode() block {
	return block{kind: "code", hints: []string{"    ", "\t"}, replaceAll: replaceIndented}
}

const (
	codeIndent = 4
	tabStop    = 4
)

// outline is what must be known of the lines before one.
type outline struct {
	// item is the column where the text of the last list item begins; -1 outside of
	// lists.
	item int
	// broken: an indented line would be code here and not go on a paragraph.
	broken bool
}

func replaceIndented(text string) (string, int) {
	var out strings.Builder
	at, found := outline{item: -1, broken: true}, 0
	lines := strings.SplitAfter(text, "\n")
	for i := 0; i < len(lines); {
		n := at.code(lines[i:])
		if n == 0 {
			out.WriteString(lines[i])
			at.pass(lines[i])
			i++
			continue
		}
		last := lines[i+n-1]
		out.WriteString(quoteMargin(lines[i]) + strings.Repeat(" ", max(at.item, 0)) + marker("code"))
		out.WriteString(last[len(strings.TrimRight(last, "\r\n")):])
		at.broken = false
		i, found = i+n, found+1
	}
	return out.String(), found
}

// code counts the lines of the block that begins here, without empty ones behind.
func (o outline) code(lines []string) int {
	if !o.broken {
		return 0
	}
	n := 0
	for i, line := range lines {
		width, rest := margin(line)
		switch {
		case strings.TrimSpace(rest) == "":
			if n == 0 {
				return 0
			}
			continue
		case width < o.needs() || onlyMarkers(rest):
			return n
		}
		n = i + 1
	}
	return n
}

// needs is the indentation of code here.
func (o outline) needs() int { return max(o.item, 0) + codeIndent }

// onlyMarkers tells what is already taken out.
func onlyMarkers(rest string) bool {
	return aMarker.MatchString(rest) && strings.TrimSpace(aMarker.ReplaceAllString(strings.TrimSpace(rest), "")) == ""
}

var listItem = regexp.MustCompile(`^(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+|$)`)

// pass takes note of a line that is no code.
func (o *outline) pass(line string) {
	width, rest := margin(line)
	rest = strings.TrimRight(rest, "\r\n")
	switch {
	case strings.TrimSpace(rest) == "":
		o.broken = true
		return
	case width < max(o.item, 0)+codeIndent && listItem.MatchString(rest):
		lead := listItem.FindString(rest)
		o.item = width + len(strings.TrimRight(lead, " \t")) + 1
		if n := len(lead); n <= 5 && !strings.Contains(lead, "\t") {
			o.item = width + n
		}
	case o.item >= 0 && width < o.item && (o.broken || strings.HasPrefix(rest, "#")):
		o.item = -1
	}
	o.broken = strings.HasPrefix(rest, "#")
}

// margin measures what a line is indented by, in columns, behind the marks of
// quotes.
func margin(line string) (width int, rest string) {
	mark := quotes.FindString(line)
	if at := strings.LastIndexByte(mark, '>'); at >= 0 {
		line = strings.TrimPrefix(line[at+1:], " ")
	}
	for i := range len(line) {
		switch line[i] {
		case ' ':
			width++
		case '\t':
			width += tabStop - width%tabStop
		default:
			return width, line[i:]
		}
	}
	return width, ""
}
