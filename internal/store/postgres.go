package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// IsPostgres says whether a specification names a database in PostgreSQL.
func IsPostgres(spec string) bool {
	return strings.HasPrefix(spec, "postgres://") || strings.HasPrefix(spec, "postgresql://")
}

// postgres is a database that any number of processes work together: each the
// shards that it holds.
type postgres struct {
	pool   *pgxpool.Pool
	river  *river.Client[pgx.Tx]
	leases *leases
}

// errURL says no more, since what it is about may hold a password.
var errURL = errors.New("it is not a URL that PostgreSQL understands")

// noQueue is worked from the start and never filled: River wants one, and the
// others are worked once their lease is held.
const noQueue = "none"

// conns is how many connections a process opens at most, unless the URL says
// otherwise by pool_max_conns; with fewer than fewest it would wait for itself.
const (
	conns  = 16
	fewest = 2
)

func openPostgres(ctx context.Context, url string, config *river.Config, opts Options) (engine, error) {
	at, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("open database: %w", errURL)
	}
	if !strings.Contains(url, "pool_max_conns=") {
		at.MaxConns = conns
	}
	at.MaxConns = max(at.MaxConns, fewest)
	settle(at.ConnConfig)
	e := &postgres{}
	if err := e.open(ctx, at, config, opts); err != nil {
		return nil, errors.Join(fmt.Errorf("open database: %w", err), e.close())
	}
	return e, nil
}

// session are the settings of every connection that the URL does not make itself:
// commits that are on disk when they return, statements that see what was committed
// while they waited for a lock, and a server that soon notices when this process is
// gone: what it holds is then free. No keepalives are sent while an answer is on its
// way; tcp_user_timeout is for that.
var session = map[string]string{
	"synchronous_commit": "on", "default_transaction_isolation": "read committed",
	"tcp_keepalives_idle": "5", "tcp_keepalives_interval": "2", "tcp_keepalives_count": "3", "tcp_user_timeout": "11000",
}

// settle has connections set up once they are made: a pooler refuses settings that
// come with the greeting.
func settle(at *pgx.ConnConfig) {
	if at.RuntimeParams["application_name"] == "" {
		at.RuntimeParams["application_name"] = "firebreak"
	}
	var statements []string
	for name, value := range session {
		if _, set := at.RuntimeParams[name]; !set {
			statements = append(statements, "SET "+name+" = '"+value+"'")
		}
	}
	at.AfterConnect = func(ctx context.Context, conn *pgconn.PgConn) error {
		_, err := conn.Exec(ctx, strings.Join(statements, ";")).ReadAll()
		return err
	}
}

func (e *postgres) open(ctx context.Context, at *pgxpool.Config, config *river.Config, opts Options) (err error) {
	if e.pool, err = pgxpool.NewWithConfig(ctx, at); err != nil {
		return err
	}
	if err := e.migrate(ctx); err != nil {
		return err
	}
	e.leases = newLeases(at.ConnConfig, opts)
	if !opts.Guest {
		config.ID = e.leases.id
		config.FetchPollInterval = time.Second
		config.Queues = map[string]river.QueueConfig{noQueue: {MaxWorkers: 1}}
	}
	if e.river, err = river.NewClient(riverpgxv5.New(e.pool), config); err != nil {
		return fmt.Errorf("prepare jobs: %w", err)
	}
	e.leases.queues = e.river.Queues()
	return nil
}

// migrate creates what is missing. Processes that start together do so one
// after the other.
func (e *postgres) migrate(ctx context.Context) error {
	conn, err := e.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1, 0)", classMigrate); err != nil {
		return fmt.Errorf("wait for other processes: %w", err)
	}
	defer conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1, 0)", classMigrate)
	if _, err := conn.Exec(ctx, strings.ReplaceAll(schema, " BLOB", " BYTEA")); err != nil {
		return fmt.Errorf("create tables: %w", err)
	}
	migrator, err := rivermigrate.New(riverpgxv5.New(e.pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("prepare job tables: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("create job tables: %w", err)
	}
	return nil
}

func (e *postgres) inTx(ctx context.Context, do func(Tx) error) error {
	return pgx.BeginFunc(ctx, e.pool, func(tx pgx.Tx) error { return do(&pgxTx{tx, e.river}) })
}

func (e *postgres) Query(ctx context.Context, query string, args ...any) (Rows, error) {
	rows, err := e.pool.Query(ctx, query, args...)
	return pgxRows{rows}, err
}

func (e *postgres) jobs() jobs { return e.river }

func (e *postgres) start(ctx context.Context) error {
	if err := e.river.Start(ctx); err != nil {
		return fmt.Errorf("start jobs: %w", err)
	}
	if err := e.leases.start(ctx); err != nil {
		return errors.Join(fmt.Errorf("share the queues: %w", err), e.stop(ctx))
	}
	return nil
}

// stop gives nothing back before all jobs have ended.
func (e *postgres) stop(ctx context.Context) error {
	e.leases.settle()
	err := stopJobs(ctx, e.river)
	e.leases.stop()
	if err != nil {
		return fmt.Errorf("stop jobs: %w", err)
	}
	return nil
}

func (e *postgres) hold(ctx context.Context, queue string) (context.Context, context.CancelFunc) {
	return e.leases.hold(ctx, queue)
}

func (e *postgres) stamp(t time.Time) any { return t }

func (e *postgres) close() error {
	if e.pool != nil {
		e.pool.Close()
	}
	return nil
}
