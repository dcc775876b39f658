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

// Closed says that the issue was closed. Times of the newest news are kept also
// where it changes nothing, so that older news cannot win later.
type Closed struct{ Reason string }

func (e Closed) apply(d *decision) {
	if d.meta.At.Before(d.inc.ClosedAt) {
		return
	}
	d.inc.ClosedAt = d.meta.At
	if d.inc.Closed {
		return
	}
	d.inc.Closed = true
	if d.inc.Times.FirstClosed.IsZero() {
		d.inc.Times.FirstClosed = d.meta.At
	}
	what := "closed"
	if e.Reason != "" && e.Reason != "completed" {
		what += " as " + e.Reason
	}
	d.note(EntryState, what)
	d.stale()
}

// Reopened says that the issue was opened again: it was not resolved after all.
type Reopened struct{}

func (Reopened) apply(d *decision) {
	if d.meta.At.Before(d.inc.ClosedAt) {
		return
	}
	d.inc.ClosedAt = d.meta.At
	if !d.inc.Closed {
		return
	}
	d.inc.Closed = false
	d.inc.Times.FirstClosed, d.inc.Times.Resolved = zeroTime, zeroTime
	d.note(EntryState, "reopened")
	d.stale()
}

// Assigned says that a person was assigned to the incident or taken off it.
type Assigned struct {
	Login string
	Off   bool
}

func (e Assigned) apply(d *decision) {
	if d.heard() {
		return
	}
	verb := "assigned"
	if e.Off {
		verb = "unassigned"
	}
	d.note(EntryRole, verb+": "+e.Login)
}

// Noted says something that is only for the timeline.
type Noted struct{ What string }

func (e Noted) apply(d *decision) {
	if !d.heard() {
		d.note(EntryState, e.What)
	}
}
