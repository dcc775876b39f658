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
	return db.retry(ctx, where, where+" AND failure IS NOT NULL AND completed IS NULL", args...)
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

// retry runs again the effects and the deliveries that conditions hold for.
func (db *DB) retry(ctx context.Context, effects, deliveries string, args ...any) (int, error) {
	var n int
	err := db.InTx(ctx, func(tx Tx) error {
		ofEffects, err := db.retryEffects(ctx, tx, effects, args)
		if err != nil {
			return err
		}
		ofDeliveries, err := db.retryDeliveries(ctx, tx, deliveries, args)
		n = ofEffects + ofDeliveries
		return err
	})
	return n, err
}

// retryEffects makes jobs of the effects that were given up. They are forgotten
// here, one by one, since another may be given up meanwhile: whichever process
// forgets one runs it.
func (db *DB) retryEffects(ctx context.Context, tx Tx, where string, args []any) (int, error) {
	list, err := failures(ctx, tx, "SELECT "+failureColumns+" FROM failures WHERE "+where+" ORDER BY at, id", args...)
	if err != nil {
		return 0, err
	}
	var again []workflow.Effect
	for _, f := range list {
		n, err := tx.Exec(ctx, "DELETE FROM failures WHERE id = $1", f.ID)
		if err != nil {
			return 0, fmt.Errorf("forget failure: %w", err)
		}
		if f.Effect.Again = true; n > 0 {
			again = append(again, f.Effect)
		}
	}
	return len(again), tx.Enqueue(ctx, db.opts.Jobs(again))
}

func (db *DB) retryDeliveries(ctx context.Context, tx Tx, where string, args []any) (int, error) {
	if db.opts.Deliveries == nil {
		return 0, nil
	}
	list, err := openDeliveries(ctx, tx, where, args)
	if err != nil {
		return 0, err
	}
	var again []Delivery
	for _, d := range list {
		n, err := tx.Exec(ctx, "UPDATE deliveries SET failure = NULL, received = $1 WHERE guid = $2 AND completed IS NULL",
			db.opts.Clock().UnixMicro(), d.GUID)
		if err != nil {
			return 0, fmt.Errorf("take up delivery: %w", err)
		}
		if n > 0 {
			again = append(again, d)
		}
	}
	return len(again), tx.Enqueue(ctx, db.opts.Deliveries(again))
}

func openDeliveries(ctx context.Context, tx Tx, where string, args []any) ([]Delivery, error) {
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
