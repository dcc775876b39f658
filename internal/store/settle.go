package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
)

// soon is how far ahead Settle waits for what is due: less than the half minute
// after which a wiki that could not be had is tried again.
const soon = 20 * time.Second

var errStopped = errors.New("jobs are stopped")

// Settle returns once nothing is left to do: no delivery is open, and no job is
// due soon. It is woken by jobs as they end.
func (db *DB) Settle(ctx context.Context) error {
	ended, cancel := db.jobs().Subscribe(river.EventKindJobCompleted, river.EventKindJobCancelled,
		river.EventKindJobFailed, river.EventKindJobSnoozed)
	defer cancel()
	return db.settle(ctx, ended)
}

func (db *DB) settle(ctx context.Context, ended <-chan *river.Event) error {
	look := time.NewTicker(time.Second)
	defer look.Stop()
	for {
		left, err := db.unfinished(ctx)
		if err != nil || left == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("settle, with %d left to do: %w", left, ctx.Err())
		case <-look.C: // another process may have ended the last
		case _, running := <-ended:
			if !running {
				return fmt.Errorf("settle, with %d left to do: %w", left, errStopped)
			}
		}
	}
}

func (db *DB) unfinished(ctx context.Context) (int, error) {
	until := db.stamp(db.opts.Clock().Add(soon))
	var jobs int
	err := scanOne(ctx, db.reads, []any{&jobs},
		"SELECT COUNT(*) FROM river_job WHERE state IN ('available', 'running', 'pending', 'retryable', 'scheduled') AND scheduled_at <= $1", until)
	if err != nil {
		return 0, fmt.Errorf("count jobs: %w", err)
	}
	deliveries, err := db.Pending(ctx)
	if err != nil {
		return 0, fmt.Errorf("count deliveries: %w", err)
	}
	return jobs + deliveries, nil
}
