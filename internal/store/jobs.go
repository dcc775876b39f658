package store

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// shards is the number of queues of a family. Each runs one job at a time, so
// that what concerns one incident stays in order while others pass.
const shards = 16

// Queue returns the queue of a family that an incident's jobs run in.
func Queue(family string, repository, issue int64) string {
	h := fnv.New32a()
	fmt.Fprintf(h, "%d/%d", repository, issue)
	return fmt.Sprintf("%s_%d", family, h.Sum32()%shards)
}

// Queues lists the queues of a family.
func Queues(family string) []string {
	var names []string
	for n := range shards {
		names = append(names, fmt.Sprintf("%s_%d", family, n))
	}
	return names
}

// jobTimeout bounds one run of a job; a run waits for GitHub, not for people.
const jobTimeout = 2 * time.Minute

func (db *DB) config() *river.Config {
	queues := map[string]river.QueueConfig{}
	for _, name := range db.opts.Queues {
		queues[name] = river.QueueConfig{MaxWorkers: 1}
	}
	return &river.Config{
		ID:                   "firebreak",
		Workers:              db.opts.Workers,
		Queues:               queues,
		FetchCooldown:        5 * time.Millisecond,
		FetchPollInterval:    time.Second,
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: 2 * jobTimeout,
		RetryPolicy:          db.opts.Retry,
		SkipUnknownJobCheck:  true,
		Logger:               slog.New(slog.DiscardHandler),
		Middleware:           []rivertype.Middleware{river.WorkerMiddlewareFunc(db.wakeLater)},
	}
}

// Start takes up what a killed process left running and begins to work. Stop
// ends it, not the context: what runs is to finish.
func (db *DB) Start(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if err := db.release(ctx); err != nil {
		return err
	}
	if err := db.river.Start(ctx); err != nil {
		return fmt.Errorf("start jobs: %w", err)
	}
	return nil
}

// release makes jobs available again that were running when the process died;
// River would wait for an hour. The run that was cut off is no attempt. One
// process owns an SQLite file, so whatever runs in it was ours.
func (db *DB) release(ctx context.Context) error {
	_, err := db.write.ExecContext(ctx,
		"UPDATE river_job SET state = 'available', attempt = max(attempt - 1, 0) WHERE state = 'running'")
	if err != nil {
		return fmt.Errorf("release jobs left running: %w", err)
	}
	return nil
}

// Stop lets running jobs finish until the context ends, then cancels them;
// what was cancelled runs again after the next start.
func (db *DB) Stop(ctx context.Context) error {
	if err := db.river.Stop(ctx); err == nil {
		return nil
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := db.river.StopAndCancel(grace); err != nil {
		return fmt.Errorf("stop jobs: %w", err)
	}
	return nil
}

// wakeLater looks for due jobs again when a job that was put off or failed is
// due: otherwise it would wait for the next poll. The second look is for the
// job's new state, which is saved in batches.
func (db *DB) wakeLater(ctx context.Context, job *rivertype.JobRow, work func(context.Context) error) error {
	err := work(ctx)
	if err == nil {
		return nil
	}
	delay := db.opts.Retry.longest(job)
	var snooze *river.JobSnoozeError
	if errors.As(err, &snooze) {
		delay = snooze.Duration
	}
	for _, extra := range []time.Duration{60 * time.Millisecond, 200 * time.Millisecond} {
		time.AfterFunc(delay+extra, func() { db.wake.notify(job.Queue) })
	}
	return err
}
