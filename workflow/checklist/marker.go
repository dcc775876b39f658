package checklist

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// checklistName is the name in the marker by which the comment is found again.
const checklistName = "checklist"

// A marker is a hidden comment of Firebreak's at the start of a line.
type marker struct {
	span
	name   string
	closes bool
	key    string // of the comment's own marker
}

var markerLine = regexp.MustCompile(`^ {0,3}(<!-- (/?)firebreak:([a-z-]+)(?: v1(?: ([A-Za-z0-9./:_-]{1,200}))?)? -->)`)

// Marker returns the hidden first line of a checklist comment.
func Marker(key string) string {
	key = strings.Map(func(r rune) rune {
		if r < 0x80 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || strings.ContainsRune("./:_-", r)) {
			return r
		}
		return -1
	}, key)
	if key == "" {
		return "<!-- firebreak:" + checklistName + " v1 -->"
	}
	return "<!-- firebreak:" + checklistName + " v1 " + key[:min(len(key), 200)] + " -->"
}

// IsChecklist reports whether a comment is a checklist: its marker begins a line,
// and not in code, a quote or a list. Anybody can copy a marker, so that the
// comment's author has to be checked as well.
func IsChecklist(body string) bool {
	_, ok := FindKey(body)
	return ok
}

// FindKey returns the key that the comment was posted with, and whether it is a
// checklist at all.
func FindKey(body string) (key string, ok bool) {
	if !strings.Contains(body, "<!-- firebreak:"+checklistName+" v1") {
		return "", false
	}
	for _, m := range read(body).markers {
		if m.name == checklistName {
			return m.key, true
		}
	}
	return "", false
}

// readMarkers returns the markers that begin lines of an HTML block. A comment
// ends its block on the same line; the tags that fold parts away hold their block
// open, and markers with it, up to a blank line.
func readMarkers(raw []byte, n *ast.HTMLBlock) []marker {
	switch n.HTMLBlockType {
	case ast.HTMLBlockType2, ast.HTMLBlockType6, ast.HTMLBlockType7:
	default:
		return nil // <pre> and the like: what stands there is shown as it is
	}
	var found []marker
	for line := range n.Lines().Len() {
		start := n.Lines().At(line).Start
		if m, ok := readMarker(raw, lineStart(raw, start)); ok {
			found = append(found, m)
		}
	}
	return found
}

func readMarker(raw []byte, line int) (marker, bool) {
	m := markerLine.FindSubmatchIndex(raw[line:lineEnd(raw, line)])
	if m == nil {
		return marker{}, false
	}
	found := marker{
		span:   span{line + m[2], line + m[3]},
		closes: m[4] < m[5],
		name:   string(raw[line+m[6] : line+m[7]]),
	}
	if m[8] >= 0 {
		found.key = string(raw[line+m[8] : line+m[9]])
	}
	return found, true
}
