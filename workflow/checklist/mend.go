package checklist

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
// is the id of the item or the opening marker of the region that it brings back.
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
	present := map[string]bool{}
	for id := range p.ids() {
		present[id] = true
	}
	for name := range p.regions {
		present[opens(name)] = true
	}
	again := false
	for _, i := range inserts {
		if !present[i.name] && !m.onTop[i.name] {
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
		return nextLine(p.lines, 0)
	}
	return 0
}
