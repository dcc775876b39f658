package github

import (
	"context"

	"github.com/firebreak-app/firebreak/workflow/command"
)

// Permission asks what a person may do in the repository. It goes by what the
// role grants, not by its name, so that custom roles rank right; no such user
// and no answer are no permission.
//
// https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
func (r *Repository) Permission(ctx context.Context, login string) (command.Permission, error) {
	level, _, err := r.client.Repositories.GetPermissionLevel(ctx, r.owner, r.name, login)
	if fault := classify("ask for a permission", err); fault != nil {
		if Is(fault, NotFound) {
			return command.None, nil
		}
		return command.None, fault
	}
	granted := level.GetUser().GetPermissions()
	switch {
	case level.GetUser() == nil:
		return command.None, nil
	case granted["admin"] || granted["maintain"] || granted["push"]:
		return command.Write, nil
	case granted["triage"]:
		return command.Triage, nil
	case granted["pull"]:
		return command.Read, nil
	}
	return command.None, nil
}
