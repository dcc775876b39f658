package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
)

func issueRoutes() []route {
	const of = "/repos/{owner}/{repo}/issues"
	return []route{
		on("GET", of, reads("issues"), (*call).listIssues),
		on("POST", of, writes("issues"), (*call).createIssue),
		on("GET", of+"/{issue_number}", reads("issues"), (*call).getIssue),
		on("PATCH", of+"/{issue_number}", writes("issues"), (*call).updateIssue),
		on("PUT", of+"/{issue_number}/lock", writes("issues"), (*call).lockIssue),
		on("DELETE", of+"/{issue_number}/lock", writes("issues"), (*call).unlockIssue),
	}
}

// issueBody is what POST and PATCH take.
type issueBody struct {
	Title       *string         `json:"title"`
	Body        *string         `json:"body"`
	State       *string         `json:"state"`
	StateReason *string         `json:"state_reason"`
	Labels      *labelList      `json:"labels"`
	Assignee    *string         `json:"assignee"`
	Assignees   *[]string       `json:"assignees"`
	Milestone   json.RawMessage `json:"milestone"`
}

// stone is the milestone asked for: nil if none was mentioned, 0 for null.
func (b issueBody) stone() (*int, error) {
	if b.Milestone == nil {
		return nil, nil
	}
	text := string(b.Milestone)
	var unquoted string
	if json.Unmarshal(b.Milestone, &unquoted) == nil {
		text = unquoted
	}
	n := 0
	if text == "null" || text == "" {
		return &n, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return nil, invalid(FieldError{Resource: "Issue", Field: "milestone", Code: "invalid", Value: text})
	}
	return &n, nil
}

func (b issueBody) people() *[]string {
	if b.Assignees == nil && b.Assignee != nil {
		return &[]string{*b.Assignee}
	}
	return b.Assignees
}

func (c *call) createIssue() (reply, error) {
	var b issueBody
	if err := c.decode(&b); err != nil {
		return reply{}, err
	}
	stone, err := b.stone()
	if err != nil {
		return reply{}, err
	}
	n := newIssue{title: deref(b.Title), body: deref(b.Body), labels: deref(b.Labels), assignees: deref(b.people()), milestone: deref(stone)}
	i, err := c.openIssue(c.actor(), c.repo, n)
	if err != nil {
		return reply{}, err
	}
	return reply{status: http.StatusCreated, body: c.issueDetailJSON(i), header: http.Header{"Location": {c.issueAPI(i)}}}, nil
}

func deref[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

func (c *call) getIssue() (reply, error) {
	i, err := c.issue()
	if err != nil {
		return reply{}, err
	}
	return ok(c.issueDetailJSON(i))
}

func (c *call) updateIssue() (reply, error) {
	i, err := c.issue()
	if err != nil {
		return reply{}, err
	}
	var b issueBody
	if err := c.decode(&b); err != nil {
		return reply{}, err
	}
	stone, err := b.stone()
	if err != nil {
		return reply{}, err
	}
	e := issueEdit{title: b.Title, body: b.Body, state: b.State, reason: b.StateReason,
		labels: (*[]string)(b.Labels), assignees: b.people(), milestone: stone}
	if err := c.editIssue(c.actor(), i, e); err != nil {
		return reply{}, err
	}
	return ok(c.issueDetailJSON(i))
}

func (c *call) lockIssue() (reply, error) {
	var b struct {
		Reason string `json:"lock_reason"`
	}
	if err := c.decode(&b); err != nil {
		return reply{}, err
	}
	return c.setLock(true, b.Reason)
}

func (c *call) unlockIssue() (reply, error) { return c.setLock(false, "") }

func (c *call) setLock(locked bool, reason string) (reply, error) {
	i, err := c.issue()
	if err != nil {
		return reply{}, err
	}
	if err := c.world.lockIssue(c.actor(), i, locked, reason); err != nil {
		return reply{}, err
	}
	return noContent()
}
