package postmortem

import (
	"slices"
	"strings"
)

// Merge brings a page up to date around what people wrote in it. ours is the
// document as rendered now; theirs is the page as the wiki has it, empty if there
// is none; base is what Render gave when Firebreak published last, empty if
// unknown.
//
// base is never an earlier Merged.Text: in that, what a person changed would pass
// for Firebreak's. The prints in theirs tell the same as base, and either is
// enough. With neither, every section of theirs is kept, and those that it lacks
// are added.
//
// A section that is as Firebreak wrote it, white space aside, takes its body from
// ours and keeps its place and its heading, as people may have moved and renamed
// it. In any other, paragraphs, list items, table rows and their cells that people
// did not touch are brought up to date, and all else of theirs stays. Merging
// again with the same document changes nothing.
func Merge(base, theirs, ours string) Merged {
	// Firebreak's own lines end in LF; a CR that is left alone would become a line
	// end of people's.
	base, ours = strings.ReplaceAll(base, "\r", ""), strings.ReplaceAll(ours, "\r", "")
	if rest, _ := cutParts(theirs); strings.TrimSpace(rest) == "" {
		return Merged{Text: remark(ours, ours, nil)}
	}
	if strings.HasSuffix(theirs, "\r") {
		theirs += "\n"
	}
	m := newMerger(base, theirs, ours)
	if m.swallowed() {
		return m.untouched(theirs)
	}
	for i, s := range m.theirs {
		m.take(m.keys[i], s)
	}
	m.insertMissing()
	text := join(m.pieces, m.lineEnd)
	if !readsBack(text, m.pieces, m.deeper) {
		return m.untouched(theirs)
	}
	m.out.Text = remark(text, ours, m.whole)
	return m.out
}

// merger holds one merge: what goes in, and what comes of it.
type merger struct {
	published published
	page      string
	theirs    []section
	deeper    map[string]bool // the sections that people put a level down
	keys      []string        // which of Firebreak's sections each of theirs is
	ours      []section
	lineEnd   string

	pieces  []piece
	dropped bool            // the section before was left out
	whole   map[string]bool // the sections that were kept whole
	out     Merged
}

func newMerger(base, theirs, ours string) *merger {
	m := &merger{
		published: readPublished(base, theirs),
		ours:      distinct(split(ours)),
		lineEnd:   lineEnd(theirs),
		whole:     map[string]bool{},
	}
	m.page, _ = cutParts(theirs)
	m.theirs = split(m.page)
	known := func(key string) bool { return has(m.ours, key) || m.published.had(key) }
	if m.deeper = demoted(m.page, m.theirs, known); m.deeper != nil {
		m.theirs = splitAt(m.page, m.deeper)
	}
	m.keys = m.published.match(m.theirs, m.ours)
	return m
}

// take decides what becomes of one section of theirs: it stays as it is, gets
// the body of ours, is merged with it, or goes.
func (m *merger) take(key string, s section) {
	our, known := m.our(key)
	p := piece{key: key, heading: s.key, text: s.heading + s.body, fresh: m.dropped}
	m.dropped = false
	switch {
	case known && normalise(our.body) == normalise(s.body):
	case known && (m.published.wrote(key, s) || emptyFront(s) && !m.published.had(key)):
		p.text, p.fresh = m.fill(s.heading, our.body), true
	case known && emptyFront(s):
		m.out.Deleted = append(m.out.Deleted, our.name())
	case known:
		m.merge(&p, s, our)
	case !has(m.ours, s.key) && m.published.wroteWhole(s.key, s):
		m.dropped = true
		return
	}
	m.pieces = append(m.pieces, p)
}

func (m *merger) our(key string) (section, bool) { return find(m.ours, key) }

// emptyFront says whether s is a front with nothing in it: where a page never
// had the facts, they come, and where it had, people took them out.
func emptyFront(s section) bool { return s.key == frontKey && normalise(s.body) == "" }

// fill puts a body of ours below a heading of theirs.
func (m *merger) fill(heading, body string) string {
	if heading == "" {
		return m.endLines(body)
	}
	return m.ended(heading) + m.endLines(strings.TrimLeft(unmarked(body), "\n"))
}

func (m *merger) ended(heading string) string {
	if heading != "" && !strings.HasSuffix(heading, "\n") {
		heading += m.lineEnd
	}
	return heading
}

func (m *merger) endLines(text string) string {
	return strings.ReplaceAll(text, "\n", m.lineEnd)
}

// merge brings a section in which people wrote up to date as far as it is known
// what of it Firebreak published; else it stays whole.
func (m *merger) merge(p *piece, s, our section) {
	t := &told{section: our.name()}
	parts, known := m.published.parts(our.key)
	if known {
		body, reads := mergeBody(t, s.body, parts, unmarked(our.body), m.lineEnd)
		if known = reads; reads && body != s.body {
			p.text, p.fresh = m.ended(s.heading)+body, true
		}
	}
	if !known {
		m.whole[our.key] = true
		m.keep(our)
		return
	}
	if t.kept {
		m.out.Kept = append(m.out.Kept, our.name())
	}
	if deleted, some := t.deleted(); some {
		m.out.Deleted = append(m.out.Deleted, deleted)
	}
	m.out.leave(t.left...)
}

// keep leaves a section of theirs whole.
func (m *merger) keep(our section) {
	m.out.Kept = append(m.out.Kept, our.name())
	if !m.published.wrote(our.key, our) {
		m.out.leave(Left{Section: our.name()})
	}
}

// insertMissing adds the sections that theirs never had, each behind the one
// that it follows in ours; those that it had and has no more stay deleted.
func (m *merger) insertMissing() {
	after := -1
	for _, s := range m.ours {
		at := findPiece(m.pieces, s.key)
		switch {
		case at >= 0:
			after = at
		case m.published.had(s.key):
			m.out.Deleted = append(m.out.Deleted, s.name())
		default:
			after++
			added := piece{key: s.key, heading: s.key, text: m.endLines(s.heading + s.body), fresh: true}
			m.pieces = slices.Insert(m.pieces, after, added)
		}
	}
}

// swallowed says whether a code fence or an HTML comment that nobody closed hides
// sections of Firebreak's from whoever reads the page.
func (m *merger) swallowed() bool {
	const probe = "firebreak-probe"
	for _, our := range m.ours {
		if our.key == frontKey || slices.Contains(m.keys, our.key) || !strings.Contains(m.page, strings.TrimSpace(our.heading)) {
			continue
		}
		all := split(m.page + "\n\n# " + probe + "\n")
		return all[len(all)-1].key != probe
	}
	return false
}

// untouched leaves the page as people have it, and names every section that is
// not as in ours.
func (m *merger) untouched(theirs string) Merged {
	m.out = Merged{Text: theirs, Open: true}
	for _, our := range m.ours {
		if !m.shows(our) {
			m.keep(our)
		}
	}
	return m.out
}

func (m *merger) shows(our section) bool {
	for i, s := range m.theirs {
		if m.keys[i] == our.key && normalise(s.body) == normalise(our.body) {
			return true
		}
	}
	return false
}
