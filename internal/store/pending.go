package store

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// TakeUpPending gives deliveries that are neither completed nor given up a job
// again if theirs is gone, and returns how many. That does not happen by itself;
// a lost job would be a lost delivery.
func (db *DB) TakeUpPending(ctx context.Context) (int, error) {
	// In this order: a delivery's job is there before its row can be seen, and
	// ends after its row has.
	pending, err := db.pending(ctx)
	if err != nil || len(pending) == 0 {
		return 0, err
	}
	lost := db.opts.Deliveries(pending)
	live, err := db.liveJobs(ctx, lost[0].Args.Kind())
	if err != nil {
		return 0, err
	}
	lost = slices.DeleteFunc(lost, func(p river.InsertManyParams) bool {
		args, err := json.Marshal(p.Args)
		return err == nil && live[string(args)]
	})
	return len(lost), db.InTx(ctx, func(tx Tx) error { return tx.Enqueue(ctx, lost) })
}

func (db *DB) pending(ctx context.Context) ([]Delivery, error) {
	rows, err := db.reads.Query(ctx, "SELECT guid, repository, issue FROM deliveries WHERE completed IS NULL AND failure IS NULL ORDER BY received, guid")
	if err != nil {
		return nil, fmt.Errorf("list pending deliveries: %w", err)
	}
	defer rows.Close()
	var out []Delivery
	for rows.Next() {
		var d Delivery
		if err := rows.Scan(&d.GUID, &d.Key.Repository, &d.Key.Issue); err != nil {
			return nil, fmt.Errorf("read pending delivery: %w", err)
		}
		out = append(out, d)
	}
	return out, rows.Err()
}

// mostJobs is the most that River lists at once.
const mostJobs = 10_000

// liveJobs returns the arguments of the jobs of a kind that will still run.
func (db *DB) liveJobs(ctx context.Context, kind string) (map[string]bool, error) {
	live := map[string]bool{}
	ask := river.NewJobListParams().Kinds(kind).First(mostJobs).States(rivertype.JobStateAvailable, rivertype.JobStatePending,
		rivertype.JobStateRunning, rivertype.JobStateRetryable, rivertype.JobStateScheduled)
	for {
		list, err := db.jobs().JobList(ctx, ask)
		if err != nil {
			return nil, fmt.Errorf("list jobs: %w", err)
		}
		for _, job := range list.Jobs {
			var args bytes.Buffer
			if json.Compact(&args, job.EncodedArgs) == nil {
				live[args.String()] = true
			}
		}
		if len(list.Jobs) < mostJobs {
			return live, nil
		}
		ask = ask.After(list.LastCursor)
	}
}
