package redact

import (
	"regexp"
	"strings"
)

// block finds what takes whole lines.
type block struct {
	kind string
	// hints: a text that holds none of them has no such block.
	hints []string
	// measure counts the lines that a block takes from the first on; zero if none
	// begins there.
	measure func(lines []string) int
	// margin gives what the line in a block's place begins with.
	margin func(first string) string
	// spans finds what stands within lines; measure and margin are not asked then.
	spans func(text string) []place
	// replaceAll does it all by itself.
	replaceAll func(text string) (string, int)
}

// replace puts one line for every block and counts them.
func (b block) replace(text string) (string, int) {
	if !(rule{hints: b.hints}).hinted(lowerASCII(text)) {
		return text, 0
	}
	if b.replaceAll != nil {
		return b.replaceAll(text)
	}
	if b.spans != nil {
		return b.replaceSpans(text)
	}
	var out strings.Builder
	lines, found := strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n"), 0
	if strings.HasSuffix(text, "\n") {
		lines[len(lines)-1] += "\n"
	}
	for len(lines) > 0 {
		n := b.measure(lines)
		if n == 0 {
			out.WriteString(lines[0])
			lines = lines[1:]
			continue
		}
		last := lines[n-1]
		out.WriteString(b.margin(lines[0]) + marker(b.kind) + last[len(strings.TrimRight(last, "\r\n")):])
		lines, found = lines[n:], found+1
	}
	return out.String(), found
}

// container is what a line of Markdown begins with inside quotes and lists.
var container = regexp.MustCompile(`^(?:[ \t]*(?:>|(?:[-*+]|[0-9]{1,9}[.)])[ \t]))*[ \t]*`)

var codeBlock = block{kind: "code", hints: []string{"```", "~~~"}, measure: fenced, margin: container.FindString}

// fenced measures a fenced code block, fences included (GFM, "Fenced code
// blocks"). It ends with its fence, with the quote that it stands in, or with the
// text. Where it is nested in a list, GFM may end it earlier.
func fenced(lines []string) int {
	prefix := container.FindString(lines[0])
	fence, info := fenceOf(lines[0][len(prefix):])
	if fence == "" || fence[0] == '`' && strings.Contains(info, "`") {
		return 0
	}
	depth := strings.Count(prefix, ">")
	for i, line := range lines[1:] {
		quote := quotes.FindString(line)
		if strings.Count(quote, ">") < depth {
			return i + 1
		}
		end, rest := fenceOf(line[len(quote):])
		if strings.HasPrefix(end, fence) && strings.TrimSpace(rest) == "" {
			return i + 2
		}
	}
	return len(lines)
}

var quotes = regexp.MustCompile(`^[ \t>]*`)

// fenceOf parts a line into the fence it begins with and the rest.
func fenceOf(line string) (fence, rest string) {
	const shortest = 3
	if line == "" || line[0] != '`' && line[0] != '~' {
		return "", line
	}
	rest = strings.TrimLeft(line, line[:1])
	if fence = line[:len(line)-len(rest)]; len(fence) < shortest {
		return "", line
	}
	return fence, rest
}
