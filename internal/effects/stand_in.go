package effects

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// toComment shows the document in one comment, updated in place, while there is
// no wiki to be had. The comment says why and what to do about it, once.
func (t *task) toComment(ctx context.Context, reason, remedy string) (workflow.Published, error) {
	timeline, err := t.Store.Timeline(ctx, t.inc.Key)
	if err != nil {
		return workflow.Published{}, fmt.Errorf("read timeline: %w", err)
	}
	doc := workflow.Document(t.inc, timeline, t.Zone)
	marker := workflow.MarkStandIn(t.inc.Marker())
	body, err := t.clean(postmortem.Comment(doc, postmortem.Lead{Marker: marker, Reason: reason, Remedy: remedy}))
	if err != nil {
		return workflow.Published{}, fmt.Errorf("check post-mortem: %w", err)
	}
	out := workflow.Published{Store: workflow.StoreIssue, Waiting: reason, Remedy: remedy, Filled: postmortem.FilledSections(body)}
	err = t.showInComment(ctx, body, &out)
	return out, err
}

func (t *task) showInComment(ctx context.Context, body string, out *workflow.Published) error {
	there, err := t.findStandIn(ctx)
	if err != nil {
		return err
	}
	if there != nil && t.inc.Postmortem.Store != workflow.StoreWiki {
		body = mergeComment(there.Body, body)
	}
	if there == nil {
		c, err := t.repo.CreateComment(ctx, t.inc.Place.Number, body)
		out.CommentID, out.URL = c.ID, c.URL
		return err
	}
	out.CommentID, out.URL, out.Unchanged = there.ID, there.URL, there.Body == body
	if out.Unchanged {
		return nil
	}
	return t.repo.EditComment(ctx, there.ID, body)
}

func (t *task) findStandIn(ctx context.Context) (*github.Comment, error) {
	marker := workflow.MarkStandIn(t.inc.Marker())
	return t.findOwn(ctx, t.inc.Created.Add(-skew), func(b string) bool { return strings.HasPrefix(b, marker) })
}

// maxComment is the most that GitHub takes, in characters.
const maxComment = 65_536

// mergeComment brings the comment up to date and keeps what people wrote in it;
// where both do not fit, theirs stays as it is.
func mergeComment(theirs, ours string) string {
	merged := postmortem.Merge("", theirs, ours).Text
	if utf8.RuneCountInString(merged) > maxComment {
		return theirs
	}
	return merged
}

// standingIn returns the comment's text while it stands in for the page: what
// people wrote in it moves to the wiki too.
func (t *task) standingIn(ctx context.Context) (string, error) {
	p := t.inc.Postmortem
	if p.CommentID == 0 || p.Store != workflow.StoreIssue {
		return "", nil
	}
	c, err := t.repo.Comment(ctx, p.CommentID)
	if !github.Is(err, github.NotFound) {
		return c.Body, ignoreGone(err)
	}
	// In a transferred issue it has another id.
	there, err := t.findStandIn(ctx)
	if there == nil {
		return "", err
	}
	return there.Body, err
}

// retireComment leaves a link in the comment that stood in for the page once
// the wiki holds the document. Where it cannot, the document is published all
// the same.
func (t *task) retireComment(ctx context.Context) error {
	p := t.inc.Postmortem
	if p.CommentID == 0 || p.Store == workflow.StoreWiki {
		return nil
	}
	body := fmt.Sprintf("%s\nThe post-mortem has moved to the wiki: %s", workflow.MarkStandIn(t.inc.Marker()), t.inc.Place.PageURL(p.Page))
	err := t.repo.EditComment(ctx, p.CommentID, body)
	if t.last || github.Permanent(err) {
		return nil
	}
	return err
}
