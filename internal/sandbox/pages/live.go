package pages

import (
	"fmt"
	"hash/fnv"
	"net/http"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// version tells states of a page apart. It is asked after every change of the
// sandbox, while all stands still, and so must be quick.
type version func(*sandbox.View) string

func followIssues(v *visit) error { return v.follow(issuesVersion(v.repo)) }

func followIssue(v *visit) error {
	if _, found := v.sb.Issue(v.repo, v.number()); !found {
		return errNotFound
	}
	return v.follow(issueVersion(v.repo, v.number()))
}

// follow tells the browser each time the page has changed, from the version on
// that it has, until it goes away.
func (v *visit) follow(now version) error {
	v.out.Header().Set("Content-Type", "text/event-stream")
	v.out.WriteHeader(http.StatusOK)
	stream := http.NewResponseController(v.out)
	if err := stream.Flush(); err != nil {
		return errAnswered
	}
	seen := v.in.URL.Query().Get("v")
	for {
		err := v.sb.Wait(v.in.Context(), func(w *sandbox.View) bool {
			if current := now(w); current != seen {
				seen = current
				return true
			}
			return false
		})
		if err != nil {
			return errAnswered
		}
		if _, err := fmt.Fprintf(v.out, "data: %s\n\n", seen); err != nil {
			return errAnswered
		}
		if stream.Flush() != nil {
			return errAnswered
		}
	}
}

// issueVersion changes with whatever the issue's page shows.
func issueVersion(repo string, number int) version {
	return func(w *sandbox.View) string {
		sum := fnv.New64a()
		issue, found := w.Issue(repo, number)
		fmt.Fprint(sum, found, issue, len(w.Timeline(repo, number)), w.Labels(repo), w.IssueReactions(repo, number))
		for _, c := range w.Comments(repo, number) {
			fmt.Fprint(sum, c.ID, c.Body, len(c.Edits), c.Reactions)
		}
		for _, n := range append(issue.SubIssues, issue.Parent) {
			related, _ := w.Issue(repo, n)
			fmt.Fprint(sum, n, related.Title, related.State, related.Assignees)
		}
		return fmt.Sprintf("%x", sum.Sum64())
	}
}

// issuesVersion changes with whatever the list of issues shows.
func issuesVersion(repo string) version {
	return func(w *sandbox.View) string {
		sum := fnv.New64a()
		fmt.Fprint(sum, w.Labels(repo))
		for _, i := range w.Issues(repo) {
			fmt.Fprint(sum, i.Number, i.Title, i.State, i.Labels, i.Assignees, i.Comments)
		}
		return fmt.Sprintf("%x", sum.Sum64())
	}
}
