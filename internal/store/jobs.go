package store

import (
	"context"
	"fmt"
	"hash/fnv"
	"log/slog"
	"runtime/debug"
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

// pollInterval is how often each queue looks for jobs that nobody told it of.
// Whatever is enqueued, put off or fails wakes its queue, so this is for what
// comes after a restart; polling often would cost more than all work.
const pollInterval = 5 * time.Second

func (db *DB) config() *river.Config {
	if db.opts.Guest {
		return &river.Config{MaxAttempts: db.opts.Retry.Attempts, SkipUnknownJobCheck: true, Logger: slog.New(slog.DiscardHandler)}
	}
	queues := map[string]river.QueueConfig{scheduleQueue: {MaxWorkers: 1, FetchPollInterval: schedulePoll}}
	for _, name := range db.opts.Queues {
		queues[name] = river.QueueConfig{MaxWorkers: 1}
	}
	return &river.Config{
		ID:                   "firebreak",
		Workers:              db.opts.Workers,
		Queues:               queues,
		FetchCooldown:        5 * time.Millisecond,
		FetchPollInterval:    pollInterval,
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: 2 * jobTimeout,
		RetryPolicy:          db.opts.Retry,
		MaxAttempts:          db.opts.Retry.Attempts,
		SkipUnknownJobCheck:  true,
		Logger:               slog.New(slog.DiscardHandler),
		Middleware:           []rivertype.Middleware{river.WorkerMiddlewareFunc(db.catch)},
	}
}

// Start takes up what a killed process left running and begins to work. Stop
// ends it, not the context: what runs is to finish.
func (db *DB) Start(ctx context.Context) error { return db.start(context.WithoutCancel(ctx)) }

// Stop lets running jobs finish until the context ends, then cancels them;
// what was cancelled runs again after the next start.
func (db *DB) Stop(ctx context.Context) error { return db.stop(ctx) }

// catch runs a job and makes an error of a panic, so that it is logged and
// tried again as other failures are; River keeps panics to itself.
func (db *DB) catch(ctx context.Context, job *rivertype.JobRow, work func(context.Context) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("run %s job: panic: %v", job.Kind, p)
			db.opts.Log.Error().Int64("job", job.ID).Str("kind", job.Kind).Int("attempt", job.Attempt).
				Bytes("stack", debug.Stack()).Msg("job panicked")
		}
	}()
	held, done := db.hold(ctx, job.Queue)
	defer done()
	if err := work(held); err == nil || held.Err() == nil || ctx.Err() != nil {
		return err
	}
	return river.JobSnooze(0) // another process goes on with it: this was no attempt
}
