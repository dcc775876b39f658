package effects

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// What is asked for at most: up to 10 requests for an issue's timeline, mostly
// one, and up to 13 for deployments, mostly one and one for each that is new.
const (
	timelinePages   = 10
	deploymentPages = 3
	maxStatuses     = 10
	maxPulls        = 30
	maxDeployments  = 20
	// Characters of a pull request's title, and of an environment or a ref.
	maxPullTitle = 200
	maxDeployed  = 100
	// gatherAttempts is how often a publish is tried before it does without what
	// cannot be read: a page that lacks something is better than none.
	gatherAttempts = 3
)

// gather reads what GitHub shows around the incident and records it, once for
// each time that somebody asked, and once when the issue is closed.
func (t *task) gather(ctx context.Context) error {
	g := gathering{task: t, redacted: redact.Findings{}}
	due := false
	if g.out.For, due = t.inc.GatherFor(); !due {
		return nil
	}
	err := errors.Join(g.pulls(ctx), g.deployments(ctx))
	switch {
	case err == nil:
	case ctx.Err() != nil || limit(err) > 0 || github.Lost(err) || g.unsafe || !github.Permanent(err) && t.attempt < gatherAttempts && !t.last:
		return fmt.Errorf("gather evidence: %w", err)
	default:
		g.out.Problem = "GitHub did not show all pull requests and deployments around the incident. Comment `/postmortem` to have them looked for again."
	}
	g.out.Redacted = maps.Clone(g.redacted)
	return errors.Join(t.record(ctx, g.out), t.reload(ctx))
}

// gathering is evidence on its way in.
type gathering struct {
	*task
	out      workflow.Gathered
	redacted redact.Findings
	// unsafe says that the gate cannot tell of a text: nothing goes on then.
	unsafe bool
}

// pulls reads which pull requests name the issue.
func (g *gathering) pulls(ctx context.Context) error {
	found, err := g.repo.References(ctx, g.inc.Place.Number, timelinePages)
	if err != nil {
		return err
	}
	for _, ref := range slices.Backward(found.Pulls) {
		switch {
		case !ref.Here:
			g.out.Elsewhere++
		case len(g.out.PullRequests) < maxPulls:
			pull, err := g.pull(ref, found.Closes)
			if err != nil {
				return err
			}
			g.out.PullRequests = append(g.out.PullRequests, pull)
		}
	}
	slices.Reverse(g.out.PullRequests)
	for _, c := range found.Closes {
		if isSHA.MatchString(c.Commit) {
			g.out.Commit = workflow.Commit{SHA: c.Commit, At: c.At}
		}
	}
	g.out.Pulls = true
	if !found.Whole {
		g.out.Problem = "So much happened on this issue that not all of it was looked through for pull requests."
	}
	return nil
}

func (g *gathering) pull(ref github.Reference, closes []github.Close) (workflow.PullRequest, error) {
	p := workflow.PullRequest{ID: ref.ID, Number: ref.Number, URL: ref.URL, Author: ref.Author, State: "open", At: ref.Created}
	switch {
	case !ref.Merged.IsZero():
		p.State, p.At, p.Fix = workflow.PullMerged, ref.Merged, g.fixes(ref, closes)
	case !ref.Closed.IsZero():
		p.State, p.At = "closed", ref.Closed
	case ref.Draft:
		p.State = "draft"
	}
	var err error
	p.Title, err = g.text(ref.Title, maxPullTitle)
	return p, err
}

// closing are the words by which GitHub closes an issue when the pull request is
// merged whose text has them.
//
// https://docs.github.com/en/issues/tracking-your-work-with-issues/linking-a-pull-request-to-an-issue
var closing = regexp.MustCompile(`(?i)\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):?\s+(?:([\w.-]+/[\w.-]+)?#|https?://[^\s/]+/([\w.-]+/[\w.-]+)/issues/)(\d+)\b`)

// atOnce is how far apart GitHub's times of a merge and of the close that it
// causes may be.
const atOnce = 10 * time.Second

// fixes says whether a merged pull request ended the incident: its text says that
// it closes it, or the issue was closed by the merge.
func (g *gathering) fixes(ref github.Reference, closes []github.Close) bool {
	at := g.inc.Place
	for _, m := range closing.FindAllStringSubmatch(ref.Body, -1) {
		repo := m[1] + m[2]
		if m[3] == fmt.Sprint(at.Number) && (repo == "" || strings.EqualFold(repo, at.Owner+"/"+at.Repo)) {
			return true
		}
	}
	return slices.ContainsFunc(closes, func(c github.Close) bool { return c.At.Sub(ref.Merged).Abs() <= atOnce })
}

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
	known, asked := map[int64]workflow.Deployment{}, 0
	for _, d := range g.inc.Evidence.Deployments {
		known[d.ID] = d
	}
	for _, d := range list[:min(len(list), maxDeployments)] {
		was := known[d.ID]
		if !was.Settled() && asked < maxStatuses {
			asked++
			status, err := g.repo.DeploymentStatus(ctx, d.ID)
			if err != nil && !github.Is(err, github.NotFound) { // deleted meanwhile
				return err
			}
			was.State, was.URL = status.State, g.leadsTo(d, status.Log)
		}
		is, err := g.deployment(d, was)
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

// text passes what somebody wrote through the gate, puts it on one line and cuts
// it, in this order.
func (g *gathering) text(text string, most int) (string, error) {
	clean, found, err := g.Gate.Clean(strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", ""))
	if err != nil {
		g.unsafe = true
		return "", err
	}
	g.redacted.Add(found)
	return markdown.Clip(strings.Join(strings.Fields(clean), " "), most), nil
}
