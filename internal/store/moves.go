package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// loadMoved returns an incident by its key, or by one that its issue had before
// it was transferred; a fresh one if there is none.
func loadMoved(ctx context.Context, tx querier, key workflow.Key) (workflow.Incident, error) {
	inc, err := load(ctx, tx, key)
	if err != nil || inc.Known() {
		return inc, err
	}
	to, err := target(ctx, tx, key)
	if err != nil || to == key {
		return inc, err
	}
	return load(ctx, tx, to)
}

// target returns the key that the incident of a key has now.
func target(ctx context.Context, tx querier, key workflow.Key) (workflow.Key, error) {
	to := key
	err := scanOne(ctx, tx, []any{&to.Repository, &to.Issue},
		"SELECT to_repository, to_issue FROM moves WHERE repository = $1 AND issue = $2", key.Repository, key.Issue)
	if errors.Is(err, ErrNotFound) {
		return key, nil
	}
	if err != nil {
		return key, fmt.Errorf("look for moved incident: %w", err)
	}
	return to, nil
}

// moved makes the rows follow an incident whose key has changed, and remembers
// where one went that is gone. It returns the incident as it is to be saved.
func moved(ctx context.Context, tx Tx, was, is workflow.Incident) (workflow.Incident, error) {
	if gone := is.Departure.To; gone != (workflow.Key{}) && gone != was.Departure.To {
		if err := remember(ctx, tx, gone, is.Key); err != nil {
			return is, err
		}
	}
	if !was.Known() || was.Key == is.Key {
		return is, nil
	}
	// News of the issue from there may have come before the news that it moved.
	there, err := load(ctx, tx, is.Key)
	if err != nil {
		return is, err
	}
	if there.Known() {
		is = is.Absorb(there)
	}
	if err := rekey(ctx, tx, was.Key, is.Key, is.PlaceAt); err != nil {
		return is, fmt.Errorf("move incident %s to %s: %w", was.Key, is.Key, err)
	}
	return is, nil
}

func remember(ctx context.Context, tx Tx, from, to workflow.Key) error {
	_, err := tx.Exec(ctx, `INSERT INTO moves (repository, issue, to_repository, to_issue) VALUES ($1, $2, $3, $4)
		ON CONFLICT (repository, issue) DO UPDATE SET to_repository = excluded.to_repository, to_issue = excluded.to_issue`,
		from.Repository, from.Issue, to.Repository, to.Issue)
	if err != nil {
		return fmt.Errorf("remember move: %w", err)
	}
	return nil
}

// rekey moves an incident's rows to its new key. The page's base stays behind
// with the page: there is none yet in the wiki of the new place.
func rekey(ctx context.Context, tx Tx, from, to workflow.Key, at time.Time) error {
	if err := joinTimelines(ctx, tx, from, to, at); err != nil {
		return err
	}
	for _, statement := range []string{
		"UPDATE entries SET repository = $3, issue = $4 WHERE repository = $1 AND issue = $2",
		"UPDATE follow_ups SET incident_repository = $3, incident_issue = $4 WHERE incident_repository = $1 AND incident_issue = $2",
		"UPDATE failures SET repository = $3, issue = $4 WHERE repository = $1 AND issue = $2",
		"UPDATE moves SET to_repository = $3, to_issue = $4 WHERE to_repository = $1 AND to_issue = $2",
	} {
		if _, err := tx.Exec(ctx, statement, from.Repository, from.Issue, to.Repository, to.Issue); err != nil {
			return err
		}
	}
	for _, statement := range []string{
		"DELETE FROM incidents WHERE repository = $1 AND issue = $2",
		"DELETE FROM pages WHERE repository = $1 AND issue = $2",
	} {
		if _, err := tx.Exec(ctx, statement, from.Repository, from.Issue); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, "DELETE FROM moves WHERE repository = $1 AND issue = $2", to.Repository, to.Issue); err != nil {
		return err
	}
	return remember(ctx, tx, from, to)
}

// joinTimelines puts what is on the timeline under the new key already behind
// that of the old one, but for what is from before the issue moved, which that one
// has at first hand, and its declaration, which is the issue's arrival.
func joinTimelines(ctx context.Context, tx Tx, from, to workflow.Key, moved time.Time) error {
	var last int64
	err := scanOne(ctx, tx, []any{&last}, "SELECT COALESCE(MAX(seq), 0) FROM entries WHERE repository = $1 AND issue = $2", from.Repository, from.Issue)
	if err != nil {
		return fmt.Errorf("number timeline: %w", err)
	}
	_, err = tx.Exec(ctx, `DELETE FROM entries WHERE repository = $1 AND issue = $2 AND (at < $3 OR entry LIKE '%"kind":"declared"%')`,
		to.Repository, to.Issue, moved.UnixMicro())
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, "UPDATE entries SET repository = $1, issue = $2, seq = seq + $5 WHERE repository = $3 AND issue = $4",
		from.Repository, from.Issue, to.Repository, to.Issue, last)
	return err
}
