package inbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/palantir/go-githubapp/githubapp"
	"github.com/riverqueue/river"
	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/internal/store"
)

// Family is the family of queues that deliveries run in.
const Family = "in"

// args is the job of handling one delivery.
type args struct {
	GUID string `json:"guid"`
}

// Kind names the job for River.
func (args) Kind() string { return "delivery" }

// Jobs makes the jobs that handle deliveries, one incident's in one queue.
func Jobs(deliveries []store.Delivery) []river.InsertManyParams {
	params := make([]river.InsertManyParams, len(deliveries))
	for n, d := range deliveries {
		params[n] = river.InsertManyParams{Args: args{d.GUID}, InsertOpts: &river.InsertOpts{
			Queue: store.Queue(Family, d.Key.Repository, d.Key.Issue),
		}}
	}
	return params
}

// GiveUp is implemented by handlers that tell people when a delivery could not
// be handled after all attempts.
type GiveUp interface {
	GiveUp(ctx context.Context, event, guid string, payload []byte) error
}

// Worker hands kept deliveries to their handlers.
type Worker struct {
	river.WorkerDefaults[args]
	db       *store.DB
	handlers map[string]githubapp.EventHandler
	faults   Faults
	log      zerolog.Logger
}

// Faults say what a handler's error means.
type Faults struct {
	// Wait is how long it asks to wait before the next attempt; zero: it does not.
	Wait func(error) time.Duration
	// Permanent says that trying again changes nothing.
	Permanent func(error) bool
}

// AddWorker registers the worker for deliveries of some handlers.
func AddWorker(workers *river.Workers, db *store.DB, handlers []githubapp.EventHandler, faults Faults, log zerolog.Logger) {
	byEvent := map[string]githubapp.EventHandler{}
	for _, h := range handlers {
		for _, event := range h.Handles() {
			byEvent[event] = h
		}
	}
	river.AddWorker(workers, &Worker{db: db, handlers: byEvent, faults: faults, log: log})
}

// Work handles one delivery. Its context carries a logger with the delivery's
// id, which is on every line that is logged from here on.
func (w *Worker) Work(ctx context.Context, job *river.Job[args]) error {
	guid := job.Args.GUID
	d, err := w.db.Delivery(ctx, guid)
	if errors.Is(err, store.ErrNotFound) || err == nil && d.Completed {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read delivery: %w", err)
	}
	log := w.log.With().Str(githubapp.LogKeyEventType, d.Event).Str(githubapp.LogKeyDeliveryID, guid).
		Int64("repository", d.Key.Repository).Int64("issue", d.Key.Issue).Logger()
	ctx = log.WithContext(ctx)
	started := time.Now()
	if err := w.handle(ctx, d); err != nil {
		return w.failed(ctx, job, d, err)
	}
	log.Info().Dur("elapsed", time.Since(started)).Msg("delivery handled")
	return w.db.Complete(ctx, guid)
}

// handle runs the event's handler. One that panics has failed like any other.
func (w *Worker) handle(ctx context.Context, d store.Delivery) (err error) {
	defer func() {
		if r := recover(); r != nil {
			zerolog.Ctx(ctx).Error().Bytes("stack", debug.Stack()).Msg("handler panicked")
			err = fmt.Errorf("handle delivery: handler of %s panicked", d.Event)
		}
	}()
	h, ok := w.handlers[d.Event]
	if !ok {
		return fmt.Errorf("handle delivery: no handler for %s", d.Event)
	}
	return h.Handle(ctx, d.Event, d.GUID, d.Payload)
}

// failed puts a delivery off that failed. After the last attempt, or when
// another would change nothing, those who wait for it are told and its reason
// is kept for the operator.
func (w *Worker) failed(ctx context.Context, job *river.Job[args], d store.Delivery, cause error) error {
	log := zerolog.Ctx(ctx)
	if errors.Is(ctx.Err(), context.Canceled) {
		return errors.Join(ctx.Err(), cause) // the server stops: this was no attempt
	}
	if wait := w.faults.Wait(cause); wait > 0 {
		log.Warn().Dur("wait", wait).Msg("delivery waits for GitHub")
		return river.JobSnooze(wait)
	}
	if w.faults.Permanent(cause) {
		log.Error().Err(cause).Msg("delivery given up")
		return w.end(ctx, job, d, cause)
	}
	log.Warn().Err(cause).Int("attempt", job.Attempt).Msg("delivery failed")
	if job.Attempt < job.MaxAttempts {
		return cause
	}
	return w.end(ctx, job, d, cause)
}

// unkept is how long a delivery waits that was given up when that could not be
// kept.
const unkept = 30 * time.Second

// end gives a delivery up. One whose giving up could not be kept is not ended: it
// would be forgotten.
func (w *Worker) end(ctx context.Context, job *river.Job[args], d store.Delivery, cause error) error {
	if err := w.giveUp(ctx, job, d, cause); err != nil {
		zerolog.Ctx(ctx).Error().Err(err).Msg("delivery given up is not kept")
		return river.JobSnooze(unkept)
	}
	return river.JobCancel(cause)
}

// giveUp has time of its own: that a delivery took too long may be the reason.
func (w *Worker) giveUp(ctx context.Context, job *river.Job[args], d store.Delivery, cause error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTimeout)
	defer cancel()
	d.Attempts = job.Attempt
	d.Installation, d.Name = whose(d.Payload)
	if err := w.db.FailDelivery(ctx, d, cause.Error()); err != nil {
		return fmt.Errorf("keep failure: %w", err)
	}
	if h, ok := w.handlers[d.Event].(GiveUp); ok {
		return h.GiveUp(ctx, d.Event, d.GUID, d.Payload)
	}
	return nil
}

// whose says which installation and repository a delivery is from.
func whose(payload []byte) (installation int64, name string) {
	var p struct {
		Installation struct {
			ID int64 `json:"id"`
		} `json:"installation"`
		Repository struct {
			FullName string `json:"full_name"`
		} `json:"repository"`
	}
	if json.Unmarshal(payload, &p) != nil {
		return 0, ""
	}
	return p.Installation.ID, p.Repository.FullName
}
