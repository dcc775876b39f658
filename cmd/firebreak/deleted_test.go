package main

import (
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/workflow"
)

// An issue is deleted with news of it still on the way. Nothing is tried again
// for ever, nothing comes back, and what is known stays.
func TestADeletedIssueStaysDeleted(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.published()
	w.comment("jon", n, "/incident action Alert on waiting")
	second := w.declare("Login is slow", "It takes a minute.")
	w.comment("jon", second, "/incident severity P2")
	key := w.key(shop, n)

	w.HoldWebhooks()
	_, err := w.As("jon").Comment(shop, n, "/incident severity P0")
	w.must(err)
	w.must(w.As("jon").Unlabel(shop, n, "incident"))
	w.must(w.As("jon").Label(shop, n, "incident"))
	w.must(w.As("maya").DeleteIssue(shop, n))
	w.Release(sandbox.Reversed)
	w.settle()
	w.gone(key, workflow.DepartedDeleted, "the issue was deleted")

	// One whose deletion nobody told of is found to be gone when it is looked for.
	second2 := w.key(shop, second)
	w.HoldWebhooks()
	_, err = w.As("jon").Comment(shop, second, "/incident severity P0")
	w.must(err)
	w.must(w.As("maya").DeleteIssue(shop, second))
	w.Release(func(n int) []int { return sandbox.InOrder(n)[:n-1] })
	w.settle()
	w.gone(second2, workflow.DepartedDeleted, "the issue was deleted")

	// The index names the one with a post-mortem as deleted, and drops the other;
	// the page stays.
	third := w.declare("Search is slow", "It takes a minute.")
	w.comment("jon", third, "/incident severity P2\n/postmortem")
	index := w.page(indexPage)
	w.says("the index", index, "Checkout times out", "deleted", "Search is slow")
	w.saysNot("the index", index, "Login is slow")
	w.says("the page", w.page(firstPage), "The pool was too small.")
}

// gone checks that an incident's issue is known to be gone, why, and that its
// timeline says so at its end.
func (w *world) gone(key workflow.Key, why workflow.DepartureReason, says string) {
	w.t.Helper()
	inc, err := w.server.db.Incident(w.t.Context(), key)
	w.must(err)
	timeline, err := w.server.db.Timeline(w.t.Context(), inc.Key)
	w.must(err)
	said := 0
	for _, e := range timeline {
		if e.What == says {
			said++
		}
	}
	if inc.Departure.Why != why || said != 1 {
		w.t.Errorf("the incident is %q and its timeline says so %d times: %+v", inc.Departure.Why, said, timeline)
	}
}

// key returns what an issue's incident is known by.
func (w *world) key(repo string, n int) workflow.Key {
	w.t.Helper()
	i, found := w.Issue(repo, n)
	if !found {
		w.t.Fatalf("there is no %s#%d", repo, n)
	}
	return workflow.Key{Repository: w.RepoID(repo), Issue: i.ID}
}
