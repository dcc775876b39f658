package checklist

import "github.com/firebreak-app/firebreak/workflow/markdown"

// Change is one box that an edit ticked or unticked.
type Change struct {
	// ID is the item's; empty for an item that people wrote.
	ID string
	// Text is the item's text as one line, at most 200 characters; hostile.
	Text   string
	Ticked bool
}

const (
	maxText = 200
	// MaxOwnChanges bounds how many changes to people's own items one edit is taken
	// to make: nobody ticks more at once, while a body made for it could bring tens
	// of thousands.
	MaxOwnChanges = 100
)

// Diff returns what an edit of a whole body ticked and unticked, in the order of
// the new body. Both may be any Markdown: a checklist comment or an issue's body.
//
// Items are matched by id, those that people wrote by their text and, of several
// with the same text, by their order. One that is new and ticked counts as
// ticked, unless it is a ticked one reworded; one that is gone counts as nothing.
func Diff(from, to string) []Change {
	if from == to {
		return nil
	}
	before, after := read(from).items, read(to).items
	d := differ{old: states(before), now: states(after), seen: map[string]int{}}
	d.reworded = d.goneTicked()
	d.net = d.netChanges()
	var changes []Change
	own := 0
	for _, i := range after {
		if !d.changed(i) {
			continue
		}
		if i.id == "" {
			if own++; own > MaxOwnChanges {
				continue
			}
		}
		changes = append(changes, Change{ID: i.id, Text: markdown.Clip(i.text, maxText), Ticked: d.ticked(i)})
	}
	return changes
}

// A differ compares the boxes of two bodies. Its maps go by key; the boxes under
// one key are in the order of the body.
type differ struct {
	old, now map[string][]bool
	// seen counts the items of the new body that were looked at, net the changes
	// still to be told of, up or down.
	seen, net map[string]int
	// reworded counts ticked items that may have come back with other words.
	reworded int
}

func key(i item) string {
	if i.id != "" {
		return "step:" + i.id
	}
	return "text:" + i.text
}

func states(items []item) map[string][]bool {
	all := map[string][]bool{}
	for _, i := range items {
		all[key(i)] = append(all[key(i)], i.ticked)
	}
	return all
}

// goneTicked counts the ticked boxes of people's items that are not in the new
// body.
func (d *differ) goneTicked() int {
	gone := 0
	for k, boxes := range d.old {
		if k[:5] == "text:" && len(boxes) > len(d.now[k]) {
			gone += ticked(boxes[len(d.now[k]):])
		}
	}
	return gone
}

// netChanges tells ticks from boxes that only changed places: moving a ticked
// copy of a line before an unticked one ticks nothing.
func (d *differ) netChanges() map[string]int {
	net := map[string]int{}
	for k, boxes := range d.now {
		both := min(len(boxes), len(d.old[k]))
		net[k] = ticked(boxes[:both]) - ticked(d.old[k][:both])
	}
	return net
}

func ticked(boxes []bool) int {
	n := 0
	for _, b := range boxes {
		if b {
			n++
		}
	}
	return n
}

// changed reports whether an item of the new body, asked for in order, was ticked
// or unticked.
func (d *differ) changed(i item) bool {
	k := key(i)
	n := d.seen[k]
	d.seen[k]++
	if i.id != "" {
		return n == 0 && d.stepChanged(k)
	}
	if n >= len(d.old[k]) {
		return i.ticked && !d.rewords()
	}
	switch {
	case i.ticked && !d.old[k][n] && d.net[k] > 0:
		d.net[k]--
		return true
	case !i.ticked && d.old[k][n] && d.net[k] < 0:
		d.net[k]++
		return true
	}
	return false
}

// stepChanged compares all boxes of an id at once: where a line was copied, each
// copy is the same item.
func (d *differ) stepChanged(k string) bool {
	if len(d.old[k]) == len(d.now[k]) {
		return d.net[k] != 0
	}
	return (ticked(d.old[k]) > 0) != (ticked(d.now[k]) > 0)
}

// ticked returns the new state of a changed item.
func (d *differ) ticked(i item) bool {
	k := key(i)
	if i.id != "" && len(d.old[k]) == len(d.now[k]) {
		return d.net[k] > 0
	}
	if i.id != "" {
		return ticked(d.now[k]) > 0
	}
	return i.ticked
}

func (d *differ) rewords() bool {
	if d.reworded == 0 {
		return false
	}
	d.reworded--
	return true
}
