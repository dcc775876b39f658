package handlers

import (
	"context"

	"github.com/firebreak-app/firebreak/workflow"
)

// Installation handles that the App is let into repositories, or no longer.
// GitHub tells every App, subscribed or not.
type Installation struct{ *Base }

// Handles implements githubapp.EventHandler.
func (*Installation) Handles() []string { return []string{"installation", "installation_repositories"} }

// Route keeps them all. They concern no incident of their own, so they share a
// queue.
func (*Installation) Route(_ context.Context, _ string, body []byte) (workflow.Key, bool, error) {
	p, err := decode(body)
	return workflow.Key{}, err == nil && p.Installation.ID != 0, err
}

// Handle has the repositories swept that the App was let into: there may be
// incidents already, and what was refused before may be allowed now. Where it is
// let in no longer, incidents stay as they are: what fails is given up and kept.
func (h *Installation) Handle(ctx context.Context, _, guid string, body []byte) error {
	p, err := decode(body)
	if err != nil {
		return err
	}
	switch p.Action {
	case "created", "unsuspend", "new_permissions_accepted":
		return h.Sweep.Installation(ctx, guid, p.Installation.ID)
	case "added":
		var ids []int64
		for _, r := range p.RepositoriesAdded {
			ids = append(ids, r.ID)
		}
		return h.Sweep.Installation(ctx, guid, p.Installation.ID, ids...)
	}
	return nil
}
