package workflow

import (
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// Document returns what the incident's post-mortem says: commands first, and
// what the issue's own text says where no command said anything.
func Document(inc Incident, timeline []Entry, zone *time.Location) postmortem.Document {
	doc := postmortem.Document{
		Key: inc.Marker().String(), Number: inc.Place.Number, Title: inc.Title, IssueURL: inc.Place.URL,
		Severity: inc.Severity, Zone: zone, Redacted: redacted(inc),
		Started: inc.StartedAt(), Detected: inc.DetectedAt(), Declared: inc.Declared,
		Acknowledged: inc.Times.Acknowledged, Mitigated: inc.MitigatedAt(), Resolved: inc.ResolvedAt(),
		DetectedStated: !first(inc.Times.Detected, inc.stated().Detected).IsZero(), MitigatedStated: !inc.Times.Mitigated.IsZero(),
		ResolvedStated: !inc.Times.Resolved.IsZero(),
		Summary:        withSource(orElse(inc.Summary, inc.Body.Summary), inc.Place.URL), Systems: orElse(inc.Systems, inc.Body.Systems),
		Causes: told(inc, inc.Causes, inc.Body.Causes), Impact: impact(inc), Lessons: told(inc, inc.Lessons, inc.Body.Lessons),
		DeclaredBy: inc.Declarer.Mention(), AcknowledgedBy: inc.Times.AcknowledgedBy.Mention(),
	}
	doc.Reopened, doc.ReopenedAt, doc.ResolvedBefore = reopenings(timeline)
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
	stated(&doc, inc)
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

func roles(inc Incident) []postmortem.Role {
	var out []postmortem.Role
	for _, name := range []string{"lead", "comms", "scribe"} {
		if p := inc.Roles[name]; p.Login != "" {
			out = append(out, postmortem.Role{Name: name, Login: p.Login})
		}
	}
	return out
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
