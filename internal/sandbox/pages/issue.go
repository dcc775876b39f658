package pages

import (
	"fmt"
	"net/http"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// issue is the page of one.
type issue struct {
	sandbox.Issue
	Labels []label
	Thread []entry // the issue's own text first
	Parent related // without a number if there is none
	Subs   []related
	Done   int // how many sub-issues are closed
	Picker []label
	People []label // who can be assigned
	// MayTriage is about labels and assignees, MayClose about the state.
	MayTriage, MayClose, MayComment bool
	// Draft is a comment that was refused.
	Draft string
}

// related is an issue that another refers to.
type related struct {
	Number    int
	Title     string
	State     string
	Assignees []string
}

// draft is a text that could not be saved, kept for its writer.
type draft struct {
	target      int64 // the comment's id; 0 for the issue's own text, -1 for a new comment
	title, text string
}

func showIssue(v *visit) error { return v.issuePage(http.StatusOK, "", draft{target: -1}) }

// issuePage shows the issue, with an alert about what was refused, if anything.
func (v *visit) issuePage(status int, alert string, d draft) error {
	var m moment
	if !m.take(v.sb, v.repo, v.number()) {
		return errNotFound
	}
	p := issue{
		Issue: m.issue, Labels: labelsNamed(m.labels, m.issue.Labels), Parent: m.related[m.issue.Parent],
		MayTriage: v.may(sandbox.RoleTriage), MayClose: m.issue.Author == v.me || v.may(sandbox.RoleTriage),
		MayComment: !m.issue.Locked || v.may(sandbox.RoleWrite), Picker: m.picker(), People: m.assignable(),
	}
	for _, n := range m.issue.SubIssues {
		sub := m.related[n]
		p.Subs = append(p.Subs, sub)
		if sub.State == "closed" {
			p.Done++
		}
	}
	kept := fmt.Sprintf("edit-%d", d.target)
	if !m.has(d.target) {
		p.Draft, kept = d.text, "new-comment-body"
	}
	p.MayComment = p.MayComment || p.Draft != ""
	if d.text == "" {
		kept = ""
	}
	p.Thread = v.thread(m, d)
	return v.show(status, "issue.html", frame{
		Title: m.issue.Title + " · " + v.repo, Tab: "issues", Alert: alert, Kept: kept, Page: p,
		Live: issuePath(v.repo, m.issue.Number) + "/live?v=" + m.version,
	})
}
