package markup

import (
	"fmt"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// anchor lets a heading be linked to.
func (w *writer) anchor(h *html.Node) {
	text := strings.TrimSpace(textOf(h))
	id := w.Prefix + w.slug(text)
	h.Attr = element("", "id", id).Attr
	a := element("a", "class", "anchor", "href", "#"+id, "aria-label", "Link to "+text)
	a.AppendChild(textNode("#"))
	h.AppendChild(a)
}

// slug is GitHub's: lower case, hyphens for spaces, no punctuation, a number if
// it was there before.
func (w *writer) slug(text string) string {
	slug := strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '-':
			return '-'
		case r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return -1
	}, text)
	if w.slugs == nil {
		w.slugs = map[string]int{}
	}
	before := w.slugs[slug]
	w.slugs[slug]++
	if before > 0 {
		return fmt.Sprintf("%s-%d", slug, before)
	}
	return slug
}
