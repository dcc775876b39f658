package workflow

import (
	"strings"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// Ticked says that a person edited the checklist comment and what boxes that
// changed.
type Ticked struct {
	Changes []checklist.Change
	// Trusted says that whoever edited it has triage permission or more.
	Trusted bool
}

func (e Ticked) apply(d *decision) {
	if len(e.Changes) == 0 {
		// The words were edited, not the boxes: a line of ours may be gone.
		d.changed = true
		return
	}
	if e.Trusted {
		d.trust()
	}
	d.acknowledge()
	d.radio(e.Changes)
	for _, c := range e.Changes {
		if c.Ticked && d.rules.knows(c.ID) {
			d.rememberTick(c.ID)
			d.changed = true // the comment shows it, also where newer news says otherwise
		}
		if !strings.HasPrefix(c.ID, "classify") {
			d.tick(c)
		}
	}
}

// radio makes the severity boxes behave as one choice: the box ticked last is
// the severity; only unticking the one in force unclassifies.
func (d *decision) radio(changes []checklist.Change) {
	ticked, unticked := "", []string{}
	for _, c := range changes {
		name, ok := strings.CutPrefix(c.ID, "classify.")
		severity, known := d.rules.Severity(name)
		d.changed = d.changed || ok || c.ID == "classify"
		switch {
		case !ok || !known:
		case c.Ticked:
			ticked = severity
		default:
			unticked = append(unticked, severity)
		}
	}
	if ticked != "" {
		if d.classify(ticked, "", d.meta.At) {
			d.about(checklist.Change{ID: "classify." + ticked, Ticked: true})
		}
		return
	}
	for _, severity := range unticked {
		if d.declassify(severity, d.meta.At) {
			d.about(checklist.Change{ID: "classify." + severity})
		}
	}
}

// about says which box the last entry is about.
func (d *decision) about(c checklist.Change) {
	last := &d.entries[len(d.entries)-1]
	last.Item, last.Unticked = c.ID, !c.Ticked
}

// tick records one box of the checklist, or of a task that people wrote there,
// which is on the timeline and in no count. An id that is none of ours is theirs.
func (d *decision) tick(c checklist.Change) {
	if !d.rules.knows(c.ID) {
		d.note(EntryTick, tickedWord(c.Ticked)+": "+c.Text)
		return
	}
	m := Mark{Ticked: c.Ticked, At: d.meta.At, By: d.meta.By}
	if d.mark(c.ID, m) || !d.heard() {
		d.note(EntryTick, tickedWord(c.Ticked)+": "+d.rules.item(c.ID))
		d.about(c)
	}
	if c.ID == "mitigate.verify" && c.Ticked {
		d.verifiedAt(m.At)
	}
}

// mark sets a box unless newer news is known of it, and says whether that
// changed anything.
func (d *decision) mark(id string, m Mark) bool {
	was := d.inc.Marks[id]
	if was.found() && m.Ticked && m.By.ID != 0 {
		// Somebody found it ticked; who did it is news, though older.
		was.Ticked, was.At = false, m.At
	}
	if m.At.Before(was.At) && !was.Own {
		return false
	}
	d.changed = true
	if d.inc.Marks == nil {
		d.inc.Marks = map[string]Mark{}
	}
	if was.Ticked == m.Ticked {
		if !was.Own {
			was.By = m.By
		}
		was.At = m.At
		d.inc.Marks[id] = was
		return false
	}
	d.inc.Marks[id] = m
	return true
}

func tickedWord(ticked bool) string {
	if ticked {
		return "ticked"
	}
	return "unticked"
}
