package handlers

import (
	"cmp"
	"context"

	"github.com/firebreak-app/firebreak/workflow"
)

// Repository handles repositories that get another name or another owner, or are
// archived no longer.
type Repository struct{ *Base }

// Handles implements githubapp.EventHandler.
func (*Repository) Handles() []string { return []string{"repository"} }

// Route drops what changes nothing for incidents, and repositories without an incident.
func (h *Repository) Route(ctx context.Context, _ string, body []byte) (workflow.Key, bool, error) {
	p, err := decode(body)
	concerns := p.Action == "renamed" || p.Action == "transferred" || p.Action == "unarchived"
	if err != nil || !concerns || p.Repository.ID == 0 {
		return workflow.Key{}, false, err
	}
	ours, err := h.Store.HasIncidents(ctx, p.Repository.ID)
	return workflow.Key{Repository: p.Repository.ID}, ours, err
}

// Handle implements githubapp.EventHandler.
func (h *Repository) Handle(ctx context.Context, _, guid string, body []byte) error {
	p, err := decode(body)
	if err != nil {
		return err
	}
	if p.Action == "unarchived" {
		_, err := h.Store.RetryFailures(ctx, workflow.Scope{Repository: p.Repository.ID})
		return err
	}
	incidents, err := h.Store.Incidents(ctx, p.Repository.ID)
	if err != nil {
		return err
	}
	var steps []workflow.Step
	for _, inc := range incidents {
		installation := cmp.Or(p.Installation.ID, inc.Place.Installation)
		meta := workflow.Meta{Delivery: guid, By: p.Sender.person()}
		ev := workflow.Moved{To: placeOf(installation, p.Repository, issue{Number: inc.Place.Number})}
		steps = append(steps, workflow.Step{Key: inc.Key, Meta: meta, Event: ev})
	}
	return h.Store.Record(ctx, guid, steps...)
}
