package store

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"

	"github.com/jackc/pgx/v5"
)

// connect opens the connection that the locks belong to and joins.
func (l *leases) connect(ctx context.Context) error {
	if l.conn != nil {
		return nil
	}
	conn, err := pgx.ConnectConfig(ctx, l.at)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	l.conn = conn
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock_shared($1, $2)", classMember, number(l.id)); err != nil {
		return fmt.Errorf("join: %w", err)
	}
	if l.lost {
		l.log.Info().Msg("the database answers again")
	}
	l.lost = false
	return l.depose(ctx)
}

func number(id string) int32 {
	h := fnv.New32a()
	h.Write([]byte(id))
	return int32(h.Sum32())
}

const memberQuery = `SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objsubid = 2 AND granted
	AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`

// members counts the processes that share the work, this one included.
func (l *leases) members(ctx context.Context) (int, error) {
	var n int
	if err := l.conn.QueryRow(ctx, "SELECT COUNT(DISTINCT objid) FROM ("+memberQuery+") AS members", classMember).Scan(&n); err != nil {
		return 0, fmt.Errorf("count processes: %w", err)
	}
	if n == 0 {
		return 0, errors.New("count processes: this one is not among them")
	}
	return n, nil
}

// depose ends the rule of a leader that is dead: River would wait for its term
// to end, and put nothing off until then.
func (l *leases) depose(ctx context.Context) error {
	var leader string
	err := l.conn.QueryRow(ctx, "SELECT leader_id FROM river_leader").Scan(&leader)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read leader: %w", err)
	}
	_, err = l.conn.Exec(ctx, "DELETE FROM river_leader WHERE leader_id = $2 AND NOT EXISTS (SELECT FROM ("+memberQuery+") AS members WHERE objid = $3)",
		classMember, leader, int64(uint32(number(leader))))
	if err != nil {
		return fmt.Errorf("depose leader: %w", err)
	}
	return nil
}
