package store

import (
	"context"
	"fmt"
)

// Left counts what is left to do: deliveries not handled, and jobs that have not
// ended, however late they are due.
func (db *DB) Left(ctx context.Context) (int, error) {
	var jobs int
	err := scanOne(ctx, db.reads, []any{&jobs},
		"SELECT COUNT(*) FROM river_job WHERE state IN ('available', 'running', 'pending', 'retryable', 'scheduled')")
	if err != nil {
		return 0, fmt.Errorf("count jobs: %w", err)
	}
	deliveries, err := db.Pending(ctx)
	if err != nil {
		return 0, fmt.Errorf("count deliveries: %w", err)
	}
	return jobs + deliveries, nil
}
