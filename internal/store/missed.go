package store

import (
	"context"
	"fmt"
	"time"
)

// Missed is a delivery that GitHub could not hand over.
type Missed struct {
	GUID string
	// Attempt is GitHub's id of the latest attempt, which can be asked for again.
	Attempt int64
	// Failed is when the first attempt was made.
	Failed time.Time
	// Asked counts how often it was asked for again.
	Asked int
}

// NoteMissed keeps deliveries that failed and forgets those that arrived. One
// whose row is here did arrive: it was committed, and only the answer was lost.
// What is known already of a delivery stays, save for its latest attempt.
func (db *DB) NoteMissed(ctx context.Context, failed []Missed, arrived []string) error {
	return db.InTx(ctx, func(tx Tx) error {
		for _, m := range failed {
			_, err := tx.Exec(ctx, `INSERT INTO missed (guid, attempt, failed, asked, due) VALUES ($1, $2, $3, 0, $3)
				ON CONFLICT (guid) DO UPDATE SET
					attempt = CASE WHEN excluded.attempt > missed.attempt THEN excluded.attempt ELSE missed.attempt END,
					failed = CASE WHEN excluded.failed < missed.failed THEN excluded.failed ELSE missed.failed END`,
				m.GUID, m.Attempt, m.Failed.UnixMicro())
			if err != nil {
				return fmt.Errorf("note missed delivery: %w", err)
			}
		}
		for _, guid := range arrived {
			if _, err := tx.Exec(ctx, "DELETE FROM missed WHERE guid = $1", guid); err != nil {
				return fmt.Errorf("forget missed delivery: %w", err)
			}
		}
		_, err := tx.Exec(ctx, "DELETE FROM missed WHERE EXISTS (SELECT 1 FROM deliveries d WHERE d.guid = missed.guid)")
		return err
	})
}

// Missed lists the deliveries that are to be asked for again by now, the oldest
// first, so many at most.
func (db *DB) Missed(ctx context.Context, now time.Time, most int) ([]Missed, error) {
	rows, err := db.reads.Query(ctx, `SELECT guid, attempt, failed, asked FROM missed
		WHERE given_up IS NULL AND due <= $1 AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.guid = missed.guid)
		ORDER BY failed, attempt LIMIT $2`, now.UnixMicro(), most)
	if err != nil {
		return nil, fmt.Errorf("list missed deliveries: %w", err)
	}
	defer rows.Close()
	var out []Missed
	for rows.Next() {
		var m Missed
		var failed int64
		if err := rows.Scan(&m.GUID, &m.Attempt, &failed, &m.Asked); err != nil {
			return nil, fmt.Errorf("read missed delivery: %w", err)
		}
		m.Failed = time.UnixMicro(failed).UTC()
		out = append(out, m)
	}
	return out, rows.Err()
}

// AskedFor keeps that a missed delivery was asked for once more, and when it may
// be next.
func (db *DB) AskedFor(ctx context.Context, guid string, next time.Time) error {
	return db.InTx(ctx, func(tx Tx) error {
		_, err := tx.Exec(ctx, "UPDATE missed SET asked = asked + 1, due = $1 WHERE guid = $2", next.UnixMicro(), guid)
		return err
	})
}

// GiveUpMissed keeps that a missed delivery is not asked for any more.
func (db *DB) GiveUpMissed(ctx context.Context, guid string, now time.Time) error {
	return db.InTx(ctx, func(tx Tx) error {
		_, err := tx.Exec(ctx, "UPDATE missed SET given_up = $1 WHERE guid = $2", now.UnixMicro(), guid)
		return err
	})
}

// ForgetMissed forgets what failed first before a time: GitHub does not list it
// any more.
func (db *DB) ForgetMissed(ctx context.Context, before time.Time) error {
	return db.InTx(ctx, func(tx Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM missed WHERE given_up IS NOT NULL AND failed < $1", before.UnixMicro())
		return err
	})
}
