package github

import (
	"context"
	"net/url"
	"strings"

	"github.com/google/go-github/v62/github"
)

// Label is a repository's label.
type Label struct{ Name, Color, Description string }

// IssueLabels lists the labels that an issue carries now.
func (r *Repository) IssueLabels(ctx context.Context, number int) ([]string, error) {
	labels, _, err := r.client.Issues.ListLabelsByIssue(ctx, r.owner, r.name, number, &github.ListOptions{PerPage: perPage})
	if err != nil {
		return nil, classify("list labels", err)
	}
	var names []string
	for _, l := range labels {
		names = append(names, l.GetName())
	}
	return names, nil
}

// Labels lists the repository's labels.
func (r *Repository) Labels(ctx context.Context) ([]string, error) {
	opts := &github.ListOptions{PerPage: perPage}
	var names []string
	for {
		page, res, err := r.client.Issues.ListLabels(ctx, r.owner, r.name, opts)
		if err != nil {
			return nil, classify("list the repository's labels", err)
		}
		for _, l := range page {
			names = append(names, l.GetName())
		}
		if res.NextPage == 0 {
			return names, nil
		}
		opts.Page = res.NextPage
	}
}

// AddLabels puts labels on an issue.
func (r *Repository) AddLabels(ctx context.Context, number int, names []string) error {
	_, _, err := r.client.Issues.AddLabelsToIssue(ctx, r.owner, r.name, number, names)
	return classify("put labels on", err)
}

// RemoveLabel takes a label off an issue; one that is not on it is no error.
// go-github puts names into paths as they are, and ours have a slash in them.
func (r *Repository) RemoveLabel(ctx context.Context, number int, name string) error {
	_, err := r.client.Issues.RemoveLabelForIssue(ctx, r.owner, r.name, number, url.PathEscape(name))
	if fault := classify("take label off", err); !Is(fault, NotFound) {
		return fault
	}
	return nil
}

// HasLabel says whether the repository has a label, in any case.
func (r *Repository) HasLabel(ctx context.Context, name string) (bool, error) {
	_, _, err := r.client.Issues.GetLabel(ctx, r.owner, r.name, url.PathEscape(name))
	fault := classify("look for label", err)
	if Is(fault, NotFound) {
		return false, nil
	}
	return fault == nil, fault
}

// CreateLabel makes a label; one that exists already is left as it is.
func (r *Repository) CreateLabel(ctx context.Context, l Label) error {
	_, _, err := r.client.Issues.CreateLabel(ctx, r.owner, r.name, &github.Label{Name: &l.Name, Color: &l.Color, Description: &l.Description})
	if fault := classify("make label", err); !Is(fault, Invalid) {
		return fault
	}
	return nil
}

func sameLogin(a, b string) bool { return strings.EqualFold(a, b) }
