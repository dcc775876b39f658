package store

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
)

// Settle returns once nothing is left to do: no delivery is open, and no job is
// due within the next half minute. It is woken by jobs as they end.
func (db *DB) Settle(ctx context.Context) error {
	ended, cancel := db.river.Subscribe(river.EventKindJobCompleted, river.EventKindJobCancelled,
		river.EventKindJobFailed, river.EventKindJobSnoozed)
	defer cancel()
	for {
		left, err := db.unfinished(ctx)
		if err != nil || left == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("settle, with %d left to do: %w", left, ctx.Err())
		case <-ended:
		}
	}
}

func (db *DB) unfinished(ctx context.Context) (int, error) {
	soon := db.opts.Clock().UTC().Add(30 * time.Second).Format("2006-01-02 15:04:05.000")
	var jobs int
	err := scanOne(ctx, reader{db.read}, []any{&jobs},
		"SELECT COUNT(*) FROM river_job WHERE state IN ('available', 'running', 'pending', 'retryable', 'scheduled') AND scheduled_at <= $1", soon)
	if err != nil {
		return 0, fmt.Errorf("count jobs: %w", err)
	}
	deliveries, err := db.Pending(ctx)
	if err != nil {
		return 0, fmt.Errorf("count deliveries: %w", err)
	}
	return jobs + deliveries, nil
}
