package sandbox

import (
	"fmt"
	"net/http"
	"strings"
)

// reach finds the repository of the path and checks the token against it.
func (c *call) reach(need access) error {
	if c.params["repo"] == "" {
		return nil
	}
	name := c.params["owner"] + "/" + c.params["repo"]
	r := c.names[fold(name)]
	if r == nil {
		if r = c.moved[fold(name)]; r == nil || !c.token.covers(c.world, r) {
			return errNotFound
		}
		return c.movedTo(r)
	}
	c.repo = r
	if !c.token.covers(c.world, r) {
		return strangerTo(r, need)
	}
	if need.permission != "" && !c.token.allows(need.permission, need.write) {
		return errPermission
	}
	if need.write {
		return r.writable()
	}
	return nil
}

// strangerTo is what a token meets outside its repositories: private ones are not
// there, public ones may be read.
func strangerTo(r *repo, need access) error {
	switch {
	case r.opts.Private:
		return errNotFound
	case need.write:
		return errPermission
	}
	return nil
}

// movedTo redirects to the address by id, below which all goes on as it was.
func (c *call) movedTo(r *repo) error {
	parts := strings.SplitN(c.asked.path, "/", 5) // "", repos, owner, name, rest
	rest := ""
	if len(parts) == 5 {
		rest = "/" + parts[4]
	}
	status := http.StatusMovedPermanently
	if c.asked.Method != http.MethodGet {
		status = c.opts.MovedWriteStatus
	}
	return moved(fmt.Sprintf("%s/repositories/%d%s", c.api, r.id, rest), status)
}
