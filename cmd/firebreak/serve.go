package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"github.com/rs/zerolog"

	"github.com/firebreak-app/firebreak/config"
)

// serveCommand's flags are for what is no secret; each overrides the variable
// that its help names. Secrets come by environment or file only, since the
// arguments of a process are there for everybody to read.
type serveCommand struct {
	AppID         string `name:"app-id" help:"GITHUB_APP_INTEGRATION_ID: the App's id."`
	V3URL         string `name:"v3-url" help:"GITHUB_V3_API_URL: GitHub's REST API."`
	V4URL         string `name:"v4-url" help:"GITHUB_V4_API_URL: GitHub's GraphQL API."`
	WebURL        string `name:"web-url" help:"GITHUB_WEB_URL: GitHub's pages."`
	Addr          string `help:"FIREBREAK_ADDR: where webhooks are taken."`
	Database      string `help:"FIREBREAK_DATABASE: where incidents are kept; with credentials in it by the variable only."`
	Retention     string `help:"FIREBREAK_RETENTION: how long finished deliveries are kept."`
	IncidentLabel string `help:"FIREBREAK_INCIDENT_LABEL: the label that makes an issue an incident."`
	QuietPeriod   string `help:"FIREBREAK_QUIET_PERIOD: how long after the last tick the checklist is refreshed."`
	TimeZone      string `help:"FIREBREAK_TIME_ZONE: the zone of times written without one."`
	LogLevel      string `help:"FIREBREAK_LOG_LEVEL: debug, info, warn or error."`
	EnvFile       string `help:"FIREBREAK_ENV_FILE: a file of settings, NAME=value a line."`
}

func (c serveCommand) flags() map[string]string {
	return map[string]string{
		"GITHUB_APP_INTEGRATION_ID": c.AppID, "GITHUB_V3_API_URL": c.V3URL, "GITHUB_V4_API_URL": c.V4URL, "GITHUB_WEB_URL": c.WebURL,
		"FIREBREAK_ADDR": c.Addr, "FIREBREAK_DATABASE": c.Database, "FIREBREAK_RETENTION": c.Retention,
		"FIREBREAK_INCIDENT_LABEL": c.IncidentLabel,
		"FIREBREAK_QUIET_PERIOD":   c.QuietPeriod, "FIREBREAK_TIME_ZONE": c.TimeZone, "FIREBREAK_LOG_LEVEL": c.LogLevel,
		config.EnvFile: c.EnvFile,
	}
}

// lookup finds a setting in the flags, else in the environment.
func (c serveCommand) lookup(name string) (string, bool) {
	if v := c.flags()[name]; v != "" {
		return v, true
	}
	return os.LookupEnv(name)
}

// settings reads the settings; its error lists all that is missing or wrong.
func (c serveCommand) settings() (config.Server, error) {
	if err := noPassword(c.Database); err != nil {
		return config.Server{}, err
	}
	cfg, err := config.Load(c.lookup)
	if err != nil {
		err = fmt.Errorf("the settings are not complete:\n  %s", strings.ReplaceAll(err.Error(), "\n", "\n  "))
	}
	return cfg, err
}

// noPassword refuses a database whose password is in the arguments.
func noPassword(database string) error {
	u, err := url.Parse(database)
	if err != nil || u.User == nil && !u.Query().Has("password") {
		return nil
	}
	return errors.New("--database holds a password, which everybody on this machine can read: set FIREBREAK_DATABASE or FIREBREAK_DATABASE_FILE")
}

// Run serves until the context ends, then finishes what runs.
func (c serveCommand) Run(ctx context.Context, std streams) error {
	cfg, err := c.settings()
	if err != nil {
		return err
	}
	log := zerolog.New(std.err).Level(cfg.LogLevel).With().Timestamp().Logger()
	s, err := newServer(ctx, cfg, log)
	if err != nil {
		return err
	}
	log.Info().Str("addr", s.Addr()).Str("version", currentVersion()).Msg("taking webhooks")
	return s.Run(ctx)
}
