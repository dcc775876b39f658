package store

import (
	"context"
	"fmt"
	"time"
)

// purgeAtOnce bounds one transaction, so that deliveries are taken in between.
const purgeAtOnce = 500

// old are the deliveries that were completed and what was given up, before $1, at
// most $2 of them.
var old = []string{
	`DELETE FROM deliveries WHERE guid IN (SELECT guid FROM deliveries
		WHERE completed < $1 OR completed IS NULL AND failure IS NOT NULL AND failed < $1 LIMIT $2)`,
	"DELETE FROM failures WHERE id IN (SELECT id FROM failures WHERE at < $1 LIMIT $2)",
}

// Purge deletes the deliveries that were completed, and what was given up, before
// a time, and returns how many. What is not finished stays, however old.
func (db *DB) Purge(ctx context.Context, before time.Time) (int64, error) {
	var all int64
	for _, query := range old {
		n, err := db.purge(ctx, query, before)
		if all += n; err != nil {
			return all, err
		}
	}
	return all, nil
}

func (db *DB) purge(ctx context.Context, query string, before time.Time) (int64, error) {
	var all int64
	for {
		var n int64
		err := db.InTx(ctx, func(tx Tx) (err error) {
			n, err = tx.Exec(ctx, query, before.UnixMicro(), purgeAtOnce)
			return err
		})
		if err != nil {
			return all, fmt.Errorf("delete what is old: %w", err)
		}
		if all += n; n < purgeAtOnce {
			return all, nil
		}
	}
}
