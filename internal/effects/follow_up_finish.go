package effects

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/workflow"
)

// finishFollowUps assigns and links the issues that are open and were not yet.
func (t *task) finishFollowUps(ctx context.Context) error {
	var failed []error
	for _, a := range t.inc.Unfinished() {
		err := t.finishFollowUp(ctx, a)
		if limit(err) > 0 {
			return err
		}
		failed = append(failed, err)
	}
	return errors.Join(failed...)
}

func (t *task) finishFollowUp(ctx context.Context, a workflow.Action) (err error) {
	f := a.Issue
	if f.Assignee, err = t.assign(ctx, a); err != nil {
		return err
	}
	if f.Linked, err = t.link(ctx, f.ID); err != nil {
		return err
	}
	f.Unfinished = false
	return t.record(ctx, workflow.FollowUpOpened{Action: a.ID, Issue: f})
}

// assignable says whether a person can be given issues here, asked for once.
func (t *task) assignable(ctx context.Context, login string) (bool, error) {
	if ok, known := t.owners[login]; known {
		return ok, nil
	}
	ok, err := t.repo.Assignable(ctx, login)
	if err != nil && !github.Permanent(err) {
		return false, err
	}
	if t.owners == nil {
		t.owners = map[string]bool{}
	}
	t.owners[login] = ok
	return ok, nil
}

// assign gives the issue to its owner and returns whose it is. Somebody who
// cannot be assigned is named in the issue's text instead.
func (t *task) assign(ctx context.Context, a workflow.Action) (string, error) {
	if a.Owner == "" || a.Issue.Assignee != "" || a.Issue.Home != (workflow.Home{}) {
		return a.Issue.Assignee, nil
	}
	if ok, err := t.assignable(ctx, a.Owner); err != nil || !ok {
		return "", err
	}
	ok, err := t.repo.Assign(ctx, a.Issue.Number, a.Owner)
	switch {
	case github.Permanent(err):
		return "", nil
	case err != nil || !ok:
		return "", err
	}
	return a.Owner, nil
}

// link makes the issue a sub-issue of the incident where the server has them.
// One that is linked already, or a parent that is full, is refused: the link in
// the text stands either way.
func (t *task) link(ctx context.Context, id int64) (bool, error) {
	linked, err := t.repo.LinkSubIssue(ctx, t.inc.Place.Number, id)
	if github.Permanent(err) {
		return false, nil
	}
	return linked, err
}

// linkFollowUps brings the links between the follow-ups up to date, once all
// that can be open are: each names the others.
func (t *task) linkFollowUps(ctx context.Context) error {
	want := t.siblings()
	var failed []error
	for _, a := range t.inc.Actions {
		if !a.Opened() || a.Issue.Deleted || a.Issue.Siblings == want {
			continue
		}
		if err := t.linkFollowUp(ctx, a); err != nil {
			failed = append(failed, err)
			continue
		}
		failed = append(failed, t.record(ctx, workflow.FollowUpLinked{Action: a.ID, Siblings: want}))
	}
	return errors.Join(failed...)
}

// linkFollowUp replaces the links and nothing else: the rest of the text may be
// people's by now, and stays as they have it. Where GitHub refuses for good the
// text stays as it is.
func (t *task) linkFollowUp(ctx context.Context, a workflow.Action) error {
	repo, err := t.homeOf(a)
	if err != nil {
		return err
	}
	issue, err := repo.Issue(ctx, a.Issue.Number)
	if err != nil {
		return ignorePermanent(err)
	}
	if issue.ID != a.Issue.ID {
		return nil // it was transferred, and nobody told
	}
	links, err := t.clean(t.links(a))
	if err != nil {
		return fmt.Errorf("check follow-up: %w", err)
	}
	body := replaceLinks(issue.Body, links)
	if body == issue.Body {
		return nil
	}
	err = ignorePermanent(repo.EditIssueBody(ctx, issue.Number, body))
	if a.Issue.Home != (workflow.Home{}) && github.Is(err, github.Moved) {
		return nil // the repository it stayed behind in has another name
	}
	return err
}

// homeOf returns the repository that a follow-up is in.
func (t *task) homeOf(a workflow.Action) (*github.Repository, error) {
	if h := a.Issue.Home; h != (workflow.Home{}) {
		return t.App.Repository(t.inc.Place.Installation, h.Owner, h.Repo)
	}
	return t.repo, nil
}

func ignorePermanent(err error) error {
	if github.Permanent(err) {
		return nil
	}
	return err
}

// siblings is the state of the links: the numbers of all follow-ups there are,
// and where the incident is if that is elsewhere.
func (t *task) siblings() string {
	var numbers []string
	away := ""
	for _, a := range t.inc.Actions {
		if a.Opened() && !a.Issue.Deleted {
			numbers = append(numbers, strings.TrimPrefix(refTo(a.Issue), "#"))
		}
		if a.Issue.Home != (workflow.Home{}) {
			away = " of " + t.inc.Place.Ref()
		}
	}
	return strings.Join(numbers, " ") + away
}
