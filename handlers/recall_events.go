package handlers

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/workflow"
)

// frame is what deliveries showed of an issue from some time on.
type frame struct {
	from   time.Time
	title  string
	labels []string
	closed bool
}

// declare finds out when the issue became an incident, and who declared it.
func (r *past) declare(ctx context.Context) error {
	if err := r.look(); err != nil {
		return err
	}
	by, labeled := r.p.Issue.User, false
	r.declared = r.p.Issue.CreatedAt
	if put := r.declaration(); put != nil && put.CreatedAt.Sub(r.declared) > atOnce {
		r.declared, by, labeled = put.CreatedAt, put.Actor, true
	}
	granted, err := r.allowed(ctx, by)
	if err != nil {
		return err
	}
	s := r.step(r.declared, by, workflow.Declared{Trusted: granted >= trusted, Labeled: labeled})
	s.nth = -2
	r.steps = append(r.steps, s)
	return nil
}

// atOnce is how long after an issue is opened GitHub writes down the labels that
// it was opened with.
const atOnce = 2 * time.Second

// declaration returns when the label was put on that Firebreak went by; the last
// time, if it never was here.
func (r *past) declaration() *entry {
	var put *entry
	for n, h := range r.all {
		if r.trace(h) {
			r.ours = true
			break
		}
		if h.Event == "labeled" && r.isLabel(h) {
			put = &r.all[n]
		}
	}
	return put
}

// isLabel says that an entry is about the incident label.
func (r *past) isLabel(h entry) bool {
	return strings.EqualFold(h.Label.Name, r.Rules.IncidentLabel)
}

// look makes the frames.
func (r *past) look() error {
	now := frame{title: r.issue.Title}
	var labelled, renamed bool
	for _, h := range r.all {
		labelled = labelled || h.Event == "labeled" && r.isLabel(h)
		if h.Event == "renamed" && !renamed {
			renamed = true
			var err error
			if now.title, err = r.title(h.Rename.From); err != nil {
				return err
			}
		}
	}
	if !labelled {
		// The label was renamed since, or the issue came with it from elsewhere.
		now.labels = []string{r.Rules.IncidentLabel}
	}
	r.frames = []frame{now}
	for _, h := range r.all {
		changed := true
		switch h.Event {
		case "labeled":
			now.labels = append(slices.Clone(now.labels), h.Label.Name)
		case "unlabeled":
			now.labels = slices.DeleteFunc(slices.Clone(now.labels), func(l string) bool { return strings.EqualFold(l, h.Label.Name) })
		case "closed":
			now.closed = true
		case "reopened":
			now.closed = false
		case "renamed":
			var err error
			if now.title, err = r.title(h.Rename.To); err != nil {
				return err
			}
		default:
			changed = false
		}
		if changed {
			now.from = h.CreatedAt
			r.frames = append(r.frames, now)
		}
	}
	return nil
}

func (r *past) title(text string) (string, error) {
	clean, err := r.clean(text, redact.Findings{})
	return oneLine(clean), err
}

// asOf returns the issue as a delivery showed it at a time; its text as it is now.
func (r *past) asOf(when time.Time) *workflow.Snapshot {
	s := *r.issue
	f := r.frameOf(when)
	s.Title, s.Labels, s.Closed = f.title, f.labels, f.closed
	return &s
}

func (r *past) frameOf(when time.Time) frame {
	n, _ := slices.BinarySearchFunc(r.frames, when, func(f frame, t time.Time) int {
		if f.from.After(t) {
			return 1
		}
		return -1
	})
	return r.frames[max(n-1, 0)]
}

// active says whether the issue was an incident, and declared, at a time.
func (r *past) active(when time.Time) bool {
	return !when.Before(r.declared) && slices.ContainsFunc(r.frameOf(when).labels, func(l string) bool {
		return strings.EqualFold(l, r.Rules.IncidentLabel)
	})
}

// events replays what was done to the issue while it was an incident, as
// deliveries told of it. What Firebreak did itself is no news.
func (r *past) events(ctx context.Context) error {
	for n, h := range r.all {
		incident := (h.Event == "labeled" || h.Event == "unlabeled") && r.isLabel(h)
		if r.own(h.by()) || !incident && !r.active(h.CreatedAt) || !h.CreatedAt.After(r.declared) && incident || h.CreatedAt.Before(r.declared) {
			continue
		}
		ev, err := r.event(ctx, h)
		if err != nil {
			return err
		}
		if ev != nil {
			r.add(n, h.by(), ev)
		}
	}
	return nil
}

// event is what one entry of the timeline tells; nil if it tells nothing here.
func (r *past) event(ctx context.Context, h entry) (workflow.Event, error) {
	switch h.Event {
	case "labeled":
		granted, err := r.allowed(ctx, h.Actor)
		if r.isLabel(h) {
			return workflow.Declared{Trusted: granted >= trusted, Labeled: true}, err
		}
		if !r.Rules.Managed(h.Label.Name) {
			return nil, err
		}
		return workflow.Labeled{Label: h.Label.Name, Trusted: granted >= trusted}, err
	case "unlabeled":
		if r.isLabel(h) {
			return workflow.Undeclared{}, nil
		}
		if r.Rules.Managed(h.Label.Name) {
			return workflow.Unlabeled{Label: h.Label.Name}, nil
		}
	case "closed":
		return workflow.Closed{Reason: strings.ReplaceAll(h.StateReason, "_", " ")}, nil
	case "reopened":
		return workflow.Reopened{}, nil
	case "renamed":
		return workflow.Edited{}, nil
	case "assigned", "unassigned":
		return workflow.Assigned{Login: h.Assignee.Login, Off: h.Event == "unassigned"}, nil
	case "sub_issue_added":
		return subIssue(h.SubIssue.Number, "linked"), nil
	case "sub_issue_removed":
		return subIssue(h.SubIssue.Number, "taken away"), nil
	}
	return nil, nil
}

// subIssue tells of an issue that people hung below an incident or took away.
func subIssue(number int, what string) workflow.Noted {
	return workflow.Noted{What: fmt.Sprintf("sub-issue #%d %s", number, what)}
}
