package github

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/google/go-github/v62/github"
)

// Covered is a repository that an installation lets the App into.
type Covered struct {
	ID      int64  `json:"id"`
	Owner   string `json:"owner"`
	Name    string `json:"name"`
	Private bool   `json:"private,omitempty"`
}

// Labelled is an open issue with a label, as GitHub shows it.
type Labelled struct {
	ID int64
	// Issue and Author are GitHub's own JSON, for whoever decodes it.
	Issue, Author json.RawMessage
}

// Installations lists the installations of the App, those that are suspended
// left out.
func (a *App) Installations(ctx context.Context) ([]int64, error) {
	opts := &github.ListOptions{PerPage: perPage}
	var ids []int64
	for {
		page, res, err := a.app.Apps.ListInstallations(ctx, opts)
		if err != nil {
			return nil, classify("list installations", err)
		}
		for _, i := range page {
			if i.SuspendedAt == nil {
				ids = append(ids, i.GetID())
			}
		}
		if res.NextPage == 0 {
			return ids, nil
		}
		opts.Page = res.NextPage
	}
}

// Repositories lists those of an installation that can have incidents: neither
// archived nor without issues.
func (a *App) Repositories(ctx context.Context, installation int64) ([]Covered, error) {
	client, err := a.client(installation)
	if err != nil {
		return nil, err
	}
	opts := &github.ListOptions{PerPage: perPage}
	var out []Covered
	for {
		page, res, err := client.Apps.ListRepos(ctx, opts)
		if err != nil {
			return nil, classify("list the installation's repositories", err)
		}
		for _, r := range page.Repositories {
			if !r.GetArchived() && !r.GetDisabled() && r.GetHasIssues() {
				out = append(out, Covered{ID: r.GetID(), Owner: r.GetOwner().GetLogin(), Name: r.GetName(), Private: r.GetPrivate()})
			}
		}
		if res.NextPage == 0 {
			return out, nil
		}
		opts.Page = res.NextPage
	}
}

// Labelled lists a repository's open issues with a label, pull requests left
// out.
func (a *App) Labelled(ctx context.Context, installation int64, in Covered, label string) ([]Labelled, error) {
	client, err := a.client(installation)
	if err != nil {
		return nil, err
	}
	query := url.Values{"labels": {label}, "state": {"open"}, "per_page": {fmt.Sprint(perPage)}}
	var out []Labelled
	for {
		path := fmt.Sprintf("repos/%s/%s/issues?%s", url.PathEscape(in.Owner), url.PathEscape(in.Name), query.Encode())
		req, err := client.NewRequest(http.MethodGet, path, nil)
		if err != nil {
			return nil, fmt.Errorf("prepare list of issues: %w", err)
		}
		var page []json.RawMessage
		res, err := client.Do(ctx, req, &page)
		if err != nil {
			return nil, classify("list issues", err)
		}
		for _, text := range page {
			if i, issue := labelled(text); issue {
				out = append(out, i)
			}
		}
		if res.NextPage == 0 {
			return out, nil
		}
		query.Set("page", fmt.Sprint(res.NextPage))
	}
}

// labelled reads of an issue what tells it from others, and whether it is one.
func labelled(text json.RawMessage) (Labelled, bool) {
	var i struct {
		ID          int64           `json:"id"`
		User        json.RawMessage `json:"user"`
		PullRequest *struct{}       `json:"pull_request"`
	}
	err := json.Unmarshal(text, &i)
	return Labelled{ID: i.ID, Issue: text, Author: i.User}, err == nil && i.ID != 0 && i.PullRequest == nil
}
