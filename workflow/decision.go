package workflow

import (
	"maps"
	"slices"
	"time"
)

// decision is one Apply under way: the incident being changed and what follows.
type decision struct {
	rules   Rules
	before  Incident
	inc     Incident
	meta    Meta
	entries []Entry
	effects []Effect
	// changed says that what GitHub shows of the incident may be out of date.
	changed bool
}

// clone copies what Apply may change, so that the incident given stays as it is.
func (i Incident) clone() Incident {
	i.Marks = maps.Clone(i.Marks)
	i.Roles = maps.Clone(i.Roles)
	i.Seen, i.Failed = maps.Clone(i.Seen), maps.Clone(i.Failed)
	i.Promoted = maps.Clone(i.Promoted)
	i.Redacted = maps.Clone(i.Redacted)
	i.Refused = maps.Clone(i.Refused)
	i.Checklist.Shown = maps.Clone(i.Checklist.Shown)
	i.Checklist.Writes = slices.Clone(i.Checklist.Writes)
	i.Severities = slices.Clone(i.Severities)
	i.Said = maps.Clone(i.Said)
	i.Closes = slices.Clone(i.Closes)
	i.Impact = slices.Clone(i.Impact)
	i.Causes = slices.Clone(i.Causes)
	i.Lessons = slices.Clone(i.Lessons)
	i.Actions = slices.Clone(i.Actions)
	i.Postmortem.Requests = slices.Clone(i.Postmortem.Requests)
	i.Postmortem.Failed = slices.Clone(i.Postmortem.Failed)
	i.Postmortem.Filled = slices.Clone(i.Postmortem.Filled)
	i.Postmortem.Edits = slices.Clone(i.Postmortem.Edits)
	i.Postmortem.Foreign = slices.Clone(i.Postmortem.Foreign)
	return i
}

// note puts a line on the timeline at the event's own time.
func (d *decision) note(kind EntryKind, what string) { d.noteAt(d.meta.At, kind, what) }

// noteAt puts a line on the timeline at another time, as people back-date.
func (d *decision) noteAt(at time.Time, kind EntryKind, what string) {
	d.entries = append(d.entries, Entry{
		At: at, Recorded: d.meta.Now, By: d.meta.By, Kind: kind,
		What: what, URL: d.meta.URL, Delivery: d.meta.Delivery,
	})
	d.changed = true
}

func (d *decision) want(e Effect) {
	e.Key, e.At, e.Delivery = d.inc.Key, d.meta.Now, d.meta.Delivery
	d.effects = append(d.effects, e)
}

// acknowledge records that somebody other than the declarer took it up.
func (d *decision) acknowledge() {
	was := d.inc.Times.Acknowledged
	if (was.IsZero() || d.meta.At.Before(was)) && !d.meta.By.Bot && d.meta.By.ID != d.inc.Declarer.ID {
		d.inc.Times.Acknowledged, d.inc.Times.AcknowledgedBy = d.meta.At, d.meta.By
		d.changed = true
	}
}

// project asks for the effects that bring GitHub in line with the new state.
func (d *decision) project() {
	if d.changed {
		d.refresh()
	}
	if d.labelsDiffer() {
		d.relabel()
	}
	d.owed()
}

// owed asks again for what an earlier effect did not bring about: it may have
// been given up while GitHub was away. An effect with nothing to do costs no
// call. Only news from GitHub asks, so that effects do not ask for one another.
func (d *decision) owed() {
	if d.meta.Issue == nil || !d.inc.Active || !d.before.Known() {
		return
	}
	if l := d.before.Labels; l.Wanted != l.Written && l.Wanted == d.inc.Labels.Wanted {
		d.want(Effect{Kind: EffectLabels})
	}
	if due := d.before.Checklist.Due(d.rules.Quiet); !due.IsZero() && !d.changed && d.meta.Now.After(due.Add(overdue)) {
		d.want(Effect{Kind: EffectChecklist})
	}
	p := d.before.Postmortem
	if len(p.Edits) > 0 {
		d.want(Effect{Kind: EffectPage, After: d.meta.Now.Add(d.rules.Quiet)})
	}
	late := p.Waiting != "" && d.meta.Now.After(p.RetryAt)
	if len(p.Requests) > 0 || !p.StaleSince.IsZero() || late {
		d.want(Effect{Kind: EffectPublish, After: d.meta.Now.Add(d.rules.Quiet)})
	}
}

// overdue is how long after its time a checklist is taken for forgotten; what
// merely fails is tried again much sooner.
const overdue = 10 * time.Minute

// refresh notes the change in the burst under way and asks for one refresh of
// the checklist when the burst is due. The first posting waits for nothing.
func (d *decision) refresh() {
	c := &d.inc.Checklist
	if c.FirstChange.IsZero() {
		c.FirstChange = d.meta.Now
	}
	c.LastChange = d.meta.Now
	after := c.Due(d.rules.Quiet)
	if c.CommentID == 0 {
		after = d.meta.Now
	}
	d.want(Effect{Kind: EffectChecklist, After: after})
}

// labelsDiffer says whether the severity or phase to be shown has changed.
func (d *decision) labelsDiffer() bool {
	return !d.before.Known() || !slices.Equal(d.rules.Shown(d.before), d.rules.Shown(d.inc))
}

// relabel asks for the labels, which are written at most once per gap, straight
// to the latest state.
func (d *decision) relabel() {
	if !d.inc.Active {
		return
	}
	d.inc.Labels.Wanted++
	d.want(Effect{Kind: EffectLabels, After: d.inc.Labels.WrittenAt.Add(d.rules.LabelGap)})
}
