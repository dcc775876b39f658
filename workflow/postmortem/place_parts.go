package postmortem

import "slices"

// place decides where each part of ours goes that is not on the page.
func (m *bodyMerge) place() {
	after, reworded := m.then.anchors()
	replaced := m.replaced()
	is := inverse(m.same)
	at := -1
	for k, p := range m.ours {
		j := m.now.to[k]
		g, grouped := replaced[k]
		i, known := is[k]
		switch {
		case known:
			at = i
		case j >= 0 && m.then.from[j] >= 0:
			at = m.then.from[j]
		case j >= 0:
			at = after[j]
			m.missing(p, m.published[j], reworded[j])
		case grouped && m.given(g) && isWords(p) && !m.notes(g):
			m.leave(m.where(after[g.b]), p.text)
		case grouped:
			if at = after[g.bEnd-1]; !m.given(g) {
				at = m.then.from[g.b]
			}
			m.after[at] = append(m.after[at], k)
		default:
			m.after[at] = append(m.after[at], k)
		}
	}
}

// replaced says what parts of ours come in place of published ones. Those of
// theirs go, if nobody touched any.
func (m *bodyMerge) replaced() map[int]span {
	all := map[int]span{}
	for j, g := range m.gaps {
		if !m.given(g) {
			m.out[m.then.from[j]] = true
		}
		for k := g.a; k < g.aEnd; k++ {
			all[k] = g
		}
	}
	return all
}

// given says whether people changed or took out any of the published parts that
// ours has others in place of.
func (m *bodyMerge) given(g span) bool {
	for j := g.b; j < g.bEnd; j++ {
		if i := m.then.from[j]; i < 0 || !m.untouched(i) {
			return true
		}
	}
	return false
}

func (m *bodyMerge) notes(g span) bool {
	return !slices.ContainsFunc(m.published[g.b:g.bEnd], func(p partPrint) bool { return p.kind != notePart })
}

func isWords(p part) bool { return alike(p.print.kind, paragraphPart) }

// missing notes what becomes of a part that people took out or wrote anew: it
// stays out.
func (m *bodyMerge) missing(our part, was partPrint, reworded bool) {
	switch {
	case was.kind == notePart:
	case !reworded || !isWords(our):
		m.parts++
	case !our.print.is(was):
		m.leave("", our.text)
	}
}
