package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// followUps replays the follow-ups: found by their mark in issues of the App's
// own, with what people did to them since.
func (r *past) followUps(ctx context.Context) error {
	list, err := r.Past.FollowUps(ctx, r.p.place(), r.p.Issue.CreatedAt.Add(-fresh))
	if err != nil {
		return fmt.Errorf("list follow-ups: %w", err)
	}
	found := map[int]bool{}
	for _, f := range unpack[issue](list) {
		if err := r.followUp(ctx, f, found); err != nil {
			return err
		}
	}
	return r.missing(ctx, found)
}

// missing looks for the follow-ups that Firebreak hung below the incident and that
// the label did not lead to: somebody took it off, or the issue is gone.
func (r *past) missing(ctx context.Context, found map[int]bool) error {
	var gone []int
	for _, h := range r.all {
		number := h.SubIssue.Number
		if h.Event != "sub_issue_added" || !r.own(h.Actor) || found[number] {
			continue
		}
		found[number] = true
		at := r.p.place()
		at.Number = number
		text, err := r.Past.Issue(ctx, at)
		if errors.Is(err, workflow.ErrUnknown) {
			gone = append(gone, number)
			continue
		}
		if err != nil {
			return fmt.Errorf("read follow-up: %w", err)
		}
		for _, f := range unpack[issue]([]json.RawMessage{text}) {
			if err := r.followUp(ctx, f, found); err != nil {
				return err
			}
		}
	}
	for _, a := range r.published {
		if a.end == workflow.ReactionDone && len(gone) > 0 {
			r.outcome(a.at, workflow.FollowUpsGone{Numbers: gone})
		}
	}
	return nil
}

// followUp replays one issue, if it is the incident's and the App's own.
func (r *past) followUp(ctx context.Context, f issue, known map[int]bool) error {
	incident, action, ok := workflow.ReadFollowUpMark(f.Body)
	if !ok || incident != r.marker().String() || !r.own(f.User) {
		return nil
	}
	known[f.Number] = true
	found, err := r.foundAction(f, action)
	if err != nil {
		return err
	}
	at := r.p.place()
	at.Number = f.Number
	list, _, err := r.Past.Timeline(ctx, at)
	if err != nil {
		return fmt.Errorf("read follow-up: %w", err)
	}
	opened := workflow.FollowUp{ID: f.ID, Number: f.Number, URL: f.HTMLURL, Linked: r.linked(f.Number), Unfinished: len(r.waiting) > 0 && !r.linked(f.Number)}
	changes := r.changes(f, unpack[entry](list), &opened)
	there := workflow.FollowUpFound{Action: found}
	if due, ok := workflow.ReadDue(f.Body); ok {
		there.Due = &due
	}
	r.outcome(f.CreatedAt, there)
	r.outcome(f.CreatedAt, workflow.FollowUpOpened{Action: action, Issue: opened})
	r.steps = append(r.steps, changes...)
	return nil
}

// linked says whether Firebreak hung an issue below the incident.
func (r *past) linked(number int) bool {
	return slices.ContainsFunc(r.all, func(h entry) bool {
		return h.Event == "sub_issue_added" && r.own(h.Actor) && h.SubIssue.Number == number
	})
}

// changes are what people did to a follow-up; what Firebreak did is how it was
// opened.
func (r *past) changes(f issue, all []entry, opened *workflow.FollowUp) []pastStep {
	var steps []pastStep
	var assignees []string
	now := workflow.FollowUpChanged{Issue: f.ID, Number: f.Number, URL: f.HTMLURL}
	for _, h := range all {
		now.Priority = nil
		switch h.Event {
		case "labeled":
			severity, ok := r.Rules.Severity(h.Label.Name)
			if !ok || r.own(h.Actor) {
				continue
			}
			now.Priority = &severity
		case "assigned":
			assignees = append(assignees, h.Assignee.Login)
		case "unassigned":
			assignees = slices.DeleteFunc(assignees, func(l string) bool { return l == h.Assignee.Login })
		case "closed":
			now.Closed, now.ClosedAt = true, h.CreatedAt
		case "reopened":
			now.Closed, now.ClosedAt = false, time.Time{}
		default:
			continue
		}
		now.Assignee = strings.Join(assignees[:min(len(assignees), 1)], "")
		if r.own(h.Actor) {
			opened.Assignee = now.Assignee
			continue
		}
		s := r.step(h.CreatedAt, h.Actor, now)
		s.nth, s.Meta.URL, s.Meta.Issue = len(r.all)+1, f.HTMLURL, nil
		steps = append(steps, s)
	}
	return steps
}

var followUpKind = regexp.MustCompile(`(?m)^Follow-up \((permanent|preventive|process)\) of incident #`)

// foundAction is the action item that a follow-up is for, as far as the issue
// tells, for the case that nothing else does.
func (r *past) foundAction(f issue, id string) (workflow.Action, error) {
	text, err := r.title(f.Title)
	if err != nil {
		return workflow.Action{}, err
	}
	a := workflow.Action{ID: id, Text: text, Owner: f.Assignee.Login, At: f.CreatedAt}
	if m := followUpKind.FindStringSubmatch(f.Body); m != nil {
		a.Kind = m[1]
	}
	for _, l := range f.Labels {
		if severity, ok := r.Rules.Severity(l.Name); ok {
			a.Priority = severity
		}
	}
	return a, nil
}
