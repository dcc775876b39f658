package main

import (
	"context"
	"errors"
	"os"
	"slices"
	"strings"

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
