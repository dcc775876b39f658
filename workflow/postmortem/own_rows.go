package postmortem

import "strings"

// ownRows finds for rows of people's own those of ours that have the same link, or
// say the same in their main cell, at the same time if they have times. columns
// says where in theirs the columns of ours are; nil, or -1: anywhere.
func ownRows(theirs []unit, ours part, columns []int, free, lacking func(int) bool, timed bool) map[int]int {
	o := &ownership{theirs: theirs, ours: ours.rows[1:], columns: columns, timed: timed, found: map[int]int{}, taken: map[int]bool{}}
	o.main, _ = mainColumn(ours)
	o.free = func(i int) bool { _, done := o.found[i]; return !done && (free == nil || free(i)) }
	o.lacking = func(k int) bool { return !o.taken[k] && (lacking == nil || lacking(k)) }
	o.byLinks()
	texts := o.byWords()
	o.redacted(texts)
	return o.found
}

// ownership is the search for rows of people's own that ours has too.
type ownership struct {
	theirs, ours  []unit
	columns       []int
	main          int
	timed         bool
	free, lacking func(int) bool
	found         map[int]int
	taken         map[int]bool
}

func (o *ownership) pair(i, k int) { o.found[i], o.taken[k] = k, true }

// inPlace says whether a column of ours may be that one of theirs.
func (o *ownership) inPlace(column, at int) bool {
	return o.columns == nil || column < len(o.columns) && (o.columns[column] < 0 || o.columns[column] == at)
}

// byLinks pairs rows with the same link, where no other row of ours has it.
func (o *ownership) byLinks() {
	type cell struct{ row, column int }
	links := map[string]cell{}
	for k, r := range o.ours {
		for c, text := range r.cells {
			if _, taken := links[text]; taken {
				links[text] = cell{-1, -1}
			} else if isLink(text) && o.lacking(k) {
				links[text] = cell{k, c}
			}
		}
	}
	for i, r := range o.theirs {
		for at, text := range r.cells {
			if link, known := links[text]; known && link.row >= 0 && o.free(i) && o.lacking(link.row) && o.inPlace(link.column, at) {
				o.pair(i, link.row)
			}
		}
	}
}

// byWords pairs rows whose main cells say the same, and returns what they say in
// ours.
func (o *ownership) byWords() map[string]int {
	texts := map[string]int{}
	for k, r := range o.ours {
		if text := words(r.cell(o.main)); text != "" && o.lacking(k) {
			texts[text] = k
		}
	}
	for i, r := range o.theirs {
		for at, cell := range r.cells {
			k, known := texts[words(cell)]
			if known && o.free(i) && o.lacking(k) && o.inPlace(o.main, at) && o.sameTime(i, k) {
				o.pair(i, k)
			}
		}
	}
	return texts
}

// redacted pairs rows of which the gate took something out in ours.
func (o *ownership) redacted(texts map[string]int) {
	for k, our := range o.ours {
		if left, said := texts[words(our.cell(o.main))]; !said || left != k || !o.lacking(k) {
			continue
		}
		if i := redactedRow(o.theirs, our, o.main, o.columns); i >= 0 && o.free(i) && o.sameTime(i, k) {
			o.pair(i, k)
		}
	}
}

func (o *ownership) sameTime(i, k int) bool {
	return !o.timed || sameTime(o.theirs[i], o.ours[k], o.columns)
}

// isLink says whether a cell is a link and nothing else.
func isLink(cell string) bool {
	return strings.HasPrefix(cell, "[") && strings.HasSuffix(cell, ")") && strings.Contains(cell, "](")
}

func sameTime(theirs, our unit, columns []int) bool {
	at := 0
	if columns != nil {
		at = columns[0]
	}
	return vacant(theirs.cell(at)) || words(theirs.cell(at)) == words(our.cell(0))
}
