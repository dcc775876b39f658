package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

func TestQueuesOfIncidents(t *testing.T) {
	t.Parallel()
	all := Queues("in")
	used := map[string]bool{}
	for issue := range int64(500) {
		q := Queue("in", 1, issue)
		if !slices.Contains(all, q) || q != Queue("in", 1, issue) {
			t.Fatalf("issue %d has queue %s", issue, q)
		}
		used[q] = true
	}
	if len(used) != len(all) {
		t.Errorf("%d of %d queues are used", len(used), len(all))
	}
}

func TestJobsRunOnceCommitted(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	ran := make(chan string, 10)
	k.run(func(_ context.Context, job *river.Job[note]) error {
		ran <- job.Args.Text
		return nil
	})
	err := k.InTx(context.Background(), func(tx Tx) error {
		return errors.Join(tx.Enqueue(context.Background(), []river.InsertManyParams{jobOf("rolled back")}), errBroken)
	})
	if !errors.Is(err, errBroken) {
		t.Fatal(err)
	}
	k.enqueue()
	k.enqueue("one", "two")
	k.must(k.Settle(patient(t)))
	close(ran)
	var have []string
	for text := range ran {
		have = append(have, text)
	}
	if !slices.Equal(have, []string{"one", "two"}) {
		t.Errorf("ran %q", have)
	}
}

func TestAFailedJobRunsAgainUpToItsLastAttempt(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	ran := make(chan int, 10)
	k.run(func(_ context.Context, job *river.Job[note]) error {
		ran <- job.Attempt
		return errBroken
	})
	k.enqueue("fails")
	k.must(k.Settle(patient(t)))
	close(ran)
	var have []int
	for n := range ran {
		have = append(have, n)
	}
	if !slices.Equal(have, []int{1, 2, 3}) {
		t.Errorf("attempts %v, want three", have)
	}
	if n := k.count("SELECT COUNT(*) FROM river_job WHERE state = 'discarded'"); n != 1 {
		t.Errorf("%d jobs are given up, want one", n)
	}
}

func TestAJobThatPanicsIsAFailureThatIsLogged(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.run(func(_ context.Context, job *river.Job[note]) error {
		if job.Attempt == 1 {
			panic("somebody's words")
		}
		return nil
	})
	k.enqueue("panics once")
	k.must(k.Settle(patient(t)))
	if n := k.count("SELECT COUNT(*) FROM river_job WHERE state = 'completed'"); n != 1 {
		t.Errorf("%d jobs are done, want one", n)
	}
	log := k.log.String()
	if !strings.Contains(log, "job panicked") || !strings.Contains(log, "jobs_test.go") || strings.Contains(log, "somebody's words") {
		t.Errorf("the log says:\n%s", log)
	}
}

func TestASnoozedJobRunsAgainWithoutAnAttempt(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	runs, attempts := 0, []int{}
	k.run(func(_ context.Context, job *river.Job[note]) error {
		attempts = append(attempts, job.Attempt)
		if runs++; runs < 4 {
			return river.JobSnooze(time.Millisecond)
		}
		return nil
	})
	k.enqueue("waits")
	k.must(k.Settle(patient(t)))
	k.must(k.Stop(patient(t)))
	if !slices.Equal(attempts, []int{1, 1, 1, 1}) {
		t.Errorf("attempts %v, want the first four times", attempts)
	}
}

// What a killed process left running runs again at once, and the run that was
// cut off was no attempt.
func TestJobsLeftRunningAreReleased(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.enqueue("cut off", "cut off before its first attempt was counted")
	k.exec("UPDATE river_job SET state = 'running', attempt = 3, attempted_at = created_at WHERE id = 1")
	k.exec("UPDATE river_job SET state = 'running' WHERE id = 2")
	attempts := make(chan string, 4)
	k.run(func(_ context.Context, job *river.Job[note]) error {
		attempts <- fmt.Sprint(job.ID, " ", job.Attempt)
		return nil
	})
	k.must(k.Settle(patient(t)))
	close(attempts)
	var have []string
	for a := range attempts {
		have = append(have, a)
	}
	slices.Sort(have)
	if !slices.Equal(have, []string{"1 3", "2 1"}) {
		t.Errorf("jobs and attempts %q", have)
	}
}

func TestStopLetsJobsFinish(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	started, finish, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	k.run(func(ctx context.Context, _ *river.Job[note]) error {
		close(started)
		<-finish
		done <- ctx.Err()
		return nil
	})
	k.enqueue("long")
	<-started
	stopped := make(chan error, 1)
	go func() { stopped <- k.Stop(patient(t)) }()
	close(finish)
	k.must(<-stopped)
	if err := <-done; err != nil {
		t.Errorf("it was cut off: %v", err)
	}
	if n := k.count("SELECT COUNT(*) FROM river_job WHERE state = 'completed'"); n != 1 {
		t.Errorf("%d jobs are done, want one", n)
	}
}

// A job that does not finish in time is cut off, and runs again at the next
// start as if it had not begun.
func TestStopCutsOffAtItsDeadline(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	started := make(chan struct{}, 1)
	k.run(func(ctx context.Context, _ *river.Job[note]) error {
		started <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	})
	k.enqueue("endless")
	<-started
	now, cancel := context.WithCancel(context.Background())
	cancel()
	k.must(k.Stop(now))
	if n := k.count("SELECT COUNT(*) FROM river_job WHERE state = 'available' AND attempt = 0"); n != 1 {
		t.Errorf("%d jobs wait as if they had not begun, want one", n)
	}
	k.must(k.Close())
	k.open()
	again := make(chan int, 1)
	k.run(func(_ context.Context, job *river.Job[note]) error {
		again <- job.Attempt
		return nil
	})
	if n := <-again; n != 1 {
		t.Errorf("attempt %d, want the first", n)
	}
	k.must(k.Settle(patient(t)))
}

// River does not look for a job that was put off before its next poll; it is
// told to.
func TestJobsPutOffAreWoken(t *testing.T) {
	t.Parallel()
	k := newSQLite(t)
	e := k.engine.(*sqlite)
	put := make(chan *river.Event, 2)
	for _, queue := range []string{"in_1", "in_2"} {
		put <- &river.Event{Job: &rivertype.JobRow{Queue: queue, ScheduledAt: noon}}
	}
	close(put)
	e.wakeDue(put)
	l, woken := &listener{e.wake}, []string{}
	for range 2 {
		n, err := l.WaitForNotification(patient(t))
		k.must(err)
		woken = append(woken, n.Topic+" "+n.Payload)
	}
	slices.Sort(woken)
	if want := []string{insertTopic + ` {"queue":"in_1"}`, insertTopic + ` {"queue":"in_2"}`}; !slices.Equal(woken, want) {
		t.Errorf("woken by %q, want %q", woken, want)
	}
}

func TestEveryQueueIsWoken(t *testing.T) {
	t.Parallel()
	w := newWaker()
	want := Queues("in")
	for _, q := range want {
		w.notify(q)
		w.notify(q)
	}
	l, have := &listener{w}, []string{}
	for range want {
		n, err := l.WaitForNotification(patient(t))
		if err != nil {
			t.Fatal(err)
		}
		have = append(have, strings.TrimSuffix(strings.TrimPrefix(n.Payload, `{"queue":"`), `"}`))
	}
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		t.Errorf("woken %q, want each once", have)
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := l.WaitForNotification(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("with nothing to do it returned %v", err)
	}
}
