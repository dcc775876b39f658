package checklist

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// An item is one task item of a body: Firebreak's if it has an id, else people's.
type item struct {
	id     string
	text   string // as read, without comments and evidence
	ticked bool
	// line is where its line begins, bullet where its list marker does, box is the
	// byte between its brackets, and end where the next line after it and all that
	// is nested in it begins.
	line, bullet, box, end int
	// step is the hidden comment that holds its id; evidence is Firebreak's words
	// beside it, their comments included, empty if there are none.
	step, evidence span
}

var (
	stepComment = regexp.MustCompile(`^<!--\s*step:([A-Za-z0-9][A-Za-z0-9._-]{0,99})\s*-->$`)
	// In GFM a task item is a list item whose first block is a paragraph that
	// begins with a box and white space.
	taskStart = regexp.MustCompile(`^\[[ xX]\][ \t]`)
	bulletEnd = regexp.MustCompile(`(?:[-+*]|[0-9]{1,9}[.)])[ \t]+$`)
)

const (
	evidenceOpens  = "<!-- evidence -->"
	evidenceCloses = "<!-- /evidence -->"
)

// readItem reads a list item if it is a task item.
func readItem(raw []byte, n *ast.ListItem) (item, bool) {
	first := n.FirstChild()
	if first == nil || first.Kind() != ast.KindParagraph && first.Kind() != ast.KindTextBlock || first.Lines().Len() == 0 {
		return item{}, false
	}
	lines := first.Lines()
	box := lines.At(0).Start
	if !taskStart.Match(raw[box:lineEnd(raw, box)]) {
		return item{}, false
	}
	i := item{line: lineStart(raw, box), box: box + 1, ticked: raw[box+1] != ' '}
	bullet := bulletEnd.FindIndex(raw[i.line:box])
	if bullet == nil {
		return item{}, false
	}
	i.bullet, i.end = i.line+bullet[0], blockEnd(raw, n)
	i.readLine(raw, box+3, lines.At(lines.Len()-1).Stop)
	return i, true
}

// readLine reads what follows the box on the item's own line. The paragraph ends
// at stop.
func (i *item) readLine(raw []byte, from, stop int) {
	end := lineEnd(raw, from)
	comments := scan(raw, from, end, max(end, stop))
	i.id, i.step = findStep(raw, comments)
	i.evidence = findEvidence(raw, comments)
	var b strings.Builder
	at := from
	for _, c := range append(comments, span{end, end}) {
		if at = max(at, from); c.start > at && !i.evidence.holds(at) {
			b.Write(raw[at:c.start])
		}
		at = c.end
	}
	i.text = strings.Join(strings.Fields(strings.ToValidUTF8(b.String(), "\uFFFD")), " ")
}

// findStep returns the id that the first step comment holds.
func findStep(raw []byte, comments []span) (string, span) {
	for _, c := range comments {
		if m := stepComment.FindSubmatch(raw[c.start:c.end]); m != nil {
			return string(m[1]), c
		}
	}
	return "", span{}
}

// findEvidence returns the last pair of evidence comments.
func findEvidence(raw []byte, comments []span) span {
	var found, open span
	for _, c := range comments {
		switch string(raw[c.start:c.end]) {
		case evidenceOpens:
			open = c
		case evidenceCloses:
			if open.end > 0 {
				found = span{open.start, c.end}
			}
			open = span{}
		}
	}
	return found
}
