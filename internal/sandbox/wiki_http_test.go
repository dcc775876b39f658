package sandbox_test

import (
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// gitCLI runs the real git with a token, which goes by the environment, and gives
// all it printed.
func gitCLI(t *testing.T, dir, token string, args ...string) (string, error) {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_TERMINAL_PROMPT=0", "LC_ALL=C",
		"GIT_AUTHOR_NAME=bot", "GIT_AUTHOR_EMAIL=bot@example.com", "GIT_COMMITTER_NAME=bot", "GIT_COMMITTER_EMAIL=bot@example.com")
	if token != "" {
		secret := base64.StdEncoding.EncodeToString([]byte("x-access-token:" + token))
		cmd.Env = append(cmd.Env, "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=http.extraHeader",
			"GIT_CONFIG_VALUE_0=Authorization: Basic "+secret)
	}
	out, err := cmd.CombinedOutput()
	return string(out), err
}

func (k *kit) wikiURL() string { return k.WebURL() + "/" + shop + ".wiki.git" }

func TestAPushedPageIsInTheWiki(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.As("maya").InitWiki(shop))
	token, dir := k.token(nil), t.TempDir()
	run := func(args ...string) {
		t.Helper()
		if out, err := gitCLI(t, filepath.Join(dir, "."), token, args...); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	run("clone", "--quiet", k.wikiURL(), "w")
	dir = filepath.Join(dir, "w")
	k.must(os.WriteFile(filepath.Join(dir, "Incident-1-down.md"), []byte("# Down\n"), 0o600))
	run("add", ".")
	run("commit", "--quiet", "-m", "Add the post-mortem")
	run("push", "--quiet", "origin", "HEAD:master")

	if body, found := k.WikiPage(shop, "incident 1 DOWN"); !found || body != "# Down\n" {
		t.Errorf("page = %q, %v", body, found)
	}
	if got := k.WikiPages(shop); !slices.Equal(got, []string{"Home", "Incident-1-down"}) {
		t.Errorf("pages = %q", got)
	}
	log := k.WikiLog(shop)
	if len(log) != 2 || log[0].Message != "Add the post-mortem" || !slices.Equal(log[0].Files, []string{"Incident-1-down.md"}) {
		t.Errorf("log = %+v", log)
	}
}

func TestGitIsRefused(t *testing.T) {
	read := &github.InstallationPermissions{Contents: github.String("read")}
	issuesOnly := &github.InstallationPermissions{Issues: github.String("write")}
	for behaviour, c := range map[string]struct {
		repo  sandbox.RepoOptions
		perms *github.InstallationPermissions
		push  bool
		want  string
	}{
		"an uninitialised wiki is not found":          {want: "Repository not found"},
		"a disabled wiki is not found":                {repo: sandbox.RepoOptions{WikiInitialised: true, WikiDisabled: true}, want: "Repository not found"},
		"a private one of a free plan has none":       {repo: sandbox.RepoOptions{WikiInitialised: true, Private: true, FreePlan: true}, want: "Repository not found"},
		"a private one needs contents":                {repo: sandbox.RepoOptions{WikiInitialised: true, Private: true}, perms: issuesOnly, want: "Repository not found"},
		"a repository without the App is not there":   {repo: sandbox.RepoOptions{WikiInitialised: true, Private: true, NotInstalled: true}, want: "Repository not found"},
		"reading contents does not push":              {repo: sandbox.RepoOptions{WikiInitialised: true}, perms: read, push: true, want: "Permission to acme/other.wiki.git denied to firebreak[bot]."},
		"an archived repository's wiki takes no push": {repo: sandbox.RepoOptions{WikiInitialised: true, Archived: true}, push: true, want: "archived"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k := newKit(t, sandbox.Options{})
			archived := c.repo.Archived
			c.repo.Archived = false
			k.must(k.AddRepo("acme/other", c.repo))
			k.must(k.ChangeRepo("acme/other", func(o *sandbox.RepoOptions) { o.Archived = archived }))
			token := k.token(&github.InstallationTokenOptions{Permissions: c.perms})
			args := []string{"ls-remote", k.WebURL() + "/acme/other.wiki.git"}
			if c.push {
				dir := t.TempDir()
				if out, err := gitCLI(t, dir, token, "clone", "--quiet", args[1], "w"); err != nil {
					t.Fatal(out)
				}
				args = []string{"-C", filepath.Join(dir, "w"), "push", "origin", "HEAD:refs/heads/other"}
			}
			if out, err := gitCLI(t, t.TempDir(), token, args...); err == nil || !strings.Contains(out, c.want) {
				t.Errorf("git %v gave %v:\n%s", args, err, out)
			}
		})
	}
}
