package source

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxDepth is how deep containers nest; a list counts twice, for itself and its item. Markers beyond it are read as text.
const maxDepth = 24

// blocks reads the block structure, and of the inline markup only what hides text: code spans, raw HTML, autolinks.
//
// Links, link definitions and emphasis are left out on purpose: they hide no text, and their parsers take quadratic time on
// input made for it (200 KB of "[a](" is a matter of seconds). Nesting is bounded for the same reason.
var blocks = parser.NewParser(
	parser.WithBlockParsers(
		util.Prioritized(parser.NewSetextHeadingParser(), 100),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(shallow{parser.NewListParser()}, 300),
		util.Prioritized(shallow{parser.NewListItemParser()}, 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	),
	parser.WithInlineParsers(
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
	),
)

// shallow keeps a container from opening at maxDepth.
type shallow struct{ parser.BlockParser }

// Open implements parser.BlockParser.
func (s shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		depth++
	}
	// A list that has been opened gets its item, else it would be a list of nothing.
	if _, item := parent.(*ast.List); depth >= maxDepth && !item {
		return nil, parser.NoChildren
	}
	return s.BlockParser.Open(parent, reader, pc)
}
