package effects

import (
	"context"
	"errors"
	"fmt"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// checklist posts the checklist once and refreshes it when the burst of changes
// is over. Ticks found in the comment that no delivery told of yet stay.
func (t *task) checklist(ctx context.Context) error {
	c := t.inc.Checklist
	if c.Gone || c.CommentID != 0 && t.notDue() {
		t.idle = true
		return nil
	}
	view, err := t.view(ctx)
	if err != nil {
		return err
	}
	current, err := t.findChecklist(ctx)
	if err != nil {
		return err
	}
	if current == nil {
		return t.postChecklist(ctx, view)
	}
	return t.refreshChecklist(ctx, *current, view)
}

// notDue says that there is nothing to show, or that a later effect shows it.
func (t *task) notDue() bool {
	due := t.inc.Checklist.Due(t.Rules.Quiet)
	return due.IsZero() || t.Clock().Before(due)
}

func (t *task) view(ctx context.Context) (checklist.View, error) {
	timeline, err := t.Store.Timeline(ctx, t.inc.Key)
	if err != nil {
		return checklist.View{}, fmt.Errorf("read timeline: %w", err)
	}
	view := t.Rules.View(t.inc, timeline, t.Clock(), command.Brief())
	ledger, err := t.clean(checklist.Ledger(t.inc.Key.String(), t.Rules.Ticks(t.inc, timeline)))
	if err != nil {
		return checklist.View{}, fmt.Errorf("check ledger: %w", err)
	}
	view.Ledger = checklist.Sealed(ledger, t.Seal.Of(ledger))
	return view, nil
}

// findChecklist returns the comment as it is now; nil if there is none. Before
// one is posted it is looked for by its marker: the answer to an earlier post
// may have got lost, or the issue come from elsewhere with its comments.
func (t *task) findChecklist(ctx context.Context) (*github.Comment, error) {
	if id := t.inc.Checklist.CommentID; id != 0 {
		c, err := t.repo.Comment(ctx, id)
		switch missing := github.Is(err, github.NotFound) || github.Is(err, github.Gone); {
		case missing && t.inc.Checklist.Moved:
			return t.movedChecklist(ctx)
		case missing:
			return nil, t.checklistGone(ctx, id)
		}
		return &c, err
	}
	if _, err := t.here(ctx); err != nil {
		return nil, err
	}
	return t.findOwn(ctx, t.inc.Created.Add(-skew), checklist.IsChecklist)
}

// checklistGone records that the comment was deleted, if the issue is there to
// be seen: otherwise the repository is out of reach, which may pass.
func (t *task) checklistGone(ctx context.Context, id int64) error {
	if _, err := t.here(ctx); err != nil {
		return err
	}
	return t.record(ctx, workflow.ChecklistDeleted{CommentID: id})
}

// errUnderWay says that a transferred issue's checklist is not there yet.
var errUnderWay = errors.New("the checklist has not arrived with its issue")

// movedChecklist finds the checklist of a transferred issue, whose comments are
// copied: by its marker, under another id, and not all at once. One that does not
// arrive is posted anew.
func (t *task) movedChecklist(ctx context.Context) (*github.Comment, error) {
	if _, err := t.here(ctx); err != nil {
		return nil, err
	}
	c, err := t.findOwn(ctx, t.inc.Created.Add(-skew), checklist.IsChecklist)
	if err == nil && c == nil && t.attempt < patience {
		return nil, errUnderWay
	}
	return c, err
}

func (t *task) postChecklist(ctx context.Context, view checklist.View) error {
	if t.inc.Checklist.CommentID != 0 && !t.inc.Checklist.Moved {
		return nil
	}
	body, err := t.clean(checklist.New(t.Rules.Definition, view))
	if err != nil {
		return fmt.Errorf("check checklist: %w", err)
	}
	c, err := t.repo.CreateComment(ctx, t.inc.Place.Number, body)
	if err != nil {
		return err
	}
	return t.shown(ctx, c, nil)
}

func (t *task) refreshChecklist(ctx context.Context, current github.Comment, view checklist.View) error {
	found, err := t.showFound(current, &view)
	if err != nil {
		return fmt.Errorf("check checklist: %w", err)
	}
	body := checklist.Merge(t.Rules.Definition, current.Body, view)
	return t.editChecklist(ctx, current, edition{body: body, found: found})
}

// showFound makes a view that is about to be merged show the ticks found in the
// comment that no delivery told of yet, which it returns.
func (t *task) showFound(current github.Comment, view *checklist.View) ([]string, error) {
	found := t.unheard(current.Body)
	for _, id := range found {
		m := view.Marks[id]
		m.Ticked = true
		view.Marks[id] = m
	}
	return found, t.cleanView(view)
}

// edition is a checklist as it is about to be written: found are the ticks in it
// that no delivery told of yet; mends says that it puts words of people back.
type edition struct {
	body  string
	found []string
	mends bool
}

// editChecklist replaces the comment unless it is so already. That it is about to
// is recorded first: somebody may save theirs before it is done.
func (t *task) editChecklist(ctx context.Context, current github.Comment, next edition) error {
	if next.body != current.Body {
		writing := workflow.ChecklistWriting{
			Based: workflow.TextHash(current.Body), Wrote: workflow.TextHash(next.body), Mends: next.mends,
		}
		if err := t.record(ctx, writing); err != nil {
			return fmt.Errorf("record what is about to be written: %w", err)
		}
		if err := t.repo.EditComment(ctx, current.ID, next.body); err != nil {
			return err
		}
	}
	return t.shown(ctx, current, next.found)
}

// cleanView checks what is about to be merged into the comment. What people
// wrote in the comment themselves is theirs and stays.
func (t *task) cleanView(view *checklist.View) error {
	var errs []error
	pass := func(text *string) {
		clean, err := t.clean(*text)
		*text = clean
		errs = append(errs, err)
	}
	for n := range view.Timeline {
		pass(&view.Timeline[n].What)
	}
	for n := range view.FollowUps {
		pass(&view.FollowUps[n].Text)
	}
	for id, m := range view.Marks {
		pass(&m.Evidence)
		view.Marks[id] = m
	}
	return errors.Join(errs...)
}

// unheard lists the boxes that are ticked in the comment, were not when
// Firebreak wrote it last, and are not by what is known.
func (t *task) unheard(body string) []string {
	now := t.Rules.BoxesShown(t.inc)
	var found []string
	for id, ticked := range checklist.Read(t.Rules.Definition, body).Ticked {
		if ticked && !now[id] && !t.inc.Checklist.Shown[id] {
			found = append(found, id)
		}
	}
	return found
}

func (t *task) shown(ctx context.Context, c github.Comment, found []string) error {
	return t.record(ctx, workflow.ChecklistWritten{
		CommentID: c.ID, URL: c.URL, Version: t.inc.Version, LastChange: t.inc.Checklist.LastChange,
		Shown: t.Rules.BoxesShown(t.inc), Found: found,
	})
}
