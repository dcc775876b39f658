package postmortem

import (
	"slices"
)

// cells merges a row of theirs with that of ours; published is it as published,
// nil if it was not; either row may be missing. What people did not touch is
// Firebreak's.
func (m *tableMerge) cells(theirs, ours unit, published []string) []string {
	var out []string
	for _, c := range m.columns.all {
		cell := ""
		switch {
		case theirs.cells == nil:
			cell = ours.cell(c.ours)
		case ours.cells == nil || c.ours < 0:
			cell = theirs.cell(c.theirs)
		case c.theirs < 0:
			cell = ours.cell(c.ours)
		default:
			cell = m.cell(theirs.cell(c.theirs), ours.cell(c.ours), publishedCell(published, c.published), func() string { return m.where(ours, c) })
		}
		out = append(out, cell)
	}
	if beyond := len(m.theirs.rows[0].cells); len(theirs.cells) > beyond {
		out = append(out, theirs.cells[beyond:]...)
	}
	return out
}

func publishedCell(published []string, at int) string {
	if at < 0 || at >= len(published) {
		return ""
	}
	return published[at]
}

// cell merges one cell; was is its print as published, "" if it was not.
func (m *tableMerge) cell(theirs, ours, was string, where func() string) string {
	switch {
	case theirs == ours:
		return theirs
	case was == "" && vacant(theirs), was == short(theirs):
		return ours
	case was == "", was == short(ours), words(theirs) == words(ours) && words(ours) != "":
		m.kept = true
		return theirs
	}
	m.kept = true
	if len(m.left) < maxLeft {
		m.leave(where(), ours)
	}
	return theirs
}

// where names a cell of ours.
func (m *tableMerge) where(our unit, c column) string {
	head := m.ours.rows[0]
	where := "row " + m.name(our)
	if our.text == head.text {
		where = "head"
	}
	if column := quoted(head.cell(c.ours)); column != "" {
		where += ", " + column
	}
	return where
}

// line writes a row of theirs: as it is if its cells are as they were, be it
// without the last, empty ones.
func line(cells []string, was unit) string {
	shown := cells
	for len(shown) > len(was.cells) && shown[len(shown)-1] == "" {
		shown = shown[:len(shown)-1]
	}
	if slices.Equal(shown, was.cells) {
		return was.text
	}
	return row(cells...)
}

// name is what Firebreak calls a row of its own: its time, else what it is about,
// else what it begins with.
func (m *tableMerge) name(our unit) string {
	about := quoted(our.cell(m.columns.main))
	if m.timed || !m.columns.headed || about == "" {
		return quoted(our.cell(0))
	}
	return "“" + about + "”"
}
