package postmortem

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// listMerge is the merge of one list of theirs with ours, item by item. People's
// order stands, and what is new of ours goes behind what it follows there, and
// behind what people added to that.
type listMerge struct {
	*told
	theirs, ours []unit
	published    [][]string
	then, now    *alignment
	same         []int
	lineEnd      string
	b            strings.Builder
	number       int // of the item before
}

// mergeList returns the merged list; was is it as published, nil if it was not.
func mergeList(t *told, theirs part, was *partPrint, ours part, lineEnd string) string {
	m := &listMerge{told: t, theirs: theirs.rows, ours: ours.rows, lineEnd: lineEnd, number: -1}
	if was != nil {
		m.published = was.rows
	}
	m.then, m.now = alignItems(m.theirs, m.published), alignItems(m.ours, m.published)
	m.same = m.alsoOurs()
	after := m.place()
	m.add(after[-1])
	for i, item := range m.theirs {
		m.take(i, item)
		m.add(after[i])
	}
	return m.b.String()
}

// alignItems finds a list's items in the list as published: the changed ones by
// the label that they begin with, and by their place.
func alignItems(items []unit, published [][]string) *alignment {
	l := newAlignment(len(items), len(published))
	texts, labels := make([]string, len(items)), view{}
	for i, item := range items {
		texts[i] = item.prints[0]
		labels = append(labels, item.prints[1:])
	}
	were, knownAs := make([]string, len(published)), view{}
	for j, item := range published {
		were[j] = item[0]
		knownAs = append(knownAs, item[1:])
	}
	l.equal(texts, were)
	there := singles(knownAs, 0)
	for label, i := range singles(labels, 0) {
		if j, known := there[label]; known && i >= 0 && j >= 0 && l.free(i, j) {
			l.pair(i, j)
		}
	}
	for _, g := range l.gaps() {
		for n := range min(g.aEnd-g.a, g.bEnd-g.b) {
			if label, was := labels[g.a+n][0], knownAs[g.b+n][0]; label == was || label == emptyCell || was == emptyCell {
				l.pair(g.a+n, g.b+n)
			}
		}
	}
	return l
}

// alsoOurs finds the items that people added and that ours now has.
func (m *listMerge) alsoOurs() []int {
	same, texts := none(len(m.theirs)), map[string]int{}
	for k, item := range m.ours {
		if j := m.now.to[k]; j < 0 || m.then.from[j] < 0 {
			texts[words(item.cells[0])] = k
		}
	}
	delete(texts, "")
	for i, item := range m.theirs {
		if k, known := texts[words(item.cells[0])]; known && m.then.to[i] < 0 {
			same[i] = k
			delete(texts, words(item.cells[0]))
		}
	}
	return same
}

func (m *listMerge) place() map[int][]int {
	after, reworded := m.then.anchors()
	is := inverse(m.same)
	into := map[int][]int{}
	at := -1
	for k := range m.ours {
		j := m.now.to[k]
		i, known := is[k]
		switch {
		case known:
			at = i
		case j >= 0 && m.then.from[j] >= 0:
			at = m.then.from[j]
		case j >= 0:
			at = after[j]
			if !reworded[j] {
				m.items++
			}
		default:
			for at+1 < len(m.theirs) && m.then.to[at+1] < 0 && m.same[at+1] < 0 {
				at++
			}
			into[at] = append(into[at], k)
		}
	}
	return into
}

// take decides what becomes of one item of theirs.
func (m *listMerge) take(i int, item unit) {
	j := m.then.to[i]
	if j < 0 {
		m.kept = true
		m.write(item.text, item.mark)
		return
	}
	k, untouched := m.now.from[j], item.prints[0] == m.published[j][0]
	switch {
	case k < 0 && untouched:
		return
	case k < 0:
		m.leave(fmt.Sprintf("item %d", i+1), "")
	case m.ours[k].prints[0] == item.prints[0]:
		m.write(item.text, item.mark)
		return
	case untouched:
		m.write(m.marked(m.ours[k], item.mark)+trailing(item.text), item.mark)
		return
	case m.ours[k].prints[0] != m.published[j][0] && words(m.ours[k].cells[0]) != words(item.cells[0]):
		m.leave(fmt.Sprintf("item %d", i+1), m.ours[k].cells[0])
	}
	m.kept = true
	m.write(item.text, item.mark)
}

var digits = regexp.MustCompile(`[0-9]+`)

// write writes an item, and notes its number.
func (m *listMerge) write(text, mark string) {
	if m.b.Len() > 0 && !strings.HasSuffix(m.b.String(), "\n") {
		m.b.WriteString(m.lineEnd)
	}
	m.b.WriteString(text)
	if n, err := strconv.Atoi(digits.FindString(mark)); err == nil {
		m.number = n
	}
}

// add writes new items of ours, with the numbers that follow.
func (m *listMerge) add(items []int) {
	for _, k := range items {
		mark := m.ours[k].mark
		if m.number >= 0 {
			mark = digits.ReplaceAllString(mark, strconv.Itoa(m.number+1))
		}
		m.write(m.marked(m.ours[k], mark), mark)
	}
}

// marked is an item of ours behind a mark.
func (m *listMerge) marked(our unit, mark string) string {
	if digits.FindString(mark) == "" {
		mark = our.mark
	}
	return strings.ReplaceAll(item(mark, our.cells[0]), "\n", m.lineEnd)
}

// trailing are the blank lines that an item ends with.
func trailing(text string) string {
	_, gap := cutGap(text)
	return gap
}

// kindOf is what an item's mark is without its number.
func kindOf(mark string) string { return strings.Trim(mark, " \t0123456789") }
