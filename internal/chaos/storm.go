package chaos

import (
	"context"
	"fmt"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// a round is so many acts on as many incidents.
const actsPerRound = 10

// idle is how long a round takes while nobody takes deliveries.
const idle = 50 * time.Millisecond

// stuckAfter is for how long a storm may go on without a kill that is due.
const stuckAfter = 2 * time.Minute

// declareAll opens the incidents, and an issue here and there that is none.
func (r *run) declareAll(ctx context.Context) error {
	for n := range r.Issues {
		repo := r.repos[n%len(r.repos)]
		if err := r.declare(r.random, repo); err != nil {
			return fmt.Errorf("open an incident: %w", err)
		}
		if n%10 == 0 {
			number, err := r.As("jon").OpenIssue(repo, r.unique("wish"), "- [ ] someday")
			if err != nil {
				return fmt.Errorf("open an issue: %w", err)
			}
			r.quiet[repo] = number
		}
		if n%actsPerRound == 0 {
			if err := r.nextRound(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// storm lets people act until enough was acknowledged and enough was killed.
func (r *run) storm(ctx context.Context) error {
	for range r.Faults / 100 {
		r.faults.hang()
	}
	last, since := 0, time.Now()
	for {
		kills, err := r.reaper.killed()
		if err != nil {
			return err
		}
		if kills > last {
			last, since = kills, time.Now()
		}
		if r.balancer.acknowledged() >= r.Deliveries && kills >= r.Kills {
			return nil
		}
		if time.Since(since) > stuckAfter {
			return fmt.Errorf("nothing was killed for %s after %d kills", stuckAfter, kills)
		}
		if err := r.round(ctx); err != nil {
			return err
		}
	}
}

// round lets people act on some incidents.
func (r *run) round(ctx context.Context) error {
	n := actsPerRound
	if !r.balancer.alive() {
		n = 1
	}
	for _, i := range r.free(n) {
		if err := choose(r.random, acts)(r, i); err != nil {
			return fmt.Errorf("act on %s#%d: %w", i.repo, i.number, err)
		}
	}
	return r.nextRound(ctx)
}

// nextRound lets a second of GitHub's pass, changes the weather, and waits until
// what was sent is answered.
func (r *run) nextRound(ctx context.Context) error {
	r.rounds++
	r.tick()
	r.weather()
	if err := r.crashes(); err != nil {
		return err
	}
	if err := r.Drain(ctx); err != nil {
		return err
	}
	if !r.balancer.alive() {
		return pause(ctx, idle) // people see that nothing happens
	}
	if r.rounds%5 == 0 {
		return r.redeliver()
	}
	return nil
}

// weather decides how the next deliveries arrive, and arms kills and faults at a
// pace that spreads them over the run.
func (r *run) weather() {
	switch r.random.IntN(12) {
	case 0, 1:
		r.HoldWebhooks()
	case 2:
		r.DuplicateWebhooks(true)
	case 3:
		r.DuplicateWebhooks(false)
	case 4, 5, 6:
		r.Release(sandbox.Shuffled(r.random.Uint64()))
	case 7:
		r.Release(sandbox.Reversed)
	}
	total := max(r.Deliveries/15, 1)
	if r.random.IntN(total) < r.Kills {
		r.reaper.arm()
	}
	for range 1 + r.Faults/total {
		if r.faults.hits < r.Faults {
			r.faults.arm()
		}
	}
}

// redeliver asks GitHub to deliver again what nobody acknowledged.
func (r *run) redeliver() error {
	for _, guid := range r.balancer.askAgain() {
		if err := r.Redeliver(guid); err != nil {
			return err
		}
		r.redelivered++
	}
	return nil
}

// crashes says which processes ended although nobody ended them.
func (r *run) crashes() error {
	for _, p := range r.replicas {
		if err := p.crash(); err != nil {
			return err
		}
	}
	return nil
}
