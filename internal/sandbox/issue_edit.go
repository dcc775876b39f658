package sandbox

import (
	"slices"
	"time"
)

// issueEdit is what is to change; nil leaves a thing as it is.
type issueEdit struct {
	title     *string
	body      *string
	state     *string
	reason    *string
	labels    *[]string
	assignees *[]string
	milestone *int // 0 takes it off
}

// editIssue changes all or nothing.
func (w *world) editIssue(a actor, i *issue, e issueEdit) error {
	if err := w.mayEdit(a, i, e); err != nil {
		return err
	}
	var people []*user
	if e.assignees != nil {
		var err error
		if people, err = w.assigneesFor(a, i.repo, *e.assignees); err != nil {
			return err
		}
	}
	if e.milestone != nil {
		stone, err := i.repo.milestoneFor(*e.milestone)
		if err != nil {
			return err
		}
		w.setMilestone(a, i, stone)
	}
	w.editText(a, i, e.title, e.body)
	if e.labels != nil {
		w.setLabels(a, i, w.labelsFor(a, i.repo, *e.labels))
	}
	if e.assignees != nil {
		w.setAssignees(a, i, people)
	}
	if e.state != nil {
		w.setState(a, i, *e.state, e.reason)
	}
	return nil
}

// mayEdit: authors change their own text and state, write changes anybody's text,
// triage everything else.
func (w *world) mayEdit(a actor, i *issue, e issueEdit) error {
	if err := i.repo.writable(); err != nil {
		return err
	}
	if e.title != nil || e.body != nil {
		if err := a.needOwn(i.repo, i.author, RoleWrite); err != nil {
			return err
		}
	}
	if e.state != nil {
		if err := a.needOwn(i.repo, i.author, RoleTriage); err != nil {
			return err
		}
	}
	if e.labels != nil || e.assignees != nil || e.milestone != nil {
		if err := a.need(i.repo, RoleTriage); err != nil {
			return err
		}
	}
	return e.check(a)
}

func (e issueEdit) check(a actor) error {
	if e.title != nil {
		if err := checkTitle(*e.title); err != nil {
			return err
		}
	}
	if e.state != nil && *e.state != "open" && *e.state != "closed" {
		return invalid(FieldError{Resource: "Issue", Field: "state", Code: "invalid", Value: *e.state})
	}
	if e.reason != nil && !slices.Contains([]string{"completed", "not_planned", "duplicate", "reopened"}, *e.reason) {
		return invalid(FieldError{Resource: "Issue", Field: "state_reason", Code: "invalid", Value: *e.reason})
	}
	if e.body != nil {
		return checkBody(a, "Issue", *e.body)
	}
	return nil
}

// editText sends one edited for title and body together, none if neither changed.
func (w *world) editText(a actor, i *issue, title, body *string) {
	changes := object{}
	if title != nil && *title != i.title {
		changes["title"] = object{"from": i.title}
		w.occur(i, a, "renamed", occurrence{from: i.title, to: *title})
		i.title = *title
	}
	if body != nil && *body != i.body {
		changes["body"] = object{"from": i.body}
		i.body = *body
	}
	if len(changes) == 0 {
		return
	}
	if w.opts.EmptyIssueChanges {
		changes = object{}
	}
	i.updated = w.now()
	w.issueEvent("edited", a.user, i, object{"changes": changes})
}

func (w *world) setState(a actor, i *issue, state string, reason *string) {
	was := i.state
	i.state = state
	switch {
	case state == "closed" && reason != nil:
		i.reason = *reason
	case state == "closed" && was == "open":
		i.reason = "completed"
	case state == "open" && was == "closed":
		i.reason = "reopened"
	}
	if was == state {
		return
	}
	i.updated = w.now()
	if state == "open" {
		i.closed, i.closedBy = time.Time{}, nil
		w.tellState(a, i, "reopened")
		return
	}
	i.closed, i.closedBy = i.updated, a.user
	w.tellState(a, i, "closed")
}

func (w *world) tellState(a actor, i *issue, action string) {
	w.occur(i, a, action, occurrence{reason: i.reason})
	w.issueEvent(action, a.user, i, nil)
}
