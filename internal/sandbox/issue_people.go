package sandbox

import "slices"

// assigneesFor turns logins into users: one who cannot be assigned fails all,
// before whoever may not triage has them dropped.
func (w *world) assigneesFor(a actor, r *repo, logins []string) ([]*user, error) {
	if len(logins) > 10 {
		return nil, invalid(FieldError{Resource: "Issue", Field: "assignees", Code: "invalid",
			Message: "Can only assign 10 people to an issue"})
	}
	var people []*user
	for _, login := range logins {
		u := w.users[fold(login)]
		if u == nil || !r.assignable(u) {
			return nil, invalid(FieldError{Resource: "Issue", Field: "assignees", Code: "invalid", Value: login})
		}
		if !slices.Contains(people, u) {
			people = append(people, u)
		}
	}
	if !a.may(r, RoleTriage) {
		return nil, nil
	}
	return people, nil
}

// setAssignees makes the issue's assignees those given.
func (w *world) setAssignees(a actor, i *issue, people []*user) {
	for _, u := range slices.Clone(i.assignees) {
		if !slices.Contains(people, u) {
			w.unassign(a, i, u)
		}
	}
	for _, u := range people {
		w.assign(a, i, u)
	}
}

func (w *world) assign(a actor, i *issue, u *user) {
	if slices.Contains(i.assignees, u) {
		return
	}
	i.assignees = append(i.assignees, u)
	w.tellAssignee(a, i, "assigned", u)
}

func (w *world) unassign(a actor, i *issue, u *user) {
	at := slices.Index(i.assignees, u)
	if at < 0 {
		return
	}
	i.assignees = slices.Delete(i.assignees, at, at+1)
	w.tellAssignee(a, i, "unassigned", u)
}

func (w *world) tellAssignee(a actor, i *issue, action string, u *user) {
	i.updated = w.now()
	w.occur(i, a, action, occurrence{user: u})
	w.issueEvent(action, a.user, i, object{"assignee": w.userJSON(u)})
}

func (w *world) lockIssue(a actor, i *issue, locked bool, reason string) error {
	if err := a.need(i.repo, RoleWrite); err != nil {
		return err
	}
	if i.locked == locked {
		return nil
	}
	i.locked, i.lock = locked, reason
	action := "unlocked"
	if locked {
		action = "locked"
	}
	w.occur(i, a, action, occurrence{reason: reason})
	w.issueEvent(action, a.user, i, nil)
	return nil
}

func (w *world) deleteIssue(a actor, i *issue) error {
	if err := a.need(i.repo, RoleAdmin); err != nil {
		return err
	}
	w.issueEvent("deleted", a.user, i, nil)
	i.deleted = true
	w.forget(i)
	return nil
}

// transferIssue opens the issue anew in another repository: labels that it has by
// the same name, comments and assignees go along.
func (w *world) transferIssue(a actor, i *issue, to *repo) (*issue, error) {
	if err := a.need(i.repo, RoleWrite); err != nil {
		return nil, err
	}
	if err := a.need(to, RoleWrite); err != nil {
		return nil, err
	}
	if to.owner != i.repo.owner {
		return nil, errElsewhere
	}
	to.lastNumber++
	copied := *i
	copied.id, copied.repo, copied.number = w.id("issue"), to, to.lastNumber
	copied.milestone, copied.parent, copied.children = nil, nil, nil
	copied.labels = to.sameNamed(i.labels)
	to.issues[copied.number], w.issues[copied.id] = &copied, &copied
	w.copyComments(&copied)
	was := w.issueJSON(i)
	delete(was, "parent_issue_url") // which the schemas of both events lack
	w.issueEvent("transferred", a.user, i, object{"issue": was, "changes": object{
		"new_issue": w.issueJSON(&copied), "new_repository": w.repoJSON(to)}})
	w.issueEvent("opened", a.user, &copied, object{"changes": object{
		"old_issue": was, "old_repository": w.repoJSON(i.repo)}})
	i.gone = &copied
	w.forget(i)
	return &copied, nil
}

// copyComments gives a transferred issue its comments under ids of their own.
// They are made anew with their former times; whether GitHub keeps their ids is
// not known, so that nobody is to count on it.
// https://github.com/zwave-js/zwave-js/pull/8982
func (w *world) copyComments(to *issue) {
	from := to.comments
	to.comments = nil
	for _, c := range from {
		copied := *c
		copied.id, copied.issue = w.id("comment"), to
		delete(w.comments, c.id)
		w.comments[copied.id] = &copied
		to.comments = append(to.comments, &copied)
	}
}

// forget takes an issue that is no longer there out of what refers to it.
func (w *world) forget(i *issue) {
	delete(w.issues, i.id)
	if i.deleted {
		for _, c := range i.comments {
			delete(w.comments, c.id)
		}
	}
	if i.parent != nil {
		i.parent.children = slices.DeleteFunc(i.parent.children, func(c *issue) bool { return c == i })
	}
	for _, c := range i.children {
		c.parent = nil
	}
}
