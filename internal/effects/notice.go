package effects

import (
	"context"
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/workflow"
)

const noticeMark = "<!-- firebreak:notice v1 -->"

// notice says in a comment that the checklist, where all else is told, cannot be
// written, once; and when it can again, in the same comment.
func (t *task) notice(ctx context.Context) error {
	text := t.inc.Refused[workflow.EffectChecklist].Text
	if _, err := t.here(ctx); err != nil {
		return err
	}
	there, err := t.findOwn(ctx, t.inc.Created.Add(-skew), func(b string) bool { return strings.HasPrefix(b, noticeMark) })
	if err != nil {
		return err
	}
	if text == "" {
		text = "The checklist is written again."
	}
	body, err := t.clean(noticeMark + "\n" + text)
	if err != nil {
		return fmt.Errorf("check notice: %w", err)
	}
	switch {
	case there == nil && t.inc.Refused[workflow.EffectChecklist].Text == "", there != nil && there.Body == body:
		return nil
	case there == nil:
		_, err = t.repo.CreateComment(ctx, t.inc.Place.Number, body)
		return err
	}
	return t.repo.EditComment(ctx, there.ID, body)
}
