package postmortem

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// The kinds of parts. A note is a paragraph set in italics from end to end: it
// says what is missing or left out, and is nobody's content.
const (
	paragraphPart = 'p'
	notePart      = 'n'
	listPart      = 'l'
	tablePart     = 't'
	fencePart     = 'f'
	otherPart     = 'o'
	markerPart    = 'm'
)

// part is one block of a section's body, of which some are merged further: a
// table by its rows and cells, a list by its items.
type part struct {
	print partPrint
	text  string // its lines, the last line end included
	gap   string // the blank lines behind it
	// rows are a table's, its head first, or a list's items; align is the line
	// below a table's head.
	rows  []unit
	align string
}

// unit is one row of a table, or one item of a list, which has one cell.
type unit struct {
	text   string
	cells  []string
	prints []string
	mark   string // what an item begins with
}

var note = regexp.MustCompile(`^\*[^*\s](?:[^*]*[^*\s])?\*$`)

// parse cuts a section's body into its parts. What is put together from lead,
// and text and gap of each part, is body again, byte for byte.
func parse(body string) (lead string, parts []part) {
	from := -1
	var of ast.Node
	add := func(to int) {
		if of != nil {
			parts = append(parts, newParts(body[from:to], from, of)...)
		}
	}
	document := blocks.Parse(text.NewReader(markdown.Flatten([]byte(body))))
	for node := document.FirstChild(); node != nil; node = node.NextSibling() {
		start := lineStart(body, node)
		if start <= from {
			continue
		}
		add(start)
		if of == nil {
			lead = body[:start]
		}
		from, of = start, node
	}
	if of == nil {
		return body, nil
	}
	add(len(body))
	return lead, parts
}

// lineStart is where the line begins in which a block does.
func lineStart(body string, node ast.Node) int {
	if heading, ok := node.(*ast.Heading); ok {
		start, _ := headingLines(body, heading)
		return start
	}
	return strings.LastIndexByte(body[:min(max(node.Pos(), 0), len(body))], '\n') + 1
}

// newParts makes one part of a block, two of a paragraph with a table below it.
func newParts(chunk string, at int, node ast.Node) []part {
	p := part{text: chunk, print: partPrint{kind: otherPart}}
	p.text, p.gap = cutGap(chunk)
	switch node := node.(type) {
	case *ast.Paragraph:
		if before, head := cutTable(p.text); head >= 0 {
			table := readTable(p.text[head:])
			table.gap = p.gap
			if before == "" {
				return []part{table}
			}
			return []part{plainPart(paragraphPart, before), table}
		}
		p.print.kind = paragraphPart
		if note.MatchString(normalise(p.text)) {
			p.print.kind = notePart
		}
	case *ast.List:
		p.print.kind = listPart
		p.rows = readItems(p.text, at, node)
		p.print.rows = printsOf(p.rows)
		return []part{p}
	case *ast.FencedCodeBlock:
		fence := plainPart(fencePart, p.text)
		info, _, _ := strings.Cut(p.text, "\n")
		fence.print.rows[0] = append(fence.print.rows[0], short(strings.Trim(info, " \t\r`~")))
		fence.gap = p.gap
		return []part{fence}
	}
	plain := plainPart(p.print.kind, p.text)
	plain.gap = p.gap
	if normalise(p.text) == "" {
		plain.print.kind = markerPart
	}
	return []part{plain}
}

// plainPart is a part that is merged as a whole.
func plainPart(kind byte, text string) part {
	return part{text: text, print: partPrint{kind: kind, rows: [][]string{{short(normalise(text))}}}}
}

// cutGap cuts the blank lines off that end a block.
func cutGap(chunk string) (text, gap string) {
	trimmed := strings.TrimRight(chunk, " \t\r\n")
	end := nextLine(chunk, len(trimmed))
	return chunk[:end], chunk[end:]
}

func printsOf(rows []unit) [][]string {
	var prints [][]string
	for _, r := range rows {
		prints = append(prints, r.prints)
	}
	return prints
}

// parts without Firebreak's own markers, which are in no version of the text.
func content(parts []part) []part {
	var out []part
	for _, p := range parts {
		if p.print.kind != markerPart {
			out = append(out, p)
		}
	}
	return out
}
