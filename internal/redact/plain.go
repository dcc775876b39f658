package redact

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	markStart = "[redacted: "
	// longestMarker is one of the longest kind, with its escapes.
	longestMarker = len(markStart) + longestKind + len(`\\]`)
	// taken stands in plain text for a marker. Rules never match it.
	taken = '\x00'
)

func marker(kind string) string { return markStart + kind + "]" }

// aMarker matches what the gate writes, also as Markdown escapes it. Kinds are
// words of small letters, so that nothing drawn at random passes for one, and the
// marker of a repository's own kind holds for every gate.
var aMarker = regexp.MustCompile(`^\\?\[redacted: [a-z]+(?:-[a-z]+)*\\?\]`)

// markerAt gives the length of the marker that text begins with, or zero.
func markerAt(text string) int {
	if !strings.HasPrefix(strings.TrimPrefix(text, `\`), markStart) {
		return 0
	}
	m := aMarker.FindString(text[:min(len(text), longestMarker)])
	return len(m)
}

// plain is text as a reader takes it: without characters that do not show, with
// escapes and entities resolved. Each of its bytes knows its place in the source.
type plain struct {
	text  string
	lower string
	from  []place // by byte of text
	// longest is that of its runs without a blank.
	longest int
}

// locate runs a rule and gives what it finds as spans of the source.
// A rule that is not firm yields to the allow-list.
func (p plain) locate(r rule, allow []*regexp.Regexp) []span {
	if p.longest < r.run || !r.hinted(p.lower) {
		return nil
	}
	var spans []span
	for _, found := range r.finds(p.text) {
		if found.start >= found.end || !r.firm && allowed(allow, p.text[found.start:found.end]) {
			continue
		}
		spans = append(spans, span{place{p.from[found.start].start, p.from[found.end-1].end}, found.kind, r.token})
	}
	return spans
}

// finds gives what a rule finds in plain text, by kind.
func (r rule) finds(text string) []span {
	if r.spans != nil {
		return r.spans(text)
	}
	places := r.find(text)
	spans := make([]span, len(places))
	for i, p := range places {
		spans[i] = span{p, r.kind, r.token}
	}
	return spans
}

// plainOf reads source text. The markers in it are replaced by taken.
func plainOf(source string) plain {
	w := plainWriter{from: make([]place, 0, len(source))}
	w.text.Grow(len(source))
	for i := 0; i < len(source); {
		if n := markerAt(source[i:]); n > 0 {
			w.put(string(taken), i, i+n)
			i += n
			continue
		}
		shown, n := nextShown(source[i:])
		w.put(shown, i, i+n)
		i += n
	}
	return w.plain()
}

type plainWriter struct {
	text strings.Builder
	from []place
}

func (w *plainWriter) put(shown string, start, end int) {
	w.text.WriteString(shown)
	for range len(shown) {
		w.from = append(w.from, place{start, end})
	}
}

// nextShown gives what the beginning of text shows, and how many bytes make it.
func nextShown(text string) (shown string, n int) {
	switch c := text[0]; {
	case c == '\\' && len(text) > 1 && isPunct(text[1]):
		return text[1:2], 2
	case c == '&':
		return entity(text)
	case c != 0 && c < utf8.RuneSelf:
		return text[:1], 1
	}
	r, n := utf8.DecodeRuneInString(text)
	return showRune(r), n
}

// showRune gives a character as rules know it: nothing if it does not show, plain
// ASCII if it looks like it.
func showRune(r rune) string {
	switch {
	case r == taken:
		return string(utf8.RuneError)
	case unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return ""
	case r == '\u2028' || r == '\u2029' || r == '\u0085':
		return "\n"
	case r > unicode.MaxASCII && unicode.IsSpace(r):
		return " "
	case r >= '\u2010' && r <= '\u2015' || r == '\u2212':
		return "-"
	case r > unicode.MaxASCII:
		return norm.NFKC.String(string(r)) // full-width, mathematical, superscript
	}
	return string(r)
}

// isPunct tells what a backslash escapes in Markdown; JSON's escaped slash and
// quotes are among it.
func isPunct(c byte) bool {
	return c > ' ' && c < 0x7f && !isWord(c) || c == '_'
}

// isWord tells letters, digits and the underscore of ASCII.
func isWord(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
}

// entity resolves a character reference of HTML, which Markdown shows as the
// character.
func entity(text string) (shown string, n int) {
	const longest = 40
	end := strings.IndexByte(text[:min(len(text), longest)], ';')
	if end < 0 || strings.ContainsFunc(text[1:end], notReference) {
		return text[:1], 1
	}
	ref := text[:end+1]
	resolved := html.UnescapeString(ref)
	if resolved == ref {
		return text[:1], 1
	}
	var b strings.Builder
	for _, r := range resolved {
		b.WriteString(showRune(r))
	}
	return b.String(), len(ref)
}

func notReference(r rune) bool {
	return r != '#' && (r > unicode.MaxASCII || !isWord(byte(r)))
}
