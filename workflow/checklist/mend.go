package checklist

import "strings"

// A mender puts back what a comment has lost: regions first, then steps and
// items, each in its place.
type mender struct {
	d       Definition
	all     []entry
	v       View
	content content
	eol     string
	// onTop holds what was not found again where it belongs, because people's text
	// around it made code or a comment of it. It goes to the top, where nothing
	// stands before it.
	onTop map[string]bool
}

// An insert is a piece of text that begins on a line of its own at a place. Name
// is that of the region or the id of the item that it brings back.
type insert struct {
	name string
	at   int
	text string
}

// Items can come back only where their step is, so that it takes rounds: the
// regions, two for the steps, the items, and each once more for what goes to the
// top.
const maxRounds = 8

func (m *mender) mend(p *page) string {
	m.onTop = map[string]bool{}
	for range maxRounds {
		inserts := m.missing(p)
		if len(inserts) == 0 {
			break
		}
		tried := read(m.insert(p.source, inserts))
		if !m.mark(tried, inserts) {
			p = tried
		}
	}
	return p.source
}

// missing lists what is to be put back next.
func (m *mender) missing(p *page) []insert {
	if inserts := m.regions(p); len(inserts) > 0 {
		return inserts
	}
	return m.items(p)
}

// mark sends to the top what is still not there, and reports whether there was
// any: then the source is to be mended anew.
func (m *mender) mark(p *page, inserts []insert) bool {
	present := p.ids()
	again := false
	for _, i := range inserts {
		_, region := p.regions[i.name]
		_, item := present[i.name]
		if !region && !item && !m.onTop[i.name] {
			m.onTop[i.name], again = true, true
		}
	}
	return again
}

// ids returns the first item of each id.
func (p *page) ids() map[string]item {
	ids := map[string]item{}
	for _, i := range p.items {
		if _, again := ids[i.id]; !again && i.id != "" {
			ids[i.id] = i
		}
	}
	return ids
}

func (m *mender) insert(source string, inserts []insert) string {
	var edits []edit
	for _, i := range inserts {
		text := withEnding(i.text, m.eol)
		if i.at > 0 && source[i.at-1] != '\n' {
			text = m.eol + text
		}
		edits = append(edits, edit{span{i.at, i.at}, text})
	}
	return replace(source, edits)
}

// top returns the place on top of a comment: below its marker if that is the
// first line, else the very beginning.
func (p *page) top() int {
	if len(p.markers) > 0 && p.markers[0].start == 0 && p.markers[0].name == checklistName {
		return nextLine(p.source, 0)
	}
	return 0
}

// regions lists the regions that are gone. Blank lines around them keep what
// people wrote beside them from joining.
func (m *mender) regions(p *page) []insert {
	var inserts []insert
	for n, name := range regionNames {
		if _, ok := p.regions[name]; ok {
			continue
		}
		at := m.regionPlace(p, n)
		if m.onTop[name] {
			at = p.top()
		}
		text := enclose(name, m.content[name]) + "\n"
		if name != headRegion && !p.blankBefore(at) {
			text = "\n" + text
		}
		if !p.blankAfter(at) {
			text += "\n"
		}
		inserts = append(inserts, insert{name, at, text})
	}
	return inserts
}

// blankBefore and blankAfter report whether the lines around the start of a line
// are blank.
func (p *page) blankBefore(at int) bool {
	return at > 0 && strings.TrimSpace(p.source[lineOf(p.source, at-1):at]) == ""
}

func (p *page) blankAfter(at int) bool {
	return strings.TrimSpace(p.source[at:nextLine(p.source, at)]) == ""
}

// regionPlace returns where the n-th region belongs.
func (m *mender) regionPlace(p *page, n int) int {
	switch regionNames[n] {
	case headRegion:
		return p.markerEnd()
	case severitiesRegion:
		if head, ok := p.regions[headRegion]; ok {
			return nextLine(p.source, head.end)
		}
		return p.markerEnd()
	case doneRegion:
		return m.donePlace(p)
	}
	return m.tailPlace(p, n)
}

func (p *page) markerEnd() int {
	for _, m := range p.markers {
		if m.name == checklistName {
			return nextLine(p.source, m.end)
		}
	}
	return 0
}

// donePlace returns where the title of the definition of done belongs: above its
// first item, else below the steps.
func (m *mender) donePlace(p *page) int {
	ids := p.ids()
	at := -1
	for _, i := range m.d.Done {
		if found, ok := ids[i.ID]; ok && (at < 0 || found.line < at) {
			at = found.line
		}
	}
	if at >= 0 {
		return at
	}
	return m.stepsEnd(p, ids)
}

func (m *mender) stepsEnd(p *page, ids map[string]item) int {
	at := p.markerEnd()
	for _, name := range []string{headRegion, severitiesRegion} {
		if r, ok := p.regions[name]; ok {
			at = nextLine(p.source, r.end)
		}
	}
	for _, s := range m.d.Steps {
		if found, ok := ids[s.ID]; ok {
			at = max(at, found.end)
		}
	}
	return at
}

// tailPlace returns where one of the regions below the items belongs: above the
// next of them, else below the one before, else below the items.
func (m *mender) tailPlace(p *page, n int) int {
	for _, name := range regionNames[n+1:] {
		if r, ok := p.regions[name]; ok {
			return lineOf(p.source, r.start)
		}
	}
	ids := p.ids()
	at := m.stepsEnd(p, ids)
	for _, i := range m.d.Done {
		if found, ok := ids[i.ID]; ok {
			at = max(at, found.end)
		}
	}
	for _, name := range regionNames[2:n] {
		if r, ok := p.regions[name]; ok {
			at = max(at, nextLine(p.source, r.end))
		}
	}
	return at
}

func lineOf(source string, at int) int {
	return strings.LastIndexByte(source[:at], '\n') + 1
}
