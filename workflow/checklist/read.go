package checklist

// Reading is what the boxes of a body say.
type Reading struct {
	// Ticked holds every id of the definition that was found, ticked or not. An id
	// that is there twice is ticked if one of its boxes is.
	Ticked map[string]bool
	// Own are the items that people wrote, in order, and those with ids that the
	// definition does not have.
	Own []OwnItem
}

// OwnItem is a task item that people wrote: of no step and in no count.
type OwnItem struct {
	Text   string // as one line, hidden comments left out; hostile
	Ticked bool
}

// Read returns what the boxes of a checklist comment say. Items in the parts that
// Firebreak replaces do not count.
//
// Before a Merge, a tick that is found here and was not heard of yet belongs into
// the View: boxes are unticked on a person's word only.
func Read(d Definition, body string) Reading {
	r := Reading{Ticked: map[string]bool{}}
	p, known := read(body), d.known()
	for _, i := range p.items {
		switch {
		case p.owned(i.line):
		case known[i.id]:
			r.Ticked[i.id] = r.Ticked[i.id] || i.ticked
		default:
			r.Own = append(r.Own, OwnItem{Text: i.text, Ticked: i.ticked})
		}
	}
	return r
}
