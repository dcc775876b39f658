package github

import (
	"context"
	"errors"

	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/workflow"
)

// Bot returns the App's own user, whose events are its own doing. GitHub is
// asked once: for the App's name, then for the user that acts for it.
func (a *App) Bot(ctx context.Context) (workflow.Person, error) {
	a.asking.Lock()
	defer a.asking.Unlock()
	if bot := a.KnownBot(); bot.ID != 0 {
		return bot, nil
	}
	app, _, err := a.app.Apps.Get(ctx, "")
	if err != nil {
		return workflow.Person{}, classify("ask who the App is", err)
	}
	client, err := a.anyClient(ctx)
	if err != nil {
		return workflow.Person{}, err
	}
	return a.findBot(ctx, client, app.GetSlug()+"[bot]")
}

// errNotInstalled says that nobody has installed the App yet.
var errNotInstalled = errors.New("the App is not installed anywhere yet")

// anyClient returns a client of the first installation: users cannot be looked
// up as the App itself.
func (a *App) anyClient(ctx context.Context) (*github.Client, error) {
	list, _, err := a.app.Apps.ListInstallations(ctx, &github.ListOptions{PerPage: 1})
	if err != nil {
		return nil, classify("ask where the App is installed", err)
	}
	if len(list) == 0 {
		return nil, errNotInstalled
	}
	return a.client(list[0].GetID())
}

func (a *App) findBot(ctx context.Context, client *github.Client, login string) (workflow.Person, error) {
	user, _, err := client.Users.Get(ctx, login)
	if err != nil {
		return workflow.Person{}, classify("ask for the App's user", err)
	}
	bot := workflow.Person{ID: user.GetID(), Login: user.GetLogin(), Bot: true}
	a.mu.Lock()
	a.bot = bot
	a.mu.Unlock()
	return bot, nil
}

// KnownBot returns the App's own user without asking; zero if it was not asked
// for yet.
func (a *App) KnownBot() workflow.Person {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.bot
}
