package handlers

import (
	"context"
	"strings"

	"github.com/firebreak-app/firebreak/workflow"
)

// Label handles labels that are renamed or deleted in a repository. GitHub tells
// of no issue then, or tells of each without saying which label it was.
type Label struct{ *Base }

// Handles implements githubapp.EventHandler.
func (*Label) Handles() []string { return []string{"label"} }

// Route drops labels that are not ours, what changes no name, and repositories
// without an incident.
func (h *Label) Route(ctx context.Context, _ string, body []byte) (workflow.Key, bool, error) {
	p, err := decode(body)
	if err != nil || p.Repository.ID == 0 || h.own(p.Sender) || !h.concerns(p) {
		return workflow.Key{}, false, err
	}
	ours, err := h.Store.HasIncidents(ctx, p.Repository.ID)
	return workflow.Key{Repository: p.Repository.ID}, ours, err
}

// concerns says whether a label of ours went, or came by another's renaming. One
// that is made is on no issue yet.
func (h *Label) concerns(p payload) bool {
	switch {
	case p.Action == "deleted":
		return h.ours(p.Label.Name)
	case p.Action == "edited" && p.Changes.Name != nil:
		return h.ours(p.Label.Name) || h.ours(p.Changes.Name.From)
	}
	return false
}

func (h *Label) ours(name string) bool {
	return strings.EqualFold(name, h.Rules.IncidentLabel) || h.Rules.Managed(name)
}

// Handle implements githubapp.EventHandler. Every incident that is not closed
// looks at its labels; a closed one does when something happens to it.
func (h *Label) Handle(ctx context.Context, _, guid string, body []byte) error {
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
		if !inc.Closed {
			meta := workflow.Meta{Delivery: guid, By: p.Sender.person()}
			steps = append(steps, workflow.Step{Key: inc.Key, Meta: meta, Event: workflow.LabelsTouched{}})
		}
	}
	return h.Store.Record(ctx, guid, steps...)
}
