package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/firebreak-app/firebreak/config"
	"github.com/firebreak-app/firebreak/internal/effects"
	"github.com/firebreak-app/firebreak/internal/inbox"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
)

// deliveriesCommand looks at what is not done, beside a server that runs on the
// same database.
type deliveriesCommand struct {
	List  deliveriesList  `cmd:"" default:"withargs" help:"List what waits and what was given up."`
	Show  deliveriesShow  `cmd:"" help:"Show one: why it was given up, when, and what it concerns."`
	Retry deliveriesRetry `cmd:"" help:"Run what was given up, or waits, again now."`
}

// databaseFlags name the database, as serve's do.
type databaseFlags struct {
	Database string `help:"FIREBREAK_DATABASE: where incidents are kept."`
	EnvFile  string `help:"FIREBREAK_ENV_FILE: a file of settings, NAME=value a line."`
}

func (f databaseFlags) lookup(name string) (string, bool) {
	if v := map[string]string{"FIREBREAK_DATABASE": f.Database, config.EnvFile: f.EnvFile}[name]; v != "" {
		return v, true
	}
	return os.LookupEnv(name)
}

// with opens the database as a guest of the server's, for as long as a function
// runs.
func (f databaseFlags) with(ctx context.Context, do func(*store.DB) error) error {
	if err := noPassword(f.Database); err != nil {
		return err
	}
	spec, err := config.Database(f.lookup)
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, spec, store.Options{
		Guest: true, Jobs: effects.Jobs, Deliveries: inbox.Jobs, Rules: workflow.DefaultRules(),
	})
	if err != nil {
		return err
	}
	return errors.Join(do(db), db.Close())
}

// selection says which are meant.
type selection struct {
	Failed     bool   `help:"Only what was given up."`
	Pending    bool   `help:"Only what waits."`
	Repository string `help:"Only of this repository." placeholder:"OWNER/NAME"`
}

func (s selection) of(all []store.Undone) []store.Undone {
	return slices.DeleteFunc(all, func(u store.Undone) bool {
		return s.Failed && !s.Pending && !u.Failed || s.Pending && !s.Failed && u.Failed ||
			s.Repository != "" && !strings.EqualFold(s.Repository, u.Repository)
	})
}

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
