package chaos

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"time"
)

// Options say what a run is like.
type Options struct {
	// Name is what the report calls it: "SQLite".
	Name string
	// Binary is the built program, Dir a directory for the logs of its processes.
	Binary, Dir string
	// Database is what FIREBREAK_DATABASE is set to; Replicas is how many processes
	// share it.
	Database string
	Replicas int
	// Seed decides what people do and where it hurts.
	Seed uint64
	// Issues is how many incidents are opened, Deliveries how many deliveries are
	// acknowledged at least before things are let settle, Kills how many processes
	// are killed at least, Faults how many requests to GitHub go wrong, about.
	Issues, Deliveries, Kills, Faults int
	// Outage is how long GitHub answers 502, and then 429 for half as long, amid
	// the work; zero: not at all.
	Outage time.Duration
	// Within bounds the whole run.
	Within time.Duration
	// Progress is told what is being done; nil: nobody.
	Progress io.Writer
}

// run is one run under way. The people's acts come from one goroutine.
type run struct {
	Options
	*world
	random   *rand.Rand
	balancer *balancer
	replicas []*replica
	reaper   *reaper
	guard    *guard
	faults   faults
	report   Report
	// rounds counts the rounds of acts, words the unique texts, redelivered the
	// deliveries that were asked for again.
	rounds, words, redelivered int
	// records is what is wrong in the database.
	records []Problem
}

// Run makes it happen and says what came of it. The error is for what went wrong
// with the run itself; what the program did wrong is in the report.
func Run(ctx context.Context, opts Options) (Report, error) {
	ctx, cancel := context.WithTimeout(ctx, opts.Within)
	defer cancel()
	r := &run{Options: opts, random: stream(opts.Seed, "people"), report: Report{Name: opts.Name, Seed: opts.Seed, Replicas: opts.Replicas}}
	if r.Progress == nil {
		r.Progress = io.Discard
	}
	started := time.Now()
	err := r.play(ctx)
	err = errors.Join(err, r.end())
	r.count()
	r.report.Took = time.Since(started)
	if err != nil {
		return r.report, fmt.Errorf("chaos on %s with seed %d: %w", opts.Name, opts.Seed, err)
	}
	return r.report, nil
}

func (r *run) play(ctx context.Context) error {
	if err := r.begin(ctx); err != nil {
		return err
	}
	r.say("%d issues, at least %d deliveries, %d kills, %d faults", r.Issues, r.Deliveries, r.Kills, r.Faults)
	if err := r.declareAll(ctx); err != nil {
		return err
	}
	if err := r.storm(ctx); err != nil {
		return err
	}
	if r.Outage > 0 {
		if err := r.outage(ctx); err != nil {
			return err
		}
	}
	r.say("the storm is over: letting things settle")
	return r.settle(ctx)
}

// begin starts the sandbox, the load balancer and the processes.
func (r *run) begin(ctx context.Context) error {
	if err := os.MkdirAll(r.Dir, 0o700); err != nil {
		return fmt.Errorf("make the directory for logs: %w", err)
	}
	var err error
	if r.world, err = newWorld(r.Issues); err != nil {
		return err
	}
	if r.guard, err = newGuard(); err != nil {
		return err
	}
	for n := range r.Replicas {
		p, err := newReplica(n, r.guard, r.Options, r.world)
		if err != nil {
			return err
		}
		r.replicas = append(r.replicas, p)
	}
	r.reaper = newReaper(stream(r.Seed, "kills"), r.replicas)
	if r.balancer, err = newBalancer(stream(r.Seed, "balancer"), r.replicas, r.reaper); err != nil {
		return err
	}
	r.SetWebhook(r.balancer.url())
	r.faults = faults{random: stream(r.Seed, "faults"), sandbox: r.Sandbox}
	r.reaper.watch(r.Sandbox)
	return r.startAll(ctx)
}

func (r *run) startAll(ctx context.Context) error {
	for _, p := range r.replicas {
		if err := p.start(ctx); err != nil {
			return err
		}
	}
	return nil
}

// end stops what runs, however far it got.
func (r *run) end() error {
	var errs []error
	if r.reaper != nil {
		errs = append(errs, r.reaper.close())
	}
	for _, p := range r.replicas {
		p.kill()
	}
	if r.balancer != nil {
		errs = append(errs, r.balancer.close())
	}
	if r.guard != nil {
		errs = append(errs, r.guard.close())
	}
	if r.world != nil {
		errs = append(errs, r.world.Close())
	}
	return errors.Join(errs...)
}

func (r *run) say(format string, args ...any) {
	fmt.Fprintf(r.Progress, "%s: %s\n", r.Name, fmt.Sprintf(format, args...))
}

// pause waits, or until the context ends.
func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-t.C:
		return nil
	}
}
