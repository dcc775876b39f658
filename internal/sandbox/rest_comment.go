package sandbox

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
)

func commentRoutes() []route {
	const of = "/repos/{owner}/{repo}/issues"
	return []route{
		on("GET", of+"/comments", reads("issues"), (*call).listRepoComments),
		on("GET", of+"/{issue_number}/comments", reads("issues"), (*call).listComments),
		on("POST", of+"/{issue_number}/comments", writes("issues"), (*call).createComment),
		on("GET", of+"/comments/{comment_id}", reads("issues"), (*call).getComment),
		on("PATCH", of+"/comments/{comment_id}", writes("issues"), (*call).updateComment),
		on("DELETE", of+"/comments/{comment_id}", writes("issues"), (*call).deleteComment),
	}
}

func (c *call) listComments() (reply, error) {
	i, err := c.issue()
	if err != nil {
		return reply{}, err
	}
	since, err := c.since()
	if err != nil {
		return reply{}, err
	}
	out, err := page(c, after(i.comments, since))
	out.body = c.commentsJSON(out.body.([]*comment))
	return out, err
}

func (c *call) listRepoComments() (reply, error) {
	since, err := c.since()
	if err != nil {
		return reply{}, err
	}
	all := slices.Collect(maps.Values(c.comments))
	all = slices.DeleteFunc(all, func(o *comment) bool { return o.issue.repo != c.repo })
	slices.SortFunc(all, func(a, b *comment) int {
		order := cmp.Compare(a.id, b.id)
		if c.query("sort", "created") == "updated" {
			order = cmp.Or(a.updated.Compare(b.updated), order)
		}
		if c.query("direction", "asc") == "desc" {
			return -order
		}
		return order
	})
	out, err := page(c, after(all, since))
	out.body = c.commentsJSON(out.body.([]*comment))
	return out, err
}

func (c *call) commentBody() (string, error) {
	var b struct {
		Body *string `json:"body"`
	}
	if err := c.decode(&b); err != nil {
		return "", err
	}
	if b.Body == nil {
		return "", &Error{Status: http.StatusUnprocessableEntity, Message: `Invalid request.` + "\n\n" + `"body" wasn't supplied.`}
	}
	return *b.Body, nil
}

func (c *call) createComment() (reply, error) {
	i, err := c.issue()
	if err != nil {
		return reply{}, err
	}
	body, err := c.commentBody()
	if err != nil {
		return reply{}, err
	}
	made, err := c.addComment(c.actor(), i, body)
	if err != nil {
		return reply{}, err
	}
	return reply{status: http.StatusCreated, body: c.commentJSON(made), header: http.Header{"Location": {c.commentAPI(made)}}}, nil
}

func (c *call) getComment() (reply, error) {
	found, err := c.comment()
	if err != nil {
		return reply{}, err
	}
	return ok(c.commentJSON(found))
}

func (c *call) updateComment() (reply, error) {
	found, err := c.comment()
	if err != nil {
		return reply{}, err
	}
	body, err := c.commentBody()
	if err != nil {
		return reply{}, err
	}
	if err := c.editComment(c.actor(), found, body); err != nil {
		return reply{}, err
	}
	return ok(c.commentJSON(found))
}

func (c *call) deleteComment() (reply, error) {
	found, err := c.comment()
	if err != nil {
		return reply{}, err
	}
	if err := c.world.deleteComment(c.actor(), found); err != nil {
		return reply{}, err
	}
	return noContent()
}
