// Package github makes the few GitHub calls that effects and handlers need, on
// go-github, and says in one form what went wrong with them.
package github

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/google/go-github/v62/github"
	"github.com/palantir/go-githubapp/githubapp"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// callTimeout bounds one call, answer included.
const callTimeout = 30 * time.Second

// Config is what the App needs to call GitHub.
type Config struct {
	App githubapp.Config
	// UserAgent names this program and its version.
	UserAgent string
	// Slug is the App's name in URLs; empty asks GitHub for it.
	Slug string
}

// App calls GitHub as the App and as its installations.
type App struct {
	creator   githubapp.ClientCreator
	app       *github.Client
	transport *http.Transport

	// asking lets one at a time ask who the App is.
	asking sync.Mutex

	mu      sync.Mutex
	clients map[int64]*github.Client
	bot     workflow.Person
}

// New makes an App. It makes no call. Answers are never cached: a stale
// checklist is a lost tick.
func New(cfg Config) (*App, error) {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	creator, err := githubapp.NewDefaultCachingClientCreator(cfg.App,
		githubapp.WithClientUserAgent(cfg.UserAgent),
		githubapp.WithClientTimeout(callTimeout),
		githubapp.WithClientMiddleware(refuseMovedWrites),
		githubapp.WithTransport(transport),
	)
	if err != nil {
		return nil, fmt.Errorf("prepare GitHub clients: %w", err)
	}
	app, err := creator.NewAppClient()
	if err != nil {
		return nil, fmt.Errorf("prepare the App's client: %w", err)
	}
	return &App{creator: creator, app: app, transport: transport, clients: map[int64]*github.Client{}}, nil
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

// client keeps one client for each installation, and with it the token.
func (a *App) client(installation int64) (*github.Client, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if c := a.clients[installation]; c != nil {
		return c, nil
	}
	c, err := a.creator.NewInstallationClient(installation)
	if err != nil {
		return nil, fmt.Errorf("prepare client of installation %d: %w", installation, err)
	}
	a.clients[installation] = c
	return c, nil
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

// errMoved says that a write was answered with a redirect. Following it would
// turn it into a read that looks like success.
var errMoved = errors.New("the repository has moved")

// refuseMovedWrites makes a redirect of anything but a read an error.
func refuseMovedWrites(next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		res, err := next.RoundTrip(r)
		if err != nil || r.Method == http.MethodGet || r.Method == http.MethodHead {
			return res, err
		}
		if res.StatusCode == http.StatusMovedPermanently || res.StatusCode == http.StatusFound {
			return nil, errors.Join(errMoved, res.Body.Close())
		}
		return res, nil
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
