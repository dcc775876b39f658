package store

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
)

func TestSchedulesRunAtTheStartAndWhenAsked(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	turns := make(chan struct{}, 10)
	k.AddSchedule(Schedule{Name: "test", Every: time.Hour, Run: func(context.Context) error {
		turns <- struct{}{}
		return nil
	}})
	k.AddSchedule(Schedule{Name: "broken", Every: time.Hour, Run: func(context.Context) error { return errBroken }})
	k.run(nil)
	for range 3 {
		select {
		case <-turns:
		case <-patient(t).Done():
			t.Fatal("there was no turn")
		}
		k.must(k.RunSchedule(context.Background(), "test"))
	}
	k.must(k.RunSchedule(context.Background(), "of another version"))
	k.must(k.Settle(patient(t)))
	if log := k.log.String(); !strings.Contains(log, "scheduled work failed") || !strings.Contains(log, "broken on purpose") {
		t.Errorf("the log says:\n%s", log)
	}
}

// A guest reads and enqueues beside the server, which finds what it enqueued.
func TestAGuestBesideTheServer(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	ran := make(chan string, 10)
	k.run(func(_ context.Context, job *river.Job[note]) error {
		ran <- job.Args.Text
		return nil
	})
	guest := &kit{t: t, spec: k.spec, log: k.log}
	db, err := Open(context.Background(), k.spec, Options{Guest: true, Rules: k.opts.Rules, Jobs: effectJobs})
	k.must(err)
	guest.DB = db
	guest.enqueue("from outside")
	k.must(k.Record(context.Background(), "", declared("")))
	if inc, err := guest.Incident(context.Background(), key); inc.Title != "Slow" || err != nil {
		t.Errorf("it reads %+v: %v", inc, err)
	}
	k.must(guest.Close())
	select {
	case text := <-ran:
		if text != "from outside" {
			t.Errorf("ran %q", text)
		}
	case <-patient(t).Done():
		t.Fatal("it did not run")
	}
	k.must(k.Settle(patient(t)))
}
