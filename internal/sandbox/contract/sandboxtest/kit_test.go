package sandboxtest_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"

	"github.com/bradleyfalzon/ghinstallation/v2"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/contract/sandboxtest"
)

const owner, repo, shop = "acme", "shop", "acme/shop"

// kit is a watched sandbox with a repository, people of three roles, a receiver
// of webhooks, and the App's two clients.
type kit struct {
	*sandbox.Sandbox
	t    *testing.T
	app  *github.Client // with the App's JWT
	inst *github.Client // with an installation token
	wire *http.Transport
}

func newKit(t *testing.T, opts sandbox.Options) *kit {
	t.Helper()
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		_, _ = io.WriteString(w, "thanks")
	}))
	t.Cleanup(receiver.Close)
	opts.WebhookURL, opts.SyncWebhooks = receiver.URL, true
	k := &kit{Sandbox: sandboxtest.Start(t, opts), t: t, wire: &http.Transport{}}
	t.Cleanup(k.wire.CloseIdleConnections)
	k.must(k.AddRepo(shop, sandbox.RepoOptions{
		Description: "Where things are sold", WikiInitialised: true,
		Files: map[string]string{".github/firebreak.yml": "language: en\n"},
	}))
	k.must(k.Grant(shop, "maya", sandbox.RoleWrite))
	k.must(k.Grant(shop, "jon", sandbox.RoleTriage))
	k.must(k.Grant(shop, "root", sandbox.RoleAdmin))
	k.AddUser("stranger")
	k.connect()
	return k
}

func (k *kit) connect() {
	k.t.Helper()
	root, err := url.Parse(k.APIURL())
	k.must(err)
	app, err := ghinstallation.NewAppsTransport(k.wire, k.AppID(), k.PrivateKeyPEM())
	k.must(err)
	app.BaseURL = k.APIURL()[:len(k.APIURL())-1]
	inst := ghinstallation.NewFromAppsTransport(app, k.InstallationID(owner))
	k.app, k.inst = client(app, root), client(inst, root)
}

func client(transport http.RoundTripper, root *url.URL) *github.Client {
	c := github.NewClient(&http.Client{Transport: transport})
	c.BaseURL = root
	return c
}

func (k *kit) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

// drain waits until all webhooks are answered.
func (k *kit) drain() {
	k.t.Helper()
	k.must(k.Drain(context.Background()))
}

// status is what a call was answered, error or not.
func status(response *github.Response, err error) int {
	if response == nil {
		return 0
	}
	return response.StatusCode
}

// do calls an operation that the client does not have.
func (k *kit) do(c *github.Client, method, path string, body, into any) int {
	k.t.Helper()
	request, err := c.NewRequest(method, path, body)
	k.must(err)
	return status(c.Do(context.Background(), request, into))
}

// want compares the status of an answer.
func (k *kit) want(what string, got, want int) {
	k.t.Helper()
	if got != want {
		k.t.Errorf("%s: answered %d, want %d", what, got, want)
	}
}

func number(n int64) string { return strconv.FormatInt(n, 10) }
