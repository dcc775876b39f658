package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"

	"github.com/firebreak-app/firebreak/config"
	"github.com/firebreak-app/firebreak/handlers"
	"github.com/firebreak-app/firebreak/internal/adopt"
	"github.com/firebreak-app/firebreak/internal/effects"
	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/internal/seal"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow"
)

// adoptCommand takes up incidents that the database does not know, beside a server
// that runs on it and shows what came of it.
type adoptCommand struct {
	serveCommand
	Which string `arg:"" help:"The repository, as OWNER/NAME, or one issue in it, as OWNER/NAME#NUMBER." placeholder:"OWNER/NAME[#NUMBER]"`
}

var whichIssues = regexp.MustCompile(`^([A-Za-z0-9][A-Za-z0-9_.-]*)/([A-Za-z0-9_.-]+)(?:#(\d{1,9}))?$`)

// Run adopts one issue, or all of a repository that carry the incident label, and
// says which. It goes on past one that fails.
func (c adoptCommand) Run(ctx context.Context, std streams) error {
	m := whichIssues.FindStringSubmatch(c.Which)
	if m == nil {
		return fmt.Errorf("%q is no repository: give OWNER/NAME, or OWNER/NAME#NUMBER", c.Which)
	}
	number, _ := strconv.Atoi(m[3])
	cfg, err := c.settings()
	if err != nil {
		return err
	}
	a, err := newAdopter(ctx, cfg)
	if err != nil {
		return err
	}
	return errors.Join(a.run(ctx, std, m[1], m[2], number), a.close())
}

// adopter is the part of the server that takes up incidents.
type adopter struct {
	db        *store.DB
	app       *github.App
	wiki      *wiki.Client
	past      *adopt.Past
	incidents *handlers.Base
}

func newAdopter(ctx context.Context, cfg config.Server) (*adopter, error) {
	rules := rulesOf(cfg)
	gate, err := redact.New()
	if err != nil {
		return nil, fmt.Errorf("prepare redaction: %w", err)
	}
	db, err := store.Open(ctx, cfg.Database, store.Options{Guest: true, Jobs: effects.Jobs, Rules: rules, Pace: store.DefaultPace})
	if err != nil {
		return nil, err
	}
	app, err := github.New(github.Config{App: appConfig(cfg), UserAgent: "firebreak/" + currentVersion(), Pace: db, Clock: time.Now})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	a := &adopter{db: db, app: app, wiki: wiki.New()}
	a.past = &adopt.Past{App: app, Wiki: a.wiki, Seal: seal.New(cfg.PrivateKey), WebURL: cfg.WebURL}
	a.incidents = &handlers.Base{
		Store: db, GitHub: app, Past: a.past, Gate: gate, Rules: rules, Zone: cfg.Zone, Clock: time.Now, FollowUpLabel: effects.FollowUpLabel,
	}
	return a, nil
}

func (a *adopter) run(ctx context.Context, std streams, owner, name string, number int) error {
	found, err := a.past.Candidates(ctx, owner, name, number, a.incidents.Rules.IncidentLabel)
	if err != nil {
		return fmt.Errorf("list the incidents of %s/%s: %w", owner, name, err)
	}
	adopted, failed := 0, 0
	for _, c := range found {
		what, err := a.adopt(ctx, c)
		if err != nil {
			failed++
			fmt.Fprintf(std.err, "firebreak: %s/%s#%d: %v\n", owner, name, c.Place.Number, err)
			continue
		}
		if what == isAdopted {
			adopted++
		}
		fmt.Fprintf(std.out, "%s/%s#%d  %s\n", owner, name, c.Place.Number, what)
	}
	fmt.Fprintf(std.out, "%d adopted, of %d looked at\n", adopted, len(found))
	if failed > 0 {
		return fmt.Errorf("%d could not be adopted; nothing of them was kept", failed)
	}
	return nil
}

const isAdopted = "adopted"

// adopt takes one up and says what became of it.
func (a *adopter) adopt(ctx context.Context, c adopt.Candidate) (string, error) {
	_, err := a.db.Incident(ctx, c.Key)
	if err == nil {
		return "known already, left alone", nil
	}
	if !errors.Is(err, workflow.ErrUnknown) {
		return "", err
	}
	adopted, err := a.incidents.Adopt(ctx, c.Key, c.Place)
	if err != nil || adopted {
		return isAdopted, err
	}
	return "no incident: without the label " + a.incidents.Rules.IncidentLabel, nil
}

func (a *adopter) close() error {
	a.wiki.Close()
	a.app.Close()
	return a.db.Close()
}
