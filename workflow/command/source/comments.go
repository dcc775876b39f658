package source

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// BlockSpan is where the block's own lines lie in the source, from the first to the last. Empty for a container.
func BlockSpan(n ast.Node) Span {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 {
		return Span{}
	}
	span := Span{lines.At(0).Start, lines.At(lines.Len() - 1).Stop}
	if html, ok := n.(*ast.HTMLBlock); ok && html.HasClosure() {
		span.Stop = max(span.Stop, html.ClosureLine.Stop)
	}
	return span
}

// findComments gives the HTML comments of a document in order. What looks like one inside code is none.
func findComments(root ast.Node, source string) []Span {
	var found []Span
	// The walker's only error is ours, and there is none.
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.HTMLBlock:
			found = append(found, commentsWithin(source, BlockSpan(n))...)
		case *ast.RawHTML:
			found = append(found, inlineComment(source, n)...)
		}
		return ast.WalkContinue, nil
	})
	return found
}

// commentsWithin finds the comments of an HTML block. One that is never closed goes to the block's end.
func commentsWithin(source string, s Span) []Span {
	var found []Span
	for {
		start := strings.Index(source[s.Start:s.Stop], "<!--")
		if start < 0 {
			return found
		}
		start += s.Start
		stop := s.Stop
		if end := strings.Index(source[start+4:s.Stop], "-->"); end >= 0 {
			stop = start + 4 + end + 3
		}
		found = append(found, Span{start, stop})
		s.Start = stop
	}
}

// inlineComment gives a comment's segments, one a line: what lies between them is the indentation of its lines.
func inlineComment(source string, n *ast.RawHTML) []Span {
	if n.Segments.Len() == 0 || !strings.HasPrefix(source[n.Segments.At(0).Start:], "<!--") {
		return nil
	}
	var found []Span
	for i := range n.Segments.Len() {
		segment := n.Segments.At(i)
		found = append(found, Span{segment.Start, segment.Stop})
	}
	return found
}
