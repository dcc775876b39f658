// Command chaos runs the chaos test long, on SQLite and on PostgreSQL, and
// prints what came of it. It ends with status 1 if anything was lost or done
// twice. See package chaos.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/firebreak-app/firebreak/internal/chaos"
	"github.com/firebreak-app/firebreak/internal/store/pgtest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "chaos:", err)
		os.Exit(1)
	}
}

// settings are what can be asked for.
type settings struct {
	chaos.Options
	only string
	keep bool
}

func parse() settings {
	var s settings
	flag.Uint64Var(&s.Seed, "seed", uint64(time.Now().UnixNano())%1_000_000, "what decides what people do and where it hurts")
	flag.IntVar(&s.Issues, "issues", 240, "how many incidents")
	flag.IntVar(&s.Deliveries, "deliveries", 6000, "how many deliveries at least")
	flag.IntVar(&s.Kills, "kills", 30, "how many kills at least")
	flag.IntVar(&s.Faults, "faults", 200, "how many requests go wrong at most")
	flag.DurationVar(&s.Outage, "outage", time.Minute, "how long GitHub answers 502 in the outage, and half as long 429")
	flag.DurationVar(&s.Within, "within", 20*time.Minute, "how long a run may take")
	flag.BoolVar(&s.keep, "keep", false, "keep the logs and databases also if all is well")
	flag.StringVar(&s.only, "only", "", "run only what has this in its name: sqlite, postgresql, outage")
	flag.Parse()
	return s
}

func run(ctx context.Context) error {
	s := parse()
	dir, err := os.MkdirTemp("", "firebreak-chaos-")
	if err != nil {
		return err
	}
	fmt.Printf("seed %d; the logs are in %s\n", s.Seed, dir)
	if s.Binary, err = chaos.Build(ctx, dir); err != nil {
		return err
	}
	plans, end, err := plan(ctx, s, dir)
	if err != nil {
		return err
	}
	err = errors.Join(runAll(ctx, plans), end())
	if err != nil {
		return fmt.Errorf("%w\nthe same again: make chaos SEED=%d; the logs are in %s", err, s.Seed, dir)
	}
	if s.keep {
		return nil
	}
	return os.RemoveAll(dir)
}

// plan says what is run: the storm on each database, and an outage of GitHub's
// apart, in which little is killed.
func plan(ctx context.Context, s settings, dir string) (plans []chaos.Options, end func() error, err error) {
	end = func() error { return nil }
	add := func(name, database string, replicas int, alter func(*chaos.Options)) {
		if !strings.Contains(strings.ToLower(name), strings.ToLower(s.only)) {
			return
		}
		o := s.Options
		o.Name, o.Database, o.Replicas, o.Progress = name, database, replicas, os.Stdout
		o.Dir = filepath.Join(dir, strings.ReplaceAll(strings.ToLower(name), " ", "-"))
		alter(&o)
		plans = append(plans, o)
	}
	storm := func(o *chaos.Options) { o.Outage = 0 }
	outage := func(o *chaos.Options) {
		o.Issues, o.Deliveries, o.Kills, o.Faults = min(o.Issues, 48), min(o.Deliveries, 500), 2, 10
	}
	add("SQLite", "sqlite:"+filepath.Join(dir, "storm.db"), 1, storm)
	add("Outage of GitHub, SQLite", "sqlite:"+filepath.Join(dir, "outage.db"), 1, outage)
	if strings.Contains("postgresql", strings.ToLower(s.only)) {
		server, err := pgtest.Start(ctx, pgtest.Options{Durable: true})
		if err != nil {
			return nil, end, err
		}
		database, err := server.Create(ctx)
		if err != nil {
			return nil, end, errors.Join(err, server.Stop())
		}
		add("PostgreSQL", database, 2, storm)
		end = server.Stop
	}
	return plans, end, nil
}

// runAll runs all at the same time, and prints their reports in order.
func runAll(ctx context.Context, plans []chaos.Options) error {
	reports, errs := make([]chaos.Report, len(plans)), make([]error, len(plans))
	var runs sync.WaitGroup
	for n, o := range plans {
		runs.Go(func() { reports[n], errs[n] = chaos.Run(ctx, o) })
	}
	runs.Wait()
	lost, doubled := 0, 0
	for _, r := range reports {
		fmt.Printf("\n%s", r)
		lost, doubled = lost+r.Lost(), doubled+r.Doubled()
	}
	if lost+doubled > 0 {
		errs = append(errs, fmt.Errorf("lost %d, doubled %d", lost, doubled))
	}
	return errors.Join(errs...)
}
