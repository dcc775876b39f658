package postmortem

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// IndexPage is the name of the page that lists all incidents.
const IndexPage = "Incidents"

// IndexRow is one incident as the index lists it.
type IndexRow struct {
	Number int
	Title  string
	// Severity is "P0" to "P3"; empty: not classified.
	Severity string
	// Page and PageURL are the post-mortem's; empty: not published.
	Page, PageURL string
	IssueURL      string
	Declared      time.Time
	// Open says that the issue is; State is shown either way.
	Open bool
	// How long after the detection it was acknowledged, mitigated and, Duration,
	// resolved; zero: not yet.
	Acknowledged, Mitigated, Duration time.Duration
	OpenFollowUps, FollowUps          int
	// State says where the incident stands, such as its phase.
	State string
}

// indexLimit bounds the index in bytes, as pageLimit a page.
const indexLimit = 240_000

// RenderIndex returns the index's own part: the incidents, open ones first, each
// the newest first; how long they take; how many there were. Nothing in it depends
// on when it is rendered. Where not all rows fit, the oldest are left out, and
// counted.
func RenderIndex(rows []IndexRow) string {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b IndexRow) int {
		return cmp.Or(b.Declared.Compare(a.Declared), cmp.Compare(b.Number, a.Number))
	})
	if len(rows) == 0 {
		return "*No incidents yet.*\n"
	}
	open, past := partition(rows)
	totals := indexTotals(rows) + indexMonths(rows)
	space := indexLimit - len(totals) - 2000
	openTable, openLeft := incidentTable(open, space)
	pastTable, pastLeft := incidentTable(past, space-len(openTable))
	text := "## Open incidents\n" + orText(openTable, "*None.*\n") + "\n## Past incidents\n" + orText(pastTable, "*None yet.*\n")
	if left := openLeft + pastLeft; left > 0 {
		text += fmt.Sprintf("\n*The oldest %d of %d incidents are left out here; the totals count them.*\n", left, len(rows))
	}
	return text + "\n" + totals
}

func partition(rows []IndexRow) (open, past []IndexRow) {
	for _, r := range rows {
		if r.Open {
			open = append(open, r)
		} else {
			past = append(past, r)
		}
	}
	return open, past
}

// incidentTable renders as many rows as fit, and counts the rest.
func incidentTable(rows []IndexRow, limit int) (table string, left int) {
	if len(rows) == 0 {
		return "", 0
	}
	table, left = fitAll(len(rows), max(limit, 0), func(i int) string { return indexLine(rows[i]) })
	return "| incident | declared | severity | duration | follow-ups | state |\n|---|---|---|---|---|---|\n" + table, left
}

func indexLine(r IndexRow) string {
	return row(
		r.link(),
		orElse(r.Declared, "not known"),
		orText(fit(r.Severity, 100, markdown.Cell), "*not classified*"),
		Span(r.Duration),
		r.followUps(),
		fit(r.State, 200, markdown.Cell),
	)
}

// link links the title to the post-mortem, and the number to the issue.
func (r IndexRow) link() string {
	title := markdown.Clip(r.Title, maxTitle)
	number := numbered(r.Number, "", r.IssueURL)
	if r.PageURL == "" {
		return number + " " + fit(title, 2000, markdown.Cell) + " *(no post-mortem yet)*"
	}
	return number + " " + link(orText(title, r.Page), r.PageURL)
}

func (r IndexRow) followUps() string {
	if r.FollowUps == 0 {
		return "none"
	}
	return fmt.Sprintf("%d of %d open", r.OpenFollowUps, r.FollowUps)
}

func orElse(t time.Time, missing string) string {
	if t.IsZero() {
		return missing
	}
	return t.UTC().Format(onlyDate)
}

func orText(text, missing string) string {
	if text == "" {
		return missing
	}
	return text
}
