package sandbox

import (
	"cmp"
	"maps"
	"slices"
)

func appRoutes() []route {
	return []route{
		on("GET", "/app", asApp, (*call).getApp),
		on("GET", "/app/installations", asApp, (*call).listInstallations),
		on("GET", "/app/installations/{installation_id}", asApp, (*call).getInstallation),
		on("POST", "/app/installations/{installation_id}/access_tokens", asApp, (*call).createToken),
		on("GET", "/repos/{owner}/{repo}/installation", asApp, (*call).repoInstallation),
		on("GET", "/orgs/{org}/installation", asApp, ownerInstallation("org", "Organization")),
		on("GET", "/users/{username}/installation", asApp, ownerInstallation("username", "User")),
		on("GET", "/installation/repositories", anyToken, (*call).listCovered),
		on("GET", "/rate_limit", anyToken, (*call).rateLimit),
	}
}

func (c *call) getApp() (reply, error) {
	body := c.appJSON()
	body["installations_count"] = len(c.installations)
	return ok(body)
}

func (c *call) listInstallations() (reply, error) {
	var all []*installation
	for _, inst := range c.installations {
		all = append(all, inst)
	}
	slices.SortFunc(all, func(a, b *installation) int { return cmp.Compare(a.id, b.id) })
	list := []object{}
	for _, inst := range all {
		list = append(list, c.installationJSON(inst))
	}
	return page(c, list)
}

func (c *call) installation() (*installation, error) {
	id, err := c.number("installation_id")
	if err != nil {
		return nil, err
	}
	if inst := c.installationByID(id); inst != nil {
		return inst, nil
	}
	return nil, errNotFound
}

func (c *call) getInstallation() (reply, error) {
	inst, err := c.installation()
	if err != nil {
		return reply{}, err
	}
	return ok(c.installationJSON(inst))
}

func (c *call) repoInstallation() (reply, error) {
	name := fold(c.params["owner"] + "/" + c.params["repo"])
	r := c.names[name]
	if r == nil {
		if r = c.moved[name]; r != nil && r.installed {
			return reply{}, c.movedTo(r)
		}
		return reply{}, errNotFound
	}
	inst := c.installationOf(r)
	if inst == nil {
		return reply{}, errNotFound
	}
	return ok(c.installationJSON(inst))
}

func ownerInstallation(param, kind string) func(*call) (reply, error) {
	return func(c *call) (reply, error) {
		inst := c.installations[fold(c.params[param])]
		if inst == nil || inst.account.kind != kind {
			return reply{}, errNotFound
		}
		return ok(c.installationJSON(inst))
	}
}

func (c *call) createToken() (reply, error) {
	inst, err := c.installation()
	if err != nil {
		return reply{}, err
	}
	if inst.suspended {
		return reply{}, &Error{Status: 403, Message: "This installation has been suspended"}
	}
	var want struct {
		Repositories  []string          `json:"repositories"`
		RepositoryIDs []int64           `json:"repository_ids"`
		Permissions   map[string]string `json:"permissions"`
	}
	if err := c.decode(&want); err != nil {
		return reply{}, err
	}
	repos, perms, err := c.narrow(inst, want.RepositoryIDs, want.Repositories, want.Permissions)
	if err != nil {
		return reply{}, err
	}
	return created(c.tokenJSON(c.newToken(inst, repos, perms)))
}

func (c *call) listCovered() (reply, error) {
	list := []object{}
	for _, id := range slices.Sorted(maps.Keys(c.repos)) {
		if c.token.covers(c.world, c.repos[id]) {
			list = append(list, c.repoJSON(c.repos[id]))
		}
	}
	out, err := page(c, list)
	out.body = object{"total_count": len(list), "repositories": out.body, "repository_selection": "selected"}
	return out, err
}

func (c *call) rateLimit() (reply, error) {
	r := c.rateOf(c.token.inst.id)
	r.used-- // asking costs nothing
	core, search := r.rateJSON(c.opts.RateLimit), object{"limit": 30, "remaining": 30, "used": 0, "reset": r.reset.Unix()}
	return ok(object{"resources": object{"core": core, "search": search}, "rate": core})
}
