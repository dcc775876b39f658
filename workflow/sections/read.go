package sections

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/firebreak-app/firebreak/workflow/command/source"
)

// read gives the section that starts with the heading.
func read(doc *source.Document, heading *ast.Heading) Section {
	s := Section{Level: heading.Level, Heading: oneLine(doc, heading)}
	stop := doc.Lines()
	for n := heading.NextSibling(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level <= heading.Level {
			stop = doc.Line(h.Pos())
			break
		}
		if list, ok := n.(*ast.List); ok {
			s.Items = append(s.Items, items(doc, list)...)
		}
	}
	s.Text = answer(doc, lineAfter(doc, heading), stop)
	return s
}

// answer is the text of the lines from start to before stop.
func answer(doc *source.Document, start, stop int) string {
	if start >= stop {
		return ""
	}
	text := doc.Visible(source.Span{Start: doc.Span(start).Start, Stop: doc.Span(stop - 1).Stop})
	text = strings.TrimRight(blankStart.ReplaceAllString(text, ""), " \t\n")
	if text == noResponse {
		return ""
	}
	return text
}

var (
	// blankStart is the empty lines before a text; the first line's own indentation is Markdown and stays.
	blankStart = regexp.MustCompile(`^([ \t]*\n)+`)
	// hashes begins a heading of one line. A heading that does not begin so has an underline.
	hashes  = regexp.MustCompile(`^ {0,3}#{1,6}([ \t]|$)`)
	taskBox = regexp.MustCompile(`^\[[ xX]\]\s+`)
)

// lineAfter is the first line, from 0, that is no longer part of the heading.
func lineAfter(doc *source.Document, heading *ast.Heading) int {
	at := doc.Line(heading.Pos())
	s := doc.Span(at)
	if hashes.MatchString(doc.Source[s.Start:s.Stop]) {
		return at + 1
	}
	return at + heading.Lines().Len() + 1
}

// items gives the items of a list. What is nested in one explains it and is no item of its own.
func items(doc *source.Document, list *ast.List) []string {
	var found []string
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		switch first := n.FirstChild().(type) {
		case *ast.TextBlock, *ast.Paragraph:
			if text := taskBox.ReplaceAllString(oneLine(doc, first), ""); text != "" {
				found = append(found, text)
			}
		}
	}
	return found
}

// oneLine is the text of a block on one line.
func oneLine(doc *source.Document, n ast.Node) string {
	var lines []string
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		lines = append(lines, doc.Visible(source.Span{Start: segment.Start, Stop: segment.Stop}))
	}
	return strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
}
