package markdown_test

import (
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

func TestBlock(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"nothing":               {" \n\n", ""},
		"kept as it is":         {"A *b* [c](http://d)\n\n- e\n  1. `f`\n\n> g", "A *b* [c](http://d)\n\n- e\n  1. `f`\n\n> g"},
		"CRLF":                  {"a\r\n\r\nb\r\n", "a\n\nb"},
		"headings sink":         {"# a\n## b\n### c\n#### d", "#### a\n##### b\n###### c\n#### d"},
		"heading in an item":    {"- # a", "- #### a"},
		"underlined heading":    {"a\n===\nb", "a\n\nb"},
		"rule under a line":     {"a\n---\nb", "a\n\nb"},
		"comment":               {"a <!-- step:x --> b", "a &lt;!-- step:x --> b"},
		"comment block":         {"<!-- firebreak:head -->\nx", "&lt;!-- firebreak:head -->\nx"},
		"comment left open":     {"a\n\n<!-- b\n# c", "a\n\n&lt;!-- b\n#### c"},
		"details":               {"<details>\n\nx", "&lt;details>\n\nx"},
		"HTML in code stays":    {"`<nil>`\n\n    <b>\n", "`<nil>`\n\n    <b>"},
		"comment in code":       {"`<!-- x -->`", "`<!\u200B-- x -->`"},
		"open fence":            {"```go\nx", "```go\nx\n```"},
		"open fence of tildes":  {"~~~~\nx\n~~~", "~~~~\nx\n~~~\n~~~~"},
		"open fence in an item": {"- ```\n  x", "- ```\n  x"},
		"mention":               {"@maya, @acme/ops: a@b.io", "@&#8203;maya, @&#8203;acme/ops: a@b.io"},
		"mention by entity":     {"&#64;maya &commat;jon", "@&#8203;maya @&#8203;jon"},
		"mention in code":       {"`@maya`", "`@maya`"},
		"at in a link":          {"[@x](http://y.io/@z)", "[@&#8203;x](http://y.io/@z)"},
		"link definition":       {"[done]: http://evil.io\n\na", "\\[done]: http://evil.io\n\na"},
		"footnote":              {"[^1]: a note of words", "\\[^1]: a note of words"},
		"commands":              {"/close\n- /lgtm\na /b", "\\/close\n- \\/lgtm\na /b"},
		"rule at the end":       {"a\n-", "a"},
		"slash within a line":   {"a *b*/c", "a *b*/c"},
		"comment with a tail":   {"<!-- a\nb --> <c>\n\nd", "&lt;!-- a\nb --> &lt;c>\n\nd"},
		"automatic link":        {"<https://x.io/@a>", "<https://x.io/@a>"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := markdown.Block(tt.in); got != tt.want {
				t.Errorf("Block(%q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestBlockMakesTangledTextPlain(t *testing.T) {
	tests := map[string]struct {
		in, want string // want is how the result begins
	}{
		"many marks in one paragraph": {strings.Repeat("*a* ", 3000), `\*a\* \*a\*`},
		"many paragraphs":             {strings.Repeat("*a* b\n\n", 3000), "*a* b\n\n*a* b\n\n"},
		"deep quotes":                 {strings.Repeat("> ", 200) + "a", "&gt; &gt; "},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := markdown.Block(tt.in); !strings.HasPrefix(got, tt.want) {
				t.Errorf("got %.60q", got)
			}
		})
	}
}

func FuzzBlockStaysInBounds(f *testing.F) {
	for _, seed := range hostile {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		block := markdown.Block(in)
		if again := markdown.Block(block); again != block {
			t.Errorf("Block(%q) = %q, and again %q", in, block, again)
		}
		if strings.Contains(block, "<!--") {
			t.Errorf("Block(%q) = %q opens a comment", in, block)
		}
		whole := "before\n\n" + block + "\n\n## after\n"
		var top []ast.Node
		walk(whole, func(n ast.Node, src []byte) {
			if n.Parent() != nil && n.Parent().Kind() == ast.KindDocument {
				top = append(top, n)
			}
			checkBounds(t, n, src)
		})
		last, ok := top[len(top)-1].(*ast.Heading)
		if !ok || last.Level != 2 {
			t.Errorf("Block(%q) = %q swallows what follows", in, block)
		}
		if top[0].Kind() != ast.KindParagraph {
			t.Errorf("Block(%q) = %q changes what stands before", in, block)
		}
	})
}

func checkBounds(t *testing.T, n ast.Node, src []byte) {
	switch n := n.(type) {
	case *ast.HTMLBlock, *ast.RawHTML, *ast.LinkReferenceDefinition:
		t.Errorf("%q keeps a %s", src, n.Kind())
	case *ast.Heading:
		if n.Level < 4 && n.NextSibling() != nil {
			t.Errorf("%q keeps a heading of level %d", src, n.Level)
		}
	}
}

func FuzzLineStaysOnItsLine(f *testing.F) {
	for _, seed := range hostile {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		line := markdown.Line(in)
		if strings.ContainsAny(line, "\r\n") || strings.Contains(line, "<!--") {
			t.Errorf("Line(%q) = %q", in, line)
		}
		items := 0
		walk("- [ ] 2.1 "+line+" <!-- step:x -->\n- last\n", func(n ast.Node, src []byte) {
			switch n.Kind() {
			case ast.KindListItem:
				items++
			case ast.KindRawHTML:
				if items != 1 || n.NextSibling() != nil {
					t.Errorf("%q: HTML in the wrong place", src)
				}
			}
		})
		if items != 2 {
			t.Errorf("Line(%q) = %q makes %d items of 2", in, line, items)
		}
	})
}
