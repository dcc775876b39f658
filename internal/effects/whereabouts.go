package effects

import (
	"context"
	"fmt"
	"strings"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/workflow"
)

// here looks whether the issue at the incident's address is the incident's,
// before anything is written to it by its number.
func (t *task) here(ctx context.Context) (github.Issue, error) {
	return t.repo.Here(ctx, t.inc.Place.Number, t.inc.Key.Issue)
}

// search finds out what became of an incident that is not where it was, and
// records it. Found false says that nothing is known of it.
func (t *task) search(ctx context.Context) (found bool, err error) {
	ev, err := t.whereabouts(ctx)
	if err != nil || ev == nil {
		return false, err
	}
	return true, t.record(ctx, ev)
}

// whereabouts asks by ids, which stay: for the repository, then for the issue.
func (t *task) whereabouts(ctx context.Context) (workflow.Event, error) {
	repo, err := t.App.Locate(ctx, t.inc.Key.Repository)
	if err != nil {
		return nil, ignorePermanent(err)
	}
	if at := place(repo, t.inc.Place.Number); !samePlace(at, t.inc.Place) {
		return workflow.Moved{To: at}, nil
	}
	issue, err := t.repo.Issue(ctx, t.inc.Place.Number)
	switch {
	case github.Is(err, github.Gone) && repo.Issues:
		return workflow.Deleted{}, nil
	case err != nil:
		return nil, ignorePermanent(err)
	case issue.ID == t.inc.Key.Issue:
		return nil, nil
	}
	return t.transferred(ctx, issue)
}

func samePlace(a, b workflow.Place) bool {
	return a.Installation == b.Installation && strings.EqualFold(a.Owner, b.Owner) && strings.EqualFold(a.Repo, b.Repo)
}

// transferred says where the issue went that GitHub leads to from the incident's
// number.
func (t *task) transferred(ctx context.Context, issue github.Issue) (workflow.Event, error) {
	id, err := t.repo.RepositoryID(ctx, issue.Owner, issue.Repo)
	if err != nil {
		return nil, ignorePermanent(err)
	}
	to := workflow.Key{Repository: id, Issue: issue.ID}
	repo, err := t.App.Locate(ctx, id)
	if github.Is(err, github.NotFound) {
		return workflow.MovedAway{To: to, URL: issue.URL}, nil
	}
	if err != nil {
		return nil, ignorePermanent(err)
	}
	labeled := has(issue.Labels, t.Rules.IncidentLabel)
	return workflow.Transferred{To: to, Place: place(repo, issue.Number), Labeled: labeled}, nil
}

func place(r github.Located, number int) workflow.Place {
	return workflow.Place{
		Installation: r.Installation, Owner: r.Owner, Repo: r.Name, Number: number, Private: r.Private,
		URL: fmt.Sprintf("%s/issues/%d", r.URL, number),
	}
}
