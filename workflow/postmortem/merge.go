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
	m.walk()
	m.insertMissing()
	text := m.join()
	if !m.readsBack(text) {
		return m.untouched(theirs)
	}
	return Merged{Text: setMarker(text, ours), Kept: m.kept, Deleted: m.deleted, Behind: m.behind}
}

// merger holds one merge: the sections of the three texts, and the pieces of
// which the result is made.
type merger struct {
	published published
	theirs    []section
	ids       []id // of theirs, matched with Firebreak's
	ours      []section
	ourIDs    []id
	lineEnd   string

	pieces                []piece
	kept, deleted, behind []string
}

// piece is one section of the result. fresh says that it does not stand as and
// where it stood in theirs, so that it has to be set off by blank lines.
type piece struct {
	id    id
	key   string
	text  string
	fresh bool
}

func newMerger(base, theirs, ours string) *merger {
	m := &merger{theirs: split(theirs), ours: split(ours), lineEnd: lineEnd(theirs)}
	m.published = readPublished(base, theirs)
	m.ourIDs = number(m.ours)
	m.ids = m.published.match(m.theirs)
	return m
}

// walk takes theirs in its order, and decides for each section whose body it
// gets.
func (m *merger) walk() {
	dropped := false
	for i, s := range m.theirs {
		our, known := m.our(m.ids[i])
		p := piece{id: m.ids[i], key: s.key, text: s.heading + s.body, fresh: dropped}
		dropped = false
		switch {
		case known && normalise(our.body) == normalise(s.body):
		case known && (m.published.wrote(m.ids[i], s) || emptyFront(s) && !m.published.had(m.ids[i])):
			p.text, p.fresh = m.fill(s.heading, our.body), true
		case known && emptyFront(s):
			m.delete(our, m.ids[i])
		case known:
			m.keep(our, m.ids[i])
		case m.published.wroteWhole(m.ids[i], s):
			dropped = true
			continue
		}
		m.pieces = append(m.pieces, p)
	}
}

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

func (m *merger) keep(our section, which id) {
	m.kept = append(m.kept, our.name())
	m.fallBehind(our, which)
}

func (m *merger) delete(our section, which id) {
	m.deleted = append(m.deleted, our.name())
	m.fallBehind(our, which)
}

func (m *merger) fallBehind(our section, which id) {
	if !m.published.wrote(which, our) {
		m.behind = append(m.behind, our.name())
	}
}

// name is the section's title; the front has none of its own.
func (s section) name() string {
	if s.key == frontKey {
		return "Facts"
	}
	return s.title
}

func (m *merger) our(which id) (section, bool) {
	for i, s := range m.ours {
		if m.ourIDs[i] == which {
			return s, true
		}
	}
	return section{}, false
}

// insertMissing adds the sections that theirs never had, each behind the one
// that it follows in ours; those that it had and has no more stay deleted.
func (m *merger) insertMissing() {
	after := -1
	for i, s := range m.ours {
		which := m.ourIDs[i]
		if at := m.find(which); at >= 0 {
			after = at
			continue
		}
		if m.published.had(which) {
			m.delete(s, which)
			continue
		}
		after++
		added := piece{id: which, key: s.key, text: m.endLines(s.heading + s.body), fresh: true}
		m.pieces = append(m.pieces[:after], append([]piece{added}, m.pieces[after:]...)...)
	}
}

func (m *merger) find(which id) int {
	for i, p := range m.pieces {
		if p.id == which {
			return i
		}
	}
	return -1
}

// join puts the pieces together, with a blank line on either side of a fresh
// one.
func (m *merger) join() string {
	var b strings.Builder
	for i, p := range m.pieces {
		if p.text == "" {
			continue
		}
		if b.Len() > 0 && (p.fresh || m.pieces[i-1].fresh) {
			b.WriteString(gap(b.String(), m.lineEnd))
		}
		b.WriteString(p.text)
	}
	return b.String()
}

// gap returns what text lacks to end in a blank line.
func gap(text, lineEnd string) string {
	trimmed := strings.TrimRight(text, " \t\r\n")
	return strings.Repeat(lineEnd, max(0, 2-strings.Count(text[len(trimmed):], "\n")))
}

// readsBack says whether the result has the sections it was made of. It has
// not if a person's text swallows what follows, as an unclosed code fence does.
func (m *merger) readsBack(text string) bool {
	var want []string
	for _, p := range m.pieces {
		if p.key != frontKey {
			want = append(want, p.key)
		}
	}
	got := split(text)[1:]
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		if got[i].key != want[i] {
			return false
		}
	}
	return true
}

// untouched leaves the page as people have it, and names every section that is
// not as in ours.
func (m *merger) untouched(theirs string) Merged {
	merged := Merged{Text: theirs}
	for i, s := range m.ours {
		same := false
		for j, their := range m.theirs {
			same = same || m.ids[j] == m.ourIDs[i] && normalise(their.body) == normalise(s.body)
		}
		if !same {
			merged.Kept = append(merged.Kept, s.name())
			merged.Behind = append(merged.Behind, s.name())
		}
	}
	return merged
}
