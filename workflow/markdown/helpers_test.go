package markdown_test

import (
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

var reader = goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser()

func walk(source string, visit func(ast.Node, []byte)) {
	src := []byte(source)
	_ = ast.Walk(reader.Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering {
			visit(n, src)
		}
		return ast.WalkContinue, nil
	})
}

// unescape resolves backslash escapes and entities as a reader does, and drops
// what keeps mentions from notifying.
func unescape(source string) string {
	resolved := util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations([]byte(source))))
	return strings.ReplaceAll(string(resolved), "\u200B", "")
}
