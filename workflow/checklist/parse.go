package checklist

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// blocks reads the block structure alone. What stands on an item's first line is
// read by scan: reading all inline Markdown of a body would take quadratic time
// on text made for it, and no item depends on emphasis or links.
var blocks = parser.NewParser(parser.WithBlockParsers(parser.DefaultBlockParsers()...))

// A span is a range of bytes of a source; end is excluded.
type span struct{ start, end int }

func (s span) holds(at int) bool { return s.start <= at && at < s.end }

// A page is a body as it was read. All positions are byte offsets into source.
type page struct {
	source string
	// lines is source as it was parsed: every line ends in LF.
	lines   string
	items   []item
	markers []marker
	// regions are the parts that Firebreak owns, by name; spare are more of the
	// same.
	regions map[string]span
	spare   []span
}

func read(source string) *page {
	raw := plain(source)
	p := &page{source: source, lines: string(raw)}
	root := blocks.Parse(text.NewReader(raw))
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.ListItem:
			if i, ok := readItem(raw, n); ok {
				p.items = append(p.items, i)
			}
		case *ast.HTMLBlock:
			if n.Parent() == root {
				p.markers = append(p.markers, readMarkers(raw, n)...)
			}
		}
		return ast.WalkContinue, nil
	})
	p.pair()
	return p
}

// plain returns source for parsing, every byte at its place: nesting bounded,
// and every line ending in LF. The reader of Markdown knows no lone CR, which
// ends a line on GitHub, and takes the one before LF for content here and there.
func plain(source string) []byte {
	raw := []byte(source)
	for at, c := range raw {
		switch {
		case c == '\r' && at+1 < len(raw) && raw[at+1] == '\n':
			raw[at] = ' '
		case c == '\r':
			raw[at] = '\n'
		}
	}
	return markdown.Flatten(raw)
}

// lineStart returns where the line of at begins.
func lineStart(raw []byte, at int) int {
	return bytes.LastIndexByte(raw[:at], '\n') + 1
}

// lineEnd returns where the line of at ends, before its line end.
func lineEnd(raw []byte, at int) int {
	if end := bytes.IndexByte(raw[at:], '\n'); end >= 0 {
		return at + end
	}
	return len(raw)
}

// blockEnd returns where the next line after a block and all within it begins,
// blank lines after it not counted.
func blockEnd(raw []byte, n ast.Node) int {
	end := len(raw)
	for next := n; next != nil; next = next.Parent() {
		if sibling := next.NextSibling(); sibling != nil && sibling.Pos() >= 0 {
			end = lineStart(raw, min(sibling.Pos(), len(raw)))
			break
		}
	}
	from := lineEnd(raw, max(n.Pos(), 0))
	for end > from {
		line := raw[lineStart(raw, end-1):end]
		if len(bytes.Trim(line, " \t\n>")) > 0 {
			break
		}
		end -= len(line)
	}
	return max(end, min(from+1, len(raw)))
}
