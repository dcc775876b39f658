package handlers

import (
	"context"

	"github.com/firebreak-app/firebreak/workflow"
)

// Gollum handles edits of a repository's wiki: one that could not be had may be
// there now.
type Gollum struct{ *Base }

// Handles implements githubapp.EventHandler.
func (*Gollum) Handles() []string { return []string{"gollum"} }

// Route drops wikis of repositories without an incident.
func (h *Gollum) Route(ctx context.Context, _ string, body []byte) (workflow.Key, bool, error) {
	p, err := decode(body)
	if err != nil || p.Repository.ID == 0 || h.own(p.Sender) {
		return workflow.Key{}, false, err
	}
	ours, err := h.Store.HasIncidents(ctx, p.Repository.ID)
	return workflow.Key{Repository: p.Repository.ID}, ours, err
}

// Handle implements githubapp.EventHandler.
func (h *Gollum) Handle(ctx context.Context, _, guid string, body []byte) error {
	p, own, err := h.read(ctx, body)
	if err != nil || own {
		return err
	}
	incidents, err := h.Store.Incidents(ctx, p.Repository.ID)
	if err != nil {
		return err
	}
	var steps []workflow.Step
	for _, inc := range incidents {
		if inc.Postmortem.Waiting != "" {
			meta := workflow.Meta{Delivery: guid, By: p.Sender.person()}
			steps = append(steps, workflow.Step{Key: inc.Key, Meta: meta, Event: workflow.WikiTouched{}})
		}
	}
	return h.Store.Record(ctx, guid, steps...)
}
