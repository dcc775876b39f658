package effects

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

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
	// statuses counts the deployments of which it was asked how they went.
	statuses int
	// unsafe says that the gate cannot tell of a text: nothing goes on then.
	unsafe bool
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
