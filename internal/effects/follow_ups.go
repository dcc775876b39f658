package effects

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/workflow"
)

// openFollowUps gives every action item its issue, at most so many at a time,
// if somebody asked for it: bringing a page up to date opens none. It goes on
// past one that fails and returns what is worth another attempt.
func (t *task) openFollowUps(ctx context.Context) error {
	waiting := t.inc.Unopened()
	if len(t.inc.Postmortem.Requests) == 0 {
		waiting = nil
	}
	if len(waiting) == 0 {
		return errors.Join(t.finishFollowUps(ctx), t.linkFollowUps(ctx))
	}
	there, err := t.existing(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, a := range waiting[:min(len(waiting), workflow.MaxFollowUps)] {
		err := t.openFollowUp(ctx, a, there[a.ID])
		if limit(err) > 0 {
			return err
		}
		failed = append(failed, err)
	}
	if err := t.reload(ctx); err != nil {
		return errors.Join(append(failed, err)...)
	}
	return errors.Join(append(failed, t.finishFollowUps(ctx), t.linkFollowUps(ctx))...)
}

// existing finds the follow-ups that are open already, by the marker of their
// action item: the answer to an earlier attempt may have got lost.
func (t *task) existing(ctx context.Context) (map[string]github.Issue, error) {
	issues, err := t.repo.IssuesSince(ctx, FollowUpLabel, t.inc.Created.Add(-skew))
	if err != nil {
		return nil, err
	}
	found := map[string]github.Issue{}
	for _, i := range issues {
		if incident, action, ok := readMarker(i.Body); ok && incident == t.inc.Key.String() && i.Author == t.bot.ID {
			found[action] = i
		}
	}
	return found, nil
}

// openFollowUp opens one issue, or takes up the one that was opened before.
// What GitHub refuses for good is kept as the item's problem.
func (t *task) openFollowUp(ctx context.Context, a workflow.Action, there github.Issue) error {
	issue, err := there, error(nil)
	if issue.ID == 0 {
		issue, err = t.createFollowUp(ctx, a)
	}
	if err != nil {
		if !github.Permanent(err) {
			return err
		}
		return t.record(ctx, workflow.FollowUpRefused{Action: a.ID, Problem: problem(err)})
	}
	f := workflow.FollowUp{
		ID: issue.ID, Number: issue.Number, URL: issue.URL, Closed: issue.Closed, ClosedAt: issue.ClosedAt,
		Assignee: issue.Assignee, Unfinished: true,
	}
	return t.record(ctx, workflow.FollowUpOpened{Action: a.ID, Issue: f})
}

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

func (t *task) createFollowUp(ctx context.Context, a workflow.Action) (github.Issue, error) {
	labels := []string{FollowUpLabel}
	if p := t.priority(a); p != "" {
		labels = append(labels, p)
	}
	for _, name := range labels {
		if err := t.ensureLabel(ctx, name); err != nil {
			return github.Issue{}, err
		}
	}
	assignable := true
	if a.Owner != "" {
		var err error
		if assignable, err = t.assignable(ctx, a.Owner); err != nil {
			return github.Issue{}, err
		}
	}
	body, err := t.clean(t.followUpBody(a, assignable))
	if err != nil {
		return github.Issue{}, fmt.Errorf("check follow-up: %w", err)
	}
	title, err := t.clean(title(a.Text))
	if err != nil {
		return github.Issue{}, fmt.Errorf("check follow-up: %w", err)
	}
	return t.repo.CreateIssue(ctx, title, body, labels)
}

// priority is the item's own, else the incident's severity.
func (t *task) priority(a workflow.Action) string {
	if a.Priority != "" {
		return a.Priority
	}
	return t.inc.Severity
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
	if a.Owner == "" || a.Issue.Assignee != "" {
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
	issue, err := t.repo.Issue(ctx, a.Issue.Number)
	if err != nil {
		return ignorePermanent(err)
	}
	links, err := t.clean(t.links(a))
	if err != nil {
		return fmt.Errorf("check follow-up: %w", err)
	}
	body := replaceLinks(issue.Body, links)
	if body == issue.Body {
		return nil
	}
	return ignorePermanent(t.repo.EditIssueBody(ctx, issue.Number, body))
}

func ignorePermanent(err error) error {
	if github.Permanent(err) {
		return nil
	}
	return err
}

// siblings is the state of the links: the numbers of all follow-ups there are.
func (t *task) siblings() string {
	var numbers []string
	for _, a := range t.inc.Actions {
		if a.Opened() && !a.Issue.Deleted {
			numbers = append(numbers, fmt.Sprint(a.Issue.Number))
		}
	}
	return strings.Join(numbers, " ")
}

// problem says in a sentence why GitHub refuses for good.
func problem(err error) string {
	var fault *github.Fault
	switch {
	case github.Is(err, github.Gone):
		return "issues are switched off in this repository."
	case github.Is(err, github.Forbidden):
		return "this App may not open issues here, or the repository is archived."
	case errors.As(err, &fault) && fault.Kind == github.Invalid:
		return "GitHub did not accept it."
	}
	return "GitHub refused it."
}
