package postmortem

import (
	"slices"
	"strings"
)

// alsoOurs finds what people wrote and Firebreak now has too, by its words: such
// as an action item that got its follow-up.
func (m *bodyMerge) alsoOurs() []int {
	same := none(len(m.theirs))
	texts, exact := map[string]int{}, map[string]int{}
	for k, p := range m.ours {
		if m.lacking(k) {
			exact[p.print.String()] = k
		}
		if text := words(p.text); text != "" && m.lacking(k) && p.rows == nil {
			texts[text] = k
		}
	}
	for i, p := range m.theirs {
		if k, known := exact[p.print.String()]; known && m.then.to[i] < 0 {
			same[i] = k
			delete(exact, p.print.String())
			delete(texts, words(p.text))
		}
	}
	for i, p := range m.theirs {
		if m.then.to[i] >= 0 || same[i] >= 0 || p.rows != nil {
			continue
		}
		text := words(p.text)
		if k, known := texts[text]; known && alike(p.print.kind, m.ours[k].print.kind) {
			same[i] = k
			delete(texts, text)
		}
	}
	is := inverse(same)
	for k, p := range m.ours {
		if _, found := is[k]; !found && p.rows != nil && m.now.to[k] < 0 {
			m.joinOwn(same, k, p)
		}
	}
	return same
}

// lacking says whether the page has nothing that was published as that of ours.
func (m *bodyMerge) lacking(k int) bool {
	j := m.now.to[k]
	return j < 0 || m.then.from[j] < 0
}

// joinOwn finds the table or list that people began themselves and that a new one
// of ours goes on with.
func (m *bodyMerge) joinOwn(same []int, k int, our part) {
	best, most := -1, 0
	for i, p := range m.theirs {
		if m.then.to[i] >= 0 || same[i] >= 0 || p.print.kind != our.print.kind {
			continue
		}
		score := 0
		if our.print.kind == tablePart {
			score = len(ownRows(p.rows[1:], our, nil, nil, nil, timed(our.rows[1:])))
		} else {
			score = ownItems(p, our)
		}
		if score > most {
			best, most = i, score
		}
	}
	if best >= 0 {
		same[best] = k
	}
}

// ownItems says how well a list of people's own fits ours: by its items, or by
// its marks alone.
func ownItems(theirs, our part) int {
	if kindOf(theirs.rows[0].mark) != kindOf(our.rows[0].mark) {
		return 0
	}
	known, n := map[string]bool{}, 1
	for _, item := range our.rows {
		known[words(item.cells[0])] = true
	}
	for _, item := range theirs.rows {
		if known[words(item.cells[0])] {
			n++
		}
	}
	return n
}

// alsoOurs finds the rows that people added and that ours now has. One that was
// published before is known by that.
func (m *tableMerge) alsoOurs(theirs []int) []int {
	same := none(len(m.theirs.rows) - 1)
	free := func(i int) bool { return m.then.to[i] < 0 }
	lacking := func(k int) bool {
		j := m.now.to[k]
		return j < 0 || m.then.from[j] < 0
	}
	for i, k := range ownRows(m.theirs.rows[1:], m.ours, theirs, free, lacking, m.timed) {
		if j := m.now.to[k]; j >= 0 {
			m.then.pair(i, j)
		} else {
			same[i] = k
		}
	}
	return same
}

// timed says whether rows begin with times.
func timed(rows []unit) bool {
	return len(rows) > 0 && !slices.ContainsFunc(rows, func(r unit) bool { _, _, ok := momentOf(r.cell(0)); return !ok })
}

// mainColumn is the column that says what a row is about: by its head (headed),
// else the one with some words in most rows; -1 if there is none.
func mainColumn(table part) (at int, headed bool) {
	for c, head := range table.rows[0].cells {
		if name := words(head); columnNames[name] == "what" || name == "event" {
			return c, true
		}
	}
	best, most := -1, 0
	for c := range table.rows[0].cells {
		distinct := map[string]bool{}
		for _, r := range table.rows[1:] {
			if text := words(r.cell(c)); strings.Contains(text, " ") && !vacant(r.cell(c)) {
				distinct[text] = true
			}
		}
		if len(distinct) > most {
			best, most = c, len(distinct)
		}
	}
	return best, false
}

func none(n int) []int {
	all := make([]int, n)
	for i := range all {
		all[i] = -1
	}
	return all
}
