package pages

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/pages/markup"
)

// changes are the forms of an issue's page, by the value of "do". Each gives the
// place in the page to go back to.
var changes = map[string]func(*visit) (fragment string, err error){
	"comment": commentOn, "close": closeIssue, "not_planned": closeIssue, "reopen": reopenIssue,
	"edit": editText, "tick": tick, "labels": changeLabels, "assignees": changeAssignees,
}

// changeIssue does what a form asks for. What is refused is said on the page
// itself, with what was written still there.
func changeIssue(v *visit) error {
	if _, found := v.sb.Issue(v.repo, v.number()); !found {
		return errNotFound
	}
	change, known := changes[v.field("do")]
	if !known {
		return errUnknown
	}
	fragment, err := change(v)
	if err != nil {
		status, message := refusal(err)
		return v.issuePage(status, message, v.draft())
	}
	return v.redirect(issuePath(v.repo, v.number()) + fragment)
}

// draft is the text that the refused form brought, if any.
func (v *visit) draft() draft {
	d := draft{target: -1, text: v.field("body")}
	if v.field("do") == "edit" {
		d.target, _ = strconv.ParseInt(v.field("target"), 10, 64)
		d.title = v.field("title")
	}
	return d
}

func commentOn(v *visit) (string, error) {
	id, err := v.hands().Comment(v.repo, v.number(), v.field("body"))
	return fmt.Sprintf("#issuecomment-%d", id), err
}

// closeIssue closes, after a comment if one was written.
func closeIssue(v *visit) (string, error) {
	fragment, err := v.commentIfAny()
	if err != nil {
		return "", err
	}
	if v.field("do") == "not_planned" {
		return fragment, v.hands().CloseAs(v.repo, v.number(), "not_planned")
	}
	return fragment, v.hands().Close(v.repo, v.number())
}

func reopenIssue(v *visit) (string, error) {
	fragment, err := v.commentIfAny()
	if err != nil {
		return "", err
	}
	return fragment, v.hands().Reopen(v.repo, v.number())
}

func (v *visit) commentIfAny() (fragment string, err error) {
	if strings.TrimSpace(v.field("body")) == "" {
		return "", nil
	}
	fragment, err = commentOn(v)
	if err == nil {
		v.in.PostForm.Del("body") // it is said, even if closing is refused
	}
	return fragment, err
}

// editText replaces a text as a whole, unless it changed since the form was made.
func editText(v *visit) (string, error) {
	v.edits.Lock()
	defer v.edits.Unlock()
	id, now, err := v.target()
	if err != nil {
		return "", err
	}
	if markup.Digest(now) != v.field("hash") {
		return "", errStale
	}
	return v.saveText(id, v.field("title"), v.field("body"))
}

// target is the text that a form is about: a comment of this issue, or with the
// id 0 the issue's own.
func (v *visit) target() (id int64, body string, err error) {
	if id, err = strconv.ParseInt(v.field("target"), 10, 64); err != nil {
		return 0, "", errUnknown
	}
	if id == 0 {
		i, _ := v.sb.Issue(v.repo, v.number())
		return 0, i.Body, nil
	}
	comments := v.sb.Comments(v.repo, v.number())
	at := slices.IndexFunc(comments, func(c sandbox.Comment) bool { return c.ID == id })
	if at < 0 {
		return 0, "", &sandbox.Error{Status: http.StatusNotFound, Message: "This comment is no longer there."}
	}
	return id, comments[at].Body, nil
}

func (v *visit) saveText(id int64, title, body string) (fragment string, err error) {
	if id == 0 {
		return "", v.hands().EditIssue(v.repo, v.number(), title, body)
	}
	return fmt.Sprintf("#issuecomment-%d", id), v.hands().EditComment(v.repo, id, body)
}
