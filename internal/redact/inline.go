package redact

import (
	"strings"
	"unicode/utf8"
)

// inlineCode takes code spans of more than limit characters out, backticks
// included (GFM, "Code spans"). Shorter ones stay: a command, a name, an error's
// text are what an incident is told with.
func inlineCode(limit int) block {
	return block{kind: "code", hints: []string{"`"}, spans: func(text string) []place {
		var long []place
		for _, s := range codeSpans(text) {
			if utf8.RuneCountInString(strings.Trim(text[s.start:s.end], "`")) > limit {
				long = append(long, s)
			}
		}
		return long
	}}
}

// codeSpans gives the code spans of a text with their backticks. A span ends with
// a run of as many backticks as began it, within its paragraph.
func codeSpans(text string) []place {
	var spans []place
	for start := 0; start < len(text); {
		end := paragraphEnd(text, start)
		for at := start; at < end; {
			open := strings.IndexByte(text[at:end], '`')
			if open < 0 {
				break
			}
			s := codeSpan(text[:end], at+open)
			if s.end-s.start > backticks(text[s.start:]) {
				spans = append(spans, s)
			}
			at = s.end
		}
		start = end
	}
	return spans
}

// codeSpan reads the span whose backticks begin at open. Without its end it is the
// backticks alone.
func codeSpan(paragraph string, open int) place {
	n := backticks(paragraph[open:])
	from := open + n
	if open > 0 && paragraph[open-1] == '\\' && n == 1 {
		return place{open, from}
	}
	for at := from; at < len(paragraph); {
		i := strings.IndexByte(paragraph[at:], '`')
		if i < 0 {
			break
		}
		at += i
		m := backticks(paragraph[at:])
		if m == n {
			return place{open, at + m}
		}
		at += m
	}
	return place{open, from}
}

func backticks(text string) int { return len(text) - len(strings.TrimLeft(text, "`")) }

// paragraphEnd is where the next empty line begins.
func paragraphEnd(text string, start int) int {
	for at := start; at < len(text); {
		line := strings.IndexByte(text[at:], '\n')
		if line < 0 {
			return len(text)
		}
		end := at + line + 1
		if at > start && strings.TrimSpace(text[at:end]) == "" {
			return end
		}
		at = end
	}
	return len(text)
}

// replaceSpans puts a marker for every span.
func (b block) replaceSpans(text string) (string, int) {
	found := Findings{}
	var spans []span
	for _, p := range b.spans(text) {
		spans = append(spans, span{place: p, kind: b.kind})
	}
	return replace(text, spans, found), found[b.kind]
}
