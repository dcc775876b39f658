package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// Step is one event for one incident.
type Step = workflow.Step

// errDone unwinds a transaction whose delivery was completed before.
var errDone = errors.New("delivery is completed already")

// Record applies events in one transaction: the incidents, their timelines,
// the effects to run and the delivery's completion change together or not at
// all. A delivery completed before changes nothing. An empty delivery is an
// effect's outcome.
func (db *DB) Record(ctx context.Context, delivery string, steps ...Step) error {
	err := db.InTx(ctx, func(tx Tx) error {
		if err := complete(ctx, tx, delivery, db.opts.Clock()); err != nil {
			return err
		}
		if err := lockAll(ctx, tx, steps); err != nil {
			return err
		}
		for _, s := range steps {
			if err := db.apply(ctx, tx, s); err != nil {
				return fmt.Errorf("apply event to incident %s: %w", s.Key, err)
			}
		}
		return nil
	})
	if errors.Is(err, errDone) {
		return nil
	}
	return err
}

// lockAll locks the incidents of all steps, by all keys that they have, had or
// get, in one order for everybody: two transactions that wait for one another
// would wait for ever. One that moved while its lock was waited for has another
// key by then, which is locked too.
func lockAll(ctx context.Context, tx Tx, steps []Step) error {
	locked := map[workflow.Key]bool{}
	for {
		keys, err := unlocked(ctx, tx, steps, locked)
		if err != nil || len(keys) == 0 {
			return err
		}
		for _, key := range keys {
			if err := tx.LockIncident(ctx, key); err != nil {
				return err
			}
			locked[key] = true
		}
	}
}

// unlocked lists the keys of all steps' incidents, as they are now, that are not
// locked yet.
func unlocked(ctx context.Context, tx Tx, steps []Step, locked map[workflow.Key]bool) ([]workflow.Key, error) {
	var keys []workflow.Key
	for _, s := range steps {
		for _, key := range s.Keys() {
			now, err := target(ctx, tx, key)
			if err != nil {
				return nil, err
			}
			keys = append(keys, key, now)
		}
	}
	keys = slices.DeleteFunc(keys, func(k workflow.Key) bool { return locked[k] })
	slices.SortFunc(keys, func(a, b workflow.Key) int {
		return cmp.Or(cmp.Compare(a.Repository, b.Repository), cmp.Compare(a.Issue, b.Issue))
	})
	return slices.Compact(keys), nil
}

// complete marks a delivery as done; errDone if it was. What people wrote is not
// kept beyond that as they wrote it.
func complete(ctx context.Context, tx Tx, delivery string, now time.Time) error {
	if delivery == "" {
		return nil
	}
	n, err := tx.Exec(ctx, "UPDATE deliveries SET completed = $1, failure = NULL, payload = $2 WHERE guid = $3 AND completed IS NULL",
		now.UnixMicro(), []byte{}, delivery)
	if err != nil {
		return fmt.Errorf("complete delivery: %w", err)
	}
	if n == 0 {
		return errDone
	}
	return nil
}

func (db *DB) apply(ctx context.Context, tx Tx, s Step) error {
	was, err := loadMoved(ctx, tx, s.Key)
	if err != nil {
		return err
	}
	s.Meta.Key = s.Key
	if s.Meta.Now.IsZero() {
		s.Meta.Now = db.opts.Clock()
	}
	if s.Meta.At.IsZero() {
		s.Meta.At = s.Meta.Now
	}
	is, out := db.opts.Rules.Apply(was, s.Meta, s.Event)
	if !is.Known() {
		return nil
	}
	if is, err = moved(ctx, tx, was, is); err != nil {
		return err
	}
	if err := save(ctx, tx, was, is); err != nil {
		return err
	}
	if err := appendEntries(ctx, tx, is.Key, out.Entries); err != nil {
		return err
	}
	return tx.Enqueue(ctx, db.opts.Jobs(out.Effects))
}

// load returns an incident, or a fresh one under its key.
func load(ctx context.Context, tx querier, key workflow.Key) (workflow.Incident, error) {
	inc := workflow.Incident{Key: key}
	var state string
	err := scanOne(ctx, tx, []any{&state}, "SELECT state FROM incidents WHERE repository = $1 AND issue = $2", key.Repository, key.Issue)
	if errors.Is(err, ErrNotFound) {
		return inc, nil
	}
	if err != nil {
		return inc, fmt.Errorf("load incident: %w", err)
	}
	if err := json.Unmarshal([]byte(state), &inc); err != nil {
		return inc, fmt.Errorf("decode incident: %w", err)
	}
	return inc, nil
}

func save(ctx context.Context, tx Tx, was, is workflow.Incident) error {
	state, err := json.Marshal(is)
	if err != nil {
		return fmt.Errorf("encode incident: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO incidents (repository, issue, version, declared, state) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (repository, issue) DO UPDATE SET version = excluded.version, declared = excluded.declared, state = excluded.state`,
		is.Key.Repository, is.Key.Issue, is.Version, is.Declared.UnixMicro(), string(state))
	if err != nil {
		return fmt.Errorf("save incident: %w", err)
	}
	return saveFollowUps(ctx, tx, was, is)
}

// saveFollowUps remembers which incident each new follow-up belongs to.
func saveFollowUps(ctx context.Context, tx Tx, was, is workflow.Incident) error {
	known := map[int64]bool{}
	for _, a := range was.Actions {
		known[a.Issue.ID] = true
	}
	for _, a := range is.Actions {
		if !a.Opened() || known[a.Issue.ID] {
			continue
		}
		_, err := tx.Exec(ctx, `INSERT INTO follow_ups (repository, issue, incident_repository, incident_issue) VALUES ($1, $2, $3, $4)
			ON CONFLICT (repository, issue) DO NOTHING`, cmp.Or(a.Issue.Home.Repository, is.Key.Repository), a.Issue.ID, is.Key.Repository, is.Key.Issue)
		if err != nil {
			return fmt.Errorf("save follow-up: %w", err)
		}
	}
	return nil
}

func appendEntries(ctx context.Context, tx Tx, key workflow.Key, entries []workflow.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	var last int64
	err := scanOne(ctx, tx, []any{&last}, "SELECT COALESCE(MAX(seq), 0) FROM entries WHERE repository = $1 AND issue = $2", key.Repository, key.Issue)
	if err != nil {
		return fmt.Errorf("number timeline: %w", err)
	}
	for n, e := range entries {
		e.Seq = last + int64(n) + 1
		text, err := json.Marshal(e)
		if err != nil {
			return fmt.Errorf("encode timeline entry: %w", err)
		}
		_, err = tx.Exec(ctx, "INSERT INTO entries (repository, issue, seq, at, entry) VALUES ($1, $2, $3, $4, $5)",
			key.Repository, key.Issue, e.Seq, e.At.UnixMicro(), string(text))
		if err != nil {
			return fmt.Errorf("append timeline entry: %w", err)
		}
	}
	return nil
}
