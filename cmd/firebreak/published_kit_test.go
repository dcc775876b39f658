package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

const (
	firstPage = "Incident-1-checkout-times-out"
	indexPage = "Incidents"
)

// declared opens the incident of most tests, classified.
func (w *world) declared() int {
	w.t.Helper()
	n := w.declare("Checkout times out", "It is slow.")
	w.comment("jon", n, "/incident severity P1")
	return n
}

// page returns a wiki page that has to be there.
func (w *world) page(name string) string {
	w.t.Helper()
	text, found := w.WikiPage(shop, name)
	if !found {
		w.t.Fatalf("the wiki has no page %s, only %q", name, w.WikiPages(shop))
	}
	return text
}

// editPage replaces words of a wiki page as somebody.
func (w *world) editPage(who, name, was, is string) {
	w.t.Helper()
	text := w.page(name)
	if !strings.Contains(text, was) {
		w.t.Fatalf("page %s does not say %q:\n%s", name, was, text)
	}
	w.must(w.As(who).EditWiki(shop, name, strings.Replace(text, was, is, 1), "edited"))
	w.settle()
}

// commits counts the App's own commits to the wiki.
func (w *world) commits() int {
	n := 0
	for _, c := range w.WikiLog(shop) {
		if c.Author == w.BotLogin() {
			n++
		}
	}
	return n
}

// standIns returns the comments that stand in, or stood, for a wiki page.
func (w *world) standIns(n int) []sandbox.Comment {
	return w.own(n, func(b string) bool { return strings.HasPrefix(b, "<!-- firebreak:post-mortem-comment ") })
}

// standIn returns the one comment that stands in for the page.
func (w *world) standIn(n int) sandbox.Comment {
	w.t.Helper()
	found := w.standIns(n)
	if len(found) != 1 {
		w.t.Fatalf("issue %d has %d comments in place of the page, want one", n, len(found))
	}
	return found[0]
}

// lastReply returns the text of the App's latest answer on an issue.
func (w *world) lastReply(n int) string {
	w.t.Helper()
	all := w.replies(n)
	if len(all) == 0 {
		w.t.Fatalf("issue %d was not answered", n)
	}
	return all[len(all)-1].Body
}

// reacted checks the App's reactions to a comment.
func (w *world) reacted(comment int64, want string) {
	w.t.Helper()
	if got := w.reactions(comment); got != want {
		w.t.Errorf("reactions %q, want %q", got, want)
	}
}

// says checks that a text holds all the words.
func (w *world) says(what, text string, words ...string) {
	w.t.Helper()
	for _, word := range words {
		if !strings.Contains(text, word) {
			w.t.Errorf("%s does not say %q:\n%s", what, word, text)
		}
	}
}

// saysNot checks that a text holds none of the words.
func (w *world) saysNot(what, text string, words ...string) {
	w.t.Helper()
	for _, word := range words {
		if strings.Contains(text, word) {
			w.t.Errorf("%s says %q:\n%s", what, word, text)
		}
	}
}

// titles returns the follow-ups' titles, in the order of their numbers.
func (w *world) titles() []string {
	var out []string
	for _, f := range w.followUps() {
		out = append(out, f.Title)
	}
	return out
}

// opened checks that there is just one follow-up of each title.
func (w *world) opened(want ...string) {
	w.t.Helper()
	have := w.titles()
	slices.Sort(have)
	slices.Sort(want)
	if !slices.Equal(have, want) {
		w.t.Errorf("follow-ups %q, want %q", have, want)
	}
}

// followUp returns the one follow-up of a title.
func (w *world) followUp(title string) sandbox.Issue {
	w.t.Helper()
	for _, f := range w.followUps() {
		if f.Title == title {
			return f
		}
	}
	w.t.Fatalf("no follow-up %q among %q", title, w.titles())
	return sandbox.Issue{}
}

// wikiIn makes the sandbox keep the wikis below a directory, and returns how to
// run git in the first of them.
func wikiIn(t *testing.T) (option func(*sandbox.Options), git func(args ...string) string) {
	dir := t.TempDir()
	return func(o *sandbox.Options) { o.Dir = dir }, func(args ...string) string {
		found, err := filepath.Glob(filepath.Join(dir, "sandbox-wikis-*", "*.git"))
		if err != nil || len(found) == 0 {
			t.Errorf("find the wiki: %v in %v", err, found)
			return ""
		}
		return gitIn(t, found[0], args...)
	}
}

func gitIn(t *testing.T, dir string, args ...string) string {
	cmd := exec.CommandContext(context.Background(), "git", append([]string{"--git-dir", dir}, args...)...)
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=jon", "GIT_AUTHOR_EMAIL=jon@example.com",
		"GIT_COMMITTER_NAME=jon", "GIT_COMMITTER_EMAIL=jon@example.com")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("git %s: %v: %s", strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}
