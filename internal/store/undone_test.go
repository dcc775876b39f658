package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// The list shows what waits and what was given up, and nothing else; each can be
// run again by its id.
func TestUndone(t *testing.T) {
	t.Parallel()
	now := noon
	k := newKit(t, atNoon, func(o *Options) { o.Clock = func() time.Time { return now } })
	ctx := context.Background()
	k.must(k.Record(ctx, "", declared("")))
	k.keep("done", "pending", "failed")
	k.must(k.Complete(ctx, "done"))
	now = noon.Add(time.Hour)
	d := delivery("failed")
	d.Name, d.Attempts = "acme/renamed", 35
	k.must(k.FailDelivery(ctx, d, "ask for a permission: 401 Bad credentials"))
	now = noon.Add(2 * time.Hour)
	f := givenUp("write comment: 403")
	f.Attempts = 1
	k.must(k.Refuse(ctx, f))
	want := []Undone{
		{ID: "pending", What: "issues", Repository: "acme/shop", Number: 1, Key: key, Since: noon},
		{ID: "failed", What: "issues", Failed: true, Repository: "acme/renamed", Number: 1, Key: key, Since: noon.Add(time.Hour), Attempts: 35,
			Reason: "ask for a permission: 401 Bad credentials"},
		{ID: "reply-7-70-5", What: "reply", Failed: true, Repository: "acme/shop", Number: 1, Key: key, Delivery: "d",
			Since: noon.Add(2 * time.Hour), Attempts: 1, Reason: "write comment: 403"},
	}
	have, err := k.Undone(ctx)
	k.must(err)
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("not done (-want +have):\n%s", diff)
	}
	before := k.rows()["river_job"]
	for _, u := range have {
		k.must(k.RetryUndone(ctx, u.ID))
	}
	if jobs := k.rows()["river_job"] - before; jobs != 3 {
		t.Errorf("%d jobs, want one each", jobs)
	}
	for _, id := range []string{"done", "reply-7-70-5", "nothing"} {
		if err := k.RetryUndone(ctx, id); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s, which is not open: %v", id, err)
		}
	}
	have, err = k.Undone(ctx)
	k.must(err)
	if len(have) != 2 || have[0].Failed || have[1].Failed {
		t.Errorf("not done after a retry: %+v", have)
	}
}
