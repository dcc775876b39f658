package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"
	_ "modernc.org/sqlite" // the database/sql driver "sqlite"
)

// sqlite is one file that one process works. Others may only read in it and
// enqueue; see Options.Guest.
type sqlite struct {
	// write has one connection: two would wait for one another's locks, with
	// back-offs that take seconds.
	write *sql.DB
	read  *sql.DB
	river *river.Client[*sql.Tx]
	wake  *waker
	lock  *os.File
}

func openSQLite(ctx context.Context, path string, config *river.Config, guest bool) (engine, error) {
	e := &sqlite{wake: newWaker()}
	if err := e.open(ctx, path, config, guest); err != nil {
		return nil, errors.Join(fmt.Errorf("open database %s: %w", path, err), e.close())
	}
	return e, nil
}

func (e *sqlite) open(ctx context.Context, path string, config *river.Config, guest bool) (err error) {
	flag := os.O_RDWR | os.O_CREATE
	if guest {
		flag = os.O_RDWR // the server's, or a mistake
	}
	if err := openPrivate(path, flag); err != nil {
		return err
	}
	if !guest {
		if e.lock, err = lock(path + ".lock"); err != nil {
			return err
		}
	}
	if e.write, err = openPool(ctx, path, 1); err != nil {
		return err
	}
	if err := e.prepare(ctx, config); err != nil {
		return err
	}
	e.read, err = openPool(ctx, path, 4)
	return err
}

// openPrivate tries the file, and makes it if it may and there is none, readable
// by nobody else: what is kept in it comes from private repositories. SQLite
// gives its other files the same permissions.
func openPrivate(path string, flag int) error {
	f, err := os.OpenFile(path, flag, 0o600)
	if err == nil {
		err = f.Close()
	}
	var failed *os.PathError
	if errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

func (e *sqlite) prepare(ctx context.Context, config *river.Config) error {
	if _, err := e.write.ExecContext(ctx, schema); err != nil {
		return fmt.Errorf("create tables: %w", err)
	}
	driver := wakeDriver{riversqlite.New(e.write), e.wake}
	migrator, err := rivermigrate.New[*sql.Tx](driver, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("prepare job tables: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("create job tables: %w", err)
	}
	if e.river, err = river.NewClient[*sql.Tx](driver, config); err != nil {
		return fmt.Errorf("prepare jobs: %w", err)
	}
	return nil
}

// openPool opens SQLite so that a commit is on disk when it returns.
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

// inTx wakes the queues that the transaction filled. A transaction left open on
// the one connection that writes would stop everything.
func (e *sqlite) inTx(ctx context.Context, do func(Tx) error) (err error) {
	tx, err := e.write.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", err)
	}
	committed := false
	defer func() {
		if !committed {
			err = errors.Join(err, ignoreDone(tx.Rollback()))
		}
	}()
	t := &sqlTx{tx: tx, client: e.river, queues: map[string]bool{}}
	if err := do(t); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit transaction: %w", err)
	}
	committed = true
	for queue := range t.queues {
		e.wake.notify(queue)
	}
	return nil
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

func (e *sqlite) Query(ctx context.Context, query string, args ...any) (Rows, error) {
	return e.read.QueryContext(ctx, query, args...)
}

func (e *sqlite) jobs() jobs { return e.river }

// start works all queues: one process owns the file, so whatever is marked as
// running, or as leading, was ours before it died.
func (e *sqlite) start(ctx context.Context) error {
	if err := e.release(ctx); err != nil {
		return err
	}
	put, cancel := e.river.Subscribe(river.EventKindJobFailed, river.EventKindJobSnoozed)
	go e.wakeDue(put)
	if err := e.river.Start(ctx); err != nil {
		cancel()
		return fmt.Errorf("start jobs: %w", err)
	}
	return nil
}

// release makes jobs available again that were running when the process died;
// River would wait for an hour. The run that was cut off is no attempt.
func (e *sqlite) release(ctx context.Context) error {
	for _, query := range []string{
		"UPDATE river_job SET state = 'available', attempt = max(attempt - 1, 0) WHERE state = 'running'",
		"DELETE FROM river_leader",
	} {
		if _, err := e.write.ExecContext(ctx, query); err != nil {
			return fmt.Errorf("release jobs left running: %w", err)
		}
	}
	return nil
}

func (e *sqlite) stop(ctx context.Context) error {
	if err := stopJobs(ctx, e.river); err != nil {
		return fmt.Errorf("stop jobs: %w", err)
	}
	return nil
}

// hold changes nothing: the queues are this process's until it ends.
func (e *sqlite) hold(ctx context.Context, _ string) (context.Context, context.CancelFunc) {
	return ctx, func() {}
}

// stamp writes a time as River does in SQLite, where it is text.
func (e *sqlite) stamp(t time.Time) any { return t.UTC().Format("2006-01-02 15:04:05.000") }

func (e *sqlite) close() error {
	var errs []error
	for _, pool := range []*sql.DB{e.read, e.write} {
		if pool != nil {
			errs = append(errs, pool.Close())
		}
	}
	if e.lock != nil {
		errs = append(errs, unlock(e.lock))
		e.lock = nil
	}
	return errors.Join(errs...)
}
