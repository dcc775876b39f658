package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/firebreak-app/firebreak/workflow"
)

// Failure is an effect that was given up, kept for the operator until it is run
// again.
type Failure struct {
	// ID names it on the command line; the same effect has the same one.
	ID    string
	Place workflow.Place
	// Effect is what runs it again.
	Effect workflow.Effect
	Reason string
	// Attempts is how often it was tried.
	Attempts int
	At       time.Time
}

// FailureID returns the id under which an effect is kept when it is given up.
func FailureID(e workflow.Effect) string {
	id := fmt.Sprintf("%s-%d-%d", e.Kind, e.Key.Repository, e.Key.Issue)
	if e.Comment != 0 || e.Reaction != "" {
		id += fmt.Sprintf("-%d", e.Comment)
	}
	if e.Reaction != "" {
		id += "-" + e.Reaction
	}
	return id
}

const (
	maxReason = 500
	maxName   = 200
)

// Refuse keeps an effect that was given up and applies what the incident has to
// know of it, together or not at all.
func (db *DB) Refuse(ctx context.Context, f Failure, steps ...Step) error {
	args, err := json.Marshal(f.Effect)
	if err != nil {
		return fmt.Errorf("encode effect: %w", err)
	}
	return db.InTx(ctx, func(tx Tx) error {
		if err := lockAll(ctx, tx, steps); err != nil {
			return err
		}
		for _, s := range steps {
			if err := db.apply(ctx, tx, s); err != nil {
				return fmt.Errorf("apply event to incident %s: %w", s.Key, err)
			}
		}
		key, at := f.Effect.Key, db.opts.Clock().UnixMicro()
		_, err := tx.Exec(ctx, `INSERT INTO failures (id, installation, repository, issue, name, number, delivery, kind, args, reason, at, attempts)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
			ON CONFLICT (id) DO UPDATE SET installation = excluded.installation, name = excluded.name, number = excluded.number,
				delivery = excluded.delivery, args = excluded.args, reason = excluded.reason, at = excluded.at, attempts = excluded.attempts`,
			FailureID(f.Effect), f.Place.Installation, key.Repository, key.Issue, plain(f.Place.Owner+"/"+f.Place.Repo, maxName), f.Place.Number,
			plain(f.Effect.Delivery, maxName), string(f.Effect.Kind), string(args), reasonOf(f.Reason), at, f.Attempts)
		if err != nil {
			return fmt.Errorf("keep failure: %w", err)
		}
		return nil
	})
}

// Succeeded forgets that an effect was given up before. One that never was costs
// a read and no commit.
func (db *DB) Succeeded(ctx context.Context, e workflow.Effect) error {
	var kind string
	err := scanOne(ctx, db.reads, []any{&kind}, "SELECT kind FROM failures WHERE id = $1", FailureID(e))
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for failure: %w", err)
	}
	return db.InTx(ctx, func(tx Tx) error {
		_, err := tx.Exec(ctx, "DELETE FROM failures WHERE id = $1", FailureID(e))
		return err
	})
}

const failureColumns = "id, installation, name, number, args, reason, at, attempts"

// Failures lists the effects that were given up, oldest first.
func (db *DB) Failures(ctx context.Context) ([]Failure, error) {
	return failures(ctx, db.reads, "SELECT "+failureColumns+" FROM failures ORDER BY at, id")
}

func failures(ctx context.Context, tx querier, query string, args ...any) ([]Failure, error) {
	rows, err := tx.Query(ctx, query, args...)
	if err != nil {
		return nil, fmt.Errorf("list failures: %w", err)
	}
	defer rows.Close()
	var out []Failure
	for rows.Next() {
		var f Failure
		var name, effect string
		var at int64
		if err := rows.Scan(&f.ID, &f.Place.Installation, &name, &f.Place.Number, &effect, &f.Reason, &at, &f.Attempts); err != nil {
			return nil, fmt.Errorf("read failure: %w", err)
		}
		if err := json.Unmarshal([]byte(effect), &f.Effect); err != nil {
			return nil, fmt.Errorf("decode failure: %w", err)
		}
		f.Place.Owner, f.Place.Repo, _ = strings.Cut(name, "/")
		f.At = time.UnixMicro(at).UTC()
		out = append(out, f)
	}
	return out, rows.Err()
}

var (
	anURL  = regexp.MustCompile(`[a-zA-Z][a-zA-Z0-9+.-]*://[^\s"]+`)
	aToken = regexp.MustCompile(`(gh[a-z]_|github_pat_)[A-Za-z0-9._-]+`)
)

// reasonOf makes a reason of an error that can be kept and shown: bounded,
// without addresses and tokens.
func reasonOf(text string) string {
	return plain(aToken.ReplaceAllString(anURL.ReplaceAllString(text, "[address]"), "[token]"), maxReason)
}

// plain makes a text one that every database and every terminal takes, on one
// line, and cuts it.
func plain(text string, most int) string {
	text = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(text, "\uFFFD"), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}
