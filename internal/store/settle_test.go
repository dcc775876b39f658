package store

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
)

func TestSettleWaitsForWhatIsLeftToDo(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.must(k.Settle(patient(t)))
	k.keep("a")
	k.run(func(ctx context.Context, job *river.Job[note]) error {
		if job.Args.Text == "a" {
			return k.Record(ctx, "a", declared("a"))
		}
		return nil
	})
	k.must(k.Settle(patient(t)))
	if n := k.count("SELECT COUNT(*) FROM river_job WHERE state <> 'completed'"); n != 0 {
		t.Errorf("%d jobs are left", n)
	}
}

func TestSettleDoesNotWaitForLater(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.run(func(context.Context, *river.Job[note]) error { return river.JobSnooze(time.Hour) })
	k.enqueue("in an hour")
	k.must(k.Settle(patient(t)))
	if n := k.count("SELECT COUNT(*) FROM river_job WHERE state = 'scheduled'"); n != 1 {
		t.Errorf("%d jobs wait, want one", n)
	}
}

func TestSettleEndsWithItsContext(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.keep("a", "b")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := k.Settle(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("it returned %v", err)
	}
}

func TestSettleEndsWithTheJobs(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.keep("a")
	stopped := make(chan *river.Event)
	close(stopped)
	if err := k.settle(patient(t), stopped); !errors.Is(err, errStopped) || !strings.Contains(err.Error(), "2 left to do") {
		t.Errorf("it returned %v", err)
	}
}
