package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/workflow"
)

// RetryFailures runs again what was given up within a scope, effects and
// deliveries, and returns how many. Call it when what stood in the way may be
// gone: an issue unlocked, a repository unarchived, a permission granted, an
// installation no longer suspended. What is refused once more is kept once more.
func (db *DB) RetryFailures(ctx context.Context, in workflow.Scope) (int, error) {
	where, args := within(in)
	return db.retry(ctx, where, args...)
}

// within is the condition for rows that lie in a scope.
func within(in workflow.Scope) (where string, args []any) {
	conds := []string{"1 = 1"}
	for _, c := range []struct {
		column string
		id     int64
	}{{"installation", in.Installation}, {"repository", in.Repository}, {"issue", in.Issue}} {
		if c.id != 0 {
			args = append(args, c.id)
			conds = append(conds, fmt.Sprintf("%s = $%d", c.column, len(args)))
		}
	}
	return strings.Join(conds, " AND "), args
}

func (db *DB) retry(ctx context.Context, where string, args ...any) (int, error) {
	var n int
	err := db.InTx(ctx, func(tx Tx) error {
		effects, err := db.retryEffects(ctx, tx, where, args)
		if err != nil {
			return err
		}
		deliveries, err := db.retryDeliveries(ctx, tx, where, args)
		n = effects + deliveries
		return err
	})
	return n, err
}

// retryEffects makes jobs of the effects that were given up. They are forgotten
// here: one that is given up again is kept again.
func (db *DB) retryEffects(ctx context.Context, tx Tx, where string, args []any) (int, error) {
	list, err := failures(ctx, tx, "SELECT "+failureColumns+" FROM failures WHERE "+where+" ORDER BY at, id", args...)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	if _, err := tx.Exec(ctx, "DELETE FROM failures WHERE "+where, args...); err != nil {
		return 0, fmt.Errorf("forget failures: %w", err)
	}
	var again []workflow.Effect
	for _, f := range list {
		f.Effect.Again = true
		again = append(again, f.Effect)
	}
	return len(again), tx.Enqueue(ctx, db.opts.Jobs(again))
}

func (db *DB) retryDeliveries(ctx context.Context, tx Tx, where string, args []any) (int, error) {
	if db.opts.Deliveries == nil {
		return 0, nil
	}
	where += " AND failure IS NOT NULL AND completed IS NULL"
	list, err := db.givenUp(ctx, tx, where, args)
	if err != nil || len(list) == 0 {
		return 0, err
	}
	for _, d := range list {
		_, err := tx.Exec(ctx, "UPDATE deliveries SET failure = NULL, received = $1 WHERE guid = $2", db.opts.Clock().UnixMicro(), d.GUID)
		if err != nil {
			return 0, fmt.Errorf("take up delivery: %w", err)
		}
	}
	return len(list), tx.Enqueue(ctx, db.opts.Deliveries(list))
}

func (db *DB) givenUp(ctx context.Context, tx Tx, where string, args []any) ([]Delivery, error) {
	rows, err := tx.Query(ctx, "SELECT guid, repository, issue FROM deliveries WHERE "+where+" ORDER BY received, guid", args...)
	if err != nil {
		return nil, fmt.Errorf("list deliveries: %w", err)
	}
	defer rows.Close()
	var out []Delivery
	for rows.Next() {
		var d Delivery
		if err := rows.Scan(&d.GUID, &d.Key.Repository, &d.Key.Issue); err != nil {
			return nil, fmt.Errorf("read delivery: %w", err)
		}
		out = append(out, d)
	}
	return out, rows.Err()
}
