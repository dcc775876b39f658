package markdown_test

import (
	"strings"
	"testing"
	"unicode"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

func TestInline(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"nothing":                 {"", ""},
		"plain words":             {"Checkout times out", "Checkout times out"},
		"several lines":           {" a\r\n\r\n  b\tc\u2028d ", "a b c d"},
		"emphasis":                {"*a* _b_ ~c~ `d`", "\\*a\\* \\_b\\_ \\~c\\~ \\`d\\`"},
		"underscore within":       {"snake_case_name", "snake_case_name"},
		"HTML":                    {"<img src=x>", "&lt;img src=x&gt;"},
		"HTML comment":            {"<!-- step:triage -->", "&lt;!-- step:triage --&gt;"},
		"entity stays as typed":   {"&lt; R&D", "&amp;lt; R&D"},
		"mention":                 {"ask @maya", "ask @&#8203;maya"},
		"mention behind an é":     {"é@maya", "é@&#8203;maya"},
		"version":                 {"actions/checkout@v4", "actions/checkout@v4"},
		"lone at":                 {"@", "@&#8203;"},
		"heading":                 {"# Root cause", "\\# Root cause"},
		"item":                    {"- [x] done", "\\- \\[x\\] done"},
		"numbered item":           {"12. x", "12\\. x"},
		"delimiter row":           {":-- | --:", "\\:-- \\| --:"},
		"command":                 {"/postmortem", "\\/postmortem"},
		"pipe and backslash":      {`a\|b`, `a\\\|b`},
		"link":                    {"[a](http://b)", `\[a\](http://b)`},
		"bare URL":                {"see https://x.io/a_b_c?d=1&e=*f*", `see https://x.io/a_b_c?d=1&e=\*f\*`},
		"turned direction":        {"a\u202Eb", "ab"},
		"byte order mark":         {"\uFEFFa", "a"},
		"unseen tag characters":   {"a\U000E0041b", "ab"},
		"URL that is not linked":  {`"https://x.io/_a_ b`, `"https://x.io/\_a\_ b`},
		"closing sequence":        {"about C #", `about C \#`},
		"control characters":      {"a\x00\x1b[31mb", `a\[31mb`},
		"bytes that are no UTF-8": {"a\xffb", "a\uFFFDb"},
		"wiki link":               {"[[Home]]", `\[\[Home\]\]`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := markdown.Inline(tt.in); got != tt.want {
				t.Errorf("Inline(%q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestCellKeepsItsCell(t *testing.T) {
	for _, in := range []string{`a|b`, `a\|b`, `\`, `a\\|`, "`a|b`", "x\n| y |", "|---|"} {
		if got := cellText(t, markdown.Cell(in)); got != strings.Join(strings.Fields(in), " ") {
			t.Errorf("Cell(%q) shows %q", in, got)
		}
	}
}

func FuzzInlineShowsWhatWasTyped(f *testing.F) {
	for _, seed := range hostile {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		want := typed(in)
		for _, before := range []string{"", "x ", "- ", "> ", "- [ ] 2.1 ", "## "} {
			if got := shown(t, before+markdown.Inline(in)+"\n"); got != strings.TrimSpace(visible(before)+want) {
				t.Errorf("Inline(%q) = %q after %q shows %q, not %q", in, markdown.Inline(in), before, got, want)
			}
		}
		if want == "" {
			return
		}
		if got := cellText(t, markdown.Cell(in)); got != want {
			t.Errorf("Cell(%q) = %q shows %q, want %q", in, markdown.Cell(in), got, want)
		}
	})
}

// hostile texts seed every fuzz test of the package.
var hostile = []string{
	"", "plain", "a|b\\|c", "<!-- step:triage -->", "--> <details>", "`code` ``", "[x](javascript:alert(1))",
	"@maya and @acme/ops", "# h\n## Summary\n===", "- [x] item\n  - nested", "```\nopen", "~~~~ x", "<script>\nx",
	"![i](http://x/y.png)", "[a]: http://evil\n\n[a]", "[^1]: note", "&#64;maya", "&commat;maya", "http://a.b/c_d_e@f",
	"\x00\xff\u202e", "1) x", "+ x", "---", "***", "| a |\n|---|", "\\", "\\\\", "a  \nb", "    indented", "\tx", "> q\n- > ```",
	"www.x.io www.a_b_c.io", "mail@x.io", "$$x$$", "[[Home]]", "<https://x.io>", "/postmortem\n/incident check 1",
	"a\n- b\n=\n", "<a\nhref=x>", "<![CDATA[", "<?php", "<!X", "</details>\n<summary>", "x\n\n<!--\n# a\n", "* * *\n# a",
}

// typed is what a reader should see of a text set on one line.
func typed(in string) string {
	in = strings.ToValidUTF8(in, "\uFFFD")
	in = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return r
		case unicode.IsControl(r), r == '\uFEFF', r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069, r >= 0xE0000 && r <= 0xE007F:
			return -1
		}
		return r
	}, in)
	return strings.ReplaceAll(strings.Join(strings.Fields(in), " "), "\u200B", "")
}

// visible is what the contexts of the fuzz test show themselves.
func visible(before string) string {
	switch before {
	case "x ", "- [ ] 2.1 ":
		return strings.TrimPrefix(before, "- [ ] ")
	}
	return ""
}

// shown returns the text of Markdown, which must be one block of text and
// automatic links and nothing else.
func shown(t *testing.T, source string) string {
	t.Helper()
	var b strings.Builder
	walk(source, func(n ast.Node, src []byte) {
		switch n := n.(type) {
		case *ast.Text:
			b.Write(n.Segment.Value(src))
		case *ast.AutoLink:
			b.Write(n.Label(src))
		case *ast.Document, *ast.Paragraph, *ast.TextBlock, *ast.List, *ast.ListItem, *ast.Blockquote, *ast.Heading, *east.TaskCheckBox:
		default:
			t.Fatalf("%q holds a %s", source, n.Kind())
		}
	})
	return strings.TrimSpace(unescape(b.String()))
}

func cellText(t *testing.T, cell string) string {
	t.Helper()
	source := "| a | b | c |\n|---|---|---|\n| 1 | " + cell + " | 3 |\n| end | | |\n"
	var cells []string
	walk(source, func(n ast.Node, src []byte) {
		switch n := n.(type) {
		case *east.TableCell:
			cells = append(cells, "")
		case *ast.Text:
			cells[len(cells)-1] += string(n.Segment.Value(src))
		case *ast.AutoLink:
			cells[len(cells)-1] += string(n.Label(src))
		case *ast.CodeSpan, *ast.RawHTML, *ast.Link, *ast.Emphasis, *ast.Image:
			t.Fatalf("%q holds a %s", source, n.Kind())
		}
	})
	if len(cells) != 9 || cells[3] != "1" || cells[5] != "3" || cells[6] != "end" {
		t.Fatalf("%q breaks the table: %q", source, cells)
	}
	return strings.TrimSpace(unescape(cells[4]))
}
