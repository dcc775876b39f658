package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"github.com/firebreak-app/firebreak/workflow"
)

// Delivery is a webhook delivery as it is kept.
type Delivery struct {
	// GUID is X-GitHub-Delivery; GitHub delivers again under the same one.
	GUID      string
	Event     string
	Key       workflow.Key
	Payload   []byte
	Received  time.Time
	Completed bool
	// Failure says why it was given up, after how many Attempts; empty unless it
	// was. Installation and Name, as owner/name, say whose it is.
	Failure      string
	Attempts     int
	Installation int64
	Name         string
}

// forgotten is how long a delivery waits before another of the same id is taken
// for a sign that its job is gone.
const forgotten = 10 * time.Minute

// SaveDeliveries keeps deliveries and the jobs that handle them in one commit.
// One that was completed stays so. One that failed for good, or that waits for
// longer than anything should, is taken up again, since GitHub delivers anew
// under the same id when somebody asks for it.
func (db *DB) SaveDeliveries(ctx context.Context, all []Delivery, jobs func([]Delivery) []river.InsertManyParams) error {
	return db.InTx(ctx, func(tx Tx) error {
		fresh := map[string]Delivery{}
		for _, d := range inOneOrder(all) {
			n, err := tx.Exec(ctx, `INSERT INTO deliveries (guid, event, repository, issue, payload, received) VALUES ($1, $2, $3, $4, $5, $6)
				ON CONFLICT (guid) DO UPDATE SET failure = NULL, received = excluded.received
				WHERE deliveries.completed IS NULL AND (deliveries.failure IS NOT NULL OR deliveries.received < $7)`,
				d.GUID, d.Event, d.Key.Repository, d.Key.Issue, d.Payload, d.Received.UnixMicro(), d.Received.Add(-forgotten).UnixMicro())
			if err != nil {
				return fmt.Errorf("save delivery: %w", err)
			}
			if n > 0 {
				fresh[d.GUID] = d
			}
		}
		return tx.Enqueue(ctx, jobs(asArrived(all, fresh)))
	})
}

// inOneOrder sorts deliveries by id: two processes that keep the same ones in
// different orders would wait for one another's rows.
func inOneOrder(all []Delivery) []Delivery {
	return slices.SortedFunc(slices.Values(all), func(a, b Delivery) int { return cmp.Compare(a.GUID, b.GUID) })
}

// asArrived lists those of the deliveries that are fresh, each once.
func asArrived(all []Delivery, fresh map[string]Delivery) []Delivery {
	var out []Delivery
	for _, d := range all {
		if f, ok := fresh[d.GUID]; ok {
			out = append(out, f)
			delete(fresh, d.GUID)
		}
	}
	return out
}

// Delivery returns a kept delivery; ErrNotFound if there is none.
func (db *DB) Delivery(ctx context.Context, guid string) (Delivery, error) {
	d := Delivery{GUID: guid}
	err := scanOne(ctx, db.reads, []any{&d.Event, &d.Key.Repository, &d.Key.Issue, &d.Payload, &d.Completed, &d.Failure},
		"SELECT event, repository, issue, payload, completed IS NOT NULL, COALESCE(failure, '') FROM deliveries WHERE guid = $1", guid)
	return d, err
}

// Complete marks a delivery as done that changed nothing.
func (db *DB) Complete(ctx context.Context, guid string) error { return db.Record(ctx, guid) }

// FailDelivery keeps why a delivery was given up and whose it is, for the
// operator and for RetryFailures. One that was completed stays so.
func (db *DB) FailDelivery(ctx context.Context, d Delivery, reason string) error {
	return db.InTx(ctx, func(tx Tx) error {
		_, err := tx.Exec(ctx, `UPDATE deliveries SET failure = $1, failed = $2, installation = $3, name = $4, attempts = $5 WHERE guid = $6 AND completed IS NULL`,
			reasonOf(reason), db.opts.Clock().UnixMicro(), d.Installation, plain(d.Name, maxName), d.Attempts, d.GUID)
		return err
	})
}

// Pending counts the deliveries that are neither completed nor given up.
func (db *DB) Pending(ctx context.Context) (int, error) {
	var n int
	err := scanOne(ctx, db.reads, []any{&n}, "SELECT COUNT(*) FROM deliveries WHERE completed IS NULL AND failure IS NULL")
	return n, err
}

// Deliveries lists what is kept of deliveries, oldest first, without payloads.
func (db *DB) Deliveries(ctx context.Context) ([]Delivery, error) {
	rows, err := db.reads.Query(ctx, "SELECT guid, event, repository, issue, completed IS NOT NULL, COALESCE(failure, '') FROM deliveries ORDER BY received, guid")
	if err != nil {
		return nil, fmt.Errorf("list deliveries: %w", err)
	}
	defer rows.Close()
	var out []Delivery
	for rows.Next() {
		var d Delivery
		if err := rows.Scan(&d.GUID, &d.Event, &d.Key.Repository, &d.Key.Issue, &d.Completed, &d.Failure); err != nil {
			return nil, fmt.Errorf("read delivery: %w", err)
		}
		out = append(out, d)
	}
	return out, rows.Err()
}
