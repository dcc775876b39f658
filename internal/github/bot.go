package github

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/workflow"
)

// Bot returns the App's own user, whose events are its own doing. GitHub is
// asked once: for the App's name, then for the user that acts for it.
//
// Whatever goes wrong is worth another attempt: it says nothing about the
// delivery or the effect that has to know.
func (a *App) Bot(ctx context.Context) (workflow.Person, error) {
	select {
	case a.asking <- struct{}{}:
		defer func() { <-a.asking }()
	case <-ctx.Done():
		return workflow.Person{}, fmt.Errorf("ask who the App is: %w", ctx.Err())
	}
	if bot := a.KnownBot(); bot.ID != 0 {
		return bot, nil
	}
	bot, err := a.findBot(ctx)
	if err != nil {
		return workflow.Person{}, passing(err)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.bot = bot
	return bot, nil
}

// errNotInstalled says that nobody has installed the App yet, or all have
// suspended it.
var errNotInstalled = errors.New("the App is not installed anywhere yet")

// findBot asks as one installation after the other, since users cannot be
// looked up as the App itself. One that is suspended, or that does not let the
// App in, is no reason not to work for the others.
func (a *App) findBot(ctx context.Context) (workflow.Person, error) {
	app, _, err := a.app.Apps.Get(ctx, "")
	if err != nil {
		return workflow.Person{}, classify("ask who the App is", err)
	}
	list, _, err := a.app.Apps.ListInstallations(ctx, &github.ListOptions{PerPage: perPage})
	if err != nil {
		return workflow.Person{}, classify("ask where the App is installed", err)
	}
	failed := errNotInstalled
	for _, installation := range list {
		if installation.SuspendedAt != nil {
			continue
		}
		bot, err := a.askFor(ctx, installation.GetID(), app.GetSlug()+"[bot]")
		if !Permanent(err) {
			return bot, err
		}
		failed = err
	}
	return workflow.Person{}, failed
}

func (a *App) askFor(ctx context.Context, installation int64, login string) (workflow.Person, error) {
	client, err := a.client(installation)
	if err != nil {
		return workflow.Person{}, err
	}
	user, _, err := client.Users.Get(ctx, login)
	if err != nil {
		return workflow.Person{}, classify("ask for the App's user", err)
	}
	return workflow.Person{ID: user.GetID(), Login: user.GetLogin(), Bot: true}, nil
}

// KnownBot returns the App's own user without asking; zero if it was not asked
// for yet.
func (a *App) KnownBot() workflow.Person {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.bot
}
