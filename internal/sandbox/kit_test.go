package sandbox_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/bradleyfalzon/ghinstallation/v2"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/contract/sandboxtest"
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

// newKit is a kit whose exchanges and webhooks must fit GitHub's own description.
func newKit(t *testing.T, opts sandbox.Options) *kit {
	t.Helper()
	return kitOf(t, sandboxtest.Start(t, opts))
}

// looseKit is one whose need not, for what GitHub does not describe.
func looseKit(t *testing.T, opts sandbox.Options) *kit {
	t.Helper()
	sb, err := sandbox.Start(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := sb.Close(); err != nil {
			t.Error(err)
		}
	})
	return kitOf(t, sb)
}

func kitOf(t *testing.T, sb *sandbox.Sandbox) *kit {
	t.Helper()
	k := &kit{Sandbox: sb, t: t, wire: &http.Transport{}}
	t.Cleanup(k.wire.CloseIdleConnections)
	k.must(sb.AddRepo(shop, sandbox.RepoOptions{}))
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
	inst.InstallationTokenOptions = &github.InstallationTokenOptions{} // else it sends null
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
	o = cmp.Or(o, &github.InstallationTokenOptions{})
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

// call asks for an operation that go-github lacks, or writes otherwise.
func (k *kit) call(method, path string, body, into any) error {
	k.t.Helper()
	r, err := k.inst.NewRequest(method, path, body)
	k.must(err)
	_, err = k.inst.Do(k.ctx(), r, into)
	return err
}

// label puts labels on an issue by the App, in the described form.
func (k *kit) label(n int, labels ...string) {
	k.t.Helper()
	k.must(k.call("POST", fmt.Sprintf("repos/%s/issues/%d/labels", shop, n), map[string]any{"labels": labels}, nil))
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

func ptr[T any](v T) *T { return &v }
