package workflow

import "github.com/firebreak-app/firebreak/workflow/checklist"

// Edited says that the issue's title or text was edited; Ticks are the task
// items in its text that changed.
type Edited struct{ Ticks []checklist.Change }

func (e Edited) apply(d *decision) {
	if s := d.meta.Issue; s != nil && !d.meta.At.Before(d.inc.TextAt) {
		if s.Title != d.inc.Title {
			d.note(EntryState, "title: "+s.Title)
			d.inc.Title = s.Title
		}
		d.takeBody(s)
	}
	for _, c := range e.Ticks {
		c.ID = ""
		d.tick(c)
	}
	d.stale()
}

// takeBody takes what the issue's own text says now.
func (d *decision) takeBody(s *Snapshot) {
	d.inc.Body, d.inc.TextAt = s.Body, d.meta.At
	d.inc.Body.Problems, d.inc.Body.Redacted = s.Problems, s.Redacted
	d.takeActions(s.Actions)
}

// Noted says something that is only for the timeline.
type Noted struct{ What string }

func (e Noted) apply(d *decision) {
	if !d.heard() {
		d.note(EntryState, e.What)
	}
}
