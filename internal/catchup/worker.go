package catchup

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/store"
)

// Queue is the queue of sweeps: one job at a time, beside all deliveries.
const Queue = "sweep"

// chunk is how many repositories one job looks at, well within its time.
const chunk = 50

// sweepArgs is the job of a part of a sweep: of everything, of an installation,
// or of some repositories.
type sweepArgs struct {
	// Cause is the delivery that asked for it; empty for the schedule.
	Cause        string  `json:"cause,omitempty"`
	Installation int64   `json:"installation,omitempty"`
	Only         []int64 `json:"only,omitempty"`
	// Repositories are those to look at; nil: they are to be listed first.
	Repositories []github.Covered `json:"repositories,omitempty"`
}

// Kind names the job for River.
func (sweepArgs) Kind() string { return "sweep" }

// each makes a job of every installation.
func (a sweepArgs) each(installations []int64) []sweepArgs {
	var out []sweepArgs
	for _, id := range installations {
		out = append(out, sweepArgs{Cause: a.Cause, Installation: id})
	}
	return out
}

// some makes jobs of the repositories that are meant, a chunk each.
func (a sweepArgs) some(covered []github.Covered) []sweepArgs {
	if len(a.Only) > 0 {
		covered = slices.DeleteFunc(covered, func(r github.Covered) bool { return !slices.Contains(a.Only, r.ID) })
	}
	var out []sweepArgs
	for part := range slices.Chunk(covered, chunk) {
		out = append(out, sweepArgs{Cause: a.Cause, Installation: a.Installation, Repositories: part})
	}
	return out
}

// enqueue makes the jobs, those left out that wait already.
func (s *Sweep) enqueue(ctx context.Context, all ...sweepArgs) error {
	params := make([]river.InsertManyParams, len(all))
	for n, a := range all {
		params[n] = river.InsertManyParams{Args: a, InsertOpts: &river.InsertOpts{Queue: Queue, UniqueOpts: river.UniqueOpts{
			ByArgs: true, ByState: []rivertype.JobState{
				rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled,
			},
		}}}
	}
	err := s.Store.InTx(ctx, func(tx store.Tx) error { return tx.Enqueue(ctx, params) })
	if err != nil {
		return fmt.Errorf("enqueue sweep: %w", err)
	}
	return nil
}

type sweepWorker struct {
	river.WorkerDefaults[sweepArgs]
	sweep *Sweep
}

// AddWorker registers the worker for sweeps.
func AddWorker(workers *river.Workers, s *Sweep) { river.AddWorker(workers, &sweepWorker{sweep: s}) }

// Work does a part of a sweep, or puts it off until GitHub lets it.
func (w *sweepWorker) Work(ctx context.Context, job *river.Job[sweepArgs]) error {
	s := w.sweep
	err := s.step(ctx, job.ID, job.Args)
	if err == nil {
		return nil
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return errors.Join(ctx.Err(), err) // the server stops: this was no attempt
	}
	log := s.Log.With().Int64("installation", job.Args.Installation).Logger()
	if wait := github.Wait(err); wait > 0 {
		log.Warn().Dur("wait", wait).Msg("sweep waits for GitHub")
		return river.JobSnooze(wait)
	}
	if github.Permanent(err) {
		log.Warn().Err(err).Msg("installation not swept")
		return river.JobCancel(err)
	}
	log.Warn().Err(err).Int("attempt", job.Attempt).Msg("sweep failed")
	return err
}
