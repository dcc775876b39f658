package effects

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/palantir/go-githubapp/githubapp"
	"github.com/riverqueue/river"
	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow"
)

// Family is the family of queues that effects run in.
const Family = "out"

// args is the job of one effect.
type args struct {
	workflow.Effect
}

// Kind names the job for River.
func (args) Kind() string { return "effect" }

// Jobs turns effects into the jobs that carry them out, one incident's in one
// queue, so that they keep their order.
func Jobs(effects []workflow.Effect) []river.InsertManyParams {
	params := make([]river.InsertManyParams, len(effects))
	for n, e := range effects {
		params[n] = river.InsertManyParams{Args: args{e}, InsertOpts: &river.InsertOpts{
			Queue: store.Queue(Family, e.Key.Repository, e.Key.Issue),
		}}
	}
	return params
}

type worker struct {
	river.WorkerDefaults[args]
	effects *Effects
}

// AddWorker registers the worker for effects.
func AddWorker(workers *river.Workers, e *Effects) {
	river.AddWorker(workers, &worker{effects: e})
}

// Work carries one effect out, or puts it off until it is due or GitHub lets it.
func (w *worker) Work(ctx context.Context, job *river.Job[args]) error {
	e := w.effects
	if wait := job.Args.After.Sub(e.Clock()); wait > 0 {
		return river.JobSnooze(step(wait))
	}
	log := e.Log.With().Str("effect", string(job.Args.Effect.Kind)).Str(githubapp.LogKeyDeliveryID, job.Args.Delivery).
		Int64("repository", job.Args.Key.Repository).Int64("issue", job.Args.Key.Issue).Logger()
	ctx = log.WithContext(ctx)
	err := e.guarded(ctx, job)
	if err == nil {
		return nil
	}
	var snooze *river.JobSnoozeError
	if errors.As(err, &snooze) {
		return err
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return errors.Join(ctx.Err(), err) // the server stops: this was no attempt
	}
	if wait := limit(err); wait > 0 {
		log.Warn().Dur("wait", wait).Msg("effect waits for GitHub")
		return river.JobSnooze(wait)
	}
	last := job.Attempt >= job.MaxAttempts
	if !github.Permanent(err) && !last {
		log.Warn().Err(err).Int("attempt", job.Attempt).Msg("effect failed")
		return err
	}
	log.Error().Err(err).Int("attempt", job.Attempt).Msg("effect given up")
	if lost := e.giveUp(ctx, job, err); lost != nil {
		log.Error().Err(lost).Msg("effect given up is not kept")
		return river.JobSnooze(unkept) // ended now, it would be forgotten
	}
	return river.JobCancel(err)
}

// unkept is how long an effect waits that was given up when that could not be
// kept.
const unkept = 30 * time.Second

// step splits a wait so that none is rounded up to the next look of River's
// scheduler, which comes by every five seconds.
func step(wait time.Duration) time.Duration {
	const short = 4900 * time.Millisecond
	if wait < 2*short {
		return min(wait, short)
	}
	return wait - short
}

// limit returns how long GitHub asks to be left alone; zero if it does not.
func limit(err error) time.Duration {
	if wait := github.Wait(err); wait > 0 {
		return wait
	}
	var busy *wiki.Temporary
	if errors.As(err, &busy) {
		return busy.After
	}
	return 0
}

// guarded makes an error of a panic, so that it is tried again and kept in the end
// as other failures are.
func (e *Effects) guarded(ctx context.Context, job *river.Job[args]) (err error) {
	defer func() {
		if r := recover(); r != nil {
			zerolog.Ctx(ctx).Error().Bytes("stack", debug.Stack()).Msg("effect panicked")
			err = fmt.Errorf("carry out %s: panicked", job.Args.Effect.Kind)
		}
	}()
	return e.run(ctx, job)
}

// run carries an effect out where the incident is. If it is not where it was, it
// is looked for, and the effect carried out where it is found.
func (e *Effects) run(ctx context.Context, job *river.Job[args]) error {
	t, err := e.task(ctx, job)
	if err != nil || t == nil {
		return err
	}
	err = t.timed(ctx)
	if !github.Lost(err) {
		return err
	}
	found, failed := t.search(ctx)
	switch {
	case failed != nil:
		return fmt.Errorf("look for the incident: %w", failed)
	case found:
		if t, err = e.task(ctx, job); err != nil || t == nil {
			return err
		}
		err = t.timed(ctx)
	}
	if github.Is(err, github.Moved) {
		return github.Final(err)
	}
	return err
}

// task reads the incident as it is now; nil if there is nothing to do about it.
func (e *Effects) task(ctx context.Context, job *river.Job[args]) (*task, error) {
	inc, err := e.Store.Incident(ctx, job.Args.Key)
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read incident: %w", err)
	}
	if inc.Departed() || inc.Key != job.Args.Key && !follows(job.Args.Effect.Kind) {
		return nil, nil
	}
	repo, err := e.App.Repository(inc.Place.Installation, inc.Place.Owner, inc.Place.Repo)
	if err != nil {
		return nil, err
	}
	bot, err := e.App.Bot(ctx)
	if err != nil {
		return nil, err
	}
	return &task{
		Effects: e, effect: job.Args.Effect, inc: inc, repo: repo, bot: bot,
		since: job.Args.At.Add(-skew), attempt: job.Attempt, last: job.Attempt >= job.MaxAttempts,
	}, nil
}

// follows says whether an effect goes along with a transferred issue. The others
// were asked for anew when it moved, in the order of its new place.
func follows(kind workflow.EffectKind) bool {
	return kind == workflow.EffectFeedback || kind == workflow.EffectReply || kind == workflow.EffectMend
}

func (t *task) timed(ctx context.Context) error {
	started := t.Clock()
	err := t.carryOut(ctx)
	if err == nil && !t.idle {
		err = t.succeeded(ctx)
	}
	zerolog.Ctx(ctx).Debug().Dur("elapsed", t.Clock().Sub(started)).Bool("ok", err == nil).Msg("effect ran")
	return err
}

// skew is how far this machine's clock and GitHub's may be apart.
const skew = 15 * time.Minute
