package command

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/firebreak-app/firebreak/workflow/command/source"
)

// page is a comment, read for the lines that commands stand on.
type page struct {
	doc      *source.Document
	commands []int  // lines, from 0, where a command shows as plain text
	is       []bool // the same by line
	fenced   []bool // lines inside a fenced code block: a blank one ends no text
}

// line is a line of the comment, by its number from 1.
type line struct {
	n    int
	text string
}

func readPage(body string) *page {
	doc := source.Read(body)
	p := &page{doc: doc, is: make([]bool, doc.Lines()), fenced: make([]bool, doc.Lines())}
	for _, at := range plainLines(doc) {
		if !p.is[at] {
			p.is[at] = true
			p.commands = append(p.commands, at)
		}
	}
	p.markFences(doc.Root)
	return p
}

func (p *page) markFences(n ast.Node) {
	if fence, ok := n.(*ast.FencedCodeBlock); ok {
		for i := range fence.Lines().Len() {
			p.fenced[p.doc.Line(fence.Lines().At(i).Start)] = true
		}
		return
	}
	for child := n.FirstChild(); child != nil && child.Type() == ast.TypeBlock; child = child.NextSibling() {
		p.markFences(child)
	}
}

// raw is a line as written, visible the same without HTML comments.
func (p *page) raw(at int) string {
	s := p.doc.Span(at)
	return p.doc.Source[s.Start:s.Stop]
}

func (p *page) visible(at int) string { return p.doc.Visible(p.doc.Span(at)) }

// sectionEnd is a line that ends a text as a blank one does: a heading or a rule is no part of a summary.
var sectionEnd = regexp.MustCompile(`^ {0,3}(#{1,6}(\s|$)|([-_*=][ \t]*){3,}$)`)

// below gives the lines under a command that belong to it: up to a blank line or the next command. HTML comments between
// them are passed over.
func (p *page) below(at int) (lines []line, last int) {
	last = at
	for i := at + 1; i < p.doc.Lines() && !p.is[i]; i++ {
		raw, text := p.raw(i), p.visible(i)
		hidden := isBlank(text) && (!isBlank(raw) || p.doc.Hidden(i))
		if p.fenced[i] || !isBlank(text) && !sectionEnd.MatchString(text) {
			lines, last = append(lines, line{i + 1, text}), i
		} else if !hidden {
			break
		}
	}
	return lines, last
}

// source gives the lines from first to last as written.
func (p *page) source(first, last int) string {
	return strings.TrimRight(p.doc.Source[p.doc.Span(first).Start:p.doc.Span(last).Stop], " \t\n")
}

func isBlank(s string) bool { return strings.TrimSpace(s) == "" }
