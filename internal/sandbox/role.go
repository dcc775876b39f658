package sandbox

import "fmt"

// Role is what somebody may do in a repository.
type Role string

// The roles of github.com, from nothing to everything.
const (
	RoleNone     Role = "none"
	RoleRead     Role = "read"
	RoleTriage   Role = "triage"
	RoleWrite    Role = "write"
	RoleMaintain Role = "maintain"
	RoleAdmin    Role = "admin"
)

var roleOrder = []Role{RoleNone, RoleRead, RoleTriage, RoleWrite, RoleMaintain, RoleAdmin}

// atLeast ranks roles; unknown ones rank below none.
func (r Role) atLeast(min Role) bool { return r.rank() >= min.rank() }

func (r Role) rank() int {
	for i, known := range roleOrder {
		if r == known {
			return i
		}
	}
	return -1
}

// legacy is the API's old four-valued permission: maintain counts as write,
// triage as read.
func (r Role) legacy() string {
	switch r {
	case RoleMaintain:
		return string(RoleWrite)
	case RoleTriage:
		return string(RoleRead)
	}
	return string(r)
}

func (r Role) permissionsJSON() object {
	return object{
		"pull": r.atLeast(RoleRead), "triage": r.atLeast(RoleTriage), "push": r.atLeast(RoleWrite),
		"maintain": r.atLeast(RoleMaintain), "admin": r.atLeast(RoleAdmin),
	}
}

// grant is somebody's role; custom roles have a name of their own and stand on
// one of the others.
type grant struct {
	role Role
	name string
}

// Grant gives a person, who is made if need be, a role in a repository.
// RoleNone takes it away.
func (sb *Sandbox) Grant(repoName, login string, role Role) error {
	return sb.GrantCustom(repoName, login, string(role), role)
}

// GrantCustom gives a custom role: the API shows its name as role_name, and the
// permissions of the role it stands on.
func (sb *Sandbox) GrantCustom(repoName, login, name string, base Role) error {
	return sb.act(func(w *world) error {
		r, err := w.repo(repoName)
		if err != nil {
			return err
		}
		if base.rank() < 0 {
			return fmt.Errorf("grant %q to %s: no such role", base, login)
		}
		u := w.addUser(login, "User")
		if base == RoleNone {
			delete(r.grants, u.id)
			return nil
		}
		r.grants[u.id] = grant{role: base, name: name}
		return nil
	})
}

// roleOf is the highest of what somebody was granted, owns, or what a public
// repository lets anyone do.
func (r *repo) roleOf(u *user) Role {
	role := RoleNone
	if !r.opts.Private {
		role = RoleRead
	}
	if given := r.grants[u.id].role; given.atLeast(role) {
		role = given
	}
	if u == r.owner {
		role = RoleAdmin
	}
	return role
}

// roleName is roleOf by the name of a custom role.
func (r *repo) roleName(u *user) string {
	if g, ok := r.grants[u.id]; ok && g.role == r.roleOf(u) {
		return g.name
	}
	return string(r.roleOf(u))
}

// assignable: whoever was granted a role; on GitHub also who has commented.
func (r *repo) assignable(u *user) bool {
	_, granted := r.grants[u.id]
	return u.kind == "User" && (granted || u == r.owner)
}

// association is the schema author-association.
func (r *repo) association(u *user) string {
	_, granted := r.grants[u.id]
	switch {
	case u == r.owner:
		return "OWNER"
	case granted:
		return "COLLABORATOR"
	}
	return "NONE"
}
