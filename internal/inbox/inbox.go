// Package inbox makes deliveries durable before they are acknowledged: GitHub
// does not deliver again by itself, so a delivery answered with success and
// then lost is lost for good.
package inbox

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/palantir/go-githubapp/githubapp"

	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
)

// Router says which incident's queue a delivery belongs to. It drops what
// cannot concern an incident; that costs no row and no call.
type Router interface {
	Route(ctx context.Context, event string, payload []byte) (key workflow.Key, ours bool, err error)
}

// ErrClosed says that the inbox takes no more deliveries: the server stops.
var ErrClosed = errors.New("inbox is closed")

// Inbox is a githubapp.Scheduler that keeps deliveries in the store. Those that
// arrive together share one synced commit.
type Inbox struct {
	save  func(context.Context, []store.Delivery) error
	clock func() time.Time

	arrivals chan arrival
	closing  chan struct{}
	done     chan struct{}
	once     sync.Once
}

type arrival struct {
	delivery store.Delivery
	saved    chan error
}

// maxBatch bounds how many deliveries share one commit.
const maxBatch = 128

// New starts an inbox on a store. Close it before the store.
func New(db *store.DB, clock func() time.Time) *Inbox {
	return start(clock, func(ctx context.Context, deliveries []store.Delivery) error {
		return db.SaveDeliveries(ctx, deliveries, Jobs)
	})
}

// start starts an inbox that keeps each batch by one call.
func start(clock func() time.Time, save func(context.Context, []store.Delivery) error) *Inbox {
	in := &Inbox{
		save: save, clock: clock,
		arrivals: make(chan arrival, maxBatch), closing: make(chan struct{}), done: make(chan struct{}),
	}
	go in.run()
	return in
}

// Schedule returns once the delivery is on disk, or with the reason why not.
// It implements githubapp.Scheduler.
func (in *Inbox) Schedule(ctx context.Context, d githubapp.Dispatch) error {
	router, ok := d.Handler.(Router)
	if !ok {
		return fmt.Errorf("schedule delivery: handler of %s routes nothing", d.EventType)
	}
	key, ours, err := router.Route(ctx, d.EventType, d.Payload)
	if err != nil || !ours {
		return err
	}
	return in.Keep(ctx, store.Delivery{GUID: d.DeliveryID, Event: d.EventType, Key: key, Payload: d.Payload, Received: in.clock()})
}

// Keep returns once a delivery is on disk with the job that handles it, or with
// the reason why not.
func (in *Inbox) Keep(ctx context.Context, d store.Delivery) error {
	a := arrival{saved: make(chan error, 1), delivery: d}
	select {
	case <-in.closing:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	case in.arrivals <- a:
	}
	return in.wait(ctx, a)
}

func (in *Inbox) wait(ctx context.Context, a arrival) error {
	select {
	case err := <-a.saved:
		return err
	case <-ctx.Done():
		return fmt.Errorf("save delivery: %w", ctx.Err())
	case <-in.done:
		select {
		case err := <-a.saved:
			return err
		default:
			return ErrClosed
		}
	}
}

// Close refuses new deliveries and returns once those taken are on disk.
func (in *Inbox) Close() {
	in.once.Do(func() { close(in.closing) })
	<-in.done
}

// run commits batch after batch: whatever arrived while the last commit was
// being synced goes into the next.
func (in *Inbox) run() {
	defer close(in.done)
	for {
		select {
		case a := <-in.arrivals:
			in.commit(in.gather(a))
		case <-in.closing:
			in.drain()
			return
		}
	}
}

func (in *Inbox) drain() {
	for {
		select {
		case a := <-in.arrivals:
			in.commit(in.gather(a))
		default:
			return
		}
	}
}

func (in *Inbox) gather(a arrival) []arrival {
	batch := []arrival{a}
	for len(batch) < maxBatch {
		select {
		case next := <-in.arrivals:
			batch = append(batch, next)
		default:
			return batch
		}
	}
	return batch
}

// commitTimeout bounds one commit; GitHub waits for ten seconds in all.
const commitTimeout = 8 * time.Second

func (in *Inbox) commit(batch []arrival) {
	ctx, cancel := context.WithTimeout(context.Background(), commitTimeout)
	defer cancel()
	deliveries := make([]store.Delivery, len(batch))
	for n, a := range batch {
		deliveries[n] = a.delivery
	}
	err := in.save(ctx, deliveries)
	for _, a := range batch {
		a.saved <- err
	}
}
