package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

type comment struct {
	id        int64
	issue     *issue
	author    *user
	viaApp    bool
	body      string
	created   time.Time
	updated   time.Time
	reactions []*reaction
	edits     []Edit
}

// comment finds by id what somebody may see.
func (w *world) comment(a actor, r *repo, id int64) (*comment, error) {
	if err := a.need(r, RoleRead); err != nil {
		return nil, err
	}
	c := w.comments[id]
	if c == nil || c.issue.repo != r {
		return nil, errNotFound
	}
	return c, nil
}

// addComment: on a locked issue only write may, and the App not at all.
func (w *world) addComment(a actor, i *issue, body string) (*comment, error) {
	if err := a.need(i.repo, RoleRead); err != nil {
		return nil, err
	}
	if err := i.repo.writable(); err != nil {
		return nil, err
	}
	if i.locked && (a.app || !a.may(i.repo, RoleWrite)) {
		return nil, errLocked
	}
	if err := checkComment(a, body); err != nil {
		return nil, err
	}
	c := &comment{id: w.id("comment"), issue: i, author: a.user, viaApp: a.app, body: body, created: w.now(), updated: w.now()}
	i.comments, i.updated = append(i.comments, c), c.created
	w.comments[c.id] = c
	w.commentEvent("created", a.user, c, nil)
	w.refer(a, i, body)
	return c, nil
}

func checkComment(a actor, body string) error {
	if strings.TrimSpace(body) == "" {
		return invalid(FieldError{Resource: "IssueComment", Field: "data", Code: "unprocessable", Message: "Body cannot be blank"})
	}
	return checkBody(a, "IssueComment", body)
}

// editComment replaces the whole body, as the web does for a tick too. Others'
// comments ask for write.
func (w *world) editComment(a actor, c *comment, body string) error {
	if err := a.needOwn(c.issue.repo, c.author, RoleWrite); err != nil {
		return err
	}
	if err := c.issue.repo.writable(); err != nil {
		return err
	}
	if err := checkComment(a, body); err != nil {
		return err
	}
	if body == c.body {
		return nil
	}
	was := c.body
	c.body, c.updated = body, w.now()
	c.issue.updated = c.updated
	c.edits = append(c.edits, Edit{By: a.user.login, At: c.updated, From: was})
	w.commentEvent("edited", a.user, c, object{"changes": object{"body": object{"from": was}}})
	return nil
}

func (w *world) deleteComment(a actor, c *comment) error {
	if err := a.needOwn(c.issue.repo, c.author, RoleWrite); err != nil {
		return err
	}
	if err := c.issue.repo.writable(); err != nil {
		return err
	}
	i := c.issue
	i.comments = slices.DeleteFunc(i.comments, func(o *comment) bool { return o == c })
	i.updated = w.now()
	delete(w.comments, c.id)
	w.commentEvent("deleted", a.user, c, nil)
	return nil
}

func (w *world) commentAPI(c *comment) string {
	return fmt.Sprintf("%s/issues/comments/%d", w.repoAPI(c.issue.repo), c.id)
}

// commentJSON is the schema issue-comment.
func (w *world) commentJSON(c *comment) object {
	api := w.commentAPI(c)
	return object{
		"id": c.id, "node_id": nodeID("IC", c.id), "url": api, "issue_url": w.issueAPI(c.issue),
		"html_url": fmt.Sprintf("%s#issuecomment-%d", w.issueWeb(c.issue), c.id),
		"user":     w.userJSON(c.author), "body": c.body, "created_at": stamp(c.created), "updated_at": stamp(c.updated),
		"author_association": c.issue.repo.association(c.author), "performed_via_github_app": w.via(c.viaApp),
		"reactions": rollup(api+"/reactions", c.reactions),
	}
}

func (w *world) commentsJSON(comments []*comment) []object {
	list := []object{}
	for _, c := range comments {
		list = append(list, w.commentJSON(c))
	}
	return list
}
