package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak"
	"github.com/firebreak-app/firebreak/config"
	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/pages"
	"github.com/firebreak-app/firebreak/internal/store"
)

// demoQuiet is how soon the demo's checklist is refreshed after the last tick.
const demoQuiet = time.Second

type demoCommand struct {
	Exit bool   `help:"End after the script: status 0, or 1 if anything did not happen."`
	Addr string `help:"Where the pages are served." default:"127.0.0.1:0"`
	Logs bool   `help:"Show the server's log."`
}

// Run plays the script, then serves the pages until it is interrupted.
func (c demoCommand) Run(ctx context.Context, std streams) error {
	d, err := startDemo(ctx, c, std)
	if err != nil {
		return err
	}
	played := d.play(ctx)
	if played == nil && !c.Exit {
		d.invite()
		<-ctx.Done()
	}
	return errors.Join(played, d.stop())
}

// demo is a sandbox and a server that talk to one another on loopback.
type demo struct {
	*script
	dir    string
	server *server
	cancel context.CancelFunc
	ended  chan error
}

func startDemo(ctx context.Context, c demoCommand, std streams) (*demo, error) {
	dir, err := os.MkdirTemp("", "firebreak-demo-")
	if err != nil {
		return nil, fmt.Errorf("make a directory for the demo: %w", err)
	}
	d := &demo{dir: dir, ended: make(chan error, 1), script: newScript(std.out)}
	if err := d.start(ctx, c, std); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return d, nil
}

func (d *demo) start(ctx context.Context, c demoCommand, std streams) error {
	manifest, err := config.ParseManifest(firebreak.Manifest)
	if err != nil {
		return err
	}
	d.sb, err = sandbox.Start(sandbox.Options{
		Addr: c.Addr, Clock: d.now, WebhookSecret: "only for the demo, on loopback", Pages: pages.New,
		Permissions: manifest.Permissions, Events: manifest.Events,
	})
	if err != nil {
		return err
	}
	log := zerolog.Nop()
	if c.Logs {
		log = zerolog.New(zerolog.ConsoleWriter{Out: std.err})
	}
	d.server, err = newServer(ctx, demoConfig(d.sb, filepath.Join(d.dir, "demo.db")), log, func(o *store.Options) {
		o.Clock, o.Pace = d.now, nil // an hour of the demo takes seconds
	})
	if err != nil {
		return errors.Join(err, d.sb.Close())
	}
	serving, cancel := context.WithCancel(context.WithoutCancel(ctx))
	d.cancel = cancel
	go func() { d.ended <- d.server.Run(serving) }()
	d.sb.SetWebhook("http://" + d.server.Addr() + "/api/github/hook")
	return nil
}

// demoConfig is what an operator would set to run against the sandbox.
func demoConfig(sb *sandbox.Sandbox, database string) config.Server {
	return config.Server{
		AppID: sb.AppID(), WebhookSecret: sb.WebhookSecret(), PrivateKey: string(sb.PrivateKeyPEM()),
		V3URL: sb.APIURL(), V4URL: sb.GraphQLURL(), WebURL: sb.WebURL(), Addr: "127.0.0.1:0",
		Database: "sqlite:" + database, IncidentLabel: "incident", QuietPeriod: demoQuiet, Zone: time.UTC,
		Retention: 7 * 24 * time.Hour,
	}
}

func (d *demo) invite() {
	d.say("")
	d.say("Have a look, tick, label, comment, edit the wiki; Firebreak answers. Ctrl-C ends it.")
	d.say("  incident     %s", d.issueURL())
	d.say("  post-mortem  %s", d.wikiURL())
	d.say("  follow-ups   %s/%s/issues", d.sb.WebURL(), demoRepo)
}

func (d *demo) stop() error {
	d.cancel()
	err := <-d.ended
	return errors.Join(err, d.sb.Close(), os.RemoveAll(d.dir))
}
