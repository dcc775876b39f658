package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/palantir/go-githubapp/githubapp"
	"github.com/riverqueue/river"
	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/config"
	"github.com/firebreak-app/firebreak/handlers"
	"github.com/firebreak-app/firebreak/internal/adopt"
	"github.com/firebreak-app/firebreak/internal/catchup"
	"github.com/firebreak-app/firebreak/internal/effects"
	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/inbox"
	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/internal/seal"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow"
)

const (
	// stopWithin bounds how long what runs may take to finish at the end.
	stopWithin = 25 * time.Second
	// answerWithin is the part of it for deliveries that are still arriving; as
	// long as GitHub waits for an answer.
	answerWithin = 10 * time.Second
)

// server is Firebreak, wired.
type server struct {
	listener net.Listener
	http     *http.Server
	db       *store.DB
	inbox    *inbox.Inbox
	app      *github.App
	wiki     *wiki.Client
	// incidents takes up what is not known here, from its past.
	incidents *handlers.Base
	past      *adopt.Past
	log       zerolog.Logger

	stopWithin, answerWithin time.Duration
}

// newServer wires everything and listens; nothing is served before Run.
func newServer(ctx context.Context, cfg config.Server, log zerolog.Logger, change ...func(*store.Options)) (*server, error) {
	rules := rulesOf(cfg)
	gate, err := redact.New()
	if err != nil {
		return nil, fmt.Errorf("prepare redaction: %w", err)
	}
	workers := river.NewWorkers()
	opts := store.Options{
		Workers: workers, Queues: append(append(store.Queues(inbox.Family), store.Queues(effects.Family)...), catchup.Queue),
		Jobs: effects.Jobs, Deliveries: inbox.Jobs, Rules: rules, Pace: store.DefaultPace, Log: log,
	}
	for _, c := range change {
		c(&opts)
	}
	if opts.Clock == nil {
		opts.Clock = time.Now
	}
	db, err := store.Open(ctx, cfg.Database, opts)
	if err != nil {
		return nil, err
	}
	app, err := github.New(github.Config{App: appConfig(cfg), UserAgent: "firebreak/" + currentVersion(), Pace: db, Clock: opts.Clock})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	db.AddSchedule(store.Schedule{Name: "housekeeping", Every: time.Hour, Run: func(ctx context.Context) error {
		_, lost := db.TakeUpPending(ctx)
		_, err := db.Purge(ctx, opts.Clock().Add(-cfg.Retention))
		return errors.Join(lost, err)
	}})
	s := &server{
		db: db, app: app, wiki: wiki.New(wiki.WithClock(opts.Clock)), inbox: inbox.New(db, opts.Clock), log: log,
		stopWithin: stopWithin, answerWithin: answerWithin,
	}
	s.past = &adopt.Past{App: app, Wiki: s.wiki, Seal: seal.New(cfg.PrivateKey), WebURL: cfg.WebURL}
	s.incidents = &handlers.Base{
		Store: db, GitHub: app, Past: s.past, Gate: gate, Sweep: s.newSweep(workers, cfg, opts.Clock), Rules: rules, Zone: cfg.Zone,
		Clock: opts.Clock, FollowUpLabel: effects.FollowUpLabel,
	}
	events := handlers.All(s.incidents)
	s.newRedelivery(cfg, events, opts.Clock)
	inbox.AddWorker(workers, db, append(events, handlers.Inner(s.incidents)...), inbox.Faults{Wait: github.Wait, Permanent: github.Permanent}, log)
	effects.AddWorker(workers, &effects.Effects{
		Store: db, App: app, Wiki: s.wiki, Gate: gate, Seal: s.past.Seal, Rules: rules, WebURL: cfg.WebURL, Zone: cfg.Zone, Clock: opts.Clock, Log: log,
	})
	if err := s.listen(cfg, events); err != nil {
		return nil, errors.Join(err, s.close(ctx))
	}
	return s, nil
}

func rulesOf(cfg config.Server) workflow.Rules {
	rules := workflow.DefaultRules()
	rules.IncidentLabel, rules.Quiet = cfg.IncidentLabel, cfg.QuietPeriod
	return rules
}

func appConfig(cfg config.Server) githubapp.Config {
	var app githubapp.Config
	app.V3APIURL, app.V4APIURL, app.WebURL = cfg.V3URL, cfg.V4URL, cfg.WebURL
	app.App.IntegrationID, app.App.WebhookSecret, app.App.PrivateKey = cfg.AppID, cfg.WebhookSecret, cfg.PrivateKey
	return app
}

// Addr returns where the server listens, the port known.
func (s *server) Addr() string { return s.listener.Addr().String() }

// Run works and serves until the context ends. Then it takes no more
// deliveries, keeps those it has answered, and lets what runs finish within a
// deadline; what does not is taken up at the next start.
func (s *server) Run(ctx context.Context) error {
	if err := s.db.Start(ctx); err != nil {
		return errors.Join(err, s.listener.Close(), s.close(ctx))
	}
	s.takeUp(ctx)
	failed := make(chan error, 1)
	go func() { failed <- s.http.Serve(s.listener) }()
	s.introduce(ctx)
	var err error
	select {
	case err = <-failed:
		err = fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	s.log.Info().Msg("stopping: no more deliveries are taken")
	return errors.Join(err, s.stop(context.WithoutCancel(ctx)))
}

// introduce asks GitHub who this App is, so that its own deliveries are dropped
// from the first on. Deliveries do not wait for the answer.
func (s *server) introduce(ctx context.Context) {
	if _, err := s.app.Bot(ctx); err != nil && ctx.Err() == nil {
		s.log.Error().Err(err).Msg("GitHub does not say who this App is; it is asked again with the first delivery")
	}
}

func (s *server) stop(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, s.stopWithin)
	defer cancel()
	s.hangUp(ctx)
	s.inbox.Close()
	err := errors.Join(s.db.Stop(ctx), s.close(ctx))
	s.log.Info().Msg("stopped")
	return err
}

// hangUp answers the deliveries that have arrived. Those still on their way are
// cut off, unanswered: GitHub shows them as failed and can deliver them again.
func (s *server) hangUp(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, s.answerWithin)
	defer cancel()
	if err := s.http.Shutdown(ctx); err != nil {
		s.log.Warn().Err(errors.Join(err, s.http.Close())).Msg("connections cut off")
	}
}

// close frees what is open, whatever has been started.
func (s *server) close(context.Context) error {
	s.inbox.Close()
	s.wiki.Close()
	s.app.Close()
	return s.db.Close()
}
