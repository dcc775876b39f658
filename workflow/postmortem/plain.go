package postmortem

import (
	"html"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// maxInline bounds in bytes what is read as Markdown; what is longer is taken for
// plain text, since reading takes time that grows with its square.
const maxInline = 4000

// plain returns what a reader sees of a line of Markdown, on one line, without
// what is struck through or hidden, and the numbers of the issues that it links or
// names.
func plain(line string) (words string, issues []int) {
	line = strings.TrimSpace(line)
	if len(line) > maxInline {
		return seen(line), nil
	}
	p := plainText{source: markdown.Flatten([]byte(line))}
	_ = ast.Walk(gfm.Parse(text.NewReader(p.source)), p.visit)
	words = seen(p.words.String())
	return words, slices.Compact(append(p.issues, issuesIn(words)...))
}

// plainText gathers the text of a line.
type plainText struct {
	source []byte
	words  strings.Builder
	issues []int
}

func (p *plainText) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.RawHTML:
		p.words.WriteByte(' ')
	case *ast.Text:
		value := n.Segment.Value(p.source)
		if _, code := n.Parent().(*ast.CodeSpan); !code {
			value = []byte(html.UnescapeString(string(util.UnescapePunctuations(value))))
		}
		p.words.Write(value)
	case *ast.String:
		p.words.Write(n.Value)
	case *ast.AutoLink:
		p.link(string(n.URL(p.source)))
		p.words.Write(n.Label(p.source))
	case *ast.Link:
		p.link(string(n.Destination))
	case *east.Strikethrough, *ast.HTMLBlock:
		return ast.WalkSkipChildren, nil
	}
	return ast.WalkContinue, nil
}

// link notes the issue that an address leads to.
func (p *plainText) link(url string) {
	if strings.Contains(url, "/issues/") {
		p.issues = append(p.issues, issuesIn(url)...)
	}
}

// seen brings a text onto one line, without characters that show as nothing.
func seen(words string) string {
	words = strings.Map(func(r rune) rune {
		if !unicode.IsSpace(r) && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(words, ""))
	return strings.Join(strings.Fields(words), " ")
}
