package sandbox

import (
	"fmt"
	"slices"
	"time"
)

// deployment is one that a person recorded.
type deployment struct {
	id          int64
	ref, env    string
	description string
	creator     *user
	at          time.Time
	state       string // its one status: success, failure, …
}

// Deploy records a deployment of a commit, at a time of the past or now, with one
// status: success, failure, error, … It needs write.
func (p *Person) Deploy(repoName, sha, environment, state, description string, at time.Time) error {
	return p.in(repoName, func(w *world, a actor, r *repo) error {
		if err := a.need(r, RoleWrite); err != nil {
			return err
		}
		r.deploys = append(r.deploys, &deployment{
			id: w.id("deployment"), ref: sha, env: environment, description: description,
			creator: a.user, at: at.UTC().Truncate(time.Second), state: state,
		})
		return nil
	})
}

// deploymentJSON is the schema deployment.
func (w *world) deploymentJSON(r *repo, d *deployment) object {
	api := fmt.Sprintf("%s/deployments/%d", w.repoAPI(r), d.id)
	return object{
		"id": d.id, "node_id": nodeID("DE", d.id), "url": api, "sha": d.ref, "ref": d.ref, "task": "deploy", "payload": object{},
		"original_environment": d.env, "environment": d.env, "description": orNull(d.description), "creator": w.userJSON(d.creator),
		"created_at": stamp(d.at), "updated_at": stamp(d.at), "statuses_url": api + "/statuses", "repository_url": w.repoAPI(r),
		"transient_environment": false, "production_environment": d.env == "production", "performed_via_github_app": nil,
	}
}

// statusJSON is the schema deployment-status.
func (w *world) statusJSON(r *repo, d *deployment) object {
	api := fmt.Sprintf("%s/deployments/%d", w.repoAPI(r), d.id)
	return object{
		"id": d.id + 1_000_000, "node_id": nodeID("DES", d.id), "url": api + "/statuses/1", "state": d.state,
		"creator": w.userJSON(d.creator), "description": d.description, "environment": d.env, "target_url": "",
		"created_at": stamp(d.at), "updated_at": stamp(d.at), "deployment_url": api, "repository_url": w.repoAPI(r),
		"environment_url": "", "log_url": "", "performed_via_github_app": nil,
	}
}

func deploymentRoutes() []route {
	const of = "/repos/{owner}/{repo}/deployments"
	return []route{
		on("GET", of, reads("deployments"), (*call).listDeployments),
		on("GET", of+"/{deployment_id}/statuses", reads("deployments"), (*call).listStatuses),
	}
}

// listDeployments: newest first.
func (c *call) listDeployments() (reply, error) {
	env, sha, ref, list := c.query("environment", ""), c.query("sha", ""), c.query("ref", ""), []object{}
	for _, d := range slices.Backward(c.repo.deploys) {
		if (env == "" || env == d.env) && (sha == "" || sha == d.ref) && (ref == "" || ref == d.ref) {
			list = append(list, c.deploymentJSON(c.repo, d))
		}
	}
	return page(c, list)
}

func (c *call) listStatuses() (reply, error) {
	id, err := c.number("deployment_id")
	if err != nil {
		return reply{}, err
	}
	for _, d := range c.repo.deploys {
		if d.id == id {
			return page(c, []object{c.statusJSON(c.repo, d)})
		}
	}
	return reply{}, errNotFound
}
