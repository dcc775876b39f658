package sandbox

import "cmp"

func userRoutes() []route {
	return []route{
		on("GET", "/users/{username}", anyToken, (*call).getUser),
		on("GET", "/user/{account_id}", anyToken, (*call).getUserByID),
		on("GET", "/repos/{owner}/{repo}/collaborators/{username}/permission", reads("metadata"), (*call).getPermission),
	}
}

func (c *call) getUser() (reply, error) {
	u := c.users[fold(c.params["username"])]
	if u == nil {
		return reply{}, errNotFound
	}
	return ok(c.publicUserJSON(u))
}

func (c *call) getUserByID() (reply, error) {
	id, err := c.number("account_id")
	if err != nil {
		return reply{}, err
	}
	for _, u := range c.users {
		if u.id == id {
			return ok(c.publicUserJSON(u))
		}
	}
	return reply{}, errNotFound
}

// getPermission gives somebody's role in three ways: the old four-valued one, its
// name, and what it permits.
func (c *call) getPermission() (reply, error) {
	u := c.users[fold(c.params["username"])]
	if u == nil {
		return reply{}, &Error{Status: 404, Message: cmp.Or(c.params["username"], "user") + " is not a user"}
	}
	role, name := c.repo.roleOf(u), c.repo.roleName(u)
	who := c.userJSON(u).(object)
	who["permissions"], who["role_name"] = role.permissionsJSON(), name
	return ok(object{"permission": role.legacy(), "role_name": name, "user": who})
}
