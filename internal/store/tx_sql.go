package store

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/riverqueue/river"

	"github.com/firebreak-app/firebreak/workflow"
)

// sqlTx is a Tx on SQLite.
type sqlTx struct {
	tx     *sql.Tx
	client *river.Client[*sql.Tx]
	queues map[string]bool
}

func (t *sqlTx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	res, err := t.tx.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func (t *sqlTx) Query(ctx context.Context, query string, args ...any) (Rows, error) {
	return t.tx.QueryContext(ctx, query, args...)
}

// LockIncident has nothing to do: one transaction at a time writes.
func (t *sqlTx) LockIncident(context.Context, workflow.Key) error { return nil }

func (t *sqlTx) Enqueue(ctx context.Context, jobs []river.InsertManyParams) error {
	if len(jobs) == 0 {
		return nil
	}
	if _, err := t.client.InsertManyFastTx(ctx, t.tx, jobs); err != nil {
		return fmt.Errorf("insert jobs: %w", err)
	}
	for _, j := range jobs {
		t.queues[j.InsertOpts.Queue] = true
	}
	return nil
}
