package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/riverqueue/river"

	"github.com/firebreak-app/firebreak/workflow"
)

func TestRecordIsAllThatADeliveryDoes(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.keep("d1")
	k.must(k.Record(context.Background(), "d1", declared("d1")))
	inc, err := k.Incident(context.Background(), key)
	k.must(err)
	if inc.Title != "Slow" || !inc.Active || inc.Version != 1 {
		t.Errorf("kept %+v", inc)
	}
	d, err := k.Delivery(context.Background(), "d1")
	k.must(err)
	if !d.Completed {
		t.Error("the delivery is not completed")
	}
	want := map[string]int{"deliveries": 1, "incidents": 1, "entries": 1, "follow_ups": 0, "pages": 0, "river_job": 3}
	if diff := cmp.Diff(want, k.rows()); diff != "" {
		t.Errorf("rows (-want +have):\n%s", diff)
	}
	t.Run("once", func(t *testing.T) {
		k.must(k.Record(context.Background(), "d1", Step{Key: key, Meta: meta("d1", noon), Event: workflow.Noted{What: "again"}}))
		if diff := cmp.Diff(want, k.rows()); diff != "" {
			t.Errorf("rows (-want +have):\n%s", diff)
		}
		again, err := k.Incident(context.Background(), key)
		k.must(err)
		if diff := cmp.Diff(inc, again); diff != "" {
			t.Errorf("a delivery completed twice changed the incident:\n%s", diff)
		}
	})
	t.Run("an outcome of an effect has no delivery", func(t *testing.T) {
		step := Step{Key: key, Meta: meta("", noon), Event: workflow.Noted{What: "seen"}}
		k.must(k.Record(context.Background(), "", step))
		k.must(k.Record(context.Background(), "", step))
		if n := k.rows()["entries"]; n != 3 {
			t.Errorf("%d entries, want 3", n)
		}
	})
}

func TestRecordOfNothing(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.keep("d1", "d2")
	k.must(k.Complete(context.Background(), "d1"))
	stranger := declared("d2")
	stranger.Meta.Issue.Labels = nil
	k.must(k.Record(context.Background(), "d2", stranger))
	if rows := k.rows(); rows["incidents"] != 0 || rows["entries"] != 0 {
		t.Errorf("an issue without the label left %v", rows)
	}
	if n, err := k.Pending(context.Background()); n != 0 || err != nil {
		t.Errorf("%d deliveries are open: %v", n, err)
	}
}

// Whatever goes wrong in a transaction, nothing of it stays, and the next one
// goes through.
func TestAFailingTransactionLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, jobs := range map[string]func([]workflow.Effect) []river.InsertManyParams{
		"an effect that cannot be kept": func([]workflow.Effect) []river.InsertManyParams {
			return []river.InsertManyParams{{Args: unkept{make(chan int)}, InsertOpts: &river.InsertOpts{Queue: notes}}}
		},
		"a panic": func([]workflow.Effect) []river.InsertManyParams { panic("on purpose") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			broken := true
			k := newKit(t, func(o *Options) {
				o.Jobs = func(e []workflow.Effect) []river.InsertManyParams {
					if broken {
						return jobs(e)
					}
					return effectJobs(e)
				}
			})
			k.keep("d1")
			before := k.rows()
			if err := recovered(func() error { return k.Record(context.Background(), "d1", declared("d1")) }); err == nil {
				t.Fatal("recorded")
			}
			if diff := cmp.Diff(before, k.rows()); diff != "" {
				t.Errorf("rows (-want +have):\n%s", diff)
			}
			if n, err := k.Pending(context.Background()); n != 1 || err != nil {
				t.Errorf("%d deliveries are open, want one: %v", n, err)
			}
			broken = false
			k.must(k.Record(patient(t), "d1", declared("d1")))
			if n := k.rows()["incidents"]; n != 1 {
				t.Errorf("%d incidents, want one", n)
			}
		})
	}
}

type unkept struct{ C chan int }

func (unkept) Kind() string { return "unkept" }

func recovered(do func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return do()
}

func TestTransactionsThatFail(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	err := k.InTx(context.Background(), func(tx Tx) error {
		_, err := tx.Exec(context.Background(), "INSERT INTO pages (repository, issue, base) VALUES (1, 2, 'x')")
		return errors.Join(err, errBroken)
	})
	if !errors.Is(err, errBroken) {
		t.Errorf("the reason is %v", err)
	}
	ended, cancel := context.WithCancel(context.Background())
	err = k.InTx(ended, func(tx Tx) error {
		_, err := tx.Exec(ended, "INSERT INTO pages (repository, issue, base) VALUES (1, 2, 'x')")
		cancel()
		return err
	})
	if err == nil {
		t.Error("committed after its context ended")
	}
	if n := k.rows()["pages"]; n != 0 {
		t.Errorf("%d rows of what failed", n)
	}
	k.must(k.Ping(patient(t)))
}

func TestRecordsOfOneIncidentAtOnce(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.must(k.Record(context.Background(), "", declared("")))
	const many = 20
	var wg sync.WaitGroup
	for n := range many {
		wg.Go(func() {
			err := k.Record(patient(t), "", Step{Key: key, Meta: meta("", noon), Event: workflow.Noted{What: fmt.Sprint(n)}})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	inc, err := k.Incident(context.Background(), key)
	k.must(err)
	if n := k.rows()["entries"]; inc.Version != many+1 || n != many+1 {
		t.Errorf("version %d with %d entries, want %d of each", inc.Version, n, many+1)
	}
}

func TestTimelineIsInTheOrderOfItsTimes(t *testing.T) {
	t.Parallel()
	k := newKit(t)
	k.must(k.Record(context.Background(), "", declared("")))
	for _, e := range []struct {
		what string
		at   time.Duration
	}{{"second", 2 * time.Minute}, {"back-dated", -time.Hour}, {"first", time.Minute}, {"third", 3 * time.Minute}, {"also second", 2 * time.Minute}} {
		k.must(k.Record(context.Background(), "", Step{Key: key, Meta: meta("", noon.Add(e.at)), Event: workflow.Noted{What: e.what}}))
	}
	other := declared("")
	other.Key.Issue++
	k.must(k.Record(context.Background(), "", other))
	timeline, err := k.Timeline(context.Background(), key)
	k.must(err)
	var have []string
	for _, e := range timeline {
		have = append(have, fmt.Sprintf("%d %s %s", e.Seq, e.At.Sub(noon), e.What))
	}
	want := []string{"3 -1h0m0s back-dated", "1 0s declared", "4 1m0s first", "2 2m0s second", "6 2m0s also second", "5 3m0s third"}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Errorf("timeline (-want +have):\n%s", diff)
	}
}

// An event of an effect, or of a delivery that does not say when, happened now.
func TestTimesThatAreNotGiven(t *testing.T) {
	t.Parallel()
	k := newKit(t, func(o *Options) { o.Clock = func() time.Time { return noon.Add(time.Hour) } })
	k.must(k.Record(context.Background(), "", declared("")))
	k.must(k.Record(context.Background(), "", Step{Key: key, Event: workflow.Noted{What: "now"}}))
	timeline, err := k.Timeline(context.Background(), key)
	k.must(err)
	if e := timeline[len(timeline)-1]; !e.At.Equal(noon.Add(time.Hour)) || !e.Recorded.Equal(e.At) {
		t.Errorf("it happened at %s and was recorded at %s", e.At, e.Recorded)
	}
}
