package sandbox

import "slices"

// maxChildren is how many sub-issues an issue may have.
const maxChildren = 100

// addChild makes one issue a sub-issue of another of the same owner.
func (w *world) addChild(a actor, parent, child *issue, replace bool) error {
	if err := a.need(parent.repo, RoleTriage); err != nil {
		return err
	}
	if err := parent.repo.writable(); err != nil {
		return err
	}
	if problem := childProblem(parent, child, replace); problem != "" {
		return invalid(FieldError{Resource: "Issue", Field: "sub_issue_id", Code: "custom", Message: problem})
	}
	if child.parent != nil {
		w.cutChild(a, child.parent, child)
	}
	parent.children, child.parent = append(parent.children, child), parent
	w.occur(parent, a, "sub_issue_added", occurrence{other: child})
	w.occur(child, a, "parent_issue_added", occurrence{other: parent})
	w.childEvents("added", a.user, parent, child)
	return nil
}

func childProblem(parent, child *issue, replace bool) string {
	switch {
	case child == nil || !child.present():
		return "The provided sub-issue does not exist"
	case child.repo.owner != parent.repo.owner:
		return "Sub issue must belong to the same repository owner as the parent issue"
	case child.isAncestorOf(parent):
		return "An issue cannot be its own sub-issue"
	case slices.Contains(parent.children, child):
		return "Issue may not contain duplicate sub-issues"
	case child.parent != nil && !replace:
		return "Sub issue may only have one parent"
	case len(parent.children) >= maxChildren:
		return "Parent cannot have more than 100 sub-issues"
	}
	return ""
}

// isAncestorOf counts an issue as an ancestor of itself.
func (i *issue) isAncestorOf(other *issue) bool {
	for ; other != nil; other = other.parent {
		if other == i {
			return true
		}
	}
	return false
}

func (w *world) removeChild(a actor, parent, child *issue) error {
	if err := a.need(parent.repo, RoleTriage); err != nil {
		return err
	}
	if child == nil || child.parent != parent {
		return errNotFound
	}
	w.cutChild(a, parent, child)
	return nil
}

func (w *world) cutChild(a actor, parent, child *issue) {
	parent.children = slices.DeleteFunc(parent.children, func(c *issue) bool { return c == child })
	child.parent = nil
	w.occur(parent, a, "sub_issue_removed", occurrence{other: child})
	w.occur(child, a, "parent_issue_removed", occurrence{other: parent})
	w.childEvents("removed", a.user, parent, child)
}

// childEvents tell the parent's repository about the child and the child's about
// the parent.
func (w *world) childEvents(what string, sender *user, parent, child *issue) {
	fields := func() object {
		return object{
			"parent_issue_id": parent.id, "parent_issue": w.issueJSON(parent),
			"sub_issue_id": child.id, "sub_issue": w.issueJSON(child),
		}
	}
	ofParent, ofChild := fields(), fields()
	ofParent["sub_issue_repo"] = w.repoJSON(child.repo)
	ofChild["parent_issue_repo"] = w.repoJSON(parent.repo)
	w.repoEvent("sub_issues", "sub_issue_"+what, sender, parent.repo, ofParent)
	w.repoEvent("sub_issues", "parent_issue_"+what, sender, child.repo, ofChild)
}
