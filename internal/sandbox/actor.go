package sandbox

// actor is who does something: a person by their role, or the App by its token,
// whose permissions the API checked at the door.
type actor struct {
	user *user
	app  bool
}

// may says whether the role, or the App's token, reaches.
func (a actor) may(r *repo, min Role) bool {
	return a.app || r.roleOf(a.user).atLeast(min)
}

// need refuses who may not, the way the web does: what one may not see is not
// there.
func (a actor) need(r *repo, min Role) error {
	switch {
	case a.may(r, min):
		return nil
	case !a.may(r, RoleRead):
		return errNotFound
	}
	return errRole
}

// needOwn lets authors do to their own what others need a role for.
func (a actor) needOwn(r *repo, author *user, min Role) error {
	if a.user == author && a.may(r, RoleRead) {
		return nil
	}
	return a.need(r, min)
}

// writable refuses what nobody may do to an archived repository.
func (r *repo) writable() error {
	if r.opts.Archived {
		return errArchived
	}
	return nil
}
