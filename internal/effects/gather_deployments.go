package effects

import (
	"context"
	"regexp"
	"strings"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/workflow"
)

// deployments reads what was deployed while the incident went on.
func (g *gathering) deployments(ctx context.Context) error {
	from, to := g.inc.Window(g.Clock())
	list, whole, err := g.repo.Deployments(ctx, from, to, deploymentPages)
	if github.Is(err, github.Forbidden) || github.Is(err, github.NotFound) {
		g.out.Ungranted = true
		return nil
	}
	if err != nil {
		return err
	}
	for _, d := range list[:min(len(list), maxDeployments)] {
		known, err := g.went(ctx, d)
		if err != nil {
			return err
		}
		is, err := g.deployment(d, known)
		if err != nil {
			return err
		}
		g.out.Deployments = append(g.out.Deployments, is)
	}
	g.out.Deployed = true
	if !whole {
		g.out.Problem = "There were so many deployments since that those of the incident's own time were not all looked at."
	}
	return nil
}

// went returns what is known of how a deployment went. That is asked for unless it
// was known for good before, of so many at a time.
func (g *gathering) went(ctx context.Context, d github.Deployment) (workflow.Deployment, error) {
	var known workflow.Deployment
	for _, was := range g.inc.Evidence.Deployments {
		if was.ID == d.ID {
			known = was
		}
	}
	if known.Settled() || g.statuses == maxStatuses {
		return known, nil
	}
	g.statuses++
	status, err := g.repo.DeploymentStatus(ctx, d.ID)
	if err != nil && !github.Is(err, github.NotFound) { // deleted meanwhile
		return known, err
	}
	known.State, known.URL = status.State, g.leadsTo(d, status.Log)
	return known, nil
}

func (g *gathering) deployment(d github.Deployment, known workflow.Deployment) (workflow.Deployment, error) {
	out := workflow.Deployment{ID: d.ID, By: d.By, At: d.At, State: known.State, URL: known.URL}
	if out.URL == "" {
		out.URL = g.leadsTo(d, "")
	}
	ref := d.Ref
	if isSHA.MatchString(ref) {
		ref = ref[:7]
	}
	var err error
	if out.Ref, err = g.text(ref, maxDeployed); err != nil {
		return out, err
	}
	out.Environment, err = g.text(d.Environment, maxDeployed)
	return out, err
}

var isSHA = regexp.MustCompile(`^[0-9a-f]{40}([0-9a-f]{24})?$`)

// leadsTo is where a deployment is read about: the log of the run that made it,
// where that is in the repository itself, else what was deployed. Whatever else a
// deployer calls a log may hold what nobody else should get.
func (g *gathering) leadsTo(d github.Deployment, log string) string {
	home := g.inc.Place.RepositoryURL()
	switch {
	case strings.HasPrefix(log, home+"/actions/runs/") && !strings.ContainsAny(log, "?#"):
		return log
	case isSHA.MatchString(d.SHA):
		return home + "/commit/" + d.SHA
	}
	return ""
}
