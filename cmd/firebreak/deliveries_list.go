package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/firebreak-app/firebreak/internal/store"
)

type deliveriesList struct {
	databaseFlags
	selection
	JSON bool `name:"json" help:"Write JSON, one object a line."`
}

// Run lists what is not done, oldest first.
func (c deliveriesList) Run(ctx context.Context, std streams) error {
	return c.with(ctx, func(db *store.DB) error {
		all, err := db.Undone(ctx)
		if err != nil {
			return err
		}
		if all = c.of(all); c.JSON {
			return writeJSON(std.out, all)
		}
		return writeTable(std.out, all)
	})
}

func writeJSON(out io.Writer, all []store.Undone) error {
	enc := json.NewEncoder(out)
	for _, u := range all {
		if err := enc.Encode(u); err != nil {
			return err
		}
	}
	return nil
}

func writeTable(out io.Writer, all []store.Undone) error {
	if len(all) == 0 {
		_, err := fmt.Fprintln(out, "Nothing waits, and nothing was given up.")
		return err
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "STATE\tSINCE (UTC)\tWHAT\tWHERE\tID\tREASON")
	for _, u := range all {
		fmt.Fprintln(table, strings.Join([]string{state(u), u.Since.Format(time.DateTime), u.What, where(u), u.ID, u.Reason}, "\t"))
	}
	return table.Flush()
}

func state(u store.Undone) string {
	if u.Failed {
		return "failed"
	}
	return "pending"
}

// where names repository and issue as people do, by their ids where no name is
// known.
func where(u store.Undone) string {
	switch {
	case u.Repository == "":
		return u.Key.String()
	case u.Number == 0:
		return u.Repository
	}
	return fmt.Sprintf("%s#%d", u.Repository, u.Number)
}
