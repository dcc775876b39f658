package handlers

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// findChecklist takes the boxes of the checklist comment as they are. What the
// steps that follow tell of was not yet so.
func (r *past) findChecklist(end *workflow.Recalled, following []workflow.Step) {
	end.Gone = true
	for _, h := range r.all {
		if h.Event != "commented" || !r.own(h.User) || !checklist.IsChecklist(h.Body) {
			continue
		}
		end.Gone, end.Comment, end.URL = false, h.ID, h.HTMLURL
		end.Boxes = checklist.Read(r.Rules.Definition, h.Body).Ticked
		end.Shown = r.ticks(h)
		break
	}
	for _, s := range following {
		if ev, ok := s.Event.(workflow.Ticked); ok {
			for _, c := range ev.Changes {
				if _, known := end.Boxes[c.ID]; known {
					end.Boxes[c.ID] = !c.Ticked
				}
			}
		}
	}
}

// ticks replays who ticked what when, by the ledger that Firebreak keeps in the
// comment, and returns the items that it showed ticked with it. Whoever can write
// to the repository can edit the comment, the visible timeline in it too; so
// nothing else in it is believed.
func (r *past) ticks(list entry) map[string]bool {
	shown := map[string]bool{}
	for _, t := range checklist.ReadTicks(list.Body, r.key.String(), r.Past.Sealed) {
		by := user{ID: t.Person, Login: t.Login}
		if t.Bot {
			by.Type = "Bot"
		}
		s := r.step(t.At, by, workflow.Ticked{Changes: []checklist.Change{{ID: t.ID, Ticked: t.Ticked}}, Trusted: !t.Bot})
		s.nth, s.Meta.URL = len(r.all), list.HTMLURL
		r.steps = append(r.steps, s)
		shown[t.ID] = t.Ticked
	}
	return shown
}

// postmortem finds where the post-mortem is kept, and replays that it was
// published when somebody was told so.
func (r *past) postmortem(ctx context.Context, end *workflow.Recalled) error {
	if len(r.published) == 0 {
		return nil
	}
	out := workflow.Published{Store: workflow.StoreWiki}
	name, text, err := r.Past.Page(ctx, r.key, r.p.place())
	if err != nil {
		return fmt.Errorf("look for the post-mortem: %w", err)
	}
	end.Page = name
	stand := r.standIn()
	switch {
	case name != "":
		out.URL, out.Filled = r.p.place().PageURL(name), postmortem.FilledSections(text)
	case stand.ID != 0:
		out.Store, out.URL, out.Filled, out.Waiting = workflow.StoreIssue, stand.HTMLURL, postmortem.FilledSections(stand.Body), "The wiki does not hold the post-mortem yet."
	default:
		at := r.published[0].at
		out.URL = r.p.place().PageURL(postmortem.PageName(r.p.Issue.Number, r.frameOf(at).title))
	}
	out.CommentID = stand.ID
	for n, a := range r.published {
		ev := workflow.Answered{Comment: a.comment}
		if a.end != workflow.ReactionFailed {
			now := out
			now.Unchanged = n > 0 // nobody can tell any longer
			ev.Published = &now
		}
		r.outcome(a.at, ev)
	}
	return nil
}

func (r *past) standIn() entry {
	mark := workflow.MarkStandIn(r.key)
	for _, h := range r.all {
		if h.Event == "commented" && r.own(h.User) && strings.HasPrefix(h.Body, mark) {
			return h
		}
	}
	return entry{}
}

// followUps replays the follow-ups: found by their mark in issues of the App's
// own, with what people did to them since.
func (r *past) followUps(ctx context.Context) error {
	list, err := r.Past.FollowUps(ctx, r.p.place(), r.p.Issue.CreatedAt.Add(-fresh))
	if err != nil {
		return fmt.Errorf("list follow-ups: %w", err)
	}
	for _, f := range unpack[issue](list) {
		incident, action, ok := workflow.ReadFollowUpMark(f.Body)
		if !ok || incident != r.key.String() || !r.own(f.User) {
			continue
		}
		if err := r.followUp(ctx, f, action); err != nil {
			return err
		}
	}
	return nil
}

func (r *past) followUp(ctx context.Context, f issue, action string) error {
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
	r.outcome(f.CreatedAt, workflow.FollowUpFound{Action: found})
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
		switch h.Event {
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

var (
	followUpKind = regexp.MustCompile(`(?m)^Follow-up \((permanent|preventive|process)\) of incident #`)
	followUpDue  = regexp.MustCompile(`(?m)^- Due: (\d{4}-\d\d-\d\d)\r?$`)
)

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
	if m := followUpDue.FindStringSubmatch(f.Body); m != nil {
		a.Due, _ = time.Parse("2006-01-02", m[1])
	}
	for _, l := range f.Labels {
		if severity, ok := r.Rules.Severity(l.Name); ok {
			a.Priority = severity
		}
	}
	return a, nil
}
