package checklist

import (
	"slices"
	"strings"
)

// leftover returns what is left of a region when one of its markers is gone: the
// other marker, and the lines beside it if they begin as Firebreak begins that
// region. Everything else is people's.
func (p *page) leftover(m marker) span {
	if m.closes {
		return span{p.leftBefore(m), m.end}
	}
	return span{m.start, p.leftAfter(m)}
}

func (p *page) leftAfter(m marker) int {
	from := nextLine(p.lines, m.end)
	if size := generated(m.name, p.lines[from:]); size > 0 {
		return from + size
	}
	return m.end
}

// leftBefore looks for the nearest line above that begins the region, and takes
// it if what it begins reaches down to the marker.
func (p *page) leftBefore(m marker) int {
	for _, start := range beginnings(m.name) {
		at := strings.LastIndex(p.lines[:m.start], start)
		if at < 0 || at > 0 && p.lines[at-1] != '\n' {
			continue
		}
		size := generated(m.name, p.lines[at:m.start])
		if size > 0 && strings.TrimSpace(p.lines[at+size:m.start]) == "" {
			return at
		}
	}
	return m.start
}

// beginnings lists how the first line of a region may begin.
func beginnings(region string) []string {
	switch region {
	case headRegion:
		return []string{headRunning, headDone, headStopped}
	case severitiesRegion:
		return []string{severitiesTop}
	case doneRegion:
		return []string{doneTitle}
	case followUpsRegion:
		return []string{foldOpens + followUpsTitle}
	case timelineRegion:
		return []string{foldOpens + timelineTitle}
	}
	return []string{foldOpens + commandsTitle}
}

// generated returns how many of the leading bytes of text are lines that
// Firebreak wrote in a region: what begins and looks so, or the whole fold.
func generated(region, text string) int {
	begins := func(start string) bool { return strings.HasPrefix(text, start) }
	if !slices.ContainsFunc(beginnings(region), begins) {
		return 0
	}
	if begins(foldOpens) {
		size := strings.Index(text, "\n"+foldCloses)
		if size < 0 || strings.Contains(text[:size], "<!--") {
			return 0
		}
		return size + 1 + len(foldCloses)
	}
	size := 0
	for size < len(text) {
		end := nextLine(text, size)
		if size > 0 && !strings.HasPrefix(text[size:end], continuation(region)) {
			break
		}
		size = end
	}
	return len(strings.TrimRight(text[:size], " \n"))
}

// continuation returns how the lines after the first begin in a region that is
// no fold.
func continuation(region string) string {
	switch region {
	case headRegion:
		return declaredLine
	case severitiesRegion:
		return "|"
	}
	return "\x00" // the title of the definition of done is one line
}

// nextLine returns where the line after the one of at begins.
func nextLine(text string, at int) int {
	if end := strings.IndexByte(text[at:], '\n'); end >= 0 {
		return at + end + 1
	}
	return len(text)
}
