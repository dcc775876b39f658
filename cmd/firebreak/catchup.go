package main

import (
	"context"
	"net/url"
	"strings"
	"time"

	"github.com/palantir/go-githubapp/githubapp"
	"github.com/riverqueue/river"

	"github.com/firebreak-app/firebreak/config"
	"github.com/firebreak-app/firebreak/handlers"
	"github.com/firebreak-app/firebreak/internal/catchup"
	"github.com/firebreak-app/firebreak/internal/store"
)

// newSweep prepares looking for incidents that no delivery told of.
func (s *server) newSweep(workers *river.Workers, cfg config.Server, clock func() time.Time) *catchup.Sweep {
	sweep := &catchup.Sweep{
		Store: s.db, GitHub: s.app, Keep: s.inbox.Keep, Event: handlers.FoundEvent, Label: cfg.IncidentLabel, Clock: clock, Log: s.log,
	}
	catchup.AddWorker(workers, sweep)
	s.db.AddSchedule(store.Schedule{Name: "sweep", Every: catchup.SweepEvery, Run: sweep.Run})
	return sweep
}

// newRedelivery prepares asking again for the deliveries of events that are
// handled here.
func (s *server) newRedelivery(cfg config.Server, events []githubapp.EventHandler, clock func() time.Time) {
	r := &catchup.Redelivery{Store: s.db, GitHub: s.app, Memory: remembered(cfg.V3URL), Clock: clock, Log: s.log}
	for _, h := range events {
		r.Events = append(r.Events, h.Handles()...)
	}
	s.db.AddSchedule(store.Schedule{Name: "redelivery", Every: catchup.Every, Run: r.Run})
}

// remembered is how long the server with an API keeps deliveries.
func remembered(api string) time.Duration {
	u, err := url.Parse(api)
	if err == nil && u.Hostname() != "api.github.com" && !strings.HasSuffix(u.Hostname(), ".ghe.com") {
		return catchup.ServerMemory
	}
	return catchup.Memory
}

// takeUp gives deliveries a job again whose job is gone.
func (s *server) takeUp(ctx context.Context) {
	n, err := s.db.TakeUpPending(ctx)
	switch {
	case err != nil && ctx.Err() == nil:
		s.log.Error().Err(err).Msg("deliveries that wait without a job cannot be looked for")
	case n > 0:
		s.log.Warn().Int("deliveries", n).Msg("deliveries had lost their jobs; they are taken up again")
	}
}
