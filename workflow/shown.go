package workflow

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// ChecklistWritten is the outcome of posting or refreshing the checklist.
type ChecklistWritten struct {
	CommentID int64
	URL       string
	// Version and LastChange are the incident's as it was written.
	Version    int64
	LastChange time.Time
	// Shown is what the boxes show of the incident; ticks found in the comment
	// that no delivery told of yet are not in it.
	Shown map[string]bool
	// Found are those ticks.
	Found []string
}

func (e ChecklistWritten) apply(d *decision) {
	c := &d.inc.Checklist
	posted := c.CommentID == 0
	c.CommentID, c.URL, c.Moved = e.CommentID, e.URL, false
	if d.inc.Version == e.Version {
		c.Shown = nil // nothing was heard while it was being written
	}
	for id, ticked := range e.Shown {
		if ticked {
			d.rememberTick(id)
		}
	}
	if c.LastChange.Equal(e.LastChange) {
		c.FirstChange, c.LastChange = zeroTime, zeroTime
	} else if posted {
		// What came while it was posted asked for nothing later than the posting.
		d.want(Effect{Kind: EffectChecklist, After: c.Due(d.rules.Quiet)})
	}
	if c.Adopt {
		c.Adopt = false
		d.adoptTicks(e.Found)
	}
}

// adoptTicks takes the ticks that were made while nobody listened.
func (d *decision) adoptTicks(found []string) {
	slices.Sort(found)
	for _, id := range found {
		if severity, ok := d.rules.Severity(trimClassify(id)); ok {
			if d.inc.Severity == "" {
				d.classify(severity, "", d.meta.At)
			}
			continue
		}
		if d.mark(id, Mark{Ticked: true, At: d.meta.At}) {
			d.note(EntryTick, "found ticked: "+d.rules.item(id))
		}
	}
}

func trimClassify(id string) string {
	const prefix = "classify."
	if len(id) > len(prefix) && id[:len(prefix)] == prefix {
		return id[len(prefix):]
	}
	return ""
}

// ChecklistDeleted says that a person deleted the checklist comment. It is not
// posted again, until the incident label is taken off and put back.
type ChecklistDeleted struct{ CommentID int64 }

func (e ChecklistDeleted) apply(d *decision) {
	if d.inc.Checklist.CommentID != e.CommentID || d.inc.Checklist.Gone {
		return
	}
	d.inc.Checklist.Gone = true
	d.note(EntryState, "the checklist comment was deleted; take the label "+d.rules.IncidentLabel+" off and on for a new one")
}

// LabelsWritten is the outcome of writing the issue's labels; Answered is the
// incident's Labels.Wanted that was looked at.
type LabelsWritten struct{ Answered int64 }

func (e LabelsWritten) apply(d *decision) {
	d.inc.Labels.WrittenAt = d.meta.Now
	d.inc.Labels.Written, d.inc.Labels.Moved = e.Answered, false
}

// BoxesShown returns what every box of the checklist shows of an incident.
func (r Rules) BoxesShown(inc Incident) map[string]bool {
	shown := map[string]bool{}
	ticked := func(id string) bool { return r.Ticked(inc, id) }
	for _, s := range r.Definition.Steps {
		shown[s.ID] = r.Definition.Complete(s.ID, ticked)
		for _, i := range s.Items {
			shown[i.ID] = ticked(i.ID)
		}
	}
	for _, s := range r.Definition.Severities {
		shown["classify."+s.Name] = ticked("classify." + s.Name)
	}
	for _, i := range r.Definition.Done {
		shown[i.ID] = ticked(i.ID)
	}
	return shown
}

// View returns the checklist as an incident has it now.
func (r Rules) View(inc Incident, timeline []Entry, now time.Time, help string) checklist.View {
	marks := map[string]checklist.Mark{}
	for id, ticked := range r.BoxesShown(inc) {
		marks[id] = checklist.Mark{Ticked: ticked, Evidence: inc.Marks[id].Evidence}
	}
	return checklist.View{
		Key: inc.Marker().String(), Label: r.IncidentLabel, Severity: inc.Severity, Phase: r.Phase(inc),
		DeclaredAt: inc.Declared, DeclaredBy: inc.Declarer.Login, Untrusted: !inc.Trusted,
		Lead: inc.Roles["lead"].Login, Comms: inc.Roles["comms"].Login, Scribe: inc.Roles["scribe"].Login,
		Links: links(inc), Elapsed: elapsed(inc, now), Stopped: !inc.Active, Closed: inc.Closed,
		Notes: notes(inc), Marks: marks, FollowUps: followUps(inc), Timeline: rows(timeline), Commands: help,
	}
}

// Ticks are the ticks in the checklist comment that stand on the timeline, in the
// order of their times. What commands ticked is told by their comments.
func (r Rules) Ticks(inc Incident, timeline []Entry) []checklist.Tick {
	var out []checklist.Tick
	comment := fmt.Sprintf("#issuecomment-%d", inc.Checklist.CommentID)
	for _, e := range timeline {
		if e.Item != "" && e.By.ID != 0 && strings.HasSuffix(e.URL, comment) {
			out = append(out, checklist.Tick{
				ID: e.Item, Ticked: !e.Unticked, At: e.At, Person: e.By.ID, Login: e.By.Login, Bot: e.By.Bot,
			})
		}
	}
	return out
}

// notes are what Firebreak could not do, for as long as it cannot.
func notes(inc Incident) []string {
	out := refusals(inc)
	if inc.Postmortem.Waiting != "" {
		out = append([]string{inc.Postmortem.Waiting}, out...)
	}
	if inc.Postmortem.Missing {
		out = append([]string{"The post-mortem's page was deleted in the wiki. Comment `/postmortem` to write it again."}, out...)
	}
	return out
}

func links(inc Incident) []checklist.Link {
	if inc.Postmortem.URL == "" {
		return nil
	}
	return []checklist.Link{{Text: "post-mortem", URL: inc.Postmortem.URL}}
}

// followUps are the action items, once somebody stands behind the incident: a
// stranger's are not taken.
func followUps(inc Incident) []checklist.FollowUp {
	var out []checklist.FollowUp
	if !inc.Trusted {
		return nil
	}
	for _, a := range inc.Actions {
		if !a.Issue.Deleted {
			out = append(out, checklist.FollowUp{
				Number: a.Issue.Number, URL: a.Issue.URL, Text: a.Text, Owner: a.Followed(), Due: a.Due, Closed: a.Issue.Closed,
			})
		}
	}
	return out
}

// elapsed returns how long an incident has run, or ran until it was closed.
func elapsed(inc Incident, now time.Time) time.Duration {
	if inc.Closed {
		now = first(inc.ResolvedAt(), now)
	}
	return max(now.Sub(inc.DetectedAt()), 0)
}

func rows(timeline []Entry) []checklist.Row {
	var out []checklist.Row
	for _, e := range timeline {
		out = append(out, checklist.Row{At: e.At, What: e.What, Who: e.By.Login, URL: e.URL})
	}
	return out
}
