package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"time"
	"unicode/utf8"
)

const (
	// maxAPIBody is what the API refuses to exceed, in characters.
	maxAPIBody = 65_536
	// maxWebBody is what is really stored at most, in bytes; the web gets there.
	maxWebBody = 262_144
	maxTitle   = 256
)

// issue is an issue or, with pull set, a pull request.
type issue struct {
	id        int64
	repo      *repo
	number    int
	title     string
	body      string
	author    *user
	viaApp    bool
	pull      bool
	draft     bool
	merged    time.Time
	state     string // open, closed
	reason    string
	labels    []*label
	assignees []*user
	milestone *milestone
	locked    bool
	lock      string // its reason
	deleted   bool
	gone      *issue // where it was transferred to
	created   time.Time
	updated   time.Time
	closed    time.Time
	closedBy  *user
	comments  []*comment
	reactions []*reaction
	history   []*occurrence
	parent    *issue
	children  []*issue
}

// present says whether it is still there.
func (i *issue) present() bool { return !i.deleted && i.gone == nil }

// issue finds by number what somebody may see.
func (w *world) issue(a actor, r *repo, number int) (*issue, error) {
	if err := a.need(r, RoleRead); err != nil {
		return nil, err
	}
	i := r.issues[number]
	switch {
	case r.opts.IssuesDisabled && (i == nil || !i.pull):
		return nil, errNoIssues
	case i == nil:
		return nil, errNotFound
	case i.deleted:
		return nil, errDeleted
	case i.gone != nil:
		return nil, moved(w.issueAPI(i.gone), http.StatusMovedPermanently)
	}
	return i, nil
}

// newIssue is what an issue is made of.
type newIssue struct {
	title     string
	body      string
	labels    []string
	assignees []string
	milestone int // its number; 0 for none
	pull      bool
	form      bool // an issue form labels for anyone
}

// openIssue makes an issue. As on GitHub, who may not triage has labels,
// assignees and milestone dropped silently, while one unassignable login fails
// the whole.
func (w *world) openIssue(a actor, r *repo, n newIssue) (*issue, error) {
	if err := w.mayOpen(a, r, n); err != nil {
		return nil, err
	}
	assignees, err := w.assigneesFor(a, r, n.assignees)
	if err != nil {
		return nil, err
	}
	stone, err := r.milestoneFor(n.milestone)
	if err != nil {
		return nil, err
	}
	r.lastNumber++
	i := &issue{
		id: w.id("issue"), repo: r, number: r.lastNumber, title: n.title, body: n.body, author: a.user, viaApp: a.app,
		pull: n.pull, state: "open", created: w.now(), updated: w.now(),
	}
	if a.may(r, RoleTriage) {
		i.assignees, i.milestone = assignees, stone
	}
	if a.may(r, RoleTriage) || n.form {
		i.labels = w.labelsFor(a, r, n.labels)
	}
	r.issues[i.number], w.issues[i.id] = i, i
	w.tellOpened(a, i)
	w.refer(a, i, i.body)
	return i, nil
}

func (w *world) mayOpen(a actor, r *repo, n newIssue) error {
	if err := a.need(r, RoleRead); err != nil {
		return err
	}
	if err := r.writable(); err != nil {
		return err
	}
	if r.opts.IssuesDisabled && !n.pull {
		return errNoIssues
	}
	if err := checkTitle(n.title); err != nil {
		return err
	}
	return checkBody(a, "Issue", n.body)
}

// tellOpened sends opened, which carries the labels already, and then labeled and
// assigned for each.
func (w *world) tellOpened(a actor, i *issue) {
	w.issueEvent("opened", a.user, i, nil)
	for _, l := range i.labels {
		w.occur(i, a, "labeled", occurrence{label: l})
		w.issueEvent("labeled", a.user, i, object{"label": w.labelJSON(i.repo, l)})
	}
	for _, u := range i.assignees {
		w.occur(i, a, "assigned", occurrence{user: u})
		w.issueEvent("assigned", a.user, i, object{"assignee": w.userJSON(u)})
	}
	if i.milestone != nil {
		w.occur(i, a, "milestoned", occurrence{milestone: i.milestone.title})
		w.issueEvent("milestoned", a.user, i, object{"milestone": w.milestoneJSON(i.milestone)})
	}
}

func checkTitle(title string) error {
	switch n := utf8.RuneCountInString(title); {
	case n == 0:
		return invalid(FieldError{Resource: "Issue", Field: "title", Code: "missing_field"})
	case n > maxTitle:
		return invalid(FieldError{Resource: "Issue", Field: "title", Code: "custom",
			Message: fmt.Sprintf("title is too long (maximum is %d characters)", maxTitle)})
	}
	return nil
}

// checkBody holds the App to the limit that the API announces, people to the one
// that is really there.
func checkBody(a actor, resource, body string) error {
	if a.app && utf8.RuneCountInString(body) > maxAPIBody || len(body) > maxWebBody {
		return invalid(FieldError{Resource: resource, Field: "body", Code: "unprocessable",
			Message: fmt.Sprintf("Body is too long (maximum is %d characters)", maxAPIBody)})
	}
	return nil
}

// list gives the repository's issues that are there, in the order of numbers.
func (r *repo) list() []*issue {
	var all []*issue
	for _, i := range r.issues {
		if i.present() {
			all = append(all, i)
		}
	}
	slices.SortFunc(all, func(a, b *issue) int { return a.number - b.number })
	return all
}
