package sandbox

import (
	"net/http"
	"slices"
)

func assigneeRoutes() []route {
	const of = "/repos/{owner}/{repo}/issues/{issue_number}/assignees"
	return []route{
		on("GET", "/repos/{owner}/{repo}/assignees", reads("issues"), (*call).listAssignees),
		on("GET", "/repos/{owner}/{repo}/assignees/{assignee}", reads("issues"), (*call).checkAssignee),
		on("POST", of, writes("issues"), (*call).addAssignees),
		on("DELETE", of, writes("issues"), (*call).removeAssignees),
	}
}

func (c *call) listAssignees() (reply, error) {
	var able []*user
	for _, u := range c.users {
		if c.repo.assignable(u) {
			able = append(able, u)
		}
	}
	slices.SortFunc(able, func(a, b *user) int { return int(a.id - b.id) })
	return page(c, c.usersJSON(able))
}

func (c *call) checkAssignee() (reply, error) {
	if u := c.users[fold(c.params["assignee"])]; u == nil || !c.repo.assignable(u) {
		return reply{}, errNotFound
	}
	return noContent()
}

func (c *call) assigneesAsked() (*issue, []*user, error) {
	i, err := c.issue()
	if err != nil {
		return nil, nil, err
	}
	var b struct{ Assignees []string }
	if err := c.decode(&b); err != nil {
		return nil, nil, err
	}
	var people []*user
	for _, login := range b.Assignees {
		// Unlike creating and editing, this leaves out silently whom it cannot take.
		if u := c.users[fold(login)]; u != nil && c.repo.assignable(u) {
			people = append(people, u)
		}
	}
	return i, people, nil
}

func (c *call) addAssignees() (reply, error) {
	i, people, err := c.assigneesAsked()
	if err != nil {
		return reply{}, err
	}
	for _, u := range people {
		c.assign(c.actor(), i, u)
	}
	return reply{status: http.StatusCreated, body: c.issueDetailJSON(i)}, nil
}

func (c *call) removeAssignees() (reply, error) {
	i, people, err := c.assigneesAsked()
	if err != nil {
		return reply{}, err
	}
	for _, u := range people {
		c.unassign(c.actor(), i, u)
	}
	return ok(c.issueDetailJSON(i))
}
