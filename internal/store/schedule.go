package store

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// Schedule is work that is due at the start and then again and again, in one
// process at a time however many there are.
type Schedule struct {
	// Name is for ever: jobs of earlier runs are known by it.
	Name  string
	Every time.Duration
	// Run does the work. An error is logged, and tried again a few times before
	// the next turn.
	Run func(ctx context.Context) error
}

// scheduleQueue is worked by one process, which does one at a time.
const scheduleQueue = "schedules"

// schedulePoll is how often it is looked at: a turn that River asks for by the
// clock wakes nobody.
const schedulePoll = 500 * time.Millisecond

// scheduleArgs is the job of one turn.
type scheduleArgs struct {
	Name string `json:"name"`
}

// Kind names the job for River.
func (scheduleArgs) Kind() string { return "schedule" }

// scheduleOptions keep a second turn from piling up behind one that waits.
func scheduleOptions() *river.InsertOpts {
	return &river.InsertOpts{
		Queue: scheduleQueue, MaxAttempts: 3,
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled,
		}},
	}
}

// AddSchedule registers a schedule; before Start. A guest has none.
func (db *DB) AddSchedule(s Schedule) {
	db.schedules[s.Name] = s
	if db.opts.Unscheduled {
		return
	}
	turn := func() (river.JobArgs, *river.InsertOpts) { return scheduleArgs{s.Name}, scheduleOptions() }
	db.jobs().PeriodicJobs().Add(river.NewPeriodicJob(river.PeriodicInterval(s.Every), turn, &river.PeriodicJobOpts{RunOnStart: true}))
}

// RunSchedule asks for a turn now, besides those that wait.
func (db *DB) RunSchedule(ctx context.Context, name string) error {
	return db.InTx(ctx, func(tx Tx) error {
		return tx.Enqueue(ctx, []river.InsertManyParams{{Args: scheduleArgs{name}, InsertOpts: &river.InsertOpts{Queue: scheduleQueue, MaxAttempts: 3}}})
	})
}

type scheduleWorker struct {
	river.WorkerDefaults[scheduleArgs]
	db *DB
}

// Timeout gives a turn longer than other jobs: it may have to ask GitHub for
// much.
func (*scheduleWorker) Timeout(*river.Job[scheduleArgs]) time.Duration { return 5 * jobTimeout }

// Work runs one turn. A schedule of another version of this program is left.
func (w *scheduleWorker) Work(ctx context.Context, job *river.Job[scheduleArgs]) error {
	s, ok := w.db.schedules[job.Args.Name]
	if !ok {
		return nil
	}
	log := w.db.opts.Log.With().Str("schedule", s.Name).Logger()
	if err := s.Run(log.WithContext(ctx)); err != nil {
		if ctx.Err() == nil {
			log.Error().Err(err).Msg("scheduled work failed")
		}
		return fmt.Errorf("run schedule %s: %w", s.Name, err)
	}
	return nil
}
