package sandbox_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v4"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// bearer is a client that sends one secret.
func (k *kit) bearer(secret string) *github.Client {
	k.t.Helper()
	c, err := github.NewClient(&http.Client{Transport: k.wire}).WithAuthToken(secret).WithEnterpriseURLs(k.APIURL(), k.APIURL())
	k.must(err)
	return c
}

func TestAppJWTs(t *testing.T) {
	now := time.Now()
	good := jwt.RegisteredClaims{
		Issuer: "4242", IssuedAt: jwt.NewNumericDate(now.Add(-time.Minute)), ExpiresAt: jwt.NewNumericDate(now.Add(5 * time.Minute)),
	}
	stranger, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for behaviour, c := range map[string]struct {
		alter  func(*jwt.RegisteredClaims)
		method jwt.SigningMethod
		key    any
		status int
		says   string
	}{
		"a good one passes": {},
		"expired": {alter: func(c *jwt.RegisteredClaims) { c.ExpiresAt = jwt.NewNumericDate(now.Add(-time.Second)) },
			status: 401, says: "'Expiration time' claim ('exp') must be"},
		"good for too long": {alter: func(c *jwt.RegisteredClaims) { c.ExpiresAt = jwt.NewNumericDate(now.Add(time.Hour)) },
			status: 401, says: "too far in the future"},
		"issued in the future": {alter: func(c *jwt.RegisteredClaims) { c.IssuedAt = jwt.NewNumericDate(now.Add(time.Minute)) },
			status: 401, says: "'Issued at'"},
		"of another App":        {alter: func(c *jwt.RegisteredClaims) { c.Issuer = "4243" }, status: 404, says: "Integration not found"},
		"of nobody":             {alter: func(c *jwt.RegisteredClaims) { c.Issuer = "" }, status: 401, says: "('iss')"},
		"signed by another key": {key: stranger, status: 401, says: "could not be decoded"},
		"signed symmetrically":  {method: jwt.SigningMethodHS256, key: []byte("4242"), status: 401, says: "could not be decoded"},
		"signed with RS512":     {method: jwt.SigningMethodRS512, status: 401, says: "could not be decoded"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k := looseKit(t, sandbox.Options{}) // 404 is not described for GET /app
			claims, method, key := good, jwt.SigningMethod(jwt.SigningMethodRS256), c.key
			if c.alter != nil {
				c.alter(&claims)
			}
			if c.method != nil {
				method = c.method
			}
			if key == nil {
				key, err = jwt.ParseRSAPrivateKeyFromPEM(k.PrivateKeyPEM())
				k.must(err)
			}
			text, err := jwt.NewWithClaims(method, claims).SignedString(key)
			k.must(err)
			_, _, err = k.bearer(text).Apps.Get(k.ctx(), "")
			if status(err) != c.status || c.says != "" && !strings.Contains(err.Error(), c.says) {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestTheAppAndItsInstallations(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.AddRepo("globex/web", sandbox.RepoOptions{}))
	app := must[*github.App](t)(k.app.Apps.Get(k.ctx(), ""))
	if app.GetID() != k.AppID() || app.GetSlug() != "firebreak" || app.GetPermissions().GetIssues() != "write" {
		t.Errorf("app = %v", app)
	}
	list := must[[]*github.Installation](t)(k.app.Apps.ListInstallations(k.ctx(), nil))
	if len(list) != 2 || list[0].GetID() != k.InstallationID(owner) || list[1].GetAccount().GetLogin() != "globex" {
		t.Errorf("installations = %v", list)
	}
	of := must[*github.Installation](t)(k.app.Apps.FindRepositoryInstallation(k.ctx(), owner, name))
	if of.GetID() != k.InstallationID(owner) {
		t.Errorf("installation = %v", of)
	}
	if _, _, err := k.app.Apps.FindRepositoryInstallation(k.ctx(), owner, name+".wiki"); status(err) != http.StatusNotFound {
		t.Errorf("a wiki is no repository: %v", err)
	}
	must[*github.Installation](t)(k.app.Apps.FindOrganizationInstallation(k.ctx(), owner))
	if _, _, err := k.app.Apps.FindUserInstallation(k.ctx(), owner); status(err) != http.StatusNotFound {
		t.Errorf("an organization is no user: %v", err)
	}
	must[*github.Installation](t)(k.app.Apps.GetInstallation(k.ctx(), k.InstallationID(owner)))
	covered := must[*github.ListRepositories](t)(k.inst.Apps.ListRepos(k.ctx(), nil))
	if covered.GetTotalCount() != 1 || covered.Repositories[0].GetFullName() != shop {
		t.Errorf("repositories = %v", covered)
	}
}

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
