package store

import (
	"context"
	"errors"
	"fmt"
)

// Mark returns how far something has come; empty if it never began.
func (db *DB) Mark(ctx context.Context, name string) (string, error) {
	var value string
	err := scanOne(ctx, db.reads, []any{&value}, "SELECT value FROM marks WHERE name = $1", name)
	if err == nil || errors.Is(err, ErrNotFound) {
		return value, nil
	}
	return "", fmt.Errorf("read mark %s: %w", name, err)
}

// SetMark keeps how far something has come.
func (db *DB) SetMark(ctx context.Context, name, value string) error {
	err := db.InTx(ctx, func(tx Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO marks (name, value) VALUES ($1, $2)
			ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, value)
		return err
	})
	if err != nil {
		return fmt.Errorf("set mark %s: %w", name, err)
	}
	return nil
}
