package store

import (
	"context"
	"fmt"
	"time"
)

// purgeAtOnce bounds one transaction, so that deliveries are taken in between.
const purgeAtOnce = 500

// Purge deletes the deliveries that were completed, or given up, before a time,
// and returns how many. What is not finished stays, however old.
func (db *DB) Purge(ctx context.Context, before time.Time) (int64, error) {
	var all int64
	for {
		var n int64
		err := db.InTx(ctx, func(tx Tx) (err error) {
			n, err = tx.Exec(ctx, `DELETE FROM deliveries WHERE guid IN (SELECT guid FROM deliveries
				WHERE completed < $1 OR completed IS NULL AND failure IS NOT NULL AND failed < $1 LIMIT $2)`, before.UnixMicro(), purgeAtOnce)
			return err
		})
		if err != nil {
			return all, fmt.Errorf("delete old deliveries: %w", err)
		}
		if all += n; n < purgeAtOnce {
			return all, nil
		}
	}
}
