package store

import (
	"context"
	"time"

	"github.com/riverqueue/river"
)

// engine is the database below a store: what differs between SQLite and
// PostgreSQL, and nothing else.
type engine interface {
	// querier reads outside of transactions.
	querier
	// inTx runs a function in one transaction. If it fails or panics, nothing of
	// it stays.
	inTx(ctx context.Context, do func(Tx) error) error
	// jobs is River's client.
	jobs() jobs
	// start begins to work the queues, and takes up what a process that died left
	// running in them. A failed start is stopped as well.
	start(ctx context.Context) error
	// stop lets running jobs finish until the context ends, then cancels them.
	stop(ctx context.Context) error
	// hold returns the context that a job of a queue may run in: it ends when the
	// queue is no longer this process's to work.
	hold(ctx context.Context, queue string) (context.Context, context.CancelFunc)
	// stamp is a time as River's tables are asked for it.
	stamp(t time.Time) any
	close() error
}

// jobs is the part of River's client that does not depend on the database.
type jobs interface {
	Start(ctx context.Context) error
	Stop(ctx context.Context) error
	StopAndCancel(ctx context.Context) error
	Subscribe(kinds ...river.EventKind) (<-chan *river.Event, func())
	Queues() *river.QueueBundle
	PeriodicJobs() *river.PeriodicJobBundle
	JobList(ctx context.Context, params *river.JobListParams) (*river.JobListResult, error)
}

// cancelWithin is how long jobs that were cancelled may take to end.
const cancelWithin = 5 * time.Second

// stopJobs lets running jobs finish until the context ends, then cancels them;
// what was cancelled runs again after the next start.
func stopJobs(ctx context.Context, client jobs) error {
	if err := client.Stop(ctx); err == nil {
		return nil
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), cancelWithin)
	defer cancel()
	return client.StopAndCancel(grace)
}
