package handlers

import (
	"context"
	"fmt"

	"github.com/firebreak-app/firebreak/workflow"
)

// An issue that is transferred is told of at both ends, in either order, and at
// an end without the App not at all. It has another id at the other end.

// arrives says that an opened issue comes from another repository.
func (p payload) arrives() bool {
	return p.Changes.OldIssue != nil && p.Changes.OldIssue.ID != 0 && p.Changes.OldRepository.ID != 0
}

// concernsMoved says whether an issue goes or comes that is known, though it
// does not carry the incident label now.
func (h *Issues) concernsMoved(ctx context.Context, p payload) (bool, error) {
	switch {
	case p.Action == "deleted", p.Action == "transferred":
		return h.known(ctx, p.key())
	case p.Action == "opened" && p.arrives():
		return h.known(ctx, p.oldKey())
	}
	return false, nil
}

func (p payload) oldKey() workflow.Key {
	return workflow.Key{Repository: p.Changes.OldRepository.ID, Issue: p.Changes.OldIssue.ID}
}

// arrived takes an issue up where it came to. Whatever was known of it comes
// along; commands in its text ran once. What is not known is adopted.
func (h *Issues) arrived(ctx context.Context, guid string, p payload) error {
	known, err := h.known(ctx, p.oldKey())
	if err != nil {
		return err
	}
	if !known {
		if !h.isIncident(p) {
			return nil
		}
		return h.declared(ctx, guid, p)
	}
	labeled := h.isIncident(p) || p.Changes.OldIssue.has(h.Rules.IncidentLabel)
	meta := workflow.Meta{Delivery: guid, At: p.Issue.UpdatedAt, By: p.Sender.person(), URL: p.Issue.HTMLURL}
	steps := []workflow.Step{{
		Key: p.oldKey(), Meta: meta, Event: workflow.Transferred{To: p.key(), Place: p.place(), Labeled: labeled},
	}}
	if h.isIncident(p) {
		declared, err := h.declaration(ctx, guid, p)
		if err != nil {
			return err
		}
		steps = append(steps, declared...)
	}
	return h.Store.Record(ctx, guid, steps...)
}

// transferred follows an issue that goes, if the App is where it goes to.
func (h *Issues) transferred(ctx context.Context, guid string, p payload) error {
	there := p.Changes.NewIssue
	if there == nil || there.ID == 0 || p.Changes.NewRepository.ID == 0 {
		return nil // effects find it by looking
	}
	to := workflow.Key{Repository: p.Changes.NewRepository.ID, Issue: there.ID}
	installation, err := h.GitHub.Installation(ctx, to.Repository)
	if err != nil {
		return fmt.Errorf("ask where the issue went: %w", err)
	}
	var ev workflow.Event = workflow.MovedAway{To: to, URL: there.HTMLURL}
	if installation != 0 {
		ev = workflow.Transferred{
			To: to, Place: placeOf(installation, p.Changes.NewRepository, *there), Labeled: h.isIncident(p),
		}
	}
	meta := workflow.Meta{Delivery: guid, At: p.Issue.UpdatedAt, By: p.Sender.person(), URL: there.HTMLURL}
	return h.Store.Record(ctx, guid, workflow.Step{Key: p.key(), Meta: meta, Event: ev})
}

// followUpMoved lets an incident know where its follow-up is now.
func (h *Issues) followUpMoved(ctx context.Context, guid string, p payload, incident workflow.Key, meta workflow.Meta) error {
	there := p.Changes.NewIssue
	if there == nil || there.ID == 0 {
		return nil
	}
	ev := workflow.FollowUpMoved{
		Issue: p.Issue.ID, ID: there.ID, Number: there.Number, URL: there.HTMLURL, Home: p.Changes.NewRepository.home(),
	}
	return h.Store.Record(ctx, guid, workflow.Step{Key: incident, Meta: meta, Event: ev})
}
