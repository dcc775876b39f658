package postmortem

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

var delimiterRow = regexp.MustCompile(`^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\r?\n?$`)

// cutTable finds the table in a paragraph: where its head begins, -1 if there is
// none, and what stands before it.
func cutTable(paragraph string) (before string, head int) {
	start := 0
	for {
		next := nextLine(paragraph, start)
		if next >= len(paragraph) {
			return "", -1
		}
		above, below := paragraph[start:next], paragraph[next:nextLine(paragraph, next)]
		if strings.Contains(above+below, "|") && delimiterRow.MatchString(below) && len(splitCells(above)) == len(splitCells(below)) {
			return paragraph[:start], start
		}
		start = next
	}
}

// readTable reads a table from its head on.
func readTable(text string) part {
	p := part{text: text, print: partPrint{kind: tablePart}}
	n := 0
	for line := range strings.Lines(text) {
		if n == 1 {
			p.align = line
		} else {
			p.rows = append(p.rows, newRow(line))
		}
		n++
	}
	p.print.rows = printsOf(p.rows)
	return p
}

func newRow(line string) unit {
	r := unit{text: line, cells: splitCells(line)}
	for _, cell := range r.cells {
		r.prints = append(r.prints, short(cell))
	}
	return r
}

// splitCells returns the cells of one line, without the white space around them.
// Every line has at least one.
func splitCells(line string) []string {
	line = strings.TrimSpace(line)
	line = strings.TrimPrefix(line, "|")
	var cells []string
	from := 0
	for at := 0; at < len(line); at++ {
		switch line[at] {
		case '\\':
			at++
		case '|':
			cells = append(cells, strings.TrimSpace(line[from:at]))
			from = at + 1
		}
	}
	if rest := strings.TrimSpace(line[from:]); rest != "" || len(cells) == 0 {
		cells = append(cells, rest)
	}
	return cells
}

var itemMark = regexp.MustCompile(`^ {0,3}(?:[-+*]|([0-9]{1,9})[.)])(?:[ \t]+|$)`)

// readItems reads the items of a list whose text begins at a place in the body.
func readItems(text string, at int, list *ast.List) []unit {
	var starts []int
	for item := list.FirstChild(); item != nil; item = item.NextSibling() {
		start := strings.LastIndexByte(text[:min(max(item.Pos()-at, 0), len(text))], '\n') + 1
		if len(starts) == 0 || start > starts[len(starts)-1] {
			starts = append(starts, start)
		}
	}
	var items []unit
	for i, start := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		if i == 0 {
			start = 0
		}
		items = append(items, newItem(text[start:end]))
	}
	return items
}

// labelOf is what an item begins with up to its first colon, as "**Users:**".
func labelOf(content string) string {
	label, _, found := strings.Cut(content, ":")
	if !found || len(label) > 40 || strings.Contains(label, "\n") {
		return ""
	}
	return words(label)
}

// newItem reads one item. Its number does not count, since people's items come
// between.
func newItem(text string) unit {
	first, _, _ := strings.Cut(text, "\n")
	mark := itemMark.FindString(strings.TrimRight(first, "\r"))
	lines := strings.Split(text[len(mark):], "\n")
	for i, line := range lines {
		if i > 0 {
			lines[i] = unindent(line, len(mark))
		}
	}
	content := normalise(strings.Join(lines, "\n"))
	return unit{text: text, mark: mark, cells: []string{content}, prints: []string{short(kindOf(mark) + content), short(labelOf(content))}}
}

// unindent takes at most n spaces off the start of a line.
func unindent(line string, n int) string {
	for n > 0 && strings.HasPrefix(line, " ") {
		line, n = line[1:], n-1
	}
	return line
}
