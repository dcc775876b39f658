package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// Rate is the most creations within any stretch of time so long.
type Rate struct {
	Most int
	Per  time.Duration
}

// DefaultPace stays below what GitHub lets an installation create, 80 a minute
// and 500 an hour: what people do in the browser counts too, and an answer on its
// way may count a moment later than its request.
//
// https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
var DefaultPace = []Rate{{75, time.Minute}, {480, time.Hour}}

// errPaced unwinds a transaction that has nothing to write.
var errPaced = errors.New("as much was created as may be")

// Spend books one creation of an installation now, or returns how long to wait
// for the next; then nothing is booked. All processes of a database share the
// count, and it survives a restart.
func (db *DB) Spend(ctx context.Context, installation int64, now time.Time) (wait time.Duration, err error) {
	if len(db.opts.Pace) == 0 {
		return 0, nil
	}
	err = db.InTx(ctx, func(tx Tx) error {
		times, err := creations(ctx, tx, installation)
		if err != nil {
			return err
		}
		if wait = exhausted(db.opts.Pace, times, now); wait > 0 {
			return errPaced
		}
		text, err := json.Marshal(append(recent(db.opts.Pace, times), now.UnixMicro()))
		if err != nil {
			return fmt.Errorf("encode creations: %w", err)
		}
		_, err = tx.Exec(ctx, "UPDATE creations SET times = $1 WHERE installation = $2", string(text), installation)
		return err
	})
	if errors.Is(err, errPaced) {
		return wait, nil
	}
	return 0, err
}

// creations reads the log of an installation, oldest first, and keeps others
// from it until the transaction ends: what is written first locks the row.
func creations(ctx context.Context, tx Tx, installation int64) ([]int64, error) {
	_, err := tx.Exec(ctx, `INSERT INTO creations (installation, times) VALUES ($1, '[]')
		ON CONFLICT (installation) DO UPDATE SET times = creations.times`, installation)
	if err != nil {
		return nil, fmt.Errorf("lock creations: %w", err)
	}
	var text string
	if err := scanOne(ctx, tx, []any{&text}, "SELECT times FROM creations WHERE installation = $1", installation); err != nil {
		return nil, fmt.Errorf("read creations: %w", err)
	}
	var times []int64
	if err := json.Unmarshal([]byte(text), &times); err != nil {
		return nil, fmt.Errorf("decode creations: %w", err)
	}
	return times, nil
}

// exhausted returns how long to wait until no rate is used up, zero if none is.
// Whoever waits comes back a little later by chance, so that those who wait
// together do not come back together for the one place that is free.
func exhausted(rates []Rate, times []int64, now time.Time) time.Duration {
	var wait time.Duration
	for _, r := range rates {
		if len(times) < r.Most {
			continue
		}
		// The place to become free is that of the last so many's first.
		free := time.UnixMicro(times[len(times)-r.Most]).Add(r.Per)
		if left := free.Sub(now); left > 0 {
			left = min(left, r.Per)
			wait = max(wait, left+rand.N(min(r.Per/10, time.Minute)))
		}
	}
	return wait
}

// recent leaves out what no rate counts any longer: it is as long as the largest.
func recent(rates []Rate, times []int64) []int64 {
	most := 0
	for _, r := range rates {
		most = max(most, r.Most)
	}
	return times[max(0, len(times)-most+1):]
}
