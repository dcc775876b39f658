package sandbox_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestPagesAreEditedOnTheWeb(t *testing.T) {
	at := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	k := newKit(t, sandbox.Options{Clock: func() time.Time { return at }})
	p := k.As("maya")
	if pages := k.WikiPages(shop); pages != nil {
		t.Errorf("pages before the first: %v", pages)
	}
	k.must(p.InitWiki(shop))
	k.must(p.EditWiki(shop, "Run book", "one\n", "Add the run book"))
	at = at.Add(time.Minute)
	k.must(p.EditWiki(shop, "RUN-BOOK", "two\n", "Mend it"))
	k.must(p.EditWiki(shop, "Run-book", "two\n", "Nothing new"))
	if body, found := k.WikiPage(shop, "run book"); !found || body != "two\n" {
		t.Errorf("page = %q, %v", body, found)
	}
	if diff := cmp.Diff([]string{"Home", "Run-book"}, k.WikiPages(shop)); diff != "" {
		t.Error(diff)
	}
	log := k.WikiLog(shop)
	if len(log) != 3 {
		t.Fatalf("log = %+v", log)
	}
	newest := log[0]
	if newest.Author != "maya" || !strings.HasSuffix(newest.Email, "+maya@users.noreply.github.com") || newest.Message != "Mend it" ||
		!newest.When.Equal(at) || len(newest.Files) != 1 || newest.Files[0] != "Run-book.md" {
		t.Errorf("newest = %+v", newest)
	}
	k.must(p.EditWiki(shop, "Other", "three\n", "Add another"))
	if err := p.RenameWikiPage(shop, "Run book", "other", "two\n"); err == nil {
		t.Error("renamed over another page")
	}
	k.must(p.RenameWikiPage(shop, "Run book", "Play book", "four\n"))
	if diff := cmp.Diff([]string{"Home", "Other", "Play-book"}, k.WikiPages(shop)); diff != "" {
		t.Error(diff)
	}
	k.must(p.RenameWikiPage(shop, "Play book", "run Book", "two\n"))
	k.must(p.DeleteWikiPage(shop, "Run book"))
	if _, found := k.WikiPage(shop, "Run book"); found {
		t.Error("still there")
	}
}

func TestWikiEditsAreRefused(t *testing.T) {
	for behaviour, c := range map[string]struct {
		opts sandbox.RepoOptions
		who  string
		page string
		ok   bool
	}{
		"to triage":                 {who: "jon", page: "Home"},
		"but not in an open wiki":   {opts: sandbox.RepoOptions{WikiOpen: true}, who: "stranger", page: "Home", ok: true},
		"in one switched off":       {opts: sandbox.RepoOptions{WikiDisabled: true}, who: "maya", page: "Home"},
		"in an archived repository": {opts: sandbox.RepoOptions{Archived: true}, who: "maya", page: "Home"},
		"with a folder in the name": {who: "maya", page: "../Home"},
		"with no name":              {who: "maya", page: " "},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k := newKit(t, sandbox.Options{})
			k.change(func(o *sandbox.RepoOptions) { *o = c.opts })
			if err := k.As(c.who).EditWiki(shop, c.page, "x", ""); (err == nil) != c.ok {
				t.Error(err)
			}
		})
	}
}

func TestAnOwnersRepositoryHasItsFirstPage(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.AddRepo("acme/docs", sandbox.RepoOptions{WikiInitialised: true}))
	if body, found := k.WikiPage("acme/docs", "home"); !found || !strings.Contains(body, "Welcome to the docs wiki!") {
		t.Errorf("page = %q", body)
	}
}

func TestAWebEditBuildsOnAPushThatCameBetween(t *testing.T) {
	dir, meanwhile := t.TempDir(), func() {}
	// The clock is asked when the edit is to be dated: after it read the wiki,
	// before it wrote.
	k := newKit(t, sandbox.Options{Dir: dir, Clock: func() time.Time { meanwhile(); return time.Now() }})
	k.must(k.As("maya").InitWiki(shop))
	found, err := filepath.Glob(filepath.Join(dir, "*", "*.git"))
	if err != nil || len(found) != 1 {
		t.Fatalf("wikis: %v, %v", found, err)
	}
	git := func(args ...string) string {
		out, err := gitCLI(t, found[0], "", args...)
		if err != nil {
			t.Fatalf("git %v: %s", args, out)
		}
		return strings.TrimSpace(out)
	}
	meanwhile = func() {
		meanwhile = func() {}
		git("update-ref", "refs/heads/master", git("commit-tree", "master^{tree}", "-p", "master", "-m", "Pushed meanwhile"))
	}
	k.must(k.As("maya").EditWiki(shop, "Home", "edited", "Edit"))
	var messages []string
	for _, c := range k.WikiLog(shop) {
		messages = append(messages, c.Message)
	}
	if diff := cmp.Diff([]string{"Edit", "Pushed meanwhile", "Initial Home page"}, messages); diff != "" {
		t.Error(diff)
	}
}
