package markdown

import (
	"regexp"
	"strings"
)

var backticks = regexp.MustCompile("`+")

// Fence returns text as a fenced code block whose fence no line of text can
// close. Info is the language; only letters, digits and hyphens of it are kept.
func Fence(info, text string) string {
	fence := strings.Repeat("`", max(3, longestTicks(text)+1))
	info = strings.Map(func(r rune) rune {
		if r < 0x80 && (isAlnum(byte(r)) || r == '-') {
			return r
		}
		return -1
	}, info)
	return fence + info + "\n" + manyLines(text) + "\n" + fence
}

// Code returns text as a code span on one line, or nothing for no text. Code
// spans mention nobody. A pipe would end a table's cell: use Cell there.
func Code(text string) string {
	text = defuseComments(oneLine(text))
	if text == "" {
		return ""
	}
	ticks := strings.Repeat("`", longestTicks(text)+1)
	if len(ticks) > 1 {
		return ticks + " " + text + " " + ticks
	}
	return ticks + text + ticks
}

func longestTicks(text string) int {
	longest := 0
	for _, run := range backticks.FindAllString(text, -1) {
		longest = max(longest, len(run))
	}
	return longest
}

// defuseComments keeps an HTML comment from opening where escapes do not work:
// in code, should another reader of Markdown not take it for code.
func defuseComments(text string) string {
	return strings.ReplaceAll(text, "<!--", "<!\u200B--")
}
