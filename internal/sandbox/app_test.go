package sandbox_test

import (
	"crypto/rand"
	"crypto/rsa"
	"net/http"
	"strings"
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

// Whoever takes the App away takes its tokens away; let in anew it is another
// installation.
func TestTheAppIsRemoved(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	was := k.InstallationID(owner)
	must[*github.ListRepositories](t)(k.inst.Apps.ListRepos(k.ctx(), nil))
	k.must(k.RemoveApp(owner))
	if _, _, err := k.inst.Apps.ListRepos(k.ctx(), nil); status(err) != http.StatusUnauthorized {
		t.Errorf("its token still works: %v", err)
	}
	if _, _, err := k.app.Apps.CreateInstallationToken(k.ctx(), was, nil); status(err) != http.StatusNotFound {
		t.Errorf("it gets a token: %v", err)
	}
	if err := k.RemoveApp(owner); err == nil {
		t.Error("it is removed twice")
	}
	k.must(k.Install(shop))
	if is := k.InstallationID(owner); is == 0 || is == was {
		t.Errorf("installation %d, was %d", is, was)
	}
	must[*github.InstallationToken](t)(k.app.Apps.CreateInstallationToken(k.ctx(), k.InstallationID(owner), nil))
}
