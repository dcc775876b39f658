package inbox

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/palantir/go-githubapp/githubapp"
	"github.com/riverqueue/river"
	"github.com/rs/zerolog"
	"go.uber.org/goleak"

	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	key  = workflow.Key{Repository: 7, Issue: 70}
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
)

// handler does what a test says. What it does not say is taken and succeeds.
type handler struct {
	route  func(payload []byte) (workflow.Key, bool, error)
	handle func(ctx context.Context, guid string) error

	mu      sync.Mutex
	handled []string
	gaveUp  []string
}

func (*handler) Handles() []string { return []string{"issues"} }

func (h *handler) Route(_ context.Context, _ string, payload []byte) (workflow.Key, bool, error) {
	if h.route != nil {
		return h.route(payload)
	}
	return key, true, nil
}

func (h *handler) Handle(ctx context.Context, _, guid string, _ []byte) error {
	h.mu.Lock()
	h.handled = append(h.handled, guid)
	h.mu.Unlock()
	if h.handle != nil {
		return h.handle(ctx, guid)
	}
	return nil
}

func (h *handler) GiveUp(_ context.Context, _, guid string, _ []byte) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.gaveUp = append(h.gaveUp, guid)
	return nil
}

// kit is an inbox on a store, with a handler.
type kit struct {
	*Inbox
	t      *testing.T
	db     *store.DB
	h      *handler
	worker *Worker
	log    *syncBuffer
}

var errBroken, errHopeless, errBusy = errors.New("broken on purpose"), errors.New("hopeless"), errors.New("busy")

// faults know the errors above.
var faults = Faults{
	Permanent: func(err error) bool { return errors.Is(err, errHopeless) },
	Wait: func(err error) time.Duration {
		if errors.Is(err, errBusy) {
			return time.Millisecond
		}
		return 0
	},
}

func newKit(t *testing.T, h *handler) *kit {
	t.Helper()
	k := &kit{t: t, h: h, log: &syncBuffer{}}
	workers := river.NewWorkers()
	var err error
	k.db, err = store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "inbox.db"), store.Options{
		Workers: workers, Queues: []string{store.Queue(Family, key.Repository, key.Issue)}, Rules: workflow.DefaultRules(),
		Retry: store.Retry{First: time.Millisecond, Longest: time.Millisecond},
	})
	k.must(err)
	events := []githubapp.EventHandler{h}
	AddWorker(workers, k.db, events, faults, zerolog.New(k.log))
	k.worker = &Worker{db: k.db, handlers: map[string]githubapp.EventHandler{"issues": h}, faults: faults, log: zerolog.New(k.log)}
	k.Inbox = New(k.db, func() time.Time { return noon })
	t.Cleanup(func() {
		k.Close()
		k.must(k.db.Close())
	})
	return k
}

func (k *kit) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

// run works the deliveries until the test is over.
func (k *kit) run() {
	k.t.Helper()
	k.must(k.db.Start(context.Background()))
	k.t.Cleanup(func() { k.must(k.db.Stop(patient(k.t))) })
}

func (k *kit) schedule(guid string) error { return k.Schedule(patient(k.t), dispatch(k.h, guid)) }

func dispatch(h githubapp.EventHandler, guid string) githubapp.Dispatch {
	return githubapp.Dispatch{Handler: h, EventType: "issues", DeliveryID: guid, Payload: []byte(`{}`)}
}

func (k *kit) delivery(guid string) store.Delivery {
	k.t.Helper()
	d, err := k.db.Delivery(context.Background(), guid)
	k.must(err)
	return d
}

// patient bounds every wait; a test that needs it has failed.
func patient(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// syncBuffer is a buffer that goroutines share.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
