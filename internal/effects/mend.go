package effects

import (
	"context"
	"fmt"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// mend puts back what a person saved into the checklist between our read and our
// write. The text is theirs and goes where they wrote it, as they wrote it; what
// Firebreak shows in it is brought up to date like in any refresh. Where somebody
// wrote there since, one of both would be lost: then the timeline tells of it.
func (t *task) mend(ctx context.Context) error {
	if t.inc.Checklist.Gone {
		t.idle = true
		return nil
	}
	current, err := t.findChecklist(ctx)
	if err != nil || current == nil {
		return err
	}
	switch t.Rules.Words(current.Body) {
	case t.Rules.Words(t.effect.Text):
		t.idle = true
		return nil
	case t.inc.Checklist.Write(t.effect.Wrote).Words:
		return t.putBack(ctx, *current)
	}
	t.idle = true
	return t.record(ctx, workflow.WordsLost{Wrote: t.effect.Wrote, At: t.effect.Happened})
}

func (t *task) putBack(ctx context.Context, current github.Comment) error {
	view, err := t.view(ctx)
	if err != nil {
		return err
	}
	found, err := t.showFound(current, &view)
	if err != nil {
		return fmt.Errorf("check checklist: %w", err)
	}
	body := checklist.Merge(t.Rules.Definition, t.effect.Text, view)
	return t.editChecklist(ctx, current, edition{body: body, found: found, mends: true})
}
