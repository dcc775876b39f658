package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"sync"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivertype"
)

// wakeDriver is River's SQLite driver with wake-ups inside the process. The
// driver's own listener polls a table every 50 ms, and without a listener
// River does not notice jobs inserted in a transaction before its next poll.
// One process owns an SQLite file, so a channel does.
type wakeDriver struct {
	*riversqlite.Driver
	wake *waker
}

func (d wakeDriver) GetListener(*riverdriver.GetListenenerParams) riverdriver.Listener {
	return &listener{wake: d.wake}
}

// SupportsListener makes River subscribe to the listener above.
func (wakeDriver) SupportsListener() bool { return true }

// SupportsListenNotify keeps River from writing wake-ups into a table.
func (wakeDriver) SupportsListenNotify() bool { return false }

var _ riverdriver.Driver[*sql.Tx] = wakeDriver{}

// waker holds the queues to be looked at. It never blocks who wakes.
type waker struct {
	mu     sync.Mutex
	queues map[string]bool
	ready  chan struct{}
}

func newWaker() *waker {
	return &waker{queues: map[string]bool{}, ready: make(chan struct{}, 1)}
}

func (w *waker) notify(queue string) {
	w.mu.Lock()
	w.queues[queue] = true
	w.mu.Unlock()
	w.signal()
}

func (w *waker) signal() {
	select {
	case w.ready <- struct{}{}:
	default:
	}
}

// take returns one queue to be looked at, and whether there was one.
func (w *waker) take() (string, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for queue := range w.queues {
		delete(w.queues, queue)
		if len(w.queues) > 0 {
			w.signal()
		}
		return queue, true
	}
	return "", false
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
func (e *sqlite) wakeDue(put <-chan *river.Event) {
	for ev := range put {
		queue, due := ev.Job.Queue, time.Until(ev.Job.ScheduledAt)+grain
		time.AfterFunc(due, func() { e.wake.notify(queue) })
		if s := ev.Job.State; s == rivertype.JobStateScheduled || s == rivertype.JobStateRetryable {
			time.AfterFunc(due+schedulerInterval, func() { e.wake.notify(queue) })
		}
	}
}

// listener hands wake-ups to River.
type listener struct{ wake *waker }

const insertTopic = "river_insert"

func (*listener) Close(context.Context) error            { return nil }
func (*listener) Connect(context.Context) error          { return nil }
func (*listener) Listen(context.Context, string) error   { return nil }
func (*listener) Ping(context.Context) error             { return nil }
func (*listener) Schema() string                         { return "" }
func (*listener) SetAfterConnectExec(string)             {}
func (*listener) Unlisten(context.Context, string) error { return nil }

// WaitForNotification returns when a queue has something to do.
func (l *listener) WaitForNotification(ctx context.Context) (*riverdriver.Notification, error) {
	for {
		if queue, ok := l.wake.take(); ok {
			payload, err := json.Marshal(map[string]string{"queue": queue})
			if err != nil {
				return nil, err
			}
			return &riverdriver.Notification{Topic: insertTopic, Payload: string(payload)}, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-l.wake.ready:
		}
	}
}
