package effects

import (
	"context"
	"errors"
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
	if there == nil {
		c, err := t.repo.CreateComment(ctx, t.inc.Place.Number, postmortem.Merge("", "", body).Text)
		out.CommentID, out.URL = c.ID, c.URL
		return err
	}
	theirs := there.Body
	if retired, _ := postmortem.IsRetired(theirs); retired {
		theirs = ""
	}
	merged := mergeComment(theirs, body)
	body, out.Kept, out.Deleted, out.Left, out.Open = merged.Text, merged.Kept, merged.Deleted, merged.Left, merged.Open
	out.CommentID, out.URL, out.Unchanged = there.ID, there.URL, there.Body == body
	if out.Unchanged {
		return nil
	}
	return t.repo.EditComment(ctx, there.ID, body)
}

// findStandIn finds the comment in the page's place, or the link that is left of
// it. One that was retired with people's words in it stays theirs for good.
func (t *task) findStandIn(ctx context.Context) (*github.Comment, error) {
	marker := workflow.MarkStandIn(t.inc.Marker())
	return t.findOwn(ctx, t.inc.Created.Add(-skew), func(b string) bool {
		retired, bare := postmortem.IsRetired(b)
		return strings.HasPrefix(b, marker) && (bare || !retired)
	})
}

// maxComment is the most that GitHub takes, in characters.
const maxComment = 65_536

// mergeComment brings the comment up to date and keeps what people wrote in it;
// where both do not fit, theirs stays as it is.
func mergeComment(theirs, ours string) postmortem.Merged {
	merged := postmortem.Merge("", theirs, ours)
	if utf8.RuneCountInString(merged.Text) > maxComment {
		return postmortem.Merged{Text: theirs}
	}
	return merged
}

// standingIn returns the comment while it stands in for the page, nil if none
// does: what people wrote in it moves to the wiki too.
func (t *task) standingIn(ctx context.Context) (*github.Comment, error) {
	p := t.inc.Postmortem
	if p.CommentID == 0 || p.Store != workflow.StoreIssue {
		return nil, nil
	}
	found, err := t.repo.Comment(ctx, p.CommentID)
	there := &found
	if github.Is(err, github.NotFound) {
		// In a transferred issue it has another id.
		there, err = t.findStandIn(ctx)
	}
	if err != nil || there == nil {
		return nil, ignoreGone(err)
	}
	if retired, _ := postmortem.IsRetired(there.Body); retired {
		return nil, nil
	}
	return there, nil
}

// errEdited says that people wrote in the comment while it moved to the wiki.
var errEdited = errors.New("the comment in the page's place was edited meanwhile")

// retire leaves a link in the comment that stood in for the page once the wiki
// holds the document, and what people wrote there that the page does not say.
// Where it cannot, the document is published all the same.
func (p *page) retire(ctx context.Context) error {
	if p.stood == nil {
		return nil
	}
	url := p.inc.Place.PageURL(p.spot.name)
	body, fits := postmortem.Retired(workflow.MarkStandIn(p.inc.Marker()), url, p.left)
	if !fits {
		return nil
	}
	now, err := p.repo.Comment(ctx, p.stood.ID)
	switch {
	case err != nil:
	case now.Body != p.stood.Body:
		err = errEdited
	default:
		err = p.repo.EditComment(ctx, p.stood.ID, body)
	}
	if p.last || github.Permanent(err) {
		return nil
	}
	return err
}
