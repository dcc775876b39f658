package github

import (
	"context"

	"github.com/firebreak-app/firebreak/workflow"
)

// Installed finds a repository by its name: where it is, and its id. A repository
// that the App is not installed on is NotFound.
func (a *App) Installed(ctx context.Context, owner, name string) (at workflow.Place, repository int64, err error) {
	installation, _, err := a.app.Apps.FindRepositoryInstallation(ctx, owner, name)
	if err != nil {
		return at, 0, classify("ask where the App is installed", err)
	}
	client, err := a.client(installation.GetID())
	if err != nil {
		return at, 0, err
	}
	r, _, err := client.Repositories.Get(ctx, owner, name)
	if err != nil {
		return at, 0, classify("read repository", err)
	}
	at = workflow.Place{
		Installation: installation.GetID(), Owner: r.GetOwner().GetLogin(), Repo: r.GetName(), Private: r.GetPrivate(),
	}
	return at, r.GetID(), nil
}
