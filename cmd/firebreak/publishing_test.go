package main

import (
	"net/http"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// Publishing completes the last step; the index says so in the same commit.
func TestPublishingAtTheEndChangesTheIndexOnce(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declared()
	w.comment("jon", n, "/incident cause The pool was too small.\n/incident action Fix the pool")
	w.must(w.As("jon").Label(shop, n, "incident/post-mortem"))
	w.settle()
	w.comment("jon", n, "/postmortem")
	log := len(w.WikiLog(shop))
	index := w.page(indexPage)
	w.comment("jon", n, "/postmortem")
	if got := len(w.WikiLog(shop)); got != log {
		t.Errorf("%d commits, want still %d; the index was\n%s\nand is\n%s", got, log, index, w.page(indexPage))
	}
}

func TestThePagesNameStays(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.published()
	w.must(w.As("maya").EditIssue(shop, n, "Payments are down", ""))
	w.settle()
	w.comment("jon", n, "/postmortem")
	w.says("the page", w.page(firstPage), "Payments are down")
	w.says("the index", w.page(indexPage), "Payments are down", firstPage)
	if pages := w.WikiPages(shop); len(pages) != 3 {
		t.Errorf("pages %q, want Home, the post-mortem and the index", pages)
	}
}

// What a stranger declares is not listed until somebody stands behind it.
func TestStrangersAreNotInTheIndex(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n, err := w.As("stranger").SubmitForm(shop, "Buy my things", "Now.", "incident")
	w.must(err)
	mistaken := w.declare("Never mind", "A mistake.")
	w.must(w.As("maya").Unlabel(shop, mistaken, "incident"))
	m := w.declare("Checkout times out", "It is slow.")
	w.comment("jon", m, "/postmortem")
	w.saysNot("the index", w.page(indexPage), "Buy my things", "Never mind")
	w.comment("jon", n, "/incident severity P3")
	w.comment("jon", m, "/postmortem")
	w.says("the index", w.page(indexPage), "Buy my things")
}

func TestEverybodyWhoAskedIsAnswered(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declared()
	var ids []int64
	for _, who := range []string{"maya", "jon", "maya", "jon"} {
		id, err := w.As(who).Comment(shop, n, "/incident lesson Said by "+who+".\n/postmortem")
		w.must(err)
		ids = append(ids, id)
	}
	w.settle()
	for _, id := range ids {
		w.reacted(id, "eyes +1")
	}
	if got := len(w.replies(n)); got != len(ids) {
		t.Errorf("%d replies, want %d", got, len(ids))
	}
}

// Whatever the wiki's git answers on the way, there is one commit in the end.
func TestPublishingDespiteFaultsOfGit(t *testing.T) {
	t.Parallel()
	const git = "/acme/shop.wiki.git"
	for name, fault := range map[string]sandbox.Fault{
		"502 on looking":                 sandbox.BadGateway("GET", git+"/info/refs"),
		"502 on fetching":                sandbox.BadGateway("POST", git+"/git-upload-pack"),
		"502 on pushing":                 sandbox.BadGateway("POST", git+"/git-receive-pack"),
		"502 on pushing, after the work": {Method: "POST", Path: git + "/git-receive-pack", Status: http.StatusBadGateway, DoWork: true},
		"too many requests":              {Method: "POST", Path: git + "/git-receive-pack", Status: http.StatusTooManyRequests, Header: map[string]string{"Retry-After": "1"}},
		"cut":                            {Method: "POST", Path: git + "/git-upload-pack", Cut: true},
		"no token for a while":           sandbox.BadGateway("POST", "/app/installations/*/access_tokens"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, withWiki)
			n := w.declared()
			hits := w.Inject(fault)
			w.reacted(w.comment("jon", n, "/postmortem"), "eyes +1")
			if w.commits() != 1 || hits.Hits() != 1 || len(w.replies(n)) != 1 {
				t.Errorf("%d commits and %d replies after %d faults, want one of each", w.commits(), len(w.replies(n)), hits.Hits())
			}
			if got := w.standIns(n); len(got) != 0 {
				t.Errorf("a passing fault passed for a missing wiki:\n%s", got[0].Body)
			}
		})
	}
}

// A limit is waited for also where only a question is asked.
func TestPermissionIsAskedAgainWhenGitHubLets(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declared()
	var first time.Time
	f := sandbox.TooManyRequests("GET", permissionPath, time.Second)
	f.Times = -1
	f.Match = func(sandbox.Request) bool {
		if first.IsZero() {
			first = time.Now()
		}
		return time.Since(first) < 900*time.Millisecond
	}
	limit := w.Inject(f)
	id := w.comment("jon", n, "/incident severity P0")
	w.reacted(id, "eyes +1")
	w.labels(n, "incident", "P0", "incident/triage")
	if limit.Hits() != 1 {
		t.Errorf("asked %d times before it was time", limit.Hits())
	}
}
