package sandbox_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bradleyfalzon/ghinstallation/v2"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

const (
	shop  = "acme/shop"
	owner = "acme"
	name  = "shop"
)

// kit is a sandbox with a repository and three people, and the App's clients.
type kit struct {
	*sandbox.Sandbox
	t    *testing.T
	app  *github.Client // by JWT
	inst *github.Client // by installation token
	wire *http.Transport
}

func newKit(t *testing.T, opts sandbox.Options) *kit {
	t.Helper()
	sb, err := sandbox.Start(opts)
	if err != nil {
		t.Fatal(err)
	}
	k := &kit{Sandbox: sb, t: t, wire: &http.Transport{}}
	t.Cleanup(func() {
		k.wire.CloseIdleConnections()
		if err := sb.Close(); err != nil {
			t.Error(err)
		}
	})
	k.must(sb.AddRepo(shop, sandbox.RepoOptions{WikiInitialised: true}))
	k.must(sb.Grant(shop, "maya", sandbox.RoleWrite))
	k.must(sb.Grant(shop, "jon", sandbox.RoleTriage))
	sb.AddUser("stranger")
	k.connect()
	return k
}

// connect makes clients as a GitHub App has them.
func (k *kit) connect() {
	k.t.Helper()
	base := strings.TrimSuffix(k.APIURL(), "/")
	app, err := ghinstallation.NewAppsTransport(k.wire, k.AppID(), k.PrivateKeyPEM())
	k.must(err)
	app.BaseURL = base
	inst := ghinstallation.NewFromAppsTransport(app, k.InstallationID(owner))
	inst.BaseURL = base
	k.app, k.inst = k.client(app), k.client(inst)
}

func (k *kit) client(rt http.RoundTripper) *github.Client {
	k.t.Helper()
	c, err := github.NewClient(&http.Client{Transport: rt}).WithEnterpriseURLs(k.APIURL(), k.APIURL())
	k.must(err)
	return c
}

// token mints an installation token, narrowed as asked.
func (k *kit) token(o *github.InstallationTokenOptions) string {
	k.t.Helper()
	t, _, err := k.app.Apps.CreateInstallationToken(k.ctx(), k.InstallationID(owner), o)
	k.must(err)
	return t.GetToken()
}

func (k *kit) ctx() context.Context {
	k.t.Helper()
	ctx, cancel := context.WithTimeout(k.t.Context(), 20*time.Second)
	k.t.Cleanup(cancel)
	return ctx
}

func (k *kit) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

// issue opens one as maya.
func (k *kit) issue(labels ...string) int {
	k.t.Helper()
	n, err := k.As("maya").OpenIssue(shop, "Checkout times out", "since 11:52", labels...)
	k.must(err)
	return n
}

func must[T any](t *testing.T) func(v T, _ *github.Response, err error) T {
	t.Helper()
	return func(v T, _ *github.Response, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// status is an API error's status; 0 without error.
func status(err error) int {
	var refused *github.ErrorResponse
	if errors.As(err, &refused) {
		return refused.Response.StatusCode
	}
	return 0
}
