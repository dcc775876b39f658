package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/firebreak-app/firebreak/internal/store"
)

type deliveriesShow struct {
	databaseFlags
	ID string `arg:"" help:"The id that the list shows."`
}

// Run shows one.
func (c deliveriesShow) Run(ctx context.Context, std streams) error {
	return c.with(ctx, func(db *store.DB) error {
		all, err := db.Undone(ctx)
		if err != nil {
			return err
		}
		n := slices.IndexFunc(all, func(u store.Undone) bool { return u.ID == c.ID })
		if n < 0 {
			return fmt.Errorf("show %s: %w", c.ID, errNotOpen)
		}
		return show(std.out, all[n])
	})
}

var errNotOpen = errors.New("nothing of that id waits or was given up")

func show(out io.Writer, u store.Undone) error {
	lines := [][2]string{
		{"id", u.ID}, {"what", u.What}, {"state", state(u)}, {"since", u.Since.Format(time.RFC3339)}, {"where", where(u)},
		{"repository, issue", u.Key.String()}, {"delivery", u.Delivery}, {"reason", u.Reason},
	}
	if u.Attempts > 0 {
		lines = append(lines, [2]string{"attempts", fmt.Sprint(u.Attempts)})
	}
	for _, l := range lines {
		if l[1] == "" {
			continue
		}
		if _, err := fmt.Fprintf(out, "%-18s %s\n", l[0], l[1]); err != nil {
			return err
		}
	}
	return nil
}
