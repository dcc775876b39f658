package workflow

import "time"

// classify sets the severity, "" for unclassified again. Older news than the
// classification in force changes nothing.
func (d *decision) classify(severity, reason string, at time.Time) bool {
	if at.Before(d.inc.SeverityAt) {
		return false
	}
	d.inc.SeverityAt = at
	if severity == d.inc.Severity {
		return false
	}
	change := Change{At: at, From: d.inc.Severity, To: severity, By: d.meta.By, Reason: reason}
	d.inc.Severities = append(d.inc.Severities, change)
	d.inc.Severity = severity
	d.noteAt(at, EntrySeverity, change.String())
	return true
}

// String says what changed as the timeline shows it.
func (c Change) String() string {
	text := "severity " + c.To
	switch {
	case c.To == "":
		text = "severity " + c.From + " taken off: not classified"
	case c.From != "":
		text = "severity " + c.From + " → " + c.To
	}
	if c.Reason != "" {
		text += ": " + c.Reason
	}
	return text
}
