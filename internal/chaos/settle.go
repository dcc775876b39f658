package chaos

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"

	"github.com/firebreak-app/firebreak/internal/effects"
	"github.com/firebreak-app/firebreak/internal/inbox"
	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
)

const (
	// settleWithin is how long everything may take to come out right once nothing
	// is killed any more; what has not by then is lost. A job may be waiting for
	// its next attempt, and the jobs' schedule for a new leader.
	settleWithin = 3 * time.Minute
	// look is how often it is looked whether it has.
	look = 500 * time.Millisecond
)

// settle lets the program finish: it is left alone, and what GitHub got no 2xx
// for is delivered again. Then it is stopped as an operator stops it, and the
// database is looked at. A job that is left over could still do something twice:
// so as long as there is one, it goes on.
func (r *run) settle(ctx context.Context) error {
	if err := r.calm(ctx); err != nil {
		return err
	}
	began := time.Now()
	for {
		if err := r.comeRight(ctx, began.Add(settleWithin)); err != nil {
			return err
		}
		left, err := r.stopAndLook(ctx)
		if err != nil {
			return err
		}
		late := time.Now().After(began.Add(settleWithin))
		if left == 0 || late {
			r.report.Settled = time.Since(began)
			r.judge(left)
			return nil
		}
		r.say("%d jobs are left: starting again", left)
		if err := r.startAll(ctx); err != nil {
			return err
		}
		if err := pause(ctx, 5*time.Second); err != nil {
			return err
		}
	}
}

// calm ends what disturbs.
func (r *run) calm(ctx context.Context) error {
	if err := r.reaper.rest(); err != nil {
		return err
	}
	if err := r.startAll(ctx); err != nil {
		return err
	}
	r.DuplicateWebhooks(false)
	r.Release(sandbox.Shuffled(r.random.Uint64()))
	return r.Drain(ctx)
}

// comeRight waits until all that is wanted is there, or until it is too late.
func (r *run) comeRight(ctx context.Context, until time.Time) error {
	for time.Now().Before(until) {
		if err := r.crashes(); err != nil {
			return err
		}
		if err := r.redeliver(); err != nil {
			return err
		}
		if err := r.Drain(ctx); err != nil {
			return err
		}
		if len(r.balancer.unanswered()) == 0 && r.right() {
			return nil
		}
		if err := pause(ctx, look); err != nil {
			return err
		}
	}
	return nil
}

// right says whether everybody finds what is wanted on GitHub, or finds it twice,
// which no waiting mends. It ends at the first thing that is not there: the next
// look will often end there too.
func (r *run) right() bool {
	for at, i := range r.incidents {
		if missing(r.onGitHub(i)) {
			r.incidents[0], r.incidents[at] = r.incidents[at], r.incidents[0]
			return false
		}
	}
	return !missing(r.inWikis())
}

func missing(found []Problem) bool {
	return slices.ContainsFunc(found, func(p Problem) bool { return !p.Doubled })
}

// stopAndLook stops the processes by SIGTERM, and counts what is left to do in
// the database. What it holds is judged too.
func (r *run) stopAndLook(ctx context.Context) (left int, err error) {
	for _, p := range r.replicas {
		if err := p.stop(ctx); err != nil {
			return 0, err
		}
	}
	db, err := store.Open(ctx, r.Database, store.Options{Workers: river.NewWorkers(), Rules: workflow.DefaultRules()})
	if err != nil {
		return 0, err
	}
	defer db.Close()
	if left, err = db.Left(ctx, inbox.Family, effects.Family); err != nil {
		return 0, err
	}
	r.records = nil
	for _, i := range r.incidents {
		if err := r.inDatabase(ctx, db, i); err != nil {
			return 0, fmt.Errorf("read %s#%d: %w", i.repo, i.number, err)
		}
	}
	return left, r.failures(ctx, db)
}
