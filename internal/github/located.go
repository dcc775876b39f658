package github

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/go-github/v62/github"
)

// Located is where a repository is now.
type Located struct {
	ID           int64
	Installation int64
	Owner, Name  string
	Private      bool
	URL          string
	// Issues says whether issues are switched on.
	Issues bool
}

// Installation returns the installation that reaches a repository, asked for by
// its id; zero if the App is not installed on it.
//
// GitHub's description has these addresses by owner and name alone. Those by id
// are where it redirects to from a repository's former names.
func (a *App) Installation(ctx context.Context, repository int64) (int64, error) {
	found, _, err := a.app.Apps.FindRepositoryInstallationByID(ctx, repository)
	fault := classify("ask where the App is installed", err)
	if Is(fault, NotFound) {
		return 0, nil
	}
	return found.GetID(), fault
}

// Locate finds a repository by its id, whatever it is called and whosever it is
// now. NotFound says that it is not there for the App.
func (a *App) Locate(ctx context.Context, repository int64) (Located, error) {
	installation, err := a.Installation(ctx, repository)
	if err != nil {
		return Located{}, err
	}
	if installation == 0 {
		return Located{}, &Fault{Kind: NotFound, err: errors.New("the App is not installed on the repository")}
	}
	client, err := a.client(installation)
	if err != nil {
		return Located{}, err
	}
	r, _, err := client.Repositories.GetByID(ctx, repository)
	return located(r, installation), classify("look for the repository by its id", err)
}

func located(r *github.Repository, installation int64) Located {
	return Located{
		ID: r.GetID(), Installation: installation, Owner: r.GetOwner().GetLogin(), Name: r.GetName(),
		Private: r.GetPrivate(), URL: r.GetHTMLURL(), Issues: r.GetHasIssues(),
	}
}

// RepositoryID returns the id of a repository that this one's token can see.
func (r *Repository) RepositoryID(ctx context.Context, owner, name string) (int64, error) {
	found, _, err := r.client.Repositories.Get(ctx, owner, name)
	return found.GetID(), classify("look for the repository", err)
}

// Here returns the issue of a number and an id. It is Moved if the number leads
// to another issue, or the repository goes by another name: names and numbers
// are given again, and GitHub follows a transfer when it is read, ids stay.
func (r *Repository) Here(ctx context.Context, number int, id int64) (Issue, error) {
	i, err := r.Issue(ctx, number)
	switch {
	case err != nil:
		return i, err
	case i.ID != id || !strings.EqualFold(i.Owner, r.owner) || !strings.EqualFold(i.Repo, r.name):
		return i, &Fault{Kind: Moved, err: fmt.Errorf("look at issue %d: it is not where it was", number)}
	}
	return i, nil
}

// Lost says whether an error may come from a repository or an issue that is not
// where it was.
func Lost(err error) bool {
	switch e := err.(type) {
	case nil:
		return false
	case *Fault:
		return e.Kind == Moved || e.Kind == NotFound || e.Kind == Gone || e.Kind == Uninstalled
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			if Lost(one) {
				return true
			}
		}
		return false
	}
	return Lost(errors.Unwrap(err))
}

// Final makes a fault that nothing can be done about permanent.
func Final(err error) error { return &Fault{Kind: NotFound, err: err} }
