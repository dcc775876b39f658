package workflow

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// evidence adds what GitHub shows around the incident to its document.
func evidence(doc *postmortem.Document, inc Incident) {
	for _, d := range inc.Evidence.Deployments {
		doc.Deployments = append(doc.Deployments, postmortem.Evidence{
			ID: d.Ref, Title: d.Environment, Author: d.By.Mention(), URL: d.URL, State: went(d.State), At: d.At,
		})
		doc.Timeline = append(doc.Timeline, postmortem.Entry{
			At: d.At, What: d.String(), Who: d.By.Mention(), URL: d.URL, Evidence: "deployment", Major: true,
		})
	}
	for _, p := range inOrderOfUse(inc.Evidence.PullRequests) {
		doc.PullRequests = append(doc.PullRequests, postmortem.Evidence{
			Number: p.Number, Title: p.Title, Author: p.Author.Mention(), URL: p.URL, State: p.State, At: p.At, Fix: p.Fix,
		})
		if p.Fix {
			doc.Timeline = append(doc.Timeline, postmortem.Entry{
				At: p.At, What: fmt.Sprintf("fix merged: #%d %s", p.Number, p.Title), URL: p.URL, Evidence: fmt.Sprintf("#%d", p.Number),
			})
		}
	}
	fixed := slices.ContainsFunc(inc.Evidence.PullRequests, func(p PullRequest) bool { return p.Fix })
	if c := inc.Evidence.Commit; c.SHA != "" && !fixed {
		doc.Links = append(doc.Links, postmortem.Evidence{
			Title: "commit " + c.SHA[:min(7, len(c.SHA))], URL: inc.Place.RepositoryURL() + "/commit/" + c.SHA, State: "closed the incident", At: c.At, Fix: true,
		})
	}
	if n := inc.Evidence.Elsewhere; n > 0 {
		doc.PullRequests = append(doc.PullRequests, postmortem.Evidence{Title: counting(n, "pull request") + " of other repositories"})
	}
}

// inOrderOfUse puts the fix first, then what was merged, then the rest, each by
// number.
func inOrderOfUse(pulls []PullRequest) []PullRequest {
	rank := func(p PullRequest) int {
		switch {
		case p.Fix:
			return 0
		case p.State == PullMerged:
			return 1
		}
		return 2
	}
	return slices.SortedStableFunc(slices.Values(pulls), func(a, b PullRequest) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Number, b.Number))
	})
}

// String says what was deployed where and how that went, as the timeline shows it.
func (d Deployment) String() string {
	text := "deployed " + d.Ref
	if d.Environment != "" {
		text += " to " + d.Environment
	}
	if state := went(d.State); state != "" {
		text += ": " + state
	}
	return text
}

// went puts GitHub's word for a deployment's state as people say it.
func went(state string) string {
	switch state {
	case "failure", "error":
		return "failed"
	case "in_progress":
		return "in progress"
	}
	return state
}

func counting(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
