package store

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/riverqueue/river"
)

func TestDeliveriesAreKeptOnce(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.keep("a", "b", "a")
	k.keep("b", "c")
	have, err := k.Deliveries(context.Background())
	k.must(err)
	want := []Delivery{{GUID: "a", Event: "issues", Key: key}, {GUID: "b", Event: "issues", Key: key}, {GUID: "c", Event: "issues", Key: key}}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("deliveries (-want +have):\n%s", diff)
	}
	if n := k.rows()["river_job"]; n != 3 {
		t.Errorf("%d jobs, want one per delivery", n)
	}
	one, err := k.Delivery(context.Background(), "a")
	k.must(err)
	if string(one.Payload) != `{"a":1}` || one.Completed || one.Failure != "" {
		t.Errorf("kept %+v", one)
	}
	if _, err := k.Delivery(context.Background(), "x"); !errors.Is(err, ErrNotFound) {
		t.Errorf("one that is not there: %v", err)
	}
}

func TestDeliveredAgain(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		before  func(k *kit)
		jobs    int
		pending int
	}{
		"while it waits":        {func(*kit) {}, 1, 1},
		"after it was done":     {func(k *kit) { k.must(k.Complete(context.Background(), "a")) }, 1, 0},
		"after it was given up": {func(k *kit) { k.must(k.FailDelivery(context.Background(), delivery("a"), "GitHub said no")) }, 2, 1},
		"after it was done, whatever came later": {func(k *kit) {
			k.must(k.Complete(context.Background(), "a"))
			k.must(k.FailDelivery(context.Background(), delivery("a"), "too late"))
		}, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newKit(t)
			k.keep("a")
			tc.before(k)
			k.keep("a")
			if n := k.rows()["river_job"]; n != tc.jobs {
				t.Errorf("%d jobs, want %d", n, tc.jobs)
			}
			if n, err := k.Pending(context.Background()); n != tc.pending || err != nil {
				t.Errorf("%d open, want %d: %v", n, tc.pending, err)
			}
			if d, err := k.Delivery(context.Background(), "a"); d.Failure != "" || err != nil {
				t.Errorf("it failed with %q: %v", d.Failure, err)
			}
		})
	}
}

func TestADeliveryGivenUpKeepsItsReason(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.keep("a", "b")
	k.must(k.FailDelivery(context.Background(), delivery("b"), "GitHub said no"))
	have, err := k.Deliveries(context.Background())
	k.must(err)
	want := []Delivery{{GUID: "a", Event: "issues", Key: key}, {GUID: "b", Event: "issues", Key: key, Failure: "GitHub said no"}}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("deliveries (-want +have):\n%s", diff)
	}
	if n, err := k.Pending(context.Background()); n != 1 || err != nil {
		t.Errorf("%d open, want one: %v", n, err)
	}
}

func TestDeliveriesAreKeptTogetherOrNotAtAll(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	err := k.SaveDeliveries(context.Background(), []Delivery{delivery("a"), delivery("b")}, func([]Delivery) []river.InsertManyParams {
		return []river.InsertManyParams{{Args: unkept{make(chan int)}, InsertOpts: &river.InsertOpts{Queue: notes}}}
	})
	if err == nil {
		t.Fatal("kept")
	}
	if rows := k.rows(); rows["deliveries"] != 0 || rows["river_job"] != 0 {
		t.Errorf("left %v", rows)
	}
}
