package markdown

import "bytes"

const (
	// Nobody nests deeper, while readers of Markdown take time that grows with the
	// square of the depth: 100,000 quote marks on one line cost half a minute.
	maxNesting = 100
	// The same with marks of emphasis between two blank lines.
	maxMarks = 2000
)

// Flatten returns source as it is safe to be parsed: quotes and lists that one
// line nests more than a hundred deep end there. Every other byte stays where it
// is, so that positions hold for the source as well. Source is not changed.
func Flatten(source []byte) []byte {
	flat, start := source, 0
	for line := range bytes.Lines(source) {
		if at := tooDeep(line); at >= 0 {
			if &flat[0] == &source[0] {
				flat = bytes.Clone(source)
			}
			flat[start+at] = 'x'
		}
		start += len(line)
	}
	return flat
}

// tooDeep returns where the first quote or list beyond the greatest depth begins
// in a line, or -1.
func tooDeep(line []byte) int {
	depth := 0
	for at := 0; at < len(line); {
		size := containerMark(line[at:])
		if size == 0 {
			return -1
		}
		if c := line[at]; c != ' ' && c != '\t' {
			depth++
		}
		if depth > maxNesting {
			return at
		}
		at += size
	}
	return -1
}

// containerMark returns the length of the quote mark, list marker or white space
// that rest begins with, or 0.
func containerMark(rest []byte) int {
	switch rest[0] {
	case ' ', '\t', '>':
		return 1
	case '-', '+', '*':
		return spaced(rest, 1)
	}
	digits := 0
	for digits < len(rest) && digits < 9 && rest[digits] >= '0' && rest[digits] <= '9' {
		digits++
	}
	if digits > 0 && digits < len(rest) && (rest[digits] == '.' || rest[digits] == ')') {
		return spaced(rest, digits+1)
	}
	return 0
}

// spaced returns size if a list marker of that size is followed by white space.
func spaced(rest []byte, size int) int {
	if size == len(rest) || bytes.IndexByte([]byte(" \t\r\n"), rest[size]) >= 0 {
		return size
	}
	return 0
}

// tangled reports text that is not worth reading as Markdown: nested or marked up
// beyond what anybody writes by hand.
func tangled(source string) bool {
	marks := 0
	for line := range bytes.Lines([]byte(source)) {
		marks += bytes.Count(line, []byte("*")) + bytes.Count(line, []byte("_")) + bytes.Count(line, []byte("~"))
		if len(bytes.TrimSpace(line)) == 0 {
			marks = 0
		}
		if marks > maxMarks || tooDeep(line) >= 0 {
			return true
		}
	}
	return false
}
