package sandbox_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestTokensLookLikeTodays(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	text := k.token(nil)
	if !regexp.MustCompile(`^ghs_4242_[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`).MatchString(text) || len(text) < 480 || len(text) > 560 {
		t.Errorf("token of %d characters: %s", len(text), text)
	}
	if text == k.token(nil) {
		t.Error("tokens repeat")
	}
}

func TestTokensAreNarrowed(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.AddRepo("acme/other", sandbox.RepoOptions{Private: true}))
	k.must(k.AddRepo("globex/web", sandbox.RepoOptions{Private: true}))
	shopID := must[*github.Repository](t)(k.inst.Repositories.Get(k.ctx(), owner, name)).GetID()
	webID := k.repoID("globex", "web")
	read, write := github.String("read"), github.String("write")
	for behaviour, c := range map[string]struct {
		opts   github.InstallationTokenOptions
		do     func(*github.Client) error
		status int
	}{
		"to one repository, which it reaches": {github.InstallationTokenOptions{RepositoryIDs: []int64{shopID}}, readRepo(owner, name), 0},
		"so that others are not there":        {github.InstallationTokenOptions{RepositoryIDs: []int64{shopID}}, readRepo(owner, "other"), 404},
		"by a repository's name":              {github.InstallationTokenOptions{Repositories: []string{"other"}}, readRepo(owner, "other"), 0},
		"to reading, so that writing is refused": {github.InstallationTokenOptions{
			Permissions: &github.InstallationPermissions{Issues: read}}, openIssue, 403},
		"to other things, so that issues are refused": {github.InstallationTokenOptions{
			Permissions: &github.InstallationPermissions{Contents: write}}, readIssues, 403},
		"metadata comes along": {github.InstallationTokenOptions{
			Permissions: &github.InstallationPermissions{Contents: write}}, readRepo(owner, name), 0},
		"not to repositories elsewhere": {github.InstallationTokenOptions{RepositoryIDs: []int64{webID}}, nil, 422},
		"not to a wiki":                 {github.InstallationTokenOptions{Repositories: []string{"shop.wiki"}}, nil, 422},
		"not to more than was granted": {github.InstallationTokenOptions{
			Permissions: &github.InstallationPermissions{Deployments: write}}, nil, 422},
		"another installation's repository is not there": {github.InstallationTokenOptions{}, readRepo("globex", "web"), 404},
	} {
		t.Run(behaviour, func(t *testing.T) {
			made, _, err := k.app.Apps.CreateInstallationToken(k.ctx(), k.InstallationID(owner), &c.opts)
			if err == nil && c.do != nil {
				err = c.do(k.bearer(made.GetToken()))
			}
			if status(err) != c.status || (err == nil) != (c.status == 0) {
				t.Error(err)
			}
		})
	}
}

func (k *kit) repoID(owner, name string) int64 {
	k.t.Helper()
	made, _, err := k.app.Apps.CreateInstallationToken(k.ctx(), k.InstallationID(owner), &github.InstallationTokenOptions{Repositories: []string{name}})
	k.must(err)
	return made.Repositories[0].GetID()
}

func readRepo(owner, name string) func(*github.Client) error {
	return func(c *github.Client) error {
		_, _, err := c.Repositories.Get(context.Background(), owner, name)
		return err
	}
}

func readIssues(c *github.Client) error {
	_, _, err := c.Issues.ListByRepo(context.Background(), owner, name, nil)
	return err
}

func openIssue(c *github.Client) error {
	_, _, err := c.Issues.Create(context.Background(), owner, name, &github.IssueRequest{Title: github.String("x")})
	return err
}

func TestTokensEnd(t *testing.T) {
	var ahead atomic.Int64 // nanoseconds by which GitHub's clock runs ahead
	clock := func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	for behaviour, c := range map[string]struct {
		do   func(*kit)
		want int
	}{
		"not within the hour":             {func(*kit) { ahead.Store(int64(59 * time.Minute)) }, 0},
		"after an hour":                   {func(*kit) { ahead.Store(int64(time.Hour)) }, 401},
		"when all are expired":            {func(k *kit) { k.ExpireTokens() }, 401},
		"when the App is suspended":       {func(k *kit) { k.must(k.Suspend(owner, true)) }, 403},
		"for a repository it was put off": {func(k *kit) { k.must(k.Uninstall(shop)) }, 403},
	} {
		t.Run(behaviour, func(t *testing.T) {
			ahead.Store(0)
			k := newKit(t, sandbox.Options{AuthClock: clock})
			client := k.bearer(k.token(nil))
			c.do(k)
			if err := openIssue(client); status(err) != c.want {
				t.Error(err)
			}
		})
	}
}

func TestRequestsWithoutGoodCredentials(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	for behaviour, c := range map[string]struct {
		client *github.Client
		want   int
		says   string
	}{
		"nothing at all":    {k.client(k.wire), 401, "Requires authentication"},
		"an unknown token":  {k.bearer("ghs_4242_no.no.no"), 401, "Bad credentials"},
		"a JWT for a token": {k.app, 403, "Resource not accessible by integration"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			if err := readIssues(c.client); status(err) != c.want || !strings.Contains(err.Error(), c.says) {
				t.Error(err)
			}
		})
	}
	if _, _, err := k.inst.Apps.Get(k.ctx(), ""); status(err) != http.StatusUnauthorized {
		t.Errorf("a token for a JWT: %v", err)
	}
}
