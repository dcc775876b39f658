package sandbox

import "net/http"

func subIssueRoutes() []route {
	const of = "/repos/{owner}/{repo}/issues/{issue_number}"
	return []route{
		on("GET", of+"/sub_issues", reads("issues"), withSubIssues((*call).listSubIssues)),
		on("POST", of+"/sub_issues", writes("issues"), withSubIssues((*call).addSubIssue)),
		on("DELETE", of+"/sub_issue", writes("issues"), withSubIssues((*call).removeSubIssue)),
		on("GET", of+"/parent", reads("issues"), withSubIssues((*call).getParent)),
	}
}

// withSubIssues finds the issue, unless the server is one that has no sub-issues.
func withSubIssues(do func(*call, *issue) (reply, error)) func(*call) (reply, error) {
	return func(c *call) (reply, error) {
		if c.repo.opts.SubIssuesMissing {
			return reply{}, errNotFound
		}
		i, err := c.issue()
		if err != nil {
			return reply{}, err
		}
		return do(c, i)
	}
}

func (c *call) listSubIssues(i *issue) (reply, error) { return page(c, c.issuesJSON(i.children)) }

// child finds by id, not by number; nil for one that is not there.
func (c *call) child() (child *issue, replace bool, err error) {
	var b struct {
		ID      int64 `json:"sub_issue_id"`
		Replace bool  `json:"replace_parent"`
	}
	err = c.decode(&b)
	return c.issues[b.ID], b.Replace, err
}

func (c *call) addSubIssue(i *issue) (reply, error) {
	child, replace, err := c.child()
	if err != nil {
		return reply{}, err
	}
	if child == nil {
		return reply{}, errNotFound
	}
	if err := c.addChild(c.actor(), i, child, replace); err != nil {
		return reply{}, err
	}
	return reply{status: http.StatusCreated, body: c.issueDetailJSON(i), header: http.Header{"Location": {c.issueAPI(i)}}}, nil
}

func (c *call) removeSubIssue(i *issue) (reply, error) {
	child, _, err := c.child()
	if err != nil {
		return reply{}, err
	}
	if err := c.removeChild(c.actor(), i, child); err != nil {
		return reply{}, err
	}
	return reply{body: c.issueDetailJSON(i), header: http.Header{"Location": {c.issueAPI(i)}}}, nil
}

func (c *call) getParent(i *issue) (reply, error) {
	if i.parent == nil {
		return reply{}, errNotFound
	}
	return ok(c.issueDetailJSON(i.parent))
}
