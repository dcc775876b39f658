package postmortem

import "strings"

// BringOver brings what people changed in the comment into a page that is there
// too, before Merge brings that up to date; base and ours are as for Merge. A
// section that people changed on the page as well stays as it is there: left
// lists the places in edits of those, in order.
func BringOver(base, page, ours string, edits []Edit) (text string, left []int) {
	rest, parts := cutParts(page)
	o := newOverlay(readPublished(base, page), rest, ours)
	for n, e := range edits {
		if !o.apply(e) {
			left = append(left, n)
		}
	}
	pieces := o.all()
	if text = join(pieces, o.lineEnd); readsBack(text, pieces, nil) {
		return text + parts, left
	}
	left = nil
	for n, e := range edits {
		if !e.gone() {
			left = append(left, n)
		}
	}
	return page, left
}

// overlay is a page on which the sections of another text are laid.
type overlay struct {
	published published
	page      []section
	ours      []section
	lineEnd   string
	// at says where on the page each of Firebreak's sections is, and place where
	// each heading is.
	at, place map[string]int
	pieces    []piece
	behind    map[int][]piece // what is new behind each of the page's sections
	added     map[string]bool // the headings of those
	out       map[int]bool    // which of the page's sections go
}

func newOverlay(known published, page, ours string) *overlay {
	o := &overlay{
		published: known, page: split(page), ours: distinct(split(ours)), lineEnd: lineEnd(page),
		at: map[string]int{}, place: map[string]int{}, behind: map[int][]piece{}, added: map[string]bool{}, out: map[int]bool{},
	}
	keys := o.published.match(o.page, o.ours)
	for i, s := range o.page {
		if keys[i] != "" {
			o.at[keys[i]] = i
		}
		if _, taken := o.place[s.key]; !taken {
			o.place[s.key] = i
		}
		o.pieces = append(o.pieces, piece{key: keys[i], heading: s.key, text: s.heading + s.body})
	}
	return o
}

// apply lays one section on the page; false if the page's own stays against it.
func (o *overlay) apply(e Edit) bool {
	i, there := o.at[e.key]
	switch {
	case e.key == "":
		return o.shows(e) || !e.unsure && !o.taken(e) && o.insert(e)
	case e.gone():
		o.out[i] = o.out[i] || there && o.untouched(e.key, i)
		return true
	case !there:
		return !e.unsure && !o.published.had(e.key) && !o.taken(e) && o.insert(e)
	case e.renamed:
		return o.page[i].key == e.own || o.page[i].key == e.key && o.replace(i, e.Heading, o.page[i].body)
	case normalise(e.Body) == normalise(o.page[i].body):
		return true
	case e.unsure || !o.untouched(e.key, i):
		return false
	case e.own != e.key && e.Heading != "":
		return o.replace(i, e.Heading, e.Body)
	}
	return o.replace(i, o.page[i].heading, e.Body)
}

// untouched says whether one of the page's sections is as Firebreak wrote it.
func (o *overlay) untouched(key string, i int) bool {
	return o.published.wrote(key, o.page[i]) || shownIn(o.ours, key, o.page[i])
}

// shows says whether the page has people's own section already.
func (o *overlay) shows(e Edit) bool {
	i, there := o.place[e.own]
	return there && !o.added[e.own] && normalise(o.page[i].body) == normalise(e.Body)
}

func (o *overlay) taken(e Edit) bool {
	_, taken := o.place[e.own]
	return taken || e.own == frontKey
}

// insert puts a section behind the one that it follows in the comment, else at
// the end.
func (o *overlay) insert(e Edit) bool {
	text := o.endLines(withLineEnd(e.Heading) + e.Body)
	heading, ok := oneSection(text)
	if !ok {
		return false
	}
	i, there := o.place[e.after]
	if !there {
		i = len(o.page) - 1
	}
	o.behind[i] = append(o.behind[i], piece{key: e.key, heading: heading, text: text, fresh: true})
	o.place[e.own], o.added[e.own] = i, true
	return true
}

// replace sets another heading and body in the place of the page's. The marker
// that stands there stays.
func (o *overlay) replace(i int, heading, body string) bool {
	if marker := markerPattern.FindString(o.page[i].body); marker != "" && !strings.Contains(body, marker) {
		body = marker + "\n\n" + strings.TrimLeft(body, "\r\n")
	}
	p := piece{key: o.pieces[i].key, heading: frontKey, text: o.endLines(withLineEnd(heading) + body), fresh: true}
	if heading != "" {
		var ok bool
		if p.heading, ok = oneSection(p.text); !ok {
			return false
		}
	}
	o.pieces[i] = p
	return true
}

func (o *overlay) endLines(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\n", o.lineEnd)
}

// oneSection returns the key of the only heading of a text; false if it is not
// one section with a heading.
func oneSection(text string) (key string, ok bool) {
	parts := split(text)
	if len(parts) != 2 || normalise(parts[0].body) != "" {
		return "", false
	}
	return parts[1].key, true
}

func withLineEnd(heading string) string {
	if heading == "" || strings.HasSuffix(heading, "\n") {
		return heading
	}
	return heading + "\n"
}

// all are the page's pieces in their order.
func (o *overlay) all() []piece {
	var all []piece
	for i, p := range o.pieces {
		if !o.out[i] || markerPattern.MatchString(p.text) {
			all = append(all, p)
		}
		all = append(all, o.behind[i]...)
	}
	return all
}
