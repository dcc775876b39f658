package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/firebreak-app/firebreak/workflow"
)

// Incident returns an incident, by its key or a former one; ErrNotFound if it is
// not known.
func (db *DB) Incident(ctx context.Context, key workflow.Key) (workflow.Incident, error) {
	inc, err := loadMoved(ctx, db.reads, key)
	if err == nil && !inc.Known() {
		err = ErrNotFound
	}
	return inc, err
}

// Timeline returns an incident's entries in the order of their times.
func (db *DB) Timeline(ctx context.Context, key workflow.Key) ([]workflow.Entry, error) {
	return list[workflow.Entry](ctx, db, "SELECT entry FROM entries WHERE repository = $1 AND issue = $2 ORDER BY at, seq", key.Repository, key.Issue)
}

// Incidents returns a repository's incidents, newest first.
func (db *DB) Incidents(ctx context.Context, repository int64) ([]workflow.Incident, error) {
	return list[workflow.Incident](ctx, db, "SELECT state FROM incidents WHERE repository = $1 ORDER BY declared DESC, issue DESC", repository)
}

// HasIncidents says whether anything of a repository is known here.
func (db *DB) HasIncidents(ctx context.Context, repository int64) (bool, error) {
	var n int64
	err := scanOne(ctx, db.reads, []any{&n}, "SELECT COUNT(*) FROM (SELECT 1 FROM incidents WHERE repository = $1 LIMIT 1) AS found", repository)
	return n > 0, err
}

// IncidentOf returns the incident that a follow-up issue belongs to;
// ErrNotFound if it is none of ours.
func (db *DB) IncidentOf(ctx context.Context, followUp workflow.Key) (workflow.Key, error) {
	var key workflow.Key
	err := scanOne(ctx, db.reads, []any{&key.Repository, &key.Issue},
		"SELECT incident_repository, incident_issue FROM follow_ups WHERE repository = $1 AND issue = $2", followUp.Repository, followUp.Issue)
	return key, err
}

// Base returns a page as Firebreak wrote it last; empty if it never did.
func (db *DB) Base(ctx context.Context, key workflow.Key) (string, error) {
	var base []byte
	err := scanOne(ctx, db.reads, []any{&base}, "SELECT base FROM pages WHERE repository = $1 AND issue = $2", key.Repository, key.Issue)
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return string(base), err
}

// SetBase keeps a page as Firebreak wrote it.
func (db *DB) SetBase(ctx context.Context, key workflow.Key, base string) error {
	return db.InTx(ctx, func(tx Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO pages (repository, issue, base) VALUES ($1, $2, $3)
			ON CONFLICT (repository, issue) DO UPDATE SET base = excluded.base`, key.Repository, key.Issue, []byte(base))
		return err
	})
}

// list reads a column of JSON.
func list[T any](ctx context.Context, db *DB, query string, args ...any) ([]T, error) {
	rows, err := db.reads.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read rows: %w", err)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		var text string
		var item T
		if err := rows.Scan(&text); err != nil {
			return nil, fmt.Errorf("read row: %w", err)
		}
		if err := json.Unmarshal([]byte(text), &item); err != nil {
			return nil, fmt.Errorf("decode row: %w", err)
		}
		out = append(out, item)
	}
	return out, rows.Err()
}
