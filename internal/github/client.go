// Package github makes the few GitHub calls that effects and handlers need, on
// go-github, and says in one form what went wrong with them.
package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"

	"github.com/google/go-github/v62/github"
	"github.com/palantir/go-githubapp/githubapp"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// maxClients bounds the installations whose clients, tokens with them, are kept
// in memory.
const maxClients = 1024

// Config is what the App needs to call GitHub.
type Config struct {
	App githubapp.Config
	// UserAgent names this program and its version.
	UserAgent string
	// Pace bounds what is created; nil does not.
	Pace Pace
	// Clock tells the time; nil is the system's.
	Clock func() time.Time
}

// App calls GitHub as the App and as its installations.
type App struct {
	creator   githubapp.ClientCreator
	app       *github.Client
	transport *http.Transport
	holds     *holds
	pace      Pace

	// asking holds a token while somebody asks who the App is: one at a time.
	asking chan struct{}

	mu  sync.Mutex
	bot workflow.Person
}

// New makes an App. It makes no call. Answers are never cached: a stale
// checklist is a lost tick.
func New(cfg Config) (*App, error) {
	app := cfg.App
	root, err := url.Parse(app.V3APIURL)
	if err != nil {
		return nil, errors.New("prepare GitHub clients: the API's URL is none")
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	creator, err := githubapp.NewCachingClientCreator(githubapp.NewClientCreator(
		app.V3APIURL, app.V4APIURL, app.App.IntegrationID, []byte(app.App.PrivateKey),
		githubapp.WithClientUserAgent(cfg.UserAgent),
		githubapp.WithClientMiddleware(stayOn(root.Host), refuseMovedWrites, hideReset, boundCalls),
		githubapp.WithTransport(transport),
	), maxClients)
	if err != nil {
		return nil, fmt.Errorf("prepare GitHub clients: %w", err)
	}
	client, err := creator.NewAppClient()
	if err != nil {
		return nil, fmt.Errorf("prepare the App's client: %w", err)
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	a := &App{creator: creator, transport: transport, holds: newHolds(cfg.Clock), pace: cfg.Pace, asking: make(chan struct{}, 1)}
	a.app = a.heeding(0, client)
	return a, nil
}

// heeding returns a client that heeds limits beside all others of its
// installation. An installation's is new each time: go-github remembers limits
// by client, by rules of its own, and this one forgets them.
func (a *App) heeding(installation int64, client *github.Client) *github.Client {
	own := github.NewClient(&http.Client{Transport: a.heed(installation, client.Client().Transport)})
	own.BaseURL, own.UserAgent = client.BaseURL, client.UserAgent
	return own
}

// Close ends connections that are idle.
func (a *App) Close() { a.transport.CloseIdleConnections() }

// Repository returns the calls on one repository as an installation.
func (a *App) Repository(installation int64, owner, name string) (*Repository, error) {
	client, err := a.client(installation)
	if err != nil {
		return nil, err
	}
	return &Repository{client: client, owner: owner, name: name}, nil
}

// client returns an installation's client, which keeps its token.
func (a *App) client(installation int64) (*github.Client, error) {
	c, err := a.creator.NewInstallationClient(installation)
	if err != nil {
		return nil, fmt.Errorf("prepare client of installation %d: %w", installation, err)
	}
	return a.heeding(installation, c), nil
}

// WikiToken returns a token for one repository's git and nothing else.
func (a *App) WikiToken(ctx context.Context, installation, repository int64) (string, error) {
	write := "write"
	token, _, err := a.app.Apps.CreateInstallationToken(ctx, installation, &github.InstallationTokenOptions{
		RepositoryIDs: []int64{repository},
		Permissions:   &github.InstallationPermissions{Contents: &write},
	})
	if err != nil {
		return "", classify("ask for a token for the wiki", err)
	}
	return token.GetToken(), nil
}

// Permission returns what a person may do in the repository of a place.
func (a *App) Permission(ctx context.Context, at workflow.Place, login string) (command.Permission, error) {
	repo, err := a.Repository(at.Installation, at.Owner, at.Repo)
	if err != nil {
		return command.None, err
	}
	return repo.Permission(ctx, login)
}
