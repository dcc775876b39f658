package wiki

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-git/go-git/v5/plumbing"
)

// Commit is what became of a change.
type Commit struct {
	// SHA is the commit that holds the change; empty if nothing was to change
	// in a wiki without any commit.
	SHA string
	// Unchanged means that the wiki held it already and nothing was committed.
	Unchanged bool
	// Attempts counts how often the change was made, from one.
	Attempts int
}

// Edit says what to change, given the newest state of the wiki. It is called
// afresh for every attempt and must not rely on an earlier call.
type Edit func(ctx context.Context, now Snapshot) (Change, error)

// Commit makes one commit of what edit says, on the newest commit of the branch
// that the wiki shows. When somebody else pushes in between, everything is done
// again on top of theirs, until the attempts are used up: ErrConflict.
//
// Calling it again after any error is safe. If the push of the first call did
// arrive although its answer was lost, the wiki holds the content by then, and
// the second call reports it as Unchanged.
//
// Errors: ErrNoWiki, ErrDenied, ErrTooLarge, ErrConflict, ErrElsewhere,
// *Temporary, ctx's own, and edit's.
func (c *Client) Commit(ctx context.Context, to Remote, by Author, edit Edit) (Commit, error) {
	t := &task{client: c, remote: to, by: by.signature(c.now()), edit: edit}
	for attempt := 1; ; attempt++ {
		done, err := t.attempt(ctx)
		if err == nil {
			done.Attempts = attempt
			return done, nil
		}
		if err := t.fatal(err, attempt); err != nil {
			return Commit{}, err
		}
		if err := c.wait(ctx, attempt); err != nil {
			return Commit{}, fmt.Errorf("commit to wiki: %w", err)
		}
	}
}

// Read hands the wiki's newest state to read. Errors are those of Commit.
func (c *Client) Read(ctx context.Context, from Remote, read func(ctx context.Context, now Snapshot) error) error {
	s, err := c.open(ctx, from)
	if err != nil {
		return err
	}
	return read(ctx, s)
}

// task is one call of Commit.
type task struct {
	client *Client
	remote Remote
	by     signature
	edit   Edit
	// open is the commit whose push went unanswered in the attempt before.
	open plumbing.Hash
}

// attempt goes once through fetch, edit and push.
func (t *task) attempt(ctx context.Context) (Commit, error) {
	s, err := t.client.open(ctx, t.remote)
	if err != nil {
		return Commit{}, err
	}
	if !t.open.IsZero() && s.head == t.open {
		return Commit{SHA: s.Head()}, nil
	}
	change, err := t.edit(ctx, s)
	if err != nil {
		return Commit{}, fmt.Errorf("edit wiki: %w", err)
	}
	d, err := s.draft(change, t.by)
	if err != nil {
		return Commit{}, err
	}
	if d == nil {
		return Commit{SHA: s.Head(), Unchanged: true}, nil
	}
	if err := t.client.push(ctx, s, d); err != nil {
		return Commit{}, t.note(err, d)
	}
	return Commit{SHA: d.hash.String()}, nil
}

// note remembers a commit that may have arrived. A second push without an answer
// is given up: the server is in trouble, and the caller knows when to come back.
func (t *task) note(err error, d *draft) error {
	var lost *unanswered
	if !errors.As(err, &lost) {
		return err
	}
	if t.open.IsZero() {
		t.open = d.hash
		return err
	}
	return lost.err
}

// fatal gives the error to end with, or nil to try again.
func (t *task) fatal(err error, attempt int) error {
	var race *rejected
	if errors.As(err, &race) {
		if attempt < t.client.attempts {
			return nil
		}
		return fmt.Errorf("commit to wiki: %w: %s", ErrConflict, race.reason)
	}
	var lost *unanswered
	if !errors.As(err, &lost) {
		return err
	}
	var passing *Temporary
	if attempt >= t.client.attempts || (errors.As(lost.err, &passing) && passing.After > 0) {
		return lost.err
	}
	return nil
}
