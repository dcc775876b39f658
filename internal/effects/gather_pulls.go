package effects

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/workflow"
)

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
