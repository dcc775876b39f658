package postmortem

import (
	"slices"
	"strings"
)

// column is one of a merged table: its place in theirs, in ours and in the table
// as published, -1 where it is not.
type column struct{ theirs, ours, published int }

// layout says how the columns of a table belong together.
type layout struct {
	// then says which of theirs was published as what, now which of ours was.
	then, now *alignment
	theirs    []int // for each of ours, its place in theirs; -1: not there
	all       []column
	// main is the column of ours that says what a row is about, -1: none; headed
	// says that its head says so.
	main   int
	headed bool
}

// joinColumns finds which columns of ours theirs has; published is the table as
// published, nil if it was not.
func joinColumns(theirs, ours part, published [][]string) layout {
	var c layout
	c.main, c.headed = mainColumn(ours)
	if published == nil {
		c.then, c.now = newAlignment(len(theirs.rows[0].cells), 0), newAlignment(len(ours.rows[0].cells), 0)
	} else {
		c.then, c.now = alignColumns(theirs.rows, published), alignColumns(ours.rows, published)
	}
	c.theirs = none(len(c.now.to))
	taken := map[int]bool{}
	for k, j := range c.now.to {
		if j >= 0 {
			c.theirs[k] = c.then.from[j]
			taken[c.theirs[k]] = true
		}
	}
	for k, head := range ours.rows[0].cells {
		i := slices.IndexFunc(theirs.rows[0].cells, func(text string) bool { return words(text) == words(head) })
		if c.now.to[k] < 0 && words(head) != "" && i >= 0 && c.then.to[i] < 0 && !taken[i] {
			c.theirs[k], taken[i] = i, true
		}
	}
	return c
}

// byRows finds the main column of ours in a table of people's own by the rows
// that are the same.
func (c *layout) byRows(same []int, theirs, ours []unit) {
	if c.main < 0 || c.theirs[c.main] >= 0 {
		return
	}
	for i, k := range same {
		if k < 0 {
			continue
		}
		at := slices.IndexFunc(theirs[i].cells, func(cell string) bool { return words(cell) == words(ours[k].cell(c.main)) })
		if at >= 0 && at < len(c.then.to) && !slices.Contains(c.theirs, at) {
			c.theirs[c.main] = at
			return
		}
	}
}

// lay puts the columns in order: theirs as they are, those new to ours behind the
// one that they follow there. One that ours has no more goes unless people wrote
// in it, one that people took out stays out.
func (c *layout) lay(m *tableMerge) {
	ours := map[int]int{}
	for k, i := range c.theirs {
		ours[i] = k
	}
	after := map[int][]column{}
	at := -1
	for k, i := range c.theirs {
		switch {
		case i >= 0:
			at = i
		case c.now.to[k] >= 0:
			m.told.columns++
		default:
			after[at] = append(after[at], column{-1, k, -1})
		}
	}
	c.all = after[-1]
	for i := range m.theirs.rows[0].cells {
		k, shared := ours[i]
		if !shared {
			k = -1
		}
		if shared || c.then.to[i] < 0 || c.written(m, i) {
			c.all = append(c.all, column{i, k, c.then.to[i]})
		}
		c.all = append(c.all, after[i]...)
	}
}

// written says whether people wrote in a column of theirs that was published.
func (c *layout) written(m *tableMerge, at int) bool {
	j := c.then.to[at]
	for i, r := range m.theirs.rows[1:] {
		was := emptyCell
		if b := m.then.to[i]; b >= 0 {
			was = m.published[b][j]
		}
		if at < len(r.prints) && r.prints[at] != was {
			return true
		}
	}
	return false
}

// delimiters is the line below the head: as people have it while the columns are
// theirs.
func (c *layout) delimiters(theirs, ours string) string {
	was, our := splitCells(theirs), splitCells(ours)
	var cells []string
	for _, col := range c.all {
		if col.theirs >= 0 {
			cells = append(cells, was[col.theirs])
		} else {
			cells = append(cells, our[col.ours])
		}
	}
	if slices.Equal(cells, was) {
		return theirs
	}
	return "|" + strings.Join(cells, "|") + "|"
}

// at is where the a-th was published; -1 if it was not or is beyond.
func (l *alignment) at(a int) int {
	if a >= len(l.to) {
		return -1
	}
	return l.to[a]
}
