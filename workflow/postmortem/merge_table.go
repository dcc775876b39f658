package postmortem

import (
	"fmt"
	"strings"
)

// tableMerge is the merge of one table of theirs with ours, row by row and cell
// by cell. People's order of rows and columns stands.
type tableMerge struct {
	*told
	theirs, ours part
	lineEnd      string
	columns      layout
	published    view // nil: Firebreak never published it
	// then says what of their rows was published as what, now what of ours was.
	then, now *alignment
	same      []int // which of ours a row that people added is; -1: none
	is        map[int]int
	timed     bool
}

// mergeTable returns the merged table; was is it as published, nil if it was not.
func mergeTable(t *told, theirs part, was *partPrint, ours part, lineEnd string) string {
	m := &tableMerge{told: t, theirs: theirs, ours: ours, lineEnd: lineEnd}
	m.align(was)
	var b strings.Builder
	m.head(&b, was)
	after := m.place()
	rows := theirs.rows[1:]
	m.add(&b, after[-1])
	for i, r := range rows {
		if text, stays := m.take(i, r); stays {
			b.WriteString(endLine(text, lineEnd))
		}
		m.add(&b, after[i])
	}
	if !strings.HasSuffix(theirs.text, "\n") {
		return strings.TrimSuffix(b.String(), lineEnd)
	}
	return b.String()
}

func (m *tableMerge) align(was *partPrint) {
	theirs, ours := m.theirs.rows[1:], m.ours.rows[1:]
	m.timed = timed(ours)
	if was == nil {
		m.then, m.now = newAlignment(len(theirs), 0), newAlignment(len(ours), 0)
		m.columns = joinColumns(m.theirs, m.ours, nil)
		m.same = m.alsoOurs(m.columns.theirs)
		m.columns.byRows(m.same, theirs, ours)
	} else {
		m.columns = joinColumns(m.theirs, m.ours, was.rows)
		m.published = publishedRows(was.rows)
		m.then = alignRows(theirs, m.columns.then, m.published, half)
		m.now = alignRows(ours, m.columns.now, m.published, mostly)
		m.same = m.alsoOurs(m.columns.theirs)
	}
	m.is = inverse(m.same)
	m.columns.lay(m)
}

// head writes the table's head and the line below it.
func (m *tableMerge) head(b *strings.Builder, was *partPrint) {
	var prints []string
	if was != nil {
		prints = was.rows[0]
	}
	cells := m.cells(m.theirs.rows[0], m.ours.rows[0], prints)
	b.WriteString(endLine(line(cells, m.theirs.rows[0]), m.lineEnd))
	b.WriteString(endLine(m.columns.delimiters(m.theirs.align, m.ours.align), m.lineEnd))
}

// take decides what becomes of one row of theirs.
func (m *tableMerge) take(i int, r unit) (text string, stays bool) {
	j, k := m.then.to[i], m.same[i]
	if j < 0 && k < 0 {
		m.kept = true
		return line(m.cells(r, unit{}, nil), r), true
	}
	if j < 0 {
		m.kept = true
		return line(m.cells(r, m.ours.rows[k+1], nil), r), true
	}
	if k = m.now.from[j]; k >= 0 {
		our := m.ours.rows[k+1]
		return line(m.cells(r, our, m.published[j]), r), true
	}
	if m.untouched(i) {
		return "", false
	}
	m.kept = true
	m.leave(fmt.Sprintf("row %d", i+1), "")
	return line(m.cells(r, unit{}, nil), r), true
}

// untouched says whether a row of theirs is as published, in the columns that
// were.
func (m *tableMerge) untouched(i int) bool {
	r, j := m.theirs.rows[i+1], m.then.to[i]
	for at := range r.cells {
		c := m.columns.then.at(at)
		if c < 0 && words(r.cells[at]) != "" || c >= 0 && m.published[j][c] != r.prints[at] {
			return false
		}
	}
	return true
}

// place decides behind which of their rows each of ours comes that is new, and
// counts those that people took out. Times stand in order.
func (m *tableMerge) place() map[int][]int {
	after, reworded := m.then.anchors()
	into := map[int][]int{}
	at := -1
	for k, our := range m.ours.rows[1:] {
		j := m.now.to[k]
		i, known := m.is[k]
		switch {
		case known:
			at = i
		case j >= 0 && m.then.from[j] >= 0:
			at = m.then.from[j]
		case j >= 0:
			at = after[j]
			if !reworded[j] {
				m.rows++
			}
		default:
			at = m.skip(at, our)
			into[at] = append(into[at], k)
		}
	}
	return into
}

// skip passes over the rows that people added: all of them, or, where rows have
// times, the earlier ones.
func (m *tableMerge) skip(at int, our unit) int {
	for at+1 < len(m.same) && m.then.to[at+1] < 0 && m.same[at+1] < 0 && (!m.timed || m.earlier(m.theirs.rows[at+2], our)) {
		at++
	}
	return at
}

// earlier says whether a row of theirs is not later than one of ours. A time
// without its date is of the first day.
func (m *tableMerge) earlier(theirs, ours unit) bool {
	a, dayA, okA := momentOf(theirs.cell(m.columns.theirs[0]))
	b, dayB, okB := momentOf(ours.cell(0))
	if dayA != dayB {
		return okA && okB && !dayA
	}
	return okA && okB && a <= b
}

// add writes rows of ours that are new.
func (m *tableMerge) add(b *strings.Builder, rows []int) {
	for _, k := range rows {
		b.WriteString(endLine(row(m.cells(unit{}, m.ours.rows[k+1], nil)...), m.lineEnd))
	}
}

func (r unit) cell(at int) string {
	if at < 0 || at >= len(r.cells) {
		return ""
	}
	return r.cells[at]
}

// endLine gives a line the page's line end.
func endLine(line, end string) string { return strings.TrimRight(line, "\r\n") + end }
