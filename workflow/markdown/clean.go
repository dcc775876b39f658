package markdown

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clip returns text cut to at most limit runes, the last of them an ellipsis if
// anything was cut. A limit below one yields the empty string.
func Clip(text string, limit int) string {
	if limit < 1 {
		return ""
	}
	if len(text) <= limit || utf8.RuneCountInString(text) <= limit {
		return text
	}
	runes := 0
	for at := range text {
		if runes == limit-1 {
			return strings.TrimRightFunc(text[:at], unicode.IsSpace) + "…"
		}
		runes++
	}
	return text
}

// oneLine brings text onto one line: valid UTF-8, every run of white space one
// space, no control characters, nothing that reorders what is read.
func oneLine(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	space := false
	for _, r := range strings.ToValidUTF8(text, "\uFFFD") {
		if unicode.IsSpace(r) {
			space = true
			continue
		}
		if unseen(r) {
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// manyLines is oneLine for text of several lines: LF line ends, no blank lines
// around, no control characters but tabs.
func manyLines(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n").Replace(text)
	text = strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unseen(r) {
			return -1
		}
		return r
	}, text)
	lines := strings.Split(text, "\n")
	for len(lines) > 0 && strings.TrimSpace(lines[0]) == "" {
		lines = lines[1:]
	}
	return strings.TrimRightFunc(strings.Join(lines, "\n"), unicode.IsSpace)
}

// unseen reports control characters and those that turn the direction of the
// text around them: with the latter a line reads differently from what it says.
func unseen(r rune) bool {
	switch {
	case unicode.IsControl(r), r == '\uFEFF':
		return true
	case r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069':
		return true
	case r >= 0xE0000 && r <= 0xE007F: // tag characters: text that nobody sees
		return true
	}
	return false
}

func isAlnum(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}
