package workflow

import (
	"slices"
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// Document returns what the incident's post-mortem says: commands first, and
// what the issue's own text says where no command said anything.
func Document(inc Incident, timeline []Entry, zone *time.Location) postmortem.Document {
	doc := postmortem.Document{
		Key: inc.Marker().String(), Number: inc.Place.Number, Title: inc.Title, IssueURL: inc.Place.URL,
		Severity: inc.Severity, Zone: zone, Redacted: redacted(inc),
		Started: inc.Times.Started, Detected: inc.DetectedAt(), Declared: inc.Declared,
		Acknowledged: inc.Times.Acknowledged, Mitigated: inc.MitigatedAt(), Resolved: inc.ResolvedAt(),
		DetectedStated: !inc.Times.Detected.IsZero(), MitigatedStated: !inc.Times.Mitigated.IsZero(),
		ResolvedStated: !inc.Times.Resolved.IsZero(),
		Summary:        orElse(inc.Summary, inc.Body.Summary), Systems: orElse(inc.Systems, inc.Body.Systems),
		Causes: orElseList(texts(inc.Causes), inc.Body.Causes), Impact: orElseList(texts(inc.Impact), inc.Body.Impact),
		Lessons: orElseList(texts(inc.Lessons), inc.Body.Lessons),
	}
	for _, c := range inc.Severities {
		if c.From == c.To {
			continue
		}
		doc.SeverityChanges = append(doc.SeverityChanges, postmortem.SeverityChange{
			At: c.At, From: c.From, To: c.To, By: c.By.Mention(), Reason: c.Reason,
		})
	}
	doc.Roles = roles(inc)
	doc.Timeline = documentTimeline(inc, timeline)
	doc.Actions = documentActions(inc)
	evidence(&doc, inc)
	return doc
}

// redacted adds up what was taken out of the issue's text, of comments and of
// what GitHub shows around the incident.
func redacted(inc Incident) map[string]int {
	sum := map[string]int{}
	for _, counts := range []map[string]int{inc.Redacted, inc.Body.Redacted, inc.Evidence.Redacted} {
		for kind, n := range counts {
			sum[kind] += n
		}
	}
	return sum
}

func orElseList(a, b []string) []string {
	if len(a) > 0 {
		return a
	}
	return b
}

func texts(list []Statement) []string {
	var out []string
	for _, s := range list {
		out = append(out, s.Text)
	}
	return out
}

func roles(inc Incident) []postmortem.Role {
	var out []postmortem.Role
	for _, name := range []string{"lead", "comms", "scribe"} {
		if p := inc.Roles[name]; p.Login != "" {
			out = append(out, postmortem.Role{Name: name, Login: p.Login})
		}
	}
	return out
}

// documentTimeline leaves out what stands in other sections, and what the
// document itself causes, so that publishing again changes nothing by itself.
func documentTimeline(inc Incident, timeline []Entry) []postmortem.Entry {
	var out []postmortem.Entry
	marked := map[string]bool{}
	for _, e := range timeline {
		if slices.Contains(elsewhere, e.Kind) {
			continue
		}
		mark := markOf(inc, e)
		if marked[mark] {
			mark = ""
		}
		marked[mark] = mark != ""
		out = append(out, postmortem.Entry{
			At: e.At, What: e.What, Who: e.By.Mention(), URL: e.URL, Mark: mark,
			Major: slices.Contains(major, e.Kind), Minor: slices.Contains(minor, e.Kind),
		})
	}
	return out
}

// Which entries matter for the post-mortem's timeline, and how much.
var (
	elsewhere = []EntryKind{EntryPublished, EntryProblem, EntryContent, EntryAction}
	major     = []EntryKind{EntryDeclared, EntrySeverity, EntryState, EntryTime}
	minor     = []EntryKind{EntryTick, EntryPhase, EntryRole, EntryAssigned}
)

// markOf says whether an entry is the moment of detection, mitigation or
// resolution that the durations count with.
func markOf(inc Incident, e Entry) string {
	switch {
	case e.Kind == EntryDetected && e.At.Equal(inc.Times.Detected):
		return postmortem.MarkDetected
	case e.Kind == EntryMitigated && e.At.Equal(inc.Times.Mitigated),
		e.Item == "mitigate.verify" && inc.Times.Mitigated.IsZero() && e.At.Equal(inc.Times.Verified):
		return postmortem.MarkMitigated
	case e.Kind == EntryResolved && e.At.Equal(inc.Times.Resolved),
		e.Kind == EntryState && inc.Times.Resolved.IsZero() && e.At.Equal(inc.Times.FirstClosed):
		return postmortem.MarkResolved
	}
	return ""
}

func documentActions(inc Incident) []postmortem.Action {
	var out []postmortem.Action
	for _, a := range inc.Actions {
		out = append(out, postmortem.Action{
			Kind: orElse(a.Kind, "permanent"), Text: a.Text, Owner: a.Followed(), Priority: orElse(a.Priority, inc.Severity),
			Due: a.Due, Number: a.Issue.Number, URL: a.Issue.URL, State: a.state(), ClosedAt: a.Issue.ClosedAt, Problem: a.Problem,
		})
	}
	return out
}

func (a Action) state() string {
	switch {
	case !a.Opened():
		return ""
	case a.Issue.Deleted:
		return "deleted"
	case a.Issue.Closed:
		return postmortem.Closed
	}
	return postmortem.Open
}

// Listed says whether the index of all post-mortems lists the incident: somebody
// with triage permission stands behind it, and it is one still or has a
// post-mortem. One whose issue is gone is listed for its post-mortem.
func (i Incident) Listed() bool {
	return i.Trusted && (i.Active && !i.Departed() || !i.Postmortem.PublishedAt.IsZero())
}

// IndexRow returns the incident's line in the index of all post-mortems.
func (r Rules) IndexRow(inc Incident) postmortem.IndexRow {
	row := postmortem.IndexRow{
		Number: inc.Place.Number, Title: inc.Title, Severity: inc.Severity, IssueURL: inc.Place.URL,
		Declared: inc.Declared, State: r.Phase(inc), OpenFollowUps: inc.OpenFollowUps(), FollowUps: len(inc.Actions),
	}
	if p := inc.Postmortem; p.Page != "" {
		row.Page, row.PageURL = p.Page, inc.Place.PageURL(p.Page)
	} else if p.URL != "" {
		row.Page, row.PageURL = inc.Place.Ref(), p.URL
	}
	if gone := inc.Departure; inc.Departed() {
		row.State, row.IssueURL = string(gone.Why), orElse(gone.URL, row.IssueURL)
	}
	if end := inc.ResolvedAt(); !end.IsZero() {
		row.Duration = max(end.Sub(inc.DetectedAt()), 0)
	}
	return row
}
