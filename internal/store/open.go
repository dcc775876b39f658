package store

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/rs/zerolog"
	_ "modernc.org/sqlite" // the database/sql driver "sqlite"

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
	// Log is told of jobs that panic; zero logs nothing.
	Log zerolog.Logger
}

// DB is an open store.
type DB struct {
	write *sql.DB
	read  *sql.DB
	// reads are the queries outside of transactions.
	reads querier
	river *river.Client[*sql.Tx]
	wake  *waker
	lock  *os.File
	opts  Options
}

// Open opens the database that a specification names, "sqlite:PATH", creates
// what is missing in it, and makes it ready to take jobs. Nothing runs until
// Start. One process at a time has a database; a second is refused.
func Open(ctx context.Context, spec string, opts Options) (*DB, error) {
	path, ok := strings.CutPrefix(spec, "sqlite:")
	if !ok || path == "" {
		return nil, errors.New("open database: it must be given as sqlite:PATH")
	}
	if opts.Clock == nil {
		opts.Clock = time.Now
	}
	if opts.Retry.First == 0 {
		opts.Retry = DefaultRetry
	}
	if opts.Retry.Attempts == 0 {
		opts.Retry.Attempts = DefaultRetry.Attempts
	}
	db := &DB{wake: newWaker(), opts: opts}
	if err := db.open(ctx, path); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", path, err), db.Close())
	}
	return db, nil
}

func (db *DB) open(ctx context.Context, path string) error {
	if err := createPrivate(path); err != nil {
		return err
	}
	var err error
	if db.lock, err = lock(path + ".lock"); err != nil {
		return err
	}
	if db.write, err = openPool(ctx, path, 1); err != nil {
		return err
	}
	return db.prepare(ctx, path)
}

// createPrivate makes the file if there is none, readable by nobody else: what
// is kept in it comes from private repositories. SQLite gives its other files
// the same permissions.
func createPrivate(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err == nil {
		err = f.Close()
	}
	var failed *os.PathError
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

func (db *DB) prepare(ctx context.Context, path string) error {
	if _, err := db.write.ExecContext(ctx, schema); err != nil {
		return fmt.Errorf("create tables: %w", err)
	}
	driver := wakeDriver{riversqlite.New(db.write), db.wake}
	migrator, err := rivermigrate.New[*sql.Tx](driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("prepare job tables: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("create job tables: %w", err)
	}
	if db.read, err = openPool(ctx, path, 4); err != nil {
		return err
	}
	db.reads = reader{db.read}
	db.river, err = river.NewClient[*sql.Tx](driver, db.config())
	if err != nil {
		return fmt.Errorf("prepare jobs: %w", err)
	}
	return nil
}

// openPool opens SQLite so that a commit is on disk when it returns. One
// connection writes: two would wait for one another's locks, with back-offs
// that take seconds.
func openPool(ctx context.Context, path string, conns int) (*sql.DB, error) {
	pragmas := url.Values{"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)"}}
	pragmas.Set("_txlock", "immediate")
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+pragmas.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Ping writes, and so says whether a delivery could be kept now.
func (db *DB) Ping(ctx context.Context) error {
	return db.InTx(ctx, func(tx Tx) error {
		_, err := tx.Exec(ctx, "INSERT INTO pings (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = excluded.at", db.opts.Clock().UnixMicro())
		return err
	})
}

// Close closes the database. Jobs must be stopped before.
func (db *DB) Close() error {
	var errs []error
	for _, pool := range []*sql.DB{db.read, db.write} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	if db.lock != nil {
		errs = append(errs, unlock(db.lock))
		db.lock = nil
	}
	return errors.Join(errs...)
}
