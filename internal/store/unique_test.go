package store

import (
	"context"
	"testing"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// A job that is to be there once is left out if it waits already; those that are
// enqueued with it are not.
func TestUniqueJobsThatWaitAreLeftOut(t *testing.T) {
	k := newKit(t)
	unique := river.UniqueOpts{ByArgs: true, ByState: []rivertype.JobState{
		rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled,
	}}
	for _, texts := range [][]string{{"a"}, {"a", "b"}, {"b", "a"}} {
		var jobs []river.InsertManyParams
		for _, text := range texts {
			j := jobOf(text)
			j.InsertOpts.UniqueOpts = unique
			jobs = append(jobs, j)
		}
		if err := k.InTx(context.Background(), func(tx Tx) error { return tx.Enqueue(context.Background(), jobs) }); err != nil {
			t.Errorf("enqueue %v: %v", texts, err)
		}
	}
	if n := k.count("SELECT COUNT(*) FROM river_job"); n != 2 {
		t.Errorf("%d jobs wait, want one each of a and b", n)
	}
}
