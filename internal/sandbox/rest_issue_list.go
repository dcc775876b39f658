package sandbox

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// listIssues gives issues and pull requests that the query asks for.
func (c *call) listIssues() (reply, error) {
	if c.repo.opts.IssuesDisabled {
		return reply{}, errNoIssues
	}
	since, err := c.since()
	if err != nil {
		return reply{}, err
	}
	wanted, err := c.issueFilter()
	if err != nil {
		return reply{}, err
	}
	var found []*issue
	for _, i := range c.repo.list() {
		if !i.updated.Before(since) && wanted(i) {
			found = append(found, i)
		}
	}
	if err := c.sort(found); err != nil {
		return reply{}, err
	}
	out, err := page(c, found)
	out.body = c.issuesJSON(out.body.([]*issue))
	return out, err
}

func (c *call) issueFilter() (func(*issue) bool, error) {
	state := c.query("state", "open")
	if !slices.Contains([]string{"open", "closed", "all"}, state) {
		return nil, invalid(FieldError{Resource: "Issue", Field: "state", Code: "invalid", Value: state})
	}
	labels, creator := c.words("labels"), c.query("creator", "")
	assignee, stone := c.query("assignee", ""), c.query("milestone", "")
	return func(i *issue) bool {
		return (state == "all" || state == i.state) &&
			i.hasLabels(labels) &&
			(creator == "" || fold(creator) == fold(i.author.login)) &&
			i.assignedAs(assignee) && i.inMilestone(stone)
	}, nil
}

func (i *issue) hasLabels(names []string) bool {
	for _, name := range names {
		if l := i.repo.label(name); l == nil || !slices.Contains(i.labels, l) {
			return false
		}
	}
	return true
}

// assignedAs: "" asks for nothing, "none" for nobody, "*" for anybody.
func (i *issue) assignedAs(login string) bool {
	switch login {
	case "":
		return true
	case "none":
		return len(i.assignees) == 0
	case "*":
		return len(i.assignees) > 0
	}
	return slices.ContainsFunc(i.assignees, func(u *user) bool { return fold(u.login) == fold(login) })
}

func (i *issue) inMilestone(number string) bool {
	switch number {
	case "":
		return true
	case "none":
		return i.milestone == nil
	case "*":
		return i.milestone != nil
	}
	return i.milestone != nil && strconv.Itoa(i.milestone.number) == number
}

// sort orders by what the query says: newest first unless told otherwise.
func (c *call) sort(issues []*issue) error {
	by := map[string]func(a, b *issue) int{
		"created":  func(a, b *issue) int { return a.created.Compare(b.created) },
		"updated":  func(a, b *issue) int { return a.updated.Compare(b.updated) },
		"comments": func(a, b *issue) int { return cmp.Compare(len(a.comments), len(b.comments)) },
	}[c.query("sort", "created")]
	if by == nil {
		return invalid(FieldError{Resource: "Issue", Field: "sort", Code: "invalid", Value: c.query("sort", "")})
	}
	down := c.query("direction", "desc") != "asc"
	slices.SortStableFunc(issues, func(a, b *issue) int {
		order := cmp.Or(by(a, b), cmp.Compare(a.id, b.id))
		if down {
			return -order
		}
		return order
	})
	return nil
}

// after keeps what was updated at or after a time.
func after(comments []*comment, since time.Time) []*comment {
	return slices.DeleteFunc(slices.Clone(comments), func(c *comment) bool { return c.updated.Before(since) })
}
