package handlers

import (
	"context"
	"errors"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// followUp hands what happened to a follow-up to its incident.
func (h *Issues) followUp(ctx context.Context, guid string, p payload) error {
	key, err := h.Store.IncidentOf(ctx, p.key())
	if errors.Is(err, workflow.ErrUnknown) {
		return nil
	}
	if err != nil {
		return err
	}
	meta := workflow.Meta{Delivery: guid, At: p.Issue.UpdatedAt, By: p.Sender.person(), URL: p.Issue.HTMLURL}
	if p.Action == "transferred" {
		return h.followUpMoved(ctx, guid, p, key, meta)
	}
	return h.Store.Record(ctx, guid, workflow.Step{Key: key, Meta: meta, Event: h.followUpChanged(p)})
}

func (h *Issues) followUpChanged(p payload) workflow.FollowUpChanged {
	ev := workflow.FollowUpChanged{
		Issue: p.Issue.ID, Number: p.Issue.Number, URL: p.Issue.HTMLURL, Closed: p.Issue.State == "closed",
		ClosedAt: p.Issue.ClosedAt, Assignee: p.Issue.Assignee.Login, Deleted: p.Action == "deleted",
		Home: p.Repository.home(),
	}
	ev.Due = redated(p)
	if h.relabelled(p) {
		ev.Priority = h.priority(p)
	}
	return ev
}

// replanned says whether a delivery gives a follow-up another date or priority.
func (h *Issues) replanned(p payload) bool { return h.relabelled(p) || redated(p) != nil }

func redated(p payload) *time.Time {
	if p.Action != "edited" || p.Changes.Body == nil {
		return nil
	}
	return workflow.Redated(p.Changes.Body.From, p.Issue.Body)
}

// relabelled says whether a delivery is about a label that gives a priority.
func (h *Issues) relabelled(p payload) bool {
	_, severity := h.Rules.Severity(p.Label.Name)
	return severity && (p.Action == "labeled" || p.Action == "unlabeled")
}

// priority is the one that a follow-up's labels give: of two, the one put on
// just now. None that is left says nothing until another is put on, since people
// replace a label by taking it off first.
func (h *Issues) priority(p payload) *string {
	if severity, _ := h.Rules.Severity(p.Label.Name); p.Action == "labeled" {
		return &severity
	}
	for _, l := range p.Issue.Labels {
		if severity, ok := h.Rules.Severity(l.Name); ok {
			return &severity
		}
	}
	return nil
}
