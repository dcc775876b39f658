package checklist

import "strings"

// regions lists the regions that are gone. Blank lines around them keep what
// people wrote beside them from joining.
func (m *mender) regions(p *page) []insert {
	var inserts []insert
	for n, name := range regionNames {
		if _, ok := p.regions[name]; ok {
			continue
		}
		at := m.regionPlace(p, n)
		if m.onTop[opens(name)] {
			at = p.top()
		}
		text := enclose(name, m.content[name]) + "\n"
		if name != headRegion && !p.blankBefore(at) {
			text = "\n" + text
		}
		if !p.blankAfter(at) {
			text += "\n"
		}
		inserts = append(inserts, insert{opens(name), at, text})
	}
	return inserts
}

// blankBefore and blankAfter report whether the lines around the start of a line
// are blank.
func (p *page) blankBefore(at int) bool {
	return at > 0 && strings.TrimSpace(p.lines[lineOf(p.lines, at-1):at]) == ""
}

func (p *page) blankAfter(at int) bool {
	return strings.TrimSpace(p.lines[at:nextLine(p.lines, at)]) == ""
}

// regionPlace returns where the n-th region belongs.
func (m *mender) regionPlace(p *page, n int) int {
	switch regionNames[n] {
	case headRegion:
		return p.markerEnd()
	case severitiesRegion:
		if head, ok := p.regions[headRegion]; ok {
			return nextLine(p.lines, head.end)
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
			return nextLine(p.lines, m.end)
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
			at = nextLine(p.lines, r.end)
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
			return lineOf(p.lines, r.start)
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
			at = max(at, nextLine(p.lines, r.end))
		}
	}
	return at
}

func lineOf(source string, at int) int {
	return strings.LastIndexByte(source[:at], '\n') + 1
}
