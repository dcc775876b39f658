package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// Undone is a delivery that is not handled or an effect that was given up, as an
// operator is shown it: never with a payload or a text.
type Undone struct {
	// ID is the delivery's GUID or the failure's id.
	ID string `json:"id"`
	// What is the webhook event or the kind of effect.
	What string `json:"what"`
	// Failed says that it was given up; otherwise it is waited for.
	Failed bool `json:"failed"`
	// Repository is owner/name, empty if it is not known; Number is the issue's, 0
	// if it is not.
	Repository string       `json:"repository,omitempty"`
	Number     int          `json:"number,omitempty"`
	Key        workflow.Key `json:"key"`
	// Delivery is the delivery that led to an effect.
	Delivery string `json:"delivery,omitempty"`
	// Since is when it arrived, or when it was given up.
	Since time.Time `json:"since"`
	// Attempts is how often it was tried; 0 is not known.
	Attempts int    `json:"attempts,omitempty"`
	Reason   string `json:"reason,omitempty"`
}

// Undone lists what is not done, oldest first.
func (db *DB) Undone(ctx context.Context) ([]Undone, error) {
	out, err := db.undoneDeliveries(ctx)
	if err != nil {
		return nil, err
	}
	failed, err := db.Failures(ctx)
	if err != nil {
		return nil, err
	}
	for _, f := range failed {
		out = append(out, Undone{
			ID: f.ID, What: string(f.Effect.Kind), Failed: true, Repository: f.Place.Owner + "/" + f.Place.Repo, Number: f.Place.Number,
			Key: f.Effect.Key, Delivery: f.Effect.Delivery, Since: f.At, Attempts: f.Attempts, Reason: f.Reason,
		})
	}
	slices.SortStableFunc(out, func(a, b Undone) int { return a.Since.Compare(b.Since) })
	return out, nil
}

func (db *DB) undoneDeliveries(ctx context.Context) ([]Undone, error) {
	out, err := db.readUndone(ctx)
	places := map[workflow.Key]workflow.Place{}
	for n := range out {
		u := &out[n]
		if err != nil {
			return nil, err
		}
		place, known := places[u.Key]
		if !known {
			place, err = db.placeOf(ctx, u.Key)
			places[u.Key] = place
		}
		if u.Number = place.Number; u.Repository == "" && place.Owner != "" {
			u.Repository = place.Owner + "/" + place.Repo
		}
	}
	return out, err
}

// placeOf returns where an incident, or the one that a follow-up belongs to, is.
func (db *DB) placeOf(ctx context.Context, key workflow.Key) (workflow.Place, error) {
	inc, err := db.Incident(ctx, key)
	if errors.Is(err, ErrNotFound) {
		return workflow.Place{}, nil
	}
	return inc.Place, err
}

func (db *DB) readUndone(ctx context.Context) ([]Undone, error) {
	rows, err := db.reads.Query(ctx, `SELECT guid, event, repository, issue, failure IS NOT NULL, COALESCE(failure, ''), name, attempts, received, failed
		FROM deliveries WHERE completed IS NULL ORDER BY received, guid`)
	if err != nil {
		return nil, fmt.Errorf("list deliveries: %w", err)
	}
	defer rows.Close()
	var out []Undone
	for rows.Next() {
		var u Undone
		var received, failed int64
		err := rows.Scan(&u.ID, &u.What, &u.Key.Repository, &u.Key.Issue, &u.Failed, &u.Reason, &u.Repository, &u.Attempts, &received, &failed)
		if err != nil {
			return nil, fmt.Errorf("read delivery: %w", err)
		}
		if u.Since = time.UnixMicro(received).UTC(); u.Failed {
			u.Since = time.UnixMicro(failed).UTC()
		}
		out = append(out, u)
	}
	return out, rows.Err()
}

// RetryUndone runs one thing again that is not done, by its id, now; ErrNotFound
// if there is nothing of that id.
func (db *DB) RetryUndone(ctx context.Context, id string) error {
	n, err := db.retry(ctx, "id = $1", "guid = $1 AND completed IS NULL", id)
	if err == nil && n == 0 {
		return ErrNotFound
	}
	return err
}
