package store

import (
	"context"
	"fmt"
)

// Left counts what is left to do: deliveries not handled, and jobs of some
// families of queues that have not ended, however late they are due.
func (db *DB) Left(ctx context.Context, families ...string) (int, error) {
	jobs := 0
	for _, family := range families {
		var n int
		err := scanOne(ctx, db.reads, []any{&n}, `SELECT COUNT(*) FROM river_job
			WHERE state IN ('available', 'running', 'pending', 'retryable', 'scheduled') AND queue LIKE $1`, family+"%")
		if err != nil {
			return 0, fmt.Errorf("count jobs: %w", err)
		}
		jobs += n
	}
	deliveries, err := db.Pending(ctx)
	if err != nil {
		return 0, fmt.Errorf("count deliveries: %w", err)
	}
	return jobs + deliveries, nil
}
