package pages

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// row is an issue in the list.
type row struct {
	sandbox.Issue
	Labels []label
}

// list is the page of a repository's issues.
type list struct {
	Query        string
	State        string
	Open, Closed int
	Rows         []row
	// OpenURL and ClosedURL show the same search in either state.
	OpenURL, ClosedURL string
}

func issues(v *visit) error {
	asked := v.in.URL.Query().Get("q")
	q := parseQuery(asked)
	l := list{Query: cmp.Or(asked, openIssues), State: q.state, OpenURL: q.url(v.repo, "open"), ClosedURL: q.url(v.repo, "closed")}
	var all []sandbox.Issue
	var labels []sandbox.Label
	now := ""
	v.sb.View(func(w *sandbox.View) {
		all, labels, now = w.Issues(v.repo), w.Labels(v.repo), issuesVersion(v.repo)(w)
	})
	slices.Reverse(all) // the newest first
	for _, i := range all {
		if !q.matches(i) {
			continue
		}
		if i.State == "open" {
			l.Open++
		} else {
			l.Closed++
		}
		if q.state == "" || q.state == i.State {
			l.Rows = append(l.Rows, row{Issue: i, Labels: labelsNamed(labels, i.Labels)})
		}
	}
	return v.show(http.StatusOK, "issues.html", frame{
		Title: "Issues · " + v.repo, Tab: "issues", Page: l, Live: "/" + v.repo + "/issues/live?v=" + now,
	})
}
