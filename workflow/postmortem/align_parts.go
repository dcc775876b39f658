package postmortem

import (
	"cmp"
	"slices"
)

// alignParts finds in what Firebreak published the parts of a section: those
// that are unchanged, then tables and lists by what they hold, drawings by their
// kind, and what is left by its place, where kinds are alike.
func alignParts(a []part, b []partPrint, alike func(a, b byte) bool) *alignment {
	l := newAlignment(len(a), len(b))
	texts, published := make([]string, len(a)), make([]string, len(b))
	for i := range a {
		texts[i] = a[i].print.String()
	}
	for j := range b {
		published[j] = b[j].String()
	}
	l.equal(texts, published)
	l.byContent(a, b)
	l.pairGaps(func(i, j int) bool { return alike(a[i].print.kind, b[j].kind) })
	return l
}

// alike says whether a person may have made one kind of part of the other: of a
// note, a paragraph.
func alike(a, b byte) bool {
	words := func(kind byte) bool { return kind == paragraphPart || kind == notePart }
	return a == b || words(a) && words(b)
}

func equalKinds(a, b byte) bool { return a == b }

type likeness struct{ a, b, score int }

// maxContainers bounds how many tables, lists and drawings are looked for, and how
// many columns of one.
const maxContainers = 100

// byContent pairs tables and lists that have cells in common, those with the
// most first, and blocks of code of one language.
func (l *alignment) byContent(a []part, b []partPrint) {
	var found []likeness
	looked := 0
	for j, published := range b {
		if l.from[j] >= 0 || published.kind != tablePart && published.kind != listPart && published.kind != fencePart {
			continue
		}
		if looked++; looked > maxContainers {
			break
		}
		known := map[string]bool{}
		published.each(func(cell string) { known[cell] = cell != emptyCell })
		for i, p := range a {
			if score := p.print.shared(known); l.to[i] < 0 && p.print.kind == published.kind && score > 0 {
				found = append(found, likeness{i, j, score})
			}
		}
	}
	l.pairBest(found)
}

// emptyCell is the print of a cell with nothing in it.
var emptyCell = short("")

func (p partPrint) shared(known map[string]bool) int {
	n := 0
	p.each(func(cell string) {
		if known[cell] {
			n++
		}
	})
	return n
}

// pairBest pairs what is most alike first.
func (l *alignment) pairBest(found []likeness) {
	slices.SortStableFunc(found, func(x, y likeness) int { return cmp.Compare(y.score, x.score) })
	for _, f := range found {
		if l.free(f.a, f.b) {
			l.pair(f.a, f.b)
		}
	}
}
