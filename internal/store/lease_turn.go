package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
)

// takeUpTo takes free shards up to this process's share.
func (l *leases) takeUpTo(ctx context.Context, share int) error {
	before := len(l.held)
	for n := range l.shards {
		if len(l.held) >= share {
			break
		}
		if l.held[n] != nil {
			continue
		}
		if err := l.take(ctx, n); err != nil {
			return err
		}
	}
	if len(l.held) == before {
		return nil
	}
	return l.depose(ctx) // whoever had them may be dead, and have been the leader
}

// take works a shard if no other process does. What is marked as running in it
// was cut off; that run is no attempt.
func (l *leases) take(ctx context.Context, n int) error {
	var mine bool
	if err := l.conn.QueryRow(ctx, "SELECT pg_try_advisory_lock($1, $2)", classShard, n).Scan(&mine); err != nil {
		return fmt.Errorf("take shard: %w", err)
	}
	if !mine {
		return nil
	}
	_, err := l.conn.Exec(ctx, "UPDATE river_job SET state = 'available', attempt = GREATEST(attempt - 1, 0) WHERE state = 'running' AND queue = ANY($1)", l.shards[n])
	if err != nil {
		return fmt.Errorf("release jobs left running: %w", err)
	}
	held := &lease{}
	held.ctx, held.cancel = context.WithCancel(context.WithoutCancel(ctx))
	l.mu.Lock()
	l.held[n] = held
	l.mu.Unlock()
	for _, queue := range l.shards[n] {
		if err := l.queues.Add(queue, river.QueueConfig{MaxWorkers: 1}); err != nil {
			return fmt.Errorf("work queue %s: %w", queue, err)
		}
		held.working = append(held.working, queue)
	}
	return nil
}

// giveAbove gives back what is more than this process's share, as others wait
// for it.
func (l *leases) giveAbove(ctx context.Context, share int) error {
	surplus := len(l.held) - share
	for _, held := range l.held {
		if held.giving {
			surplus--
		}
	}
	for _, held := range l.held {
		if surplus > 0 && !held.giving {
			held.giving = true
			surplus--
		}
	}
	for n, held := range l.held {
		if held.giving {
			if err := l.give(ctx, n, held); err != nil {
				return err
			}
		}
	}
	return nil
}

// patience is how long one turn waits for a job to end; the next goes on.
const patience = 100 * time.Millisecond

// give lets another process have a shard once its jobs have ended and are
// marked so.
func (l *leases) give(ctx context.Context, n int, held *lease) error {
	if err := l.rest(ctx, held, patience); err != nil {
		return nil // a job runs; the next turn looks again
	}
	var running int
	err := l.conn.QueryRow(ctx, "SELECT COUNT(*) FROM river_job WHERE state = 'running' AND queue = ANY($1)", l.shards[n]).Scan(&running)
	if err != nil {
		return fmt.Errorf("count running jobs: %w", err)
	}
	if running > 0 {
		return nil
	}
	l.forget(n, held)
	if _, err := l.conn.Exec(ctx, "SELECT pg_advisory_unlock($1, $2)", classShard, n); err != nil {
		return fmt.Errorf("give shard: %w", err)
	}
	return nil
}

// rest stops to work a lease's queues.
func (l *leases) rest(ctx context.Context, held *lease, wait time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	for len(held.working) > 0 {
		err := l.queues.Remove(ctx, held.working[0])
		var gone *river.QueueNotFoundError
		if err != nil && !errors.As(err, &gone) {
			return err
		}
		held.working = held.working[1:]
	}
	return nil
}

func (l *leases) forget(n int, held *lease) {
	held.cancel()
	l.mu.Lock()
	delete(l.held, n)
	l.mu.Unlock()
}

// lose gives up everything at once: another process may hold it by now. Jobs
// that run are cancelled and run again where the shard is then.
func (l *leases) lose(ctx context.Context, cause error) {
	if !l.lost {
		l.log.Error().Err(cause).Msg("the database does not answer: this process works nothing until it does")
	}
	l.lost = true
	for _, held := range l.held {
		held.cancel()
	}
	for n, held := range l.held {
		for l.rest(ctx, held, time.Second) != nil && ctx.Err() == nil {
		}
		l.forget(n, held)
	}
	l.hangUp(ctx)
}

// hangUp ends the connection, and with it every lock.
func (l *leases) hangUp(ctx context.Context) {
	for n, held := range l.held {
		l.forget(n, held)
	}
	if l.conn == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	_ = l.conn.Close(ctx)
	l.conn = nil
}
