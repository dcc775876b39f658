package checklist

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"
)

// Merge returns the comment as it stands now, brought up to date with a view.
//
// Boxes, evidence and regions are changed where they lie in the source. All else
// is people's and stays byte for byte, line ends included: wording, translations,
// items and text of their own, in any place. Items and regions that are gone come
// back in their place; of an item that is there twice, both show the same.
//
// Boxes show the view and nothing else. Ticks that are in the comment and not in
// the view yet have to be brought into the view first: see Read.
//
// The result is the same when merged again. It is no longer than MaxLength, for
// which the timeline is cut, oldest first; if the text of people alone leaves no
// room, only the boxes are changed.
func Merge(d Definition, current string, v View) string {
	if strings.TrimSpace(current) == "" {
		return New(d, v)
	}
	p := read(current)
	if p.theirs() <= MaxLength {
		merged := bounded(d, v, func(c content) string { return merge(d, p, v, c) })
		if fits(merged) {
			return merged
		}
	}
	return replace(current, boxEdits(p.shown(d, v), v))
}

// theirs counts the characters that no merge replaces.
func (p *page) theirs() int {
	n := utf8.RuneCountInString(p.source)
	for _, s := range p.regions {
		n -= utf8.RuneCountInString(p.source[s.start:s.end])
	}
	for _, s := range p.spare {
		n -= utf8.RuneCountInString(p.source[s.start:s.end])
	}
	return n
}

func merge(d Definition, p *page, v View, c content) string {
	eol := lineEnding(p.source)
	items := p.shown(d, v)
	edits := append(boxEdits(items, v), p.evidenceEdits(items, v)...)
	edits = append(edits, p.regionEdits(c, eol)...)
	edits = append(edits, p.markerEdits(v.Key)...)
	next := read(replace(p.source, edits))
	if !next.isChecklist() {
		next = read(Marker(v.Key) + eol + next.source)
	}
	m := mender{d: d, all: d.entries(), v: v, content: c, eol: eol}
	return m.mend(next)
}

func (p *page) isChecklist() bool {
	return slices.ContainsFunc(p.markers, func(m marker) bool { return m.name == checklistName })
}

// lineEnding returns the line end that a body uses: CRLF where a browser sent it.
func lineEnding(body string) string {
	if at := strings.IndexByte(body, '\n'); at > 0 && body[at-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

func withEnding(text, eol string) string {
	if eol == "\n" {
		return text
	}
	return strings.ReplaceAll(text, "\n", eol)
}

// An edit replaces a span of a source.
type edit struct {
	span
	with string
}

// replace makes edits that do not overlap; those at the same place in the order
// given.
func replace(source string, edits []edit) string {
	sort.SliceStable(edits, func(i, j int) bool { return edits[i].start < edits[j].start })
	var b strings.Builder
	b.Grow(len(source) + len(source)/4)
	at := 0
	for _, e := range edits {
		if e.start < at {
			continue
		}
		b.WriteString(source[at:e.start])
		b.WriteString(e.with)
		at = e.end
	}
	b.WriteString(source[at:])
	return b.String()
}

// known returns the ids of a definition.
func (d Definition) known() map[string]bool {
	ids := map[string]bool{}
	for _, e := range d.entries() {
		ids[e.id] = true
	}
	return ids
}

// shown lists the items that show what a view says.
func (p *page) shown(d Definition, v View) []item {
	known := d.known()
	var items []item
	for _, i := range p.items {
		_, marked := v.Marks[i.id]
		if i.id != "" && (known[i.id] || marked) {
			items = append(items, i)
		}
	}
	return items
}

func boxEdits(items []item, v View) []edit {
	var edits []edit
	for _, i := range items {
		if ticked := v.Ticked(i.id); ticked != i.ticked {
			edits = append(edits, edit{span{i.box, i.box + 1}, box(ticked)})
		}
	}
	return edits
}

// evidenceEdits brings the evidence beside the items up to date. New evidence
// goes after the item's words, before its hidden id.
func (p *page) evidenceEdits(items []item, v View) []edit {
	var edits []edit
	for _, i := range items {
		at := i.evidence
		if at.end == 0 {
			at.start = p.wordsEnd(i)
			at.end = at.start
		}
		if with := evidence(v.Marks[i.id].Evidence); with != p.source[at.start:at.end] {
			edits = append(edits, edit{at, with})
		}
	}
	return edits
}

// wordsEnd returns where the words of an item end before its hidden id. What
// follows a backslash would be taken for text.
func (p *page) wordsEnd(i item) int {
	words := strings.TrimRight(p.source[:i.step.start], " \t")
	if strings.HasSuffix(words, "\\") {
		return i.step.start
	}
	return max(len(words), i.box+3)
}

func (p *page) regionEdits(c content, eol string) []edit {
	var edits []edit
	for name, s := range p.regions {
		edits = append(edits, edit{s, withEnding(enclose(name, c[name]), eol)})
	}
	for _, s := range p.spare {
		edits = append(edits, edit{s, ""})
	}
	return edits
}

// markerEdits keeps one marker of the comment's own, which names the incident.
func (p *page) markerEdits(key string) []edit {
	var edits []edit
	for _, m := range p.markers {
		switch {
		case m.name != checklistName:
		case len(edits) > 0:
			edits = append(edits, edit{m.span, ""})
		case key == "":
			edits = append(edits, edit{m.span, Marker(m.key)})
		default:
			edits = append(edits, edit{m.span, Marker(key)})
		}
	}
	return edits
}
