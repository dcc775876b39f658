package markdown_test

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// Texts that make careless readers of Markdown take quadratic time. That they
// come back at all is the test: a body of the length that GitHub documents is given.
func TestLongHostileTextsComeBack(t *testing.T) {
	for _, piece := range []string{
		"[", "](", "*a_", "`", "<a ", "<!--", "@a ", "> ", "- ", "&#64;", "\\", "# a\n", "a\n=\n", "| ", "![[](", "~~~\n", "http://a.b ", "[a]: b\n", "*a **a ", "+ ", "1. > ",
	} {
		text := strings.Repeat(piece, 65_536/len(piece))
		if block := markdown.Block(text); strings.Contains(block, "<!--") {
			t.Errorf("a comment survives among many %q", piece)
		}
		if inline := markdown.Inline(text); strings.Contains(inline, "\n") {
			t.Errorf("a line break survives among many %q", piece)
		}
	}
}

func TestFlatten(t *testing.T) {
	deep := strings.Repeat("> ", 100)
	tests := map[string]struct{ in, want string }{
		"nothing":           {"", ""},
		"ordinary text":     {"a\n> - b\n\n---\n", "a\n> - b\n\n---\n"},
		"as deep as may be": {deep + "a", deep + "a"},
		"quotes":            {deep + "> a\r\n> b", deep + "x a\r\n> b"},
		"bullets":           {"a\n" + deep + "- b", "a\n" + deep + "x b"},
		"numbers":           {deep + "1. > b", deep + "x. > b"},
		"a long rule":       {strings.Repeat("-", 200), strings.Repeat("-", 200)},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			source := []byte(tt.in)
			if got := string(markdown.Flatten(source)); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			if string(source) != tt.in {
				t.Errorf("the source became %q", source)
			}
		})
	}
}
