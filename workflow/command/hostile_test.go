package command

import (
	"fmt"
	"strings"
	"testing"
)

// TestParseReadsHostileBodies reads bodies made to cost a reader of Markdown quadratic time. Each takes minutes where
// nesting, lines or inline markup are not bounded, and then this test does not end.
func TestParseReadsHostileBodies(t *testing.T) {
	const size = 200_000
	fill := func(s string) string { return strings.Repeat(s, size/len(s)) }
	bodies := map[string]string{
		"quotes in quotes":            fill(">"),
		"quotes, then lazy lines":     strings.Repeat(">", size/2) + "a\n" + strings.Repeat("a\n", size/4),
		"quotes with tabs":            fill(">\t"),
		"lists in lists":              fill("- ") + "a",
		"numbered lists in lists":     fill("1. "),
		"lists, then lazy lines":      strings.Repeat("- ", size/4) + "a\n" + strings.Repeat("a\n", size/4),
		"lists, then blank lines":     strings.Repeat("- ", 1000) + "a\n" + strings.Repeat("\n", size) + "a",
		"lists growing":               growing(size),
		"empty items":                 fill("*\n"),
		"brackets":                    fill("["),
		"brackets closed":             strings.Repeat("[", size/2) + strings.Repeat("]", size/2),
		"links never closed":          fill("[a]("),
		"links to an open angle":      fill("[a](<b"),
		"images":                      fill("!["),
		"definitions":                 fill("[a]: b\n"),
		"definitions never closed":    fill("[a]: b \"c\n"),
		"emphasis":                    fill("*a **a "),
		"backticks of growing length": backticks(size),
		"tags never closed":           fill("<a b=\""),
		"comments never closed":       "a " + fill("<!-- "),
		"comments":                    fill("<!---->"),
		"comments a line each":        fill("<!-- -->\n"),
		"instructions never closed":   "a " + fill("<?"),
		"fences":                      fill("```\n"),
		"code in HTML":                fill("<code>"),
		"bars":                        "/incident timeline " + fill("|"),
		"backslashes":                 "/incident timeline " + fill(`\|`),
		"words":                       "/incident action " + fill("due "),
		"mentions":                    "/incident action " + fill("@a "),
		"one long word":               "/incident " + fill("x"),
		"commands":                    fill("/incident\n"),
		"texts":                       fill("/incident cause a\n- b\n"),
		"one long text":               "/incident cause " + fill("a\n"),
		"entries":                     "/incident timeline\n" + fill("- a | 11:58\n"),
		"spaces":                      "/incident severity" + fill(" ") + "P1",
		"link targets":                fill("[a](\n/postmortem\n"),
	}
	for name, body := range bodies {
		t.Run(name, func(t *testing.T) {
			body = "/incident status\n\n" + body // else most are put aside unread
			checkCommands(t, body, Parse(body, at("2026-11-23T12:00:00Z")), at("2026-11-23T12:00:00Z"))
		})
	}
}

func growing(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "%*s- a\n", 2*i, "")
	}
	return b.String()
}

func backticks(size int) string {
	var b strings.Builder
	for i := 1; b.Len() < size; i++ {
		b.WriteString(strings.Repeat("`", i) + " ")
	}
	return b.String()
}
