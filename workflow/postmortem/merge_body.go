package postmortem

import (
	"fmt"
	"strings"
)

// mergeBody brings the body of a section in which people wrote up to date, part
// by part; published is what of it is known of when Firebreak wrote it last. False
// if the outcome would not read as what it was made of.
func mergeBody(t *told, theirs string, published []partPrint, ours, lineEnd string) (string, bool) {
	lead, parts := parse(theirs)
	lead, parts = foldMarkers(lead, parts)
	_, our := parse(ours)
	m := &bodyMerge{
		told: t, lineEnd: lineEnd, theirs: parts, ours: content(our), published: published,
		after: map[int][]int{}, out: map[int]bool{},
	}
	m.then = alignParts(m.theirs, published, alike)
	m.now = alignParts(m.ours, published, equalKinds)
	m.same = m.alsoOurs()
	m.gaps = map[int]span{}
	for _, g := range m.now.gaps() {
		for j := g.b; j < g.bEnd; j++ {
			m.gaps[j] = g
		}
	}
	m.place()
	pieces := m.pieces()
	text := lead + join(pieces, lineEnd)
	return text, reads(text, lead, pieces)
}

// bodyMerge is the merge of one section's parts. People's order stands; what is
// new of ours is set in where it follows in ours.
type bodyMerge struct {
	*told
	lineEnd      string
	theirs, ours []part
	published    []partPrint
	// then says what of theirs was published as what, now what of ours was.
	then, now *alignment
	// same says for each of theirs which of ours it is where neither was
	// published: people and Firebreak wrote the same.
	same []int
	// gaps are the published parts that ours has others in place of.
	gaps map[int]span
	// after lists the parts of ours that come in behind one of theirs, -1 for the
	// start. out are those of theirs that go for others in their place.
	after map[int][]int
	out   map[int]bool
}

// foldMarkers makes Firebreak's own markers part of the gap before them, so that
// they stay where people have them.
func foldMarkers(lead string, parts []part) (string, []part) {
	var out []part
	for _, p := range parts {
		switch {
		case p.print.kind != markerPart:
			out = append(out, p)
		case len(out) == 0:
			lead += p.text + p.gap
		default:
			out[len(out)-1].gap += p.text + p.gap
		}
	}
	return lead, out
}

// untouched says whether one of theirs is as Firebreak published it.
func (m *bodyMerge) untouched(i int) bool {
	j := m.then.to[i]
	return j >= 0 && m.theirs[i].print.is(m.published[j])
}

// pieces puts the outcome together.
func (m *bodyMerge) pieces() []piece {
	pieces := m.added(-1)
	for i, p := range m.theirs {
		if text, stays := m.take(i, p); stays {
			fresh := text != p.text
			pieces = append(pieces, piece{key: string(p.print.kind), text: withEnd(text, p.gap, m.lineEnd) + p.gap, fresh: fresh})
		}
		pieces = append(pieces, m.added(i)...)
	}
	return pieces
}

func (m *bodyMerge) added(at int) []piece {
	var pieces []piece
	for _, k := range m.after[at] {
		p := m.ours[k]
		pieces = append(pieces, piece{key: string(p.print.kind), text: m.endLines(p.text), fresh: true})
	}
	return pieces
}

func (m *bodyMerge) endLines(text string) string {
	return strings.ReplaceAll(text, "\n", m.lineEnd)
}

// take decides what becomes of one part of theirs.
func (m *bodyMerge) take(i int, p part) (text string, stays bool) {
	j, k := m.then.to[i], m.same[i]
	if j < 0 {
		m.kept = true
		if k >= 0 {
			return m.inside(i, k, nil), true
		}
		return p.text, true
	}
	k = m.now.from[j]
	_, replaced := m.gaps[j]
	switch {
	case k < 0 && m.untouched(i):
		return p.text, replaced && !m.out[i] && p.print.kind != notePart
	case k < 0:
		m.kept = true
		if !replaced {
			m.leave(m.where(i), "")
		}
		return p.text, true
	}
	return m.inside(i, k, &m.published[j]), true
}

// inside merges one part of theirs with that of ours.
func (m *bodyMerge) inside(i, k int, was *partPrint) string {
	theirs, our := m.theirs[i], m.ours[k]
	switch {
	case theirs.print.is(our.print):
		return theirs.text
	case our.print.kind == theirs.print.kind && our.print.kind == tablePart:
		return mergeTable(m.told, theirs, was, our, m.lineEnd)
	case our.print.kind == theirs.print.kind && our.print.kind == listPart:
		return mergeList(m.told, theirs, was, our, m.lineEnd)
	case was != nil && theirs.print.is(*was):
		return m.endLines(our.text)
	}
	m.kept = true
	if was != nil && !our.print.is(*was) && words(our.text) != words(theirs.text) {
		m.add(Left{Where: m.where(i), What: tellable(our), Drawn: our.print.kind == fencePart})
	}
	return theirs.text
}

// tellable is what of a part can be told in a line.
func tellable(p part) string {
	if isWords(p) {
		return quoted(p.text)
	}
	return ""
}

// where names the place of one of theirs.
func (m *bodyMerge) where(i int) string {
	if i < 0 {
		return ""
	}
	kind, n := m.theirs[i].print.kind, 0
	for _, p := range m.theirs[:i+1] {
		if alike(p.print.kind, kind) {
			n++
		}
	}
	switch kind {
	case paragraphPart, notePart:
		return fmt.Sprintf("paragraph %d", n)
	case fencePart:
		return "drawing"
	}
	return fmt.Sprintf("block %d", n)
}

// inverse maps what theirs is of ours to its place, where it is any.
func inverse(same []int) map[int]int {
	is := map[int]int{}
	for i, k := range same {
		if k >= 0 {
			is[k] = i
		}
	}
	return is
}

// withEnd ends a text in a line end where something follows.
func withEnd(text, gap, lineEnd string) string {
	if strings.HasSuffix(text, "\n") || gap == "" {
		return text
	}
	return text + lineEnd
}

// reads says whether a merged body has the parts that it was made of.
func reads(text, lead string, pieces []piece) bool {
	_, parts := parse(text)
	_, parts = foldMarkers("", parts)
	if len(parts) != len(pieces) {
		return false
	}
	for i, p := range parts {
		if !alike(p.print.kind, pieces[i].key[0]) {
			return false
		}
	}
	return true
}
