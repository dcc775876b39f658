package github

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/go-github/v62/github"
)

// Repository makes calls on one repository.
type Repository struct {
	client      *github.Client
	owner, name string
}

// Issue is what effects need to know of an issue.
type Issue struct {
	ID       int64
	Number   int
	URL      string
	Title    string
	Body     string
	Closed   bool
	ClosedAt time.Time
	Labels   []string
	Assignee string
	Author   int64
	// Owner and Repo are where it is, which after a transfer or a rename is not
	// where it was asked for.
	Owner, Repo string
}

// Comment is an issue's comment.
type Comment struct {
	ID     int64
	URL    string
	Body   string
	Author int64
}

const perPage = 100

// Issue returns an issue as it is now.
func (r *Repository) Issue(ctx context.Context, number int) (Issue, error) {
	i, _, err := r.client.Issues.Get(ctx, r.owner, r.name, number)
	if err != nil {
		return Issue{}, classify(fmt.Sprintf("read issue %d", number), err)
	}
	return issue(i), nil
}

func issue(i *github.Issue) Issue {
	out := Issue{
		ID: i.GetID(), Number: i.GetNumber(), URL: i.GetHTMLURL(), Title: i.GetTitle(), Body: i.GetBody(),
		Closed: i.GetState() == "closed", ClosedAt: i.GetClosedAt().Time, Assignee: i.GetAssignee().GetLogin(), Author: i.GetUser().GetID(),
	}
	for _, l := range i.Labels {
		out.Labels = append(out.Labels, l.GetName())
	}
	if at := strings.Split(i.GetRepositoryURL(), "/"); len(at) > 2 {
		out.Owner, out.Repo = at[len(at)-2], at[len(at)-1]
	}
	return out
}

// CreateIssue opens an issue without assignees: one that cannot be assigned
// would fail the whole.
func (r *Repository) CreateIssue(ctx context.Context, title, body string, labels []string) (Issue, error) {
	i, _, err := r.client.Issues.Create(ctx, r.owner, r.name, &github.IssueRequest{Title: &title, Body: &body, Labels: &labels})
	if err != nil {
		return Issue{}, classify("open issue", err)
	}
	return issue(i), nil
}

// EditIssueBody replaces an issue's text and reads it back from the answer.
func (r *Repository) EditIssueBody(ctx context.Context, number int, body string) error {
	_, _, err := r.client.Issues.Edit(ctx, r.owner, r.name, number, &github.IssueRequest{Body: &body})
	return classify(fmt.Sprintf("edit issue %d", number), err)
}

// IssuesSince lists the issues with a label changed since a time, pull requests
// left out.
func (r *Repository) IssuesSince(ctx context.Context, label string, since time.Time) ([]Issue, error) {
	opts := &github.IssueListByRepoOptions{State: "all", Labels: []string{label}, Since: since, ListOptions: github.ListOptions{PerPage: perPage}}
	var out []Issue
	for {
		page, res, err := r.client.Issues.ListByRepo(ctx, r.owner, r.name, opts)
		if err != nil {
			return nil, classify("list issues", err)
		}
		for _, i := range page {
			if !i.IsPullRequest() {
				out = append(out, issue(i))
			}
		}
		if res.NextPage == 0 {
			return out, nil
		}
		opts.Page = res.NextPage
	}
}

// Comments lists an issue's comments changed since a time; zero is all.
func (r *Repository) Comments(ctx context.Context, number int, since time.Time) ([]Comment, error) {
	opts := &github.IssueListCommentsOptions{ListOptions: github.ListOptions{PerPage: perPage}}
	if !since.IsZero() {
		opts.Since = &since
	}
	var out []Comment
	for {
		page, res, err := r.client.Issues.ListComments(ctx, r.owner, r.name, number, opts)
		if err != nil {
			return nil, classify(fmt.Sprintf("list comments of issue %d", number), err)
		}
		for _, c := range page {
			out = append(out, comment(c))
		}
		if res.NextPage == 0 {
			return out, nil
		}
		opts.Page = res.NextPage
	}
}

func comment(c *github.IssueComment) Comment {
	return Comment{ID: c.GetID(), URL: c.GetHTMLURL(), Body: c.GetBody(), Author: c.GetUser().GetID()}
}

// Comment returns a comment as it is now.
func (r *Repository) Comment(ctx context.Context, id int64) (Comment, error) {
	c, _, err := r.client.Issues.GetComment(ctx, r.owner, r.name, id)
	if err != nil {
		return Comment{}, classify("read comment", err)
	}
	return comment(c), nil
}

// CreateComment writes a comment on an issue.
func (r *Repository) CreateComment(ctx context.Context, number int, body string) (Comment, error) {
	c, _, err := r.client.Issues.CreateComment(ctx, r.owner, r.name, number, &github.IssueComment{Body: &body})
	if err != nil {
		return Comment{}, classify("write comment", err)
	}
	return comment(c), nil
}

// EditComment replaces a comment's text.
func (r *Repository) EditComment(ctx context.Context, id int64, body string) error {
	_, _, err := r.client.Issues.EditComment(ctx, r.owner, r.name, id, &github.IssueComment{Body: &body})
	return classify("edit comment", err)
}

// React gives a comment a reaction, once; comment 0 is the issue itself.
func (r *Repository) React(ctx context.Context, number int, comment int64, reaction string) error {
	if comment == 0 {
		_, _, err := r.client.Reactions.CreateIssueReaction(ctx, r.owner, r.name, number, reaction)
		return classify("react to issue", err)
	}
	_, _, err := r.client.Reactions.CreateIssueCommentReaction(ctx, r.owner, r.name, comment, reaction)
	return classify("react to comment", err)
}

// Assignable says whether a person can be assigned to the repository's issues.
func (r *Repository) Assignable(ctx context.Context, login string) (bool, error) {
	ok, _, err := r.client.Issues.IsAssignee(ctx, r.owner, r.name, login)
	return ok, classify("ask who can be assigned", err)
}

// Assign assigns a person and says whether GitHub did: it drops those without
// access silently.
func (r *Repository) Assign(ctx context.Context, number int, login string) (bool, error) {
	i, _, err := r.client.Issues.AddAssignees(ctx, r.owner, r.name, number, []string{login})
	if err != nil {
		return false, classify(fmt.Sprintf("assign issue %d", number), err)
	}
	for _, u := range i.Assignees {
		if sameLogin(u.GetLogin(), login) {
			return true, nil
		}
	}
	return false, nil
}

// LinkSubIssue makes an issue a sub-issue of another, by its id. False says
// that the server has no sub-issues. v62 of go-github does not know them.
func (r *Repository) LinkSubIssue(ctx context.Context, parent int, child int64) (bool, error) {
	path := fmt.Sprintf("repos/%s/%s/issues/%d/sub_issues", url.PathEscape(r.owner), url.PathEscape(r.name), parent)
	req, err := r.client.NewRequest(http.MethodPost, path, map[string]int64{"sub_issue_id": child})
	if err != nil {
		return false, fmt.Errorf("prepare sub-issue: %w", err)
	}
	_, err = r.client.Do(ctx, req, nil)
	fault := classify("link sub-issue", err)
	if Is(fault, NotFound) {
		return false, nil
	}
	return fault == nil, fault
}
