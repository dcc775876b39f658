package postmortem

import (
	"cmp"
	"slices"
	"strings"
)

// view is a table's rows, its head left out, as prints in the columns of the
// table as published: "" for a column that this version has not.
type view [][]string

func viewRows(rows []unit, columns *alignment) view {
	v := make(view, len(rows))
	for i, r := range rows {
		v[i] = make([]string, len(columns.from))
		for c, at := range columns.from {
			switch {
			case at < 0:
			case at < len(r.prints):
				v[i][c] = r.prints[at]
			default:
				v[i][c] = emptyCell
			}
		}
	}
	return v
}

// keys joins the cells of the columns that another version has too.
func (v view) keys(columns *alignment) []string {
	keys := make([]string, len(v))
	for i, cells := range v {
		var b strings.Builder
		for c, cell := range cells {
			if columns.from[c] >= 0 {
				b.WriteString(cell)
			}
		}
		keys[i] = b.String()
	}
	return keys
}

// publishedRows is the table as published, with cells for all its columns.
func publishedRows(rows [][]string) view {
	v := make(view, len(rows)-1)
	for i, cells := range rows[1:] {
		v[i] = make([]string, len(rows[0]))
		for c := range v[i] {
			v[i][c] = emptyCell
			if c < len(cells) {
				v[i][c] = cells[c]
			}
		}
	}
	return v
}

// alignColumns finds a table's columns by their heads, renamed ones by what is in
// them, and others by their place.
func alignColumns(rows []unit, published [][]string) *alignment {
	l := newAlignment(len(rows[0].prints), len(published[0]))
	l.equal(rows[0].prints, published[0])
	var found []likeness
	looked := 0
	for j := range published[0] {
		if l.from[j] >= 0 || looked == maxContainers {
			continue
		}
		looked++
		known := map[string]bool{}
		for _, cells := range published[1:] {
			known[publishedCell(cells, j)] = true
		}
		delete(known, "")
		delete(known, emptyCell)
		for i := range l.to {
			if score := sharedIn(rows[1:], i, known); l.to[i] < 0 && score > 0 {
				found = append(found, likeness{i, j, score})
			}
		}
	}
	l.pairBest(found)
	l.pairGaps(func(int, int) bool { return true })
	return l
}

// sharedIn counts the rows whose cell in a column is known.
func sharedIn(rows []unit, column int, known map[string]bool) int {
	n := 0
	for _, r := range rows {
		if column < len(r.prints) && known[r.prints[column]] {
			n++
		}
	}
	return n
}

// alignRows finds a table's rows in the table as published: those that are
// unchanged, then by cells that no other row has, then by their place, where
// enough of the cells are the same.
func alignRows(rows []unit, columns *alignment, published view, likely func(same, of int) bool) *alignment {
	now := viewRows(rows, columns)
	l := newAlignment(len(now), len(published))
	l.equal(now.keys(columns), published.keys(columns))
	l.pairBest(l.byCells(rows, columns, now, published))
	l.pairGaps(func(i, j int) bool { return likely(common(now[i], published[j])) })
	return l
}

// half is enough of a row that people may have edited, mostly of one of ours, of
// which only what became of it changes.
func half(same, of int) bool   { return same > 0 && same*2 >= of }
func mostly(same, of int) bool { return same > 0 && same*3 >= of*2 }

// byCells finds rows that share a cell which is in no other row, where that says
// enough or most of the row is the same.
func (l *alignment) byCells(rows []unit, columns *alignment, now, published view) []likeness {
	var found []likeness
	for c, at := range columns.from {
		if at < 0 {
			continue
		}
		here, there := singles(now, c), singles(published, c)
		label := c == 0 && distinctCells(there, len(published)) && len(published) > 2
		for cell, i := range here {
			j, both := there[cell]
			if !both || i < 0 || j < 0 || !l.free(i, j) {
				continue
			}
			same, of := common(now[i], published[j])
			if label || telling(rows[i], at) || half(same, of) {
				found = append(found, likeness{i, j, same})
			}
		}
	}
	slices.SortFunc(found, func(x, y likeness) int { return cmp.Or(x.a-y.a, x.b-y.b) })
	return found
}

// singles maps each cell of a column to its row, -1 if there are several.
func singles(v view, column int) map[string]int {
	rows := map[string]int{}
	for i, cells := range v {
		cell := cells[column]
		if _, taken := rows[cell]; taken {
			rows[cell] = -1
		} else if cell != emptyCell {
			rows[cell] = i
		}
	}
	return rows
}

// distinctCells says whether a column labels its rows: each has a cell of its own.
func distinctCells(rows map[string]int, n int) bool {
	for _, i := range rows {
		if i < 0 {
			return false
		}
	}
	return len(rows) == n
}

// common counts the cells that two rows share, and those that could be.
func common(a, b []string) (same, of int) {
	for c := range b {
		if b[c] == emptyCell || a[c] == "" {
			continue
		}
		of++
		if a[c] == b[c] {
			same++
		}
	}
	return same, of
}

// telling says whether a cell tells by itself which row it is: a link, or some
// words.
func telling(r unit, at int) bool {
	if at >= len(r.cells) {
		return false
	}
	cell := r.cells[at]
	return strings.Contains(cell, "](") || strings.Contains(cell, "://") || len(strings.Fields(cell)) > 2
}
