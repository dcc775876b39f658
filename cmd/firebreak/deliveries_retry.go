package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/firebreak-app/firebreak/internal/store"
)

type deliveriesRetry struct {
	databaseFlags
	IDs        []string `arg:"" optional:"" name:"id" help:"The ids that the list shows."`
	All        bool     `help:"All that was given up."`
	Repository string   `help:"With --all: only of this repository." placeholder:"OWNER/NAME"`
}

// Run has the server run things again: it looks for new work every few seconds.
func (c deliveriesRetry) Run(ctx context.Context, std streams) error {
	if c.All == (len(c.IDs) > 0) {
		return errors.New("retry: name what to run again, or --all")
	}
	return c.with(ctx, func(db *store.DB) error {
		ids := c.IDs
		if c.All {
			all, err := db.Undone(ctx)
			if err != nil {
				return err
			}
			for _, u := range (selection{Failed: true, Repository: c.Repository}).of(all) {
				ids = append(ids, u.ID)
			}
		}
		return retryAll(ctx, std.out, db, ids)
	})
}

// retryAll goes on past what is not there any longer.
func retryAll(ctx context.Context, out io.Writer, db *store.DB, ids []string) error {
	var failed []error
	for _, id := range ids {
		err := db.RetryUndone(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			err = errNotOpen
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("retry %s: %w", id, err))
			continue
		}
		fmt.Fprintln(out, "runs again:", id)
	}
	return errors.Join(failed...)
}
