package postmortem

import "strings"

// Merged is a page brought up to date around what people wrote in it.
//
// The headings named are Firebreak's own, never a person's words, so they can
// be told wherever the outcome is told.
type Merged struct {
	// Text is the page to publish.
	Text string
	// Kept names the sections where a person's text stayed.
	Kept []string
	// Deleted names the sections that people took out of the page.
	Deleted []string
	// Behind names those of Kept and Deleted for which Firebreak has something
	// to say since it last published that the page does not show.
	Behind []string
}

// Merge brings a page up to date section by section. ours is the document as
// rendered now; theirs is the page as the wiki has it, empty if there is none;
// base is what Render gave when Firebreak published last, empty if unknown.
//
// base is never an earlier Merged.Text: in that, a section that a person
// changed would pass for Firebreak's. The fingerprints in theirs tell the same
// as base, and either is enough. With neither, every section of theirs is kept,
// and those that it lacks are added.
//
// A section whose body is as Firebreak wrote it, white space aside, takes its
// body from ours and keeps its place and its heading, as people may have moved
// and renamed it. Any other section of theirs survives byte for byte. Merging
// again with the same document changes nothing.
func Merge(base, theirs, ours string) Merged {
	if strings.TrimSpace(theirs) == "" {
		return Merged{Text: ours}
	}
	m := newMerger(base, theirs, ours)
	for i, s := range m.theirs {
		m.take(m.keys[i], s)
	}
	m.insertMissing()
	text := join(m.pieces, m.lineEnd)
	if !readsBack(text, m.pieces) {
		return m.untouched(theirs)
	}
	return Merged{Text: setMarker(text, ours), Kept: m.kept, Deleted: m.deleted, Behind: m.behind}
}

// merger holds one merge: what goes in, and what comes of it.
type merger struct {
	published published
	theirs    []section
	keys      []string // which of Firebreak's sections each of theirs is
	ours      []section
	lineEnd   string

	pieces                []piece
	dropped               bool // the section before was left out
	kept, deleted, behind []string
}

func newMerger(base, theirs, ours string) *merger {
	m := &merger{
		published: readPublished(base, theirs),
		theirs:    split(theirs),
		ours:      distinct(split(ours)),
		lineEnd:   lineEnd(theirs),
	}
	m.keys = m.published.match(m.theirs, m.ours)
	return m
}

// take decides what becomes of one section of theirs: it stays as it is, gets
// the body of ours, or goes.
func (m *merger) take(key string, s section) {
	our, known := m.our(key)
	p := piece{key: key, heading: s.key, text: s.heading + s.body, fresh: m.dropped}
	m.dropped = false
	switch {
	case known && normalise(our.body) == normalise(s.body):
	case known && (m.published.wrote(key, s) || emptyFront(s) && !m.published.had(key)):
		p.text, p.fresh = m.fill(s.heading, our.body), true
	case known && emptyFront(s):
		m.delete(our)
	case known:
		m.keep(our)
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
	if !strings.HasSuffix(heading, "\n") {
		heading += m.lineEnd
	}
	return heading + m.endLines(strings.TrimLeft(markerPattern.ReplaceAllString(body, ""), "\n"))
}

func (m *merger) endLines(text string) string {
	return strings.ReplaceAll(text, "\n", m.lineEnd)
}

func (m *merger) keep(our section) {
	m.kept = append(m.kept, our.name())
	m.fallBehind(our)
}

func (m *merger) delete(our section) {
	m.deleted = append(m.deleted, our.name())
	m.fallBehind(our)
}

func (m *merger) fallBehind(our section) {
	if !m.published.wrote(our.key, our) {
		m.behind = append(m.behind, our.name())
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
			m.delete(s)
		default:
			after++
			added := piece{key: s.key, heading: s.key, text: m.endLines(s.heading + s.body), fresh: true}
			m.pieces = append(m.pieces[:after], append([]piece{added}, m.pieces[after:]...)...)
		}
	}
}

// untouched leaves the page as people have it, and names every section that is
// not as in ours.
func (m *merger) untouched(theirs string) Merged {
	m.kept, m.behind = nil, nil
	for _, our := range m.ours {
		if !m.shows(our) {
			m.keep(our)
		}
	}
	return Merged{Text: theirs, Kept: m.kept, Behind: m.behind}
}

func (m *merger) shows(our section) bool {
	for i, s := range m.theirs {
		if m.keys[i] == our.key && normalise(s.body) == normalise(our.body) {
			return true
		}
	}
	return false
}
