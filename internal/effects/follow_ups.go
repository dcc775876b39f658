package effects

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/workflow"
)

// openFollowUps gives every action item its issue, at most so many at a time,
// if somebody asked for it: bringing a page up to date opens only those that
// were asked for before they were heard of. It goes on past one that fails and
// returns what is worth another attempt.
func (t *task) openFollowUps(ctx context.Context) error {
	waiting := t.inc.Unopened()
	if len(t.inc.Postmortem.Requests) == 0 {
		waiting = t.unasked()
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

// unasked are the action items whose issue nobody has to ask for.
func (t *task) unasked() []workflow.Action {
	return slices.DeleteFunc(t.inc.Unopened(), func(a workflow.Action) bool { return !a.Late || a.Problem != "" })
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
		if incident, action, ok := workflow.ReadFollowUpMark(i.Body); ok && incident == t.inc.Marker().String() && i.Author == t.bot.ID {
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
