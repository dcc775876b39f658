package effects

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/workflow"
)

// feedback gives a comment a reaction. GitHub gives each once only, so a repeat
// changes nothing; a comment deleted meanwhile needs none, nor does a command
// that was given up, and carried out after all before that could be told.
func (t *task) feedback(ctx context.Context) error {
	id := t.effect.Comment
	if t.effect.Reaction == workflow.ReactionFailed && t.inc.Failed[id] && t.inc.Seen[id] {
		return nil
	}
	return ignoreGone(t.repo.React(ctx, t.inc.Place.Number, t.effect.Comment, t.effect.Reaction))
}

// reply answers a comment in words, once, found again by its marker.
func (t *task) reply(ctx context.Context) error {
	marker := workflow.MarkReply(t.effect.Comment)
	if _, err := t.here(ctx); err != nil {
		return err
	}
	body, err := t.clean(marker + "\n" + t.effect.Text)
	if err != nil {
		return fmt.Errorf("check reply: %w", err)
	}
	return t.postOnce(ctx, marker, body)
}

// postOnce writes a comment unless the one with its marker is there; that is
// brought up to date.
func (t *task) postOnce(ctx context.Context, marker, body string) error {
	there, err := t.findOwn(ctx, t.since, func(b string) bool { return strings.HasPrefix(b, marker) })
	if err != nil {
		return err
	}
	if there == nil {
		_, err = t.repo.CreateComment(ctx, t.inc.Place.Number, body)
		return err
	}
	if there.Body == body {
		return nil
	}
	return t.repo.EditComment(ctx, there.ID, body)
}

// findOwn returns the first of the App's own comments, changed since a time,
// that fits; nil if none does. A marker in anybody else's comment is no marker.
func (t *task) findOwn(ctx context.Context, since time.Time, fits func(body string) bool) (*github.Comment, error) {
	comments, err := t.repo.Comments(ctx, t.inc.Place.Number, since)
	if err != nil {
		return nil, err
	}
	for _, c := range comments {
		if c.Author == t.bot.ID && fits(c.Body) {
			return &c, nil
		}
	}
	return nil, nil
}

// ignoreGone lets answers to what was deleted go.
func ignoreGone(err error) error {
	if github.Is(err, github.NotFound) || github.Is(err, github.Gone) {
		return nil
	}
	return err
}
