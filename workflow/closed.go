package workflow

import (
	"slices"
	"time"
)

// What the timeline says of closing and reopening, as it is told from its other
// entries.
const (
	wasClosed   = "closed"
	wasReopened = "reopened"
)

// Closed says that the issue was closed.
type Closed struct{ Reason string }

func (e Closed) apply(d *decision) {
	what := wasClosed
	if e.Reason != "" && e.Reason != "completed" {
		what += " as " + e.Reason
	}
	if d.heard() {
		return
	}
	d.note(EntryState, what)
	if !d.meta.At.Before(d.inc.ReopenedAt) {
		d.inc.Closes = inOrder(d.inc.Closes, d.meta.At, time.Time.After)
		d.closes()
	}
	d.stands(true)
}

// Reopened says that the issue was opened again: it was not resolved after all.
type Reopened struct{}

func (Reopened) apply(d *decision) {
	if d.heard() {
		return
	}
	d.note(EntryState, wasReopened)
	if d.meta.At.After(d.inc.ReopenedAt) {
		d.inc.ReopenedAt = d.meta.At
		d.inc.Closes = slices.DeleteFunc(d.inc.Closes, func(c time.Time) bool { return !c.After(d.meta.At) })
		d.closes()
	}
	if d.newest("resolved") {
		d.inc.Times.Resolved = zeroTime
	}
	d.stands(false)
}

// maxCloses bounds what is kept of an issue that is closed and closed.
const maxCloses = 50

// closes works out when the issue was first closed since it was last reopened.
func (d *decision) closes() {
	c := d.inc.Closes
	if len(c) > maxCloses {
		c = slices.Delete(c, 1, 2)
	}
	d.inc.Closes, d.inc.Times.FirstClosed = c, zeroTime
	if len(c) > 0 {
		d.inc.Times.FirstClosed = c[0]
	}
}

// stands says whether the issue is closed, by the newest news of it.
func (d *decision) stands(closed bool) {
	if d.meta.At.Before(d.inc.ClosedAt) {
		return
	}
	d.inc.Closed, d.inc.ClosedAt = closed, d.meta.At
	d.stale()
}
