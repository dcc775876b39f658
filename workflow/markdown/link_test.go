package markdown_test

import (
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

func TestLink(t *testing.T) {
	tests := map[string]struct{ text, url, want string }{
		"plain":           {"note", "https://x.io/a#b", "[note](https://x.io/a#b)"},
		"hostile text":    {"a](b) [c", "https://x.io", `[a\](b) \[c](https://x.io)`},
		"no text":         {"", "https://x.io", "[https://x.io](https://x.io)"},
		"parentheses":     {"a", "https://x.io/a(b)|c d", "[a](https://x.io/a%28b%29%7Cc%20d)"},
		"another scheme":  {"a", "javascript:alert(1)", "a"},
		"no host":         {"a", "https:/x", "a"},
		"relative":        {"a", "/x", "a"},
		"password":        {"a", "https://u:p@x.io", "a"},
		"too long":        {"a", "https://x.io/" + strings.Repeat("(", 700), "a"},
		"entity in query": {"a", "https://x.io/?a=1&b=2&lt;", "[a](https://x.io/?a=1&b=2&amp;lt;)"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := markdown.Link(tt.text, tt.url); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func FuzzLinkIsOneLink(f *testing.F) {
	f.Add("a", "https://x.io/(a)")
	f.Add("]", "http://x.io/\\)`|<>")
	f.Add("`", "HTTP://X/?q=[]^&amp;")
	f.Fuzz(func(t *testing.T, label, url string) {
		link := markdown.Link(label, url)
		if !strings.HasPrefix(link, "[") {
			return
		}
		nodes := 0
		walk("x "+link+" y", func(n ast.Node, src []byte) {
			switch n.Kind() {
			case ast.KindDocument, ast.KindParagraph, ast.KindText, ast.KindLink:
				nodes++
			default:
				t.Errorf("Link(%q, %q) = %q holds a %s", label, url, link, n.Kind())
			}
		})
		if nodes < 5 {
			t.Errorf("Link(%q, %q) = %q is no link", label, url, link)
		}
	})
}

func TestUser(t *testing.T) {
	tests := map[string]struct{ in, user, quiet string }{
		"person":       {"maya", "@maya", "@&#8203;maya"},
		"managed user": {"maya_acme", "@maya_acme", "@&#8203;maya_acme"},
		"app":          {"renovate[bot]", `renovate\[bot\]`, `renovate\[bot\]`},
		"hostile":      {"a b @c", "a b @&#8203;c", "a b @&#8203;c"},
		"nobody":       {"", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := markdown.User(tt.in); got != tt.user {
				t.Errorf("User: got %q, want %q", got, tt.user)
			}
			if got := markdown.Quiet(tt.in); got != tt.quiet {
				t.Errorf("Quiet: got %q, want %q", got, tt.quiet)
			}
		})
	}
}

func TestFenceAndCode(t *testing.T) {
	if got, want := markdown.Fence("go`", "a\n````\nb\n"), "`````go\na\n````\nb\n`````"; got != want {
		t.Errorf("Fence: got %q, want %q", got, want)
	}
	if got, want := markdown.Code("a `b` \n c"), "`` a `b` c ``"; got != want {
		t.Errorf("Code: got %q, want %q", got, want)
	}
	if got, want := markdown.Code("<!-- x -->"), "`<!\u200B-- x -->`"; got != want {
		t.Errorf("Code: got %q, want %q", got, want)
	}
	if got, want := markdown.Code("<nil>"), "`<nil>`"; got != want {
		t.Errorf("Code: got %q, want %q", got, want)
	}
}

func TestClip(t *testing.T) {
	tests := map[string]struct {
		in    string
		limit int
		want  string
	}{
		"short enough":   {"añb", 3, "añb"},
		"cut":            {"a ñ bcd", 4, "a ñ…"},
		"space trimmed":  {"ab cd", 4, "ab…"},
		"nothing left":   {"ab", 0, ""},
		"only the sign":  {"ab", 1, "…"},
		"bytes, no UTF8": {"\xff\xff\xff", 2, "\xff…"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := markdown.Clip(tt.in, tt.limit); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
