// Package store keeps incidents, their append-only timelines and the
// deliveries that told of them in SQL, and runs the jobs that follow from them.
package store

import (
	"cmp"
	"context"

	"github.com/riverqueue/river"

	"github.com/firebreak-app/firebreak/workflow"
)

// ErrNotFound says that a row does not exist.
var ErrNotFound = workflow.ErrUnknown

// Tx is one transaction: rows and jobs in it come to be together, or not at
// all. Its SQL is the part that every database here understands; parameters
// are $1, $2, ….
type Tx interface {
	Exec(ctx context.Context, query string, args ...any) (affected int64, err error)
	querier
	// LockIncident keeps other transactions away from an incident, known or not,
	// until this one ends.
	LockIncident(ctx context.Context, key workflow.Key) error
	// Enqueue adds jobs that run once the transaction is committed. Those that are
	// unique by their arguments and there already are left out.
	Enqueue(ctx context.Context, jobs []river.InsertManyParams) error
}

// querier is what reading needs.
type querier interface {
	Query(ctx context.Context, query string, args ...any) (Rows, error)
}

// Rows is a query's answer, read row by row and closed.
type Rows interface {
	Next() bool
	Scan(dest ...any) error
	Close() error
	Err() error
}

// scanOne runs a query for one row; ErrNotFound if there is none.
func scanOne(ctx context.Context, tx querier, dest []any, query string, args ...any) error {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		// A read that breaks off says nothing: taken for an empty one, what waits for
		// the row would be taken for done.
		return cmp.Or(rows.Err(), ErrNotFound)
	}
	if err := rows.Scan(dest...); err != nil {
		return err
	}
	return rows.Err()
}
