package main

import (
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// A repository is renamed and nobody tells Firebreak. Its old name is given to
// another, whose first issue has nothing to do with the incident.
func TestARenamedRepositoryIsFoundByItsId(t *testing.T) {
	t.Parallel()
	const store = "acme/store"
	w := startWorld(t, withWiki, without("repository"))
	n := w.published()
	was := w.page(firstPage)
	w.must(w.RenameRepo(shop, "store"))
	w.must(w.AddRepo(shop, withWiki))
	w.must(w.Grant(shop, "maya", sandbox.RoleAdmin))
	other, err := w.As("maya").OpenIssue(shop, "A wish", "Not an incident.")
	w.must(err)
	if other != n {
		t.Fatalf("the other issue has the number %d, want %d", other, n)
	}

	w.must(w.As("jon").Close(store, 2)) // the follow-up: tells nothing of the incident's place
	w.settle()
	checklist := w.checklistIn(store, n)
	w.says("the checklist", checklist, "/acme/store/wiki/"+firstPage, "the repository is now acme/store")
	w.says("the page", w.pageIn(store, firstPage), "/acme/store/issues/1", "closed")
	w.says("the index", w.pageIn(store, indexPage), "/acme/store/issues/1")
	if w.saysNot("the old page", was, "/acme/store/"); len(w.Issues(store)) != 2 {
		t.Errorf("%d issues, want the incident and its follow-up", len(w.Issues(store)))
	}
	if wish, _ := w.Issue(shop, other); len(wish.Labels)+len(w.Comments(shop, other)) != 0 || len(w.WikiPages(shop)) != 1 {
		t.Errorf("the repository that has the name now was written to: %+v, %q", wish, w.WikiPages(shop))
	}

	// Those who wait for an answer get it at the new address.
	id, err := w.As("jon").Comment(store, n, "/postmortem")
	w.must(err)
	w.settle()
	w.reacted(id, "eyes +1")
	w.says("the follow-up", w.Issues(store)[1].Body, "/acme/store/wiki/"+firstPage)
}

// The event tells of a new name, and of a new owner whose installation is
// another.
func TestARepositoryThatMovesIsFollowed(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.published()
	w.must(w.AddRepo("globex/site", sandbox.RepoOptions{}))
	w.must(w.RenameRepo(shop, "globex/store"))
	w.settle()
	w.says("the checklist", w.checklistIn("globex/store", n), "/globex/store/wiki/"+firstPage)
	w.says("the page", w.pageIn("globex/store", firstPage), "/globex/store/issues/1", "/globex/store/issues/2")
	w.must(w.RenameRepo("globex/store", "kiosk"))
	w.settle()
	w.says("the checklist", w.checklistIn("globex/kiosk", n), "/globex/kiosk/wiki/"+firstPage)
	id, err := w.As("jon").Comment("globex/kiosk", n, "/incident severity P2")
	w.must(err)
	w.settle()
	w.reacted(id, "eyes +1")
	w.labelsIn("globex/kiosk", n, "incident", "P2", "incident/triage")
}
