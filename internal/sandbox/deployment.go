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
	statuses    []deployStatus // oldest first
}

// deployStatus is how a deployment went, from some time on.
type deployStatus struct {
	id    int64
	state string // success, failure, inactive, …
	log   string
	at    time.Time
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
			creator: a.user, at: at.UTC().Truncate(time.Second),
		})
		r.deploys[len(r.deploys)-1].add(state, "", at)
		return nil
	})
}

// SetDeployment gives the newest deployment of an environment another status, with
// the address of a log or none. It needs write.
func (p *Person) SetDeployment(repoName, environment, state, log string) error {
	return p.in(repoName, func(w *world, a actor, r *repo) error {
		if err := a.need(r, RoleWrite); err != nil {
			return err
		}
		for _, d := range slices.Backward(r.deploys) {
			if d.env == environment {
				d.add(state, log, w.now())
				return nil
			}
		}
		return fmt.Errorf("deployment to %s: %w", environment, errNotFound)
	})
}

func (d *deployment) add(state, log string, at time.Time) {
	id := d.id*1000 + int64(len(d.statuses))
	d.statuses = append(d.statuses, deployStatus{id: id, state: state, log: log, at: at.UTC().Truncate(time.Second)})
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
func (w *world) statusJSON(r *repo, d *deployment, s deployStatus) object {
	api := fmt.Sprintf("%s/deployments/%d", w.repoAPI(r), d.id)
	return object{
		"id": s.id, "node_id": nodeID("DES", s.id), "url": fmt.Sprintf("%s/statuses/%d", api, s.id), "state": s.state,
		"creator": w.userJSON(d.creator), "description": d.description, "environment": d.env, "target_url": s.log,
		"created_at": stamp(s.at), "updated_at": stamp(s.at), "deployment_url": api, "repository_url": w.repoAPI(r),
		"environment_url": "", "log_url": s.log, "performed_via_github_app": nil,
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

// listStatuses: newest first.
func (c *call) listStatuses() (reply, error) {
	id, err := c.number("deployment_id")
	if err != nil {
		return reply{}, err
	}
	for _, d := range c.repo.deploys {
		if d.id == id {
			list := []object{}
			for _, s := range slices.Backward(d.statuses) {
				list = append(list, c.statusJSON(c.repo, d, s))
			}
			return page(c, list)
		}
	}
	return reply{}, errNotFound
}
