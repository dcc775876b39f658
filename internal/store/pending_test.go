package store

import (
	"context"
	"fmt"
	"testing"

	"github.com/riverqueue/river"
)

// A delivery whose job is gone gets another, once; the others keep theirs.
func TestJobsThatAreGone(t *testing.T) {
	t.Parallel()
	jobs := func(list []Delivery) []river.InsertManyParams {
		var out []river.InsertManyParams
		for _, d := range list {
			out = append(out, jobOf(d.GUID))
		}
		return out
	}
	k := newKit(t, func(o *Options) { o.Deliveries = jobs })
	ctx := t.Context()
	for n := range 4 {
		k.must(k.SaveDeliveries(ctx, []Delivery{{GUID: fmt.Sprint("delivery ", n), Payload: []byte{}}}, jobs))
	}
	k.must(k.Complete(ctx, "delivery 2"))
	k.must(k.FailDelivery(ctx, Delivery{GUID: "delivery 3"}, "no"))
	take := func(want int) {
		t.Helper()
		n, err := k.TakeUpPending(ctx)
		k.must(err)
		if n != want {
			t.Errorf("%d were taken up, want %d", n, want)
		}
	}
	take(0)
	k.must(k.InTx(ctx, func(tx Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM river_job WHERE id <> 1")
		return err
	}))
	take(1)
	take(0)
	ran := make(chan string, 10)
	k.run(func(_ context.Context, job *river.Job[note]) error {
		ran <- job.Args.Text
		return k.Complete(ctx, job.Args.Text)
	})
	k.must(k.Settle(patient(t)))
	if first, second := <-ran, <-ran; first+second != "delivery 0delivery 1" || len(ran) > 0 {
		t.Errorf("ran %q, %q and %d more", first, second, len(ran))
	}
}

func TestMarks(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	for _, want := range []string{"", "here", "further"} {
		if want != "" {
			k.must(k.SetMark(t.Context(), "walk", want))
		}
		if have, err := k.Mark(t.Context(), "walk"); have != want || err != nil {
			t.Errorf("the mark is %q, want %q: %v", have, want, err)
		}
	}
}
