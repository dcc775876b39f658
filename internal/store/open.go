package store

import (
	"context"
	_ "embed"
	"errors"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/workflow"
)

//go:embed schema.sql
var schema string

// Options say how a store is opened. Workers, Jobs and Rules are needed.
type Options struct {
	// Workers run the jobs; they may be added until Start.
	Workers *river.Workers
	// Queues lists the queues that are worked, one job at a time each.
	Queues []string
	// Jobs turns effects into the jobs that carry them out.
	Jobs func([]workflow.Effect) []river.InsertManyParams
	// Deliveries makes the jobs that handle deliveries; needed to retry them.
	Deliveries func([]Delivery) []river.InsertManyParams
	// Rules decide what follows from an event.
	Rules workflow.Rules
	// Clock tells the time; nil is the system's.
	Clock func() time.Time
	// Retry says when a failed job runs again; zero is DefaultRetry.
	Retry Retry
	// Pace bounds what an installation creates; empty does not. It is for Spend.
	Pace []Rate
	// Unscheduled leaves schedules to be asked for by RunSchedule, so that tests
	// say when they run.
	Unscheduled bool
	// Guest opens the database beside the server that works it, to read and to
	// enqueue. A guest does not Start; Workers and Queues are not needed.
	Guest bool
	// Log is told of jobs that panic; zero logs nothing.
	Log zerolog.Logger
}

// DB is an open store.
type DB struct {
	engine
	reads     querier
	opts      Options
	schedules map[string]Schedule
}

// Open opens the database that a specification names, "sqlite:PATH" or a URL
// "postgres://…", creates what is missing in it, and makes it ready to take
// jobs. Nothing runs until Start. One process at a time has an SQLite database,
// a second is refused; any number may have one in PostgreSQL.
func Open(ctx context.Context, spec string, opts Options) (*DB, error) {
	db := &DB{opts: opts.withDefaults(), schedules: map[string]Schedule{}}
	var err error
	if path, ok := strings.CutPrefix(spec, "sqlite:"); ok && path != "" {
		db.engine, err = openSQLite(ctx, path, db.config(), opts.Guest)
	} else if IsPostgres(spec) {
		db.engine, err = openPostgres(ctx, spec, db.config(), opts)
	} else {
		err = errors.New("open database: it must be given as sqlite:PATH or postgres://…")
	}
	if err != nil {
		return nil, err
	}
	db.reads = db.engine
	if opts.Workers != nil {
		river.AddWorker(opts.Workers, &scheduleWorker{db: db})
	}
	return db, nil
}

func (o Options) withDefaults() Options {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Retry.First == 0 {
		o.Retry = DefaultRetry
	}
	if o.Retry.Attempts == 0 {
		o.Retry.Attempts = DefaultRetry.Attempts
	}
	return o
}

// InTx runs a function in one transaction. If it fails or panics, nothing of it
// stays.
func (db *DB) InTx(ctx context.Context, do func(Tx) error) error { return db.inTx(ctx, do) }

// Ping writes, and so says whether a delivery could be kept now.
func (db *DB) Ping(ctx context.Context) error {
	return db.InTx(ctx, func(tx Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO pings (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at", db.opts.Clock().UnixMicro())
		return err
	})
}

// Close closes the database. Jobs must be stopped before.
func (db *DB) Close() error { return db.engine.close() }
