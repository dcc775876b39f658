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
	queues := map[string]river.QueueConfig{}
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
func (db *DB) Start(ctx context.Context) error {
	ctx = context.WithoutCancel(ctx)
	if err := db.release(ctx); err != nil {
		return err
	}
	put, cancel := db.river.Subscribe(river.EventKindJobFailed, river.EventKindJobSnoozed)
	go db.wakeDue(put)
	if err := db.river.Start(ctx); err != nil {
		cancel()
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

// grain is how much later than due a job is looked for: its time is kept in
// milliseconds.
const grain = 2 * time.Millisecond

// schedulerInterval is how often River makes jobs available that were put off
// for longer than that.
const schedulerInterval = 5 * time.Second

// wakeDue has jobs that were put off or that failed looked for when they are
// due: otherwise they would wait for River's next poll. River tells of them once
// their new state is on disk, which takes it up to a quarter of a second. It
// ends when River stops.
func (db *DB) wakeDue(put <-chan *river.Event) {
	for e := range put {
		queue, due := e.Job.Queue, time.Until(e.Job.ScheduledAt)+grain
		time.AfterFunc(due, func() { db.wake.notify(queue) })
		if s := e.Job.State; s == rivertype.JobStateScheduled || s == rivertype.JobStateRetryable {
			time.AfterFunc(due+schedulerInterval, func() { db.wake.notify(queue) })
		}
	}
}

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
	return work(ctx)
}
