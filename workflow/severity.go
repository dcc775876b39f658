package workflow

import (
	"slices"
	"time"

	"github.com/firebreak-app/firebreak/workflow/command"
)

// classify says what the severity is, and returns whether that is on the
// timeline. Older news than others that are known is only a part of its past.
func (d *decision) classify(severity, reason string, at time.Time) bool {
	return d.classified(Change{At: at, To: severity, By: d.meta.By, Reason: reason})
}

// takeSeverity takes the severity that the text of a new issue asks for, as if its
// author had put the label on: it takes triage permission. A label that was there
// says more.
func (d *decision) takeSeverity(e Commanded) {
	severity, known := d.rules.Severity(e.Severity)
	switch {
	case !known || e.Comment != 0:
	case e.Permission < command.Triage:
		d.note(EntryProblem, "the issue's text asks for severity "+severity+": "+d.meta.By.Mention()+
			" may not classify, so that somebody with triage permission has to")
	default:
		d.trust()
		if d.inc.Severity == "" {
			d.classify(severity, "", d.meta.At)
		}
	}
}

// declassify says that a severity is not the incident's, which unclassifies it
// if it was, and returns whether that is on the timeline.
func (d *decision) declassify(severity string, at time.Time) bool {
	return d.classified(Change{At: at, Off: severity, By: d.meta.By})
}

// maxChanges bounds what is kept of an issue whose severity changes and changes.
const maxChanges = 500

// classified puts a change among those that are known, and works out what each
// of them changed and what the severity is now. One that changed nothing is kept
// as well, since what came before it may not be known yet.
func (d *decision) classified(change Change) bool {
	if slices.ContainsFunc(d.inc.Severities, change.same) {
		return false // the label that an issue came with, told once more
	}
	late := change.At.Before(d.inc.SeverityAt)
	list := inOrder(d.inc.Severities, change, Change.after)
	severity := ""
	for n := range list {
		mine := list[n].At.Equal(change.At) && list[n].Off == change.Off && (change.Off != "" || list[n].To == change.To)
		severity = list[n].follow(severity)
		if mine {
			change = list[n]
		}
	}
	if len(list) > maxChanges {
		list = slices.Delete(list, 1, 2)
	}
	d.inc.Severities, d.inc.Severity, d.inc.SeverityAt = list, severity, list[len(list)-1].At
	if severity != "" {
		d.moveAsAsked(change.At)
	}
	if late && d.heard() || change.Off != "" && change.From == change.To {
		return false
	}
	d.noteAt(change.At, EntrySeverity, change.String())
	return true
}

// same says whether two are one: what the same person says at the same time.
func (c Change) same(other Change) bool {
	return c.At.Equal(other.At) && c.Off == other.Off && c.By.ID == other.By.ID && (c.Off != "" || c.To == other.To)
}

// follow works out what a change changed, and returns the severity after it.
func (c *Change) follow(before string) string {
	c.From = before
	switch {
	case c.Off == "":
	case c.Off == before:
		c.To = ""
	default:
		c.To = before
	}
	return c.To
}

// String says what changed as the timeline shows it.
func (c Change) String() string {
	text := "severity " + c.To
	switch {
	case c.From == c.To:
		text = "severity stays " + c.To
	case c.Off != "":
		text = "severity " + c.Off + " taken off: not classified"
	case c.From != "":
		text = "severity " + c.From + " → " + c.To
	}
	if c.Reason != "" {
		text += ": " + c.Reason
	}
	return text
}
