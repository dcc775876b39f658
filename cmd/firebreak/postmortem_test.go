package main

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// noWiki are the ways in which a wiki cannot be had, and back.
var noWiki = map[string]struct {
	repo   sandbox.RepoOptions
	alter  func(*sandbox.Options)
	reason string
	mend   func(w *world)
}{
	"not initialised": {
		reason: "no page yet",
		mend:   func(w *world) { w.must(w.As("maya").InitWiki(shop)) },
	},
	"switched off": {
		repo:   sandbox.RepoOptions{WikiInitialised: true, WikiDisabled: true},
		reason: "switched off",
		mend: func(w *world) {
			w.must(w.ChangeRepo(shop, func(o *sandbox.RepoOptions) { o.WikiDisabled = false }))
			w.must(w.As("maya").EditWiki(shop, "Home", "Welcome back.", "edited"))
		},
	},
	"private without a plan for wikis": {
		repo:   sandbox.RepoOptions{Private: true, FreePlan: true, WikiInitialised: true},
		reason: "no page yet",
		mend: func(w *world) {
			w.must(w.ChangeRepo(shop, func(o *sandbox.RepoOptions) { o.FreePlan = false }))
			w.must(w.As("maya").EditWiki(shop, "Home", "Welcome.", "edited"))
		},
	},
}

func TestPostmortemWithoutWiki(t *testing.T) {
	t.Parallel()
	for name, tc := range noWiki {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, tc.repo)
			n := w.declared()
			w.comment("jon", n, "/incident cause The pool was too small.\n/incident action Fix the pool @jon")
			id := w.comment("jon", n, "/postmortem")
			w.reacted(id, "eyes +1")
			w.opened("Fix the pool")
			w.says("the comment", w.standIn(n).Body, tc.reason, "The pool was too small.", "Fix the pool", "## Timeline")
			w.says("the checklist", w.checklist(n).Body, w.standIn(n).URL)

			w.comment("jon", n, "/incident lesson Look at the pool.")
			w.reacted(w.comment("maya", n, "/postmortem"), "eyes +1")
			w.says("the comment", w.standIn(n).Body, "Look at the pool.")
			w.toldOnce(n, tc.reason)

			tc.mend(w)
			w.settle()
			w.moved(n)
		})
	}
}

// toldOnce checks that the reason is told once, beside the comment that stands in.
func (w *world) toldOnce(n int, reason string) {
	w.t.Helper()
	told := 0
	for _, r := range w.replies(n) {
		told += strings.Count(r.Body, reason)
	}
	if told > 1 {
		w.t.Errorf("%q is told %d times in replies, want once", reason, told)
	}
}

// moved checks that the wiki has the document now and the comment leads there.
func (w *world) moved(n int) {
	w.t.Helper()
	page := w.page(firstPage)
	w.says("the page", page, "The pool was too small.", "Look at the pool.", "Fix the pool")
	w.saysNot("the page", page, "kept in this comment")
	body := w.standIn(n).Body
	w.says("the comment", body, "/wiki/"+firstPage)
	w.saysNot("the comment", body, "## Timeline")
	w.opened("Fix the pool")
	w.says("the index", w.page(indexPage), "Checkout times out")
	if w.commits() != 1 {
		w.t.Errorf("%d commits, want one", w.commits())
	}
	w.reacted(w.comment("jon", n, "/postmortem"), "eyes +1")
	if w.standIn(n).Body != body {
		w.t.Errorf("the comment changed again:\n%s", w.standIn(n).Body)
	}
}

// An installation that never granted Contents cannot push; once it is granted,
// the next /postmortem moves the document.
func TestPostmortemWithoutPermission(t *testing.T) {
	t.Parallel()
	granted := map[string]string{}
	w := startWorld(t, withWiki, func(o *sandbox.Options) {
		for name, level := range o.Permissions {
			if name != "contents" {
				granted[name] = level
			}
		}
		o.Permissions = granted
	})
	n := w.declared()
	w.comment("jon", n, "/incident action Fix the pool @jon")
	id := w.comment("jon", n, "/postmortem")
	w.reacted(id, "eyes +1")
	w.opened("Fix the pool")
	w.says("the comment", w.standIn(n).Body, "Contents: write")
	if w.commits() != 0 {
		t.Errorf("%d commits without permission", w.commits())
	}
}

func TestPostmortemMovesWhenAskedAgain(t *testing.T) {
	t.Parallel()
	w := startWorld(t, sandbox.RepoOptions{WikiInitialised: true, WikiDisabled: true})
	n := w.declared()
	w.comment("jon", n, "/incident cause The pool was too small.\n/incident action Fix the pool @jon\n/incident lesson Look at the pool.")
	w.comment("jon", n, "/postmortem")
	w.must(w.ChangeRepo(shop, func(o *sandbox.RepoOptions) { o.WikiDisabled = false }))
	w.comment("jon", n, "/postmortem")
	w.moved(n)
	t.Run("and back into the comment when the wiki goes", func(t *testing.T) {
		w.must(w.ChangeRepo(shop, func(o *sandbox.RepoOptions) { o.WikiDisabled = true }))
		w.comment("jon", n, "/postmortem")
		w.says("the comment", w.standIn(n).Body, "switched off", "## Timeline")
	})
}

// The answer to the comment in place of the page got lost: it is found again.
func TestPostmortemCommentIsNotDoubled(t *testing.T) {
	t.Parallel()
	w := startWorld(t, sandbox.RepoOptions{})
	n := w.declared()
	w.Inject(sandbox.Fault{Method: "POST", Path: "/repos/acme/shop/issues/*/comments", DropAnswer: true,
		Match: func(r sandbox.Request) bool { return strings.Contains(string(r.Body), "post-mortem-comment") }})
	id := w.comment("jon", n, "/postmortem")
	w.reacted(id, "eyes +1")
	w.standIn(n)
	if got := len(w.replies(n)); got != 1 {
		t.Errorf("%d replies, want one", got)
	}
}
