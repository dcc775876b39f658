package effects

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/markdown"
)

// publish opens the follow-ups, then puts page and index into the wiki in one
// commit. What cannot be opened now does not hold the page up: its row is
// marked, and the effect is tried again.
func (t *task) publish(ctx context.Context) error {
	if t.effect.Again && len(t.inc.Postmortem.Failed) > 0 {
		if err := errors.Join(t.record(ctx, workflow.PublishRetried{}), t.reload(ctx)); err != nil {
			return err
		}
	}
	if !t.publishDue() {
		t.idle = true
		return nil
	}
	if _, err := t.here(ctx); err != nil {
		return err
	}
	if err := t.gather(ctx); err != nil {
		return err
	}
	asked := t.inc // what is said from here on is the next publish's
	opened := t.openFollowUps(ctx)
	if err := t.reload(ctx); err != nil {
		return errors.Join(opened, err)
	}
	out, err := t.store(ctx)
	if err != nil {
		return errors.Join(opened, err)
	}
	out.Again = opened != nil && !t.last && !github.Permanent(opened)
	out.Answered = asked.Postmortem.Requests
	out.AsOf = asked.Postmortem.StaleSince
	out.More = opened == nil && len(t.inc.Postmortem.Requests) == 0 && len(t.unasked()) > 0
	if !out.Again {
		out.Problems = t.unopened(asked, opened != nil)
		out.Incomplete = len(out.Problems) > 0
		out.Problems = append(append(out.Problems, t.inc.Body.Problems...), asked.Untold()...)
	}
	return errors.Join(t.record(ctx, out), opened)
}

// publishDue says whether anybody waits for it: somebody asked, the page no
// longer shows the facts, or the wiki is to be tried again.
func (t *task) publishDue() bool {
	p, now := t.inc.Postmortem, t.Clock()
	switch due := p.Due(t.Rules.Quiet); {
	case p.Page == "" || !t.inc.Active:
		return false
	case len(p.Requests) > 0:
		return true
	case !due.IsZero() && !now.Before(due):
		return true
	}
	return p.Waiting != "" && !now.Before(p.RetryAt)
}

// store puts the document where it can be had: the wiki, else one comment.
func (t *task) store(ctx context.Context) (workflow.Published, error) {
	p := &page{task: t}
	out, err := p.toWiki(ctx)
	if err == nil {
		return out, p.retire(ctx)
	}
	reason, remedy := t.noWiki(err)
	if reason == "" {
		return out, err
	}
	return t.toComment(ctx, reason, remedy)
}

// patience is how many attempts a wiki that does not answer is given, about a
// minute, before the document is shown elsewhere.
const patience = 6

func isTemporary(err error) bool {
	var busy *wiki.Temporary
	return errors.As(err, &busy)
}

// noWiki says why the wiki cannot be had and what a person can do about it;
// empty if that is not what went wrong.
func (t *task) noWiki(err error) (reason, remedy string) {
	home := t.inc.Place.RepositoryURL() + "/wiki"
	switch {
	case errors.Is(err, errTaken):
		return "The wiki's page `" + t.inc.Postmortem.Page + "` is not this one: it is the post-mortem of another incident, or not in Markdown.",
			"Rename or delete it in the wiki; the post-mortem moves there by itself."
	case errors.Is(err, errHuge):
		return "The wiki's page `" + t.inc.Postmortem.Page + "` has more than 1 MiB, which is too much to be brought up to date.",
			"Shorten it in the wiki; the post-mortem moves there by itself."
	case errors.Is(err, errUnspeakable):
		return "The post-mortem's page was renamed in the wiki, and the name looks as if it held a secret or personal data.",
			"Give the page another name; the post-mortem moves there by itself."
	case errors.Is(err, wiki.ErrNoWiki) || github.Is(err, github.NotFound):
		return "The wiki cannot be had: it has no page yet, or it is switched off.",
			"Create its first page at " + home + " (or switch the wiki on in the repository's settings); the post-mortem moves there by itself."
	case errors.Is(err, wiki.ErrDenied) || github.Is(err, github.Forbidden) || github.Is(err, github.Invalid):
		return "The wiki cannot be written: this App's installation does not have the permission Contents: write.",
			"An owner can grant it in the App's installation settings; the post-mortem moves to the wiki by itself."
	case t.attempt >= patience && isTemporary(err):
		return "The wiki does not answer.", "Nothing needs to be done; the post-mortem moves there when it does."
	case errors.Is(err, wiki.ErrTooLarge):
		return "The wiki is over its limits: what its server sends to have one page changed weighs more than 64 MiB.",
			"Take large files out of the wiki; the post-mortem moves there by itself."
	}
	return "", ""
}

// unopened says in sentences which of the action items that were asked for have
// no issue, and why.
func (t *task) unopened(asked workflow.Incident, failed bool) []string {
	if len(asked.Postmortem.Requests) == 0 {
		return nil
	}
	wanted := map[string]bool{}
	for _, a := range asked.Actions {
		wanted[a.ID] = true
	}
	var out, left []string
	for _, a := range t.inc.Unopened() {
		if !wanted[a.ID] {
			continue
		}
		text := "“" + markdown.Inline(markdown.Clip(a.Text, 100)) + "”"
		if a.Problem != "" {
			out = append(out, "No follow-up for "+text+": "+a.Problem)
		} else {
			left = append(left, text)
		}
	}
	if len(left) == 0 {
		return out
	}
	why := fmt.Sprintf("since one publish opens at most %d; comment `/postmortem` for the rest", workflow.MaxFollowUps)
	if failed {
		why = "since GitHub kept refusing; comment `/postmortem` to try again"
	}
	return append(out, fmt.Sprintf("%d action items have no follow-up yet, %s: %s.", len(left), why, strings.Join(left, ", ")))
}
