// Package catchup finds what never arrived. GitHub does not deliver again by
// itself, so what it could not hand over is asked for again.
package catchup

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/store"
)

// Every is how often GitHub's list of attempts is looked at. A look costs one
// call of the App's 5,000 an hour while all goes well.
const Every = 2 * time.Minute

// SweepEvery is how often all repositories are looked at, besides at the start
// and when the App is let into one: for deliveries that were lost while all the
// rest went well. A repository costs one call.
const SweepEvery = 24 * time.Hour

// Memory is how long GitHub remembers deliveries, and ServerMemory how long
// GitHub Enterprise Server does. What is older cannot be asked for.
//
// https://docs.github.com/en/webhooks/testing-and-troubleshooting-webhooks/viewing-webhook-deliveries
const (
	Memory       = 3 * 24 * time.Hour
	ServerMemory = 7 * 24 * time.Hour
)

const (
	// maxPages and maxAsks bound a round. So many requests in a minute cost 800 of
	// the 900 points that GitHub allows: one a page, five for each that is asked for.
	maxPages = 50
	maxAsks  = 150
	// overlap is how far a walk goes back beyond the newest attempt of the one
	// before: some are listed late, since they got no answer or were throttled.
	overlap = 5 * time.Minute
)

// Store keeps what was missed and how far GitHub's list was read.
type Store interface {
	Mark(ctx context.Context, name string) (string, error)
	SetMark(ctx context.Context, name, value string) error
	NoteMissed(ctx context.Context, failed []store.Missed, arrived []string) error
	Missed(ctx context.Context, now time.Time, most int) ([]store.Missed, error)
	AskedFor(ctx context.Context, guid string, next time.Time) error
	GiveUpMissed(ctx context.Context, guid string, now time.Time) error
	ForgetMissed(ctx context.Context, before time.Time) error
}

// GitHub lists attempts and makes new ones.
type GitHub interface {
	Attempts(ctx context.Context, cursor string) (page []github.Attempt, next string, err error)
	DeliverAgain(ctx context.Context, attempt int64) error
}

// Redelivery asks again for deliveries that never arrived.
type Redelivery struct {
	Store  Store
	GitHub GitHub
	// Events are those worth asking for.
	Events []string
	// Memory is how far back GitHub is asked; zero is Memory.
	Memory time.Duration
	Clock  func() time.Time
	Log    zerolog.Logger

	running sync.Mutex
	// quiet is until when GitHub wants to be left alone.
	quiet time.Time
}

// Run goes one round: it reads what is new in GitHub's list and asks again for
// what is due. What fails is found again by the next round; while GitHub asks to
// be left alone, a round does nothing.
func (r *Redelivery) Run(ctx context.Context) error {
	r.running.Lock()
	defer r.running.Unlock()
	if r.Clock().Before(r.quiet) {
		return nil
	}
	err := r.read(ctx)
	if r.limited(err) || ctx.Err() != nil {
		return err
	}
	asked := r.ask(ctx) // what is known already is asked for although the list is out of reach
	r.limited(asked)
	return errors.Join(err, asked)
}

// limited says whether GitHub wants to be left alone, and keeps until when.
func (r *Redelivery) limited(err error) bool {
	wait := github.Wait(err)
	if wait > 0 {
		r.quiet = r.Clock().Add(wait)
	}
	return wait > 0
}

// since is the oldest moment that GitHub is asked about.
func (r *Redelivery) since() time.Time {
	memory := r.Memory
	if memory == 0 {
		memory = Memory
	}
	return r.Clock().Add(-memory)
}

// read notes what failed and what arrived, page by page.
func (r *Redelivery) read(ctx context.Context) error {
	w, err := r.resume(ctx)
	if err != nil {
		return fmt.Errorf("look for missed deliveries: %w", err)
	}
	found := &sorter{events: r.Events, since: w.Until, arrived: map[string]bool{}}
	for range maxPages {
		page, next, err := r.GitHub.Attempts(ctx, w.Cursor)
		if github.Is(err, github.Invalid) && w.Cursor != "" {
			w.Cursor = "" // it is too old for GitHub; the list is read from its beginning
			return errors.Join(err, r.keep(ctx, w))
		}
		if err != nil {
			return fmt.Errorf("look for missed deliveries: %w", err)
		}
		failed, arrived := found.sort(page)
		if err := r.Store.NoteMissed(ctx, failed, arrived); err != nil {
			return fmt.Errorf("keep missed deliveries: %w", err)
		}
		w.advance(page, next)
		if err := r.keep(ctx, w); err != nil {
			return err
		}
		if w.Cursor == "" {
			return nil
		}
	}
	return nil
}
