package store

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/firebreak-app/firebreak/workflow"
)

// pgxTx is a Tx on PostgreSQL.
type pgxTx struct {
	tx     pgx.Tx
	client *river.Client[pgx.Tx]
}

func (t *pgxTx) Exec(ctx context.Context, query string, args ...any) (int64, error) {
	done, err := t.tx.Exec(ctx, query, args...)
	return done.RowsAffected(), err
}

func (t *pgxTx) Query(ctx context.Context, query string, args ...any) (Rows, error) {
	rows, err := t.tx.Query(ctx, query, args...)
	return pgxRows{rows}, err
}

// LockIncident takes a lock that ends with the transaction. Two incidents of
// one hash wait for one another, which does no harm.
func (t *pgxTx) LockIncident(ctx context.Context, key workflow.Key) error {
	h := fnv.New64a()
	h.Write([]byte(key.String()))
	if _, err := t.tx.Exec(ctx, "SELECT pg_advisory_xact_lock($1)", int64(h.Sum64())); err != nil {
		return fmt.Errorf("lock incident: %w", err)
	}
	return nil
}

func (t *pgxTx) Enqueue(ctx context.Context, jobs []river.InsertManyParams) error {
	if len(jobs) == 0 {
		return nil
	}
	if err := t.insert(ctx, jobs); err != nil {
		return fmt.Errorf("insert jobs: %w", err)
	}
	return nil
}

// insert copies jobs, which is fastest. Copied, a job that is unique and there
// already would fail with all the others and end the transaction.
func (t *pgxTx) insert(ctx context.Context, jobs []river.InsertManyParams) error {
	if slices.ContainsFunc(jobs, isUnique) {
		_, err := t.client.InsertManyTx(ctx, t.tx, jobs)
		return err
	}
	_, err := t.client.InsertManyFastTx(ctx, t.tx, jobs)
	return err
}

func isUnique(j river.InsertManyParams) bool {
	return j.InsertOpts != nil && j.InsertOpts.UniqueOpts.ByArgs
}

// pgxRows closes as the rows of database/sql do.
type pgxRows struct{ pgx.Rows }

func (r pgxRows) Close() error {
	r.Rows.Close()
	return r.Err()
}
