package markup

import (
	"regexp"
	"strings"
)

// maxDelimiters bounds what may open something in one paragraph. Reading takes
// time by the square of it: 8,000 take half a second, and nobody writes
// them.
const maxDelimiters = 8_000

// fresh begins a block of its own whatever stands before.
var fresh = regexp.MustCompile(`^ {0,3}(?:[-*+] .*|#{1,6} .*)?$`)

// tangled finds text that was made to take long to read, before it is read: lines
// with more quotes and lists in one another, or paragraphs with more emphasis and
// links, than anybody writes.
func tangled(source string) bool {
	delimiters := 0
	for line := range strings.Lines(source) {
		line = strings.TrimRight(line, "\r\n")
		if fresh.MatchString(line) {
			delimiters = 0
		}
		for i := range len(line) {
			if strings.IndexByte("*_[~`<", line[i]) >= 0 {
				delimiters++
			}
		}
		if delimiters > maxDelimiters || nesting(line) > maxDepth {
			return true
		}
	}
	return false
}

// nesting is how many blocks a line opens in one another at most.
func nesting(line string) int {
	if strings.Trim(line, " \t-*") == "" {
		return 0 // a rule
	}
	head := line[:len(line)-len(strings.TrimLeft(line, " \t>-*+.)0123456789"))]
	return strings.Count(head, ">") + len(strings.Fields(head))
}
