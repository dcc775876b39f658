package redact

import (
	"regexp"
	"strings"
)

// bare is the lines of a text that markup stands within words of, without it:
// without emphasis, backticks, tags, comments, the backslash before a line's end,
// the joints of strings. Tokens are looked for in it that markup parts.
func (p plain) bare() (plain, bool) {
	if !strings.ContainsAny(p.text, "*`~<\\\"'") {
		return plain{}, false
	}
	w := plainWriter{}
	done, joints := 0, []int(nil)
	for _, m := range dressed.FindAllStringIndex(p.text, -1) {
		w.copy(p, done, m[0])
		if done = m[1]; joins(p.text, m[0], m[1]) {
			joints = append(joints, w.text.Len())
		}
	}
	if joints == nil {
		return plain{}, false
	}
	w.copy(p, done, len(p.text))
	return w.plain().linesAt(joints), true
}

// joins tells whether what is taken out parts a word.
func joins(text string, start, end int) bool {
	const parts = "_+/=-.<>*`~"
	within := func(c byte) bool { return isWord(c) || strings.IndexByte(parts, c) >= 0 }
	return start > 0 && end < len(text) && within(text[start-1]) && within(text[end])
}

// linesAt leaves the lines that have one of the places in them.
func (p plain) linesAt(at []int) plain {
	w, done := plainWriter{}, -1
	for _, i := range at {
		if i < done {
			continue
		}
		start := strings.LastIndexByte(p.text[:i], '\n') + 1
		end := len(p.text)
		if n := strings.IndexByte(p.text[i:], '\n'); n >= 0 {
			end = i + n + 1
		}
		w.copy(p, max(start, done), end)
		done = end
	}
	return w.plain()
}

var dressed = regexp.MustCompile("[*`]+|~~|\\\\\r?\n[ \t>]*|</?(?i:a|abbr|b|bdi|bdo|big|br|center|cite|code|data|del|dfn|div|em|font|i|ins|kbd|mark|p|pre|q|s|samp|small|span|strike|strong|sub|sup|td|tt|u|var|wbr)(?: [^<>\n\\x00]{0,100})?/?>|<!--[^\\x00]{0,200}?-->|[\"'] ?[+.] ?\r?\n?[ \t]*[\"']")

// decoded is the lines of a text that have %XX in them, or entities that were
// escaped themselves, with what they stand for.
func (p plain) decoded() (plain, bool) {
	if !strings.ContainsAny(p.text, "%&") {
		return plain{}, false
	}
	w := plainWriter{}
	done, places := 0, []int(nil)
	for _, m := range escaped.FindAllStringIndex(p.text, -1) {
		shown := unescape(p.text[m[0]:m[1]])
		if shown == "" {
			continue // letters of other scripts stay as they are
		}
		w.copy(p, done, m[0])
		places = append(places, w.text.Len())
		w.put(shown, p.from[m[0]].start, p.from[m[1]-1].end)
		done = m[1]
	}
	if places == nil {
		return plain{}, false
	}
	w.copy(p, done, len(p.text))
	return w.plain().linesAt(places), true
}

var escaped = regexp.MustCompile(`%(?:25)?[0-9A-Fa-f]{2}|&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,24});`)

// unescape gives the character that %XX or an entity stands for; empty if it is
// none of ASCII that shows.
func unescape(s string) string {
	if s[0] == '&' {
		shown, _ := entity(s)
		if shown == s[:1] && s != "&amp;" || len(shown) != 1 {
			return ""
		}
		return shown
	}
	c := unhex(s[len(s)-2])<<4 | unhex(s[len(s)-1])
	if c < ' ' && c != '\n' && c != '\t' || c >= 0x7f {
		return ""
	}
	return string(rune(c))
}

func unhex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}

// copy takes a stretch of another plain text with the places of its bytes.
func (w *plainWriter) copy(p plain, start, end int) {
	w.text.WriteString(p.text[start:end])
	w.from = append(w.from, p.from[start:end]...)
}

func (w *plainWriter) plain() plain {
	text := w.text.String()
	return plain{text: text, lower: strings.ToLower(text), from: w.from, longest: longestRun(text)}
}

// longestRun measures the longest stretch of what tokens are made of.
func longestRun(text string) int {
	longest, run := 0, 0
	for i := range len(text) {
		if c := text[i]; !isWord(c) && c != '-' && c != '+' && c != '/' && c != '=' && c != '.' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
