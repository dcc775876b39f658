package workflow

import (
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// IndexRow returns the incident's line in the index of all post-mortems.
func (r Rules) IndexRow(inc Incident) postmortem.IndexRow {
	row := postmortem.IndexRow{
		Number: inc.Place.Number, Title: inc.Title, Severity: inc.Severity, IssueURL: inc.Place.URL,
		Declared: inc.Declared, State: r.Phase(inc), Open: inc.Active && !inc.Closed && !inc.Departed(),
		OpenFollowUps: inc.OpenFollowUps(), FollowUps: len(inc.Actions),
		Acknowledged: since(inc.DetectedAt(), inc.Times.Acknowledged),
		Mitigated:    since(inc.DetectedAt(), inc.MitigatedAt()),
		Duration:     since(inc.DetectedAt(), inc.ResolvedAt()),
	}
	if p := inc.Postmortem; p.Page != "" {
		row.Page, row.PageURL = p.Page, inc.Place.PageURL(p.Page)
	} else if p.URL != "" {
		row.Page, row.PageURL = inc.Place.Ref(), p.URL
	}
	switch {
	case inc.Closed && row.State != "done":
		row.State = "closed in " + row.State
	case !inc.Active:
		row.State = "stopped in " + row.State
	}
	if gone := inc.Departure; inc.Departed() {
		row.State, row.IssueURL = string(gone.Why), orElse(gone.URL, row.IssueURL)
	}
	return row
}

// since returns how long after the detection something was; zero: it was not. What
// was before it or with it counts as the shortest time that there is.
func since(detected, at time.Time) time.Duration {
	if at.IsZero() {
		return 0
	}
	return max(at.Sub(detected), time.Second)
}
