package workflow

import (
	"fmt"
	"slices"
	"time"
)

// derive ticks what Firebreak knows to be true by itself, and unticks what it
// ticked so when that no longer holds.
func (d *decision) derive() {
	d.verified()
	d.mirror("done.mitigated", d.inc.Marks["mitigate.verify"].Ticked, "3.2 is ticked")
	opened, total := d.followUps()
	all := total > 0 && opened == total
	d.mirror("follow-up.opened", all, fmt.Sprintf("%d opened", opened))
	d.mirror("done.follow-up", all, fmt.Sprintf("%d opened", opened))
	published := !d.inc.Postmortem.PublishedAt.IsZero() && !d.inc.Postmortem.Missing
	d.mirror("post-mortem.published", published, d.inc.Postmortem.URL)
	d.mirror("done.post-mortem", published && d.filled("Timeline", "Root cause", "Action items"), d.inc.Postmortem.URL)
}

// verified keeps the first verification, which is when it was mitigated unless
// somebody states another time.
func (d *decision) verified() {
	if m := d.inc.Marks["mitigate.verify"]; m.Ticked {
		d.verifiedAt(m.At)
	}
}

func (d *decision) verifiedAt(at time.Time) {
	if t := &d.inc.Times.Verified; t.IsZero() || at.Before(*t) {
		*t = at
	}
}

// mirror ticks a box with its evidence when a fact holds. A box that a person
// ticked or unticked is theirs while the fact has not changed since.
func (d *decision) mirror(id string, holds bool, evidence string) {
	m, known := d.inc.Marks[id]
	switch {
	case holds && (!known || !m.Ticked && m.Own):
		d.setOwn(id, Mark{Ticked: true, At: d.meta.At, Evidence: evidence, Own: true})
	case holds && m.Ticked && m.Own && m.Evidence != evidence:
		m.Evidence = evidence
		d.setOwn(id, m)
	case !holds && known && (m.Ticked == m.Own):
		// Ours goes; a person's untick of it is forgotten with the fact.
		d.setOwn(id, Mark{At: d.meta.At, Own: true})
	}
}

func (d *decision) setOwn(id string, m Mark) {
	if d.inc.Marks == nil {
		d.inc.Marks = map[string]Mark{}
	}
	d.inc.Marks[id] = m
	d.changed = true
}

func (d *decision) followUps() (opened, total int) {
	for _, a := range d.inc.Actions {
		total++
		if a.Opened() {
			opened++
		}
	}
	return opened, total
}

func (d *decision) filled(sections ...string) bool {
	for _, s := range sections {
		if !slices.Contains(d.inc.Postmortem.Filled, s) {
			return false
		}
	}
	return true
}
