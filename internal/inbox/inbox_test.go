package inbox

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/palantir/go-githubapp/githubapp"

	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
)

func TestWhatIsScheduledIsKept(t *testing.T) {
	t.Parallel()
	k := newKit(t, &handler{})
	for range 2 {
		k.must(k.schedule("a"))
	}
	all, err := k.db.Deliveries(t.Context())
	k.must(err)
	if len(all) != 1 || all[0].GUID != "a" || all[0].Event != "issues" || all[0].Key != key || all[0].Completed {
		t.Errorf("kept %+v", all)
	}
}

func TestWhatIsNotOursIsNotKept(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		ours bool
		err  error
	}{"not ours": {false, nil}, "not valid": {true, errBroken}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newKit(t, &handler{route: func([]byte) (workflow.Key, bool, error) { return key, tc.ours, tc.err }})
			if err := k.schedule("a"); !errors.Is(err, tc.err) {
				t.Errorf("it ended with %v, want %v", err, tc.err)
			}
			if all, err := k.db.Deliveries(t.Context()); len(all) != 0 || err != nil {
				t.Errorf("kept %+v: %v", all, err)
			}
		})
	}
}

func TestADeadDatabaseKeepsNothing(t *testing.T) {
	t.Parallel()
	k := newKit(t, &handler{})
	k.must(k.db.Close())
	if err := k.schedule("a"); err == nil {
		t.Error("scheduled")
	}
}

type deaf struct{}

func (deaf) Handles() []string                                    { return []string{"issues"} }
func (deaf) Handle(context.Context, string, string, []byte) error { return nil }

func TestAHandlerThatRoutesNothing(t *testing.T) {
	t.Parallel()
	k := newKit(t, &handler{})
	if err := k.Schedule(patient(t), dispatch(deaf{}, "a")); err == nil {
		t.Error("scheduled")
	}
}

// batches is a store that lets a test see and hold each commit.
type batches struct {
	entered chan []string
	leave   chan error
}

func newBatches(t *testing.T) (*batches, *Inbox) {
	b := &batches{entered: make(chan []string), leave: make(chan error)}
	in := start(time.Now, func(_ context.Context, all []store.Delivery) error {
		var guids []string
		for _, d := range all {
			guids = append(guids, d.GUID)
		}
		b.entered <- guids
		return <-b.leave
	})
	t.Cleanup(in.Close)
	return b, in
}

// arrive schedules deliveries, and returns once they wait for the next commit.
func arrive(t *testing.T, in *Inbox, first, n int) (failed chan error) {
	t.Helper()
	failed = make(chan error, n)
	for i := range n {
		go func() { failed <- in.Schedule(patient(t), dispatch(&handler{}, fmt.Sprint(first+i))) }()
	}
	for ctx := patient(t); len(in.arrivals) < min(n, maxBatch); runtime.Gosched() {
		if ctx.Err() != nil {
			t.Fatalf("%d of %d deliveries arrived", len(in.arrivals), n)
		}
	}
	return failed
}

func all(t *testing.T, failed chan error, want error) {
	t.Helper()
	for range cap(failed) {
		if err := <-failed; !errors.Is(err, want) {
			t.Errorf("it ended with %v, want %v", err, want)
		}
	}
}

// What arrives while a commit is synced goes into the next, all together.
func TestDeliveriesShareACommit(t *testing.T) {
	t.Parallel()
	b, in := newBatches(t)
	alone := make(chan error, 1)
	go func() { alone <- in.Schedule(patient(t), dispatch(&handler{}, "first")) }()
	if got := <-b.entered; !slices.Equal(got, []string{"first"}) {
		t.Errorf("the first commit keeps %q", got)
	}
	many := arrive(t, in, 0, 50)
	b.leave <- nil
	if got := <-b.entered; len(got) != 50 {
		t.Errorf("the second commit keeps %d deliveries, want all 50", len(got))
	}
	b.leave <- errBroken
	all(t, alone, nil)
	all(t, many, errBroken)
	t.Run("at most so many", func(t *testing.T) {
		held := make(chan error, 1)
		go func() { held <- in.Schedule(patient(t), dispatch(&handler{}, "again")) }()
		<-b.entered
		many := arrive(t, in, 0, 2*maxBatch)
		b.leave <- nil
		for kept := 0; kept < 2*maxBatch; {
			batch := <-b.entered
			if kept += len(batch); len(batch) > maxBatch {
				t.Errorf("a commit of %d deliveries", len(batch))
			}
			b.leave <- nil
		}
		all(t, held, nil)
		all(t, many, nil)
	})
}

func TestWhoeverWaitsMayGo(t *testing.T) {
	t.Parallel()
	b, in := newBatches(t)
	ctx, cancel := context.WithCancel(context.Background())
	gone := make(chan error, 1)
	go func() { gone <- in.Schedule(ctx, dispatch(&handler{}, "a")) }()
	<-b.entered
	cancel()
	all(t, gone, context.Canceled)
	b.leave <- nil
}

// What was taken when the inbox is closed is kept and acknowledged; the rest is
// refused. Nothing is acknowledged that is not kept.
func TestClose(t *testing.T) {
	t.Parallel()
	b, in := newBatches(t)
	first := make(chan error, 1)
	go func() { first <- in.Schedule(patient(t), dispatch(&handler{}, "first")) }()
	<-b.entered
	taken := arrive(t, in, 0, 20)
	closed := make(chan struct{})
	go func() {
		in.Close()
		close(closed)
	}()
	<-in.closing
	b.leave <- nil
	if got := <-b.entered; len(got) != 20 {
		t.Errorf("%d deliveries are kept at the end, want 20", len(got))
	}
	b.leave <- nil
	<-closed
	all(t, first, nil)
	all(t, taken, nil)
	in.Close()
	for range 50 {
		if err := in.Schedule(patient(t), dispatch(&handler{}, "late")); !errors.Is(err, ErrClosed) {
			t.Fatalf("one that came late ended with %v", err)
		}
	}
}

func TestWhatIsAcknowledgedIsKept(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	kept := map[string]bool{}
	in := start(time.Now, func(_ context.Context, all []store.Delivery) error {
		mu.Lock()
		defer mu.Unlock()
		for _, d := range all {
			kept[d.GUID] = true
		}
		return nil
	})
	var wg sync.WaitGroup
	for n := range 200 {
		wg.Go(func() {
			guid := fmt.Sprint(n)
			err := in.Schedule(patient(t), dispatch(&handler{}, guid))
			mu.Lock()
			defer mu.Unlock()
			if err == nil != kept[guid] || err != nil && !errors.Is(err, ErrClosed) {
				t.Errorf("delivery %s: kept %t, answered %v", guid, kept[guid], err)
			}
		})
		if n == 100 {
			wg.Go(in.Close)
		}
	}
	wg.Wait()
}

func TestThePayloadsTimeIsTheClocks(t *testing.T) {
	t.Parallel()
	var saved store.Delivery
	in := start(func() time.Time { return noon }, func(_ context.Context, all []store.Delivery) error {
		saved = all[0]
		return nil
	})
	defer in.Close()
	d := githubapp.Dispatch{Handler: &handler{}, EventType: "gollum", DeliveryID: "g", Payload: []byte(`{"a":"b"}`)}
	if err := in.Schedule(patient(t), d); err != nil {
		t.Fatal(err)
	}
	if !saved.Received.Equal(noon) || saved.Event != "gollum" || saved.GUID != "g" || string(saved.Payload) != `{"a":"b"}` || saved.Key != key {
		t.Errorf("saved %+v", saved)
	}
}
