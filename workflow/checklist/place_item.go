package checklist

import "strings"

// items lists the items that are gone and can be put back now. What belongs to a
// step that is gone waits for the step, and all else for steps that are to stand
// above what is left of them, since those end the step before.
func (m *mender) items(p *page) []insert {
	ids := p.ids()
	var heads, rest []insert
	for n, e := range m.all {
		if _, ok := ids[e.id]; ok {
			continue
		}
		if _, ok := ids[e.step]; !ok && e.step != "" {
			continue
		}
		at, prefix := m.place(p, ids, n)
		back := insert{e.id, at, itemLine(prefix, e, m.v) + "\n"}
		if m.onTop[e.id] && !p.blankAfter(at) {
			back.text += "\n"
		}
		if m.isStep(e) && m.firstItem(ids, e.id) >= 0 {
			heads = append(heads, back)
		}
		rest = append(rest, back)
	}
	if len(heads) > 0 {
		return heads
	}
	return rest
}

func (m *mender) isStep(e entry) bool { return e.step == "" && !m.d.isDone(e.id) }

// firstItem returns where the first item that is left of a step begins, or -1.
func (m *mender) firstItem(ids map[string]item, step string) int {
	first := -1
	for _, e := range m.all {
		if found, ok := ids[e.id]; ok && e.step == step && (first < 0 || found.line < first) {
			first = found.line
		}
	}
	return first
}

// place returns where an item that is gone belongs, and the prefix that puts it
// beside its neighbours.
func (m *mender) place(p *page, ids map[string]item, n int) (at int, prefix string) {
	e := m.all[n]
	if m.onTop[e.id] {
		return p.top(), "- "
	}
	if m.isStep(e) {
		return m.placeStep(p, ids, e)
	}
	if at, prefix, ok := beside(p, ids, m.siblings(e), e.id); ok {
		return at, prefix
	}
	if e.step != "" {
		step := ids[e.step]
		return step.end, step.nested(p.source)
	}
	return nextLine(p.lines, p.regions[doneRegion].end), "- "
}

// siblings lists the ids of an item's step, or of the definition of done, in
// order.
func (m *mender) siblings(e entry) []string {
	var ids []string
	for _, other := range m.all {
		if other.step == e.step && m.d.isDone(other.id) == m.d.isDone(e.id) {
			ids = append(ids, other.id)
		}
	}
	return ids
}

// beside finds the place next to the sibling that follows, else to the one
// before.
func beside(p *page, ids map[string]item, siblings []string, id string) (at int, prefix string, ok bool) {
	self := 0
	for n, s := range siblings {
		if s == id {
			self = n
		}
	}
	for _, s := range siblings[self+1:] {
		if next, ok := ids[s]; ok {
			return next.line, next.prefix(p.source), true
		}
	}
	for n := self - 1; n >= 0; n-- {
		if before, ok := ids[siblings[n]]; ok {
			return before.end, before.prefix(p.source), true
		}
	}
	return 0, "", false
}

// placeStep puts a step above what is left of its items, else beside the steps
// around it, else below the table of severities.
func (m *mender) placeStep(p *page, ids map[string]item, e entry) (at int, prefix string) {
	prefix = "- "
	var steps []string
	for _, s := range m.d.Steps {
		steps = append(steps, s.ID)
		if found, ok := ids[s.ID]; ok {
			prefix = found.prefix(p.source)
		}
	}
	if first := m.firstItem(ids, e.id); first >= 0 {
		return first, prefix
	}
	if at, prefix, ok := before(p, ids, steps, e.id); ok {
		return at, prefix
	}
	return m.stepsEnd(p, nil), prefix
}

// before is beside, the sibling before first: the steps follow one another, and
// what people wrote between two belongs to the one above.
func before(p *page, ids map[string]item, siblings []string, id string) (at int, prefix string, ok bool) {
	found := false
	for _, s := range siblings {
		if s == id {
			break
		}
		if i, ok := ids[s]; ok {
			at, prefix, found = i.end, i.prefix(p.source), true
		}
	}
	if found {
		return at, prefix, true
	}
	return beside(p, ids, siblings, id)
}

// prefix returns what stands before an item's box, for a sibling of it: an item
// around it that begins on the same line becomes indentation.
func (i item) prefix(source string) string {
	return indent(source[i.line:i.bullet]) + source[i.bullet:i.box-1]
}

// nested returns what stands before the box of an item nested in this one.
func (i item) nested(source string) string {
	return indent(source[i.line:i.box-1]) + "- "
}

// indent returns a prefix with its list markers made space. Quote marks and tabs
// stay.
func indent(prefix string) string {
	return strings.Map(func(r rune) rune {
		if r == '>' || r == '\t' {
			return r
		}
		return ' '
	}, prefix)
}
