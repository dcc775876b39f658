package pages

import (
	"slices"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// moment is all that an issue's page shows, read at once.
type moment struct {
	issue     sandbox.Issue
	comments  []sandbox.Comment
	reactions []sandbox.Reaction
	events    []sandbox.Happening
	labels    []sandbox.Label
	related   map[int]related
	people    []string // who has a role of their own, as far as can be seen
	version   string
}

// take reads; it reports false if there is no such issue.
func (m *moment) take(sb *sandbox.Sandbox, repo string, number int) (found bool) {
	sb.View(func(w *sandbox.View) {
		if m.issue, found = w.Issue(repo, number); !found {
			return
		}
		m.comments, m.reactions = w.Comments(repo, number), w.IssueReactions(repo, number)
		m.events, m.labels = w.Timeline(repo, number), w.Labels(repo)
		m.version = issueVersion(repo, number)(w)
		m.related = map[int]related{}
		for _, n := range append([]int{m.issue.Parent}, m.issue.SubIssues...) {
			if i, ok := w.Issue(repo, n); ok {
				m.related[n] = related{Number: n, Title: i.Title, State: i.State, Assignees: i.Assignees}
			}
		}
		for _, login := range w.Users() {
			if reaches(w.Role(repo, login), sandbox.RoleTriage) {
				m.people = append(m.people, login)
			}
		}
	})
	return found
}

// has says whether a text is there to be edited; one that is not leaves its draft
// to the form for new comments.
func (m *moment) has(target int64) bool {
	return target == 0 || slices.ContainsFunc(m.comments, func(c sandbox.Comment) bool { return c.ID == target })
}

// picker offers the repository's labels, those that are on marked.
func (m *moment) picker() []label {
	var list []label
	for _, l := range m.labels {
		offered := shown(l)
		offered.On = m.issue.Has(l.Name)
		list = append(list, offered)
	}
	return list
}

// assignable offers people, those who are assigned marked.
func (m *moment) assignable() []label {
	var list []label
	for _, login := range m.people {
		list = append(list, label{Name: login, On: slices.Contains(m.issue.Assignees, login)})
	}
	for _, login := range m.issue.Assignees {
		if !slices.Contains(m.people, login) {
			list = append(list, label{Name: login, On: true})
		}
	}
	return list
}
