package postmortem

import (
	"fmt"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// Evidence is something outside of the issue that bears on the incident: a pull
// request, a deployment, a page to read on. Its zero value shows as nothing.
type Evidence struct {
	// Number is a pull request's; 0: it has none.
	Number int
	// ID tells a deployment from others, as people know it; empty: not known.
	ID string
	// Title is plain text of one line.
	Title string
	// Author is as Entry.Who.
	Author string
	URL    string
	// State is what became of it, such as "merged"; empty: not known.
	State string
	// At is when that was; zero: not known.
	At time.Time
	// Fix says that it ended the incident or is meant to.
	Fix bool
}

const (
	// maxEvidence bounds how many of each kind the facts name.
	maxEvidence      = 10
	maxEvidenceTitle = 100 // characters
)

// evidenceRows renders a row for each kind of evidence that there is.
func (r renderer) evidenceRows() []string {
	var rows []string
	for _, kind := range []struct {
		name string
		list []Evidence
	}{{"Pull requests", r.d.PullRequests}, {"Deployments", r.d.Deployments}, {"Links", r.d.Links}} {
		shown := kind.list[:min(len(kind.list), maxEvidence)]
		items, left := fitAll(len(shown), r.share(2), func(i int) string {
			if item := r.evidence(shown[i]); item != "" {
				return item + "; "
			}
			return ""
		})
		if left += len(kind.list) - len(shown); left > 0 {
			items += fmt.Sprintf("%d more", left)
		}
		if items != "" {
			rows = append(rows, row(kind.name, strings.TrimSuffix(items, "; ")))
		}
	}
	return rows
}

// evidence shows one: "[#1290 Read the pool size](…), merged 12:30, @kim, the fix".
func (r renderer) evidence(e Evidence) string {
	parts := []string{e.link()}
	state := fit(e.State, 100, markdown.Cell)
	if !e.At.IsZero() {
		state = strings.TrimSpace(state + " " + r.dates.utc(e.At))
	}
	for _, part := range []string{state, r.who(e.Author)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	if e.Fix {
		parts = append(parts, "**fix**")
	}
	if parts[0] == "" {
		parts = parts[1:]
	}
	return strings.Join(parts, ", ")
}

func (e Evidence) link() string {
	title := markdown.Clip(e.Title, maxEvidenceTitle)
	if e.Number != 0 {
		return numbered(e.Number, title, e.URL)
	}
	return link(strings.TrimSpace(markdown.Clip(e.ID, 100)+" "+title), e.URL)
}
