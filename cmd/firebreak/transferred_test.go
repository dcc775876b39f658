package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/workflow"
)

const site = "acme/site"

// There are two ends that tell of a transfer, in either order, either may be
// silent, and where both are it is found out by looking. The outcome is one.
func TestATransferredIncidentGoesOn(t *testing.T) {
	t.Parallel()
	for name, sent := range map[string]func(w *world) []int{
		"both ends":       func(w *world) []int { return append(w.told("issues", "transferred"), w.told("issues", "opened")...) },
		"the other first": func(w *world) []int { return append(w.told("issues", "opened"), w.told("issues", "transferred")...) },
		"only the source": func(w *world) []int { return w.told("issues", "transferred") },
		"only the target": func(w *world) []int { return w.told("issues", "opened") },
		"neither":         func(*world) []int { return nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, withWiki)
			w.must(w.AddRepo(site, withWiki))
			w.must(w.Grant(site, "maya", sandbox.RoleAdmin))
			w.must(w.Grant(site, "jon", sandbox.RoleWrite))
			first, err := w.As("maya").OpenIssue(site, "A wish", "Not an incident.")
			w.must(err)
			n := w.published()
			w.tick("jon", n, "triage.data")
			w.settle()
			former := w.key(shop, n)

			w.HoldWebhooks()
			_, err = w.As("jon").Comment(shop, n, "/incident severity P0")
			w.must(err)
			command := w.told("issue_comment", "created")
			to, err := w.As("maya").Transfer(shop, n, site)
			w.must(err)
			order := append(sent(w), command...) // which comes last, from the former address
			w.Release(func(int) []int { return order })
			w.settle()

			w.labelsIn(site, to, "incident", "P0", "incident/triage")
			now := w.checklistIn(site, to)
			w.says("the checklist", now, "P0 · triage", "moved here from acme/shop#1", "[x] 2.4")
			w.says("the checklist's marker", strings.SplitN(now, "\n", 2)[0], former.String())
			if got := w.commented(site, to, "<!-- firebreak:checklist"); got != 1 {
				t.Errorf("%d checklists, want one", got)
			}
			if wish, _ := w.Issue(site, first); len(wish.Labels)+len(w.Comments(site, first)) != 0 {
				t.Errorf("an issue that is none was written to: %+v", wish)
			}
			w.goesOnIn(site, to, former)
		})
	}
}

// goesOnIn shows that a transferred incident is the one that it was: its
// follow-up belongs to it, and the next post-mortem is where it is now.
func (w *world) goesOnIn(repo string, n int, former workflow.Key) {
	w.t.Helper()
	inc, err := w.server.db.Incident(w.t.Context(), former)
	w.must(err)
	if inc.Key != w.key(repo, n) || inc.Origin != former {
		w.t.Errorf("the incident is %s, from %s, want %s from %s", inc.Key, inc.Origin, w.key(repo, n), former)
	}
	old := w.page(firstPage)
	w.must(w.As("jon").Close(shop, 2)) // the follow-up that stayed
	w.settle()
	w.says("the checklist", w.checklistIn(repo, n), "/acme/shop/issues/2")
	if w.page(firstPage) != old {
		w.t.Errorf("the page that was left behind changed")
	}
	id, err := w.As("jon").Comment(repo, n, "/incident action Alert on waiting\n/postmortem")
	w.must(err)
	w.settle()
	w.reacted(id, "eyes +1")
	page := w.pageIn(repo, "Incident-2-checkout-times-out")
	w.says("the page", page, "The pool was too small.", "/acme/shop/issues/2", "moved here from acme/shop#1", "declared")
	w.says("the index", w.pageIn(repo, indexPage), "Incident-2-checkout-times-out")
	left, _ := w.Issue(shop, 2)
	w.says("the follow-up that stayed", left.Body, "Incident: acme/site#2", "acme/site#3", "/acme/site/wiki/Incident-2-")
	made, _ := w.Issue(repo, 3)
	w.says("the new follow-up", made.Body, "Incident: #2", "acme/shop#2")
	if titles := w.titles(); !slices.Equal(titles, []string{"Fix the pool"}) {
		w.t.Errorf("follow-ups in the former repository: %q", titles)
	}
}

// An incident goes to where the App is not: it stops, which is no error. It goes
// on when it comes back, or when the App comes to it.
func TestAnIncidentThatIsOutOfReach(t *testing.T) {
	t.Parallel()
	for name, back := range map[string]func(w *world, n int) (repo string, number int){
		"until it comes back": func(w *world, n int) (string, int) {
			number, err := w.As("maya").Transfer(site, n, shop)
			w.must(err)
			return shop, number
		},
		"until the App comes": func(w *world, n int) (string, int) {
			w.must(w.Install(site))
			w.must(w.As("maya").Unlabel(site, n, "incident"))
			w.must(w.As("maya").Label(site, n, "incident"))
			return site, n
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, withWiki)
			w.must(w.AddRepo(site, sandbox.RepoOptions{NotInstalled: true}))
			w.must(w.Grant(site, "maya", sandbox.RoleAdmin))
			w.must(w.As("maya").MakeLabel(site, "incident", "b60205", ""))
			n := w.published()
			key := w.key(shop, n)
			w.HoldWebhooks()
			_, err := w.As("jon").Comment(shop, n, "/incident severity P0")
			w.must(err)
			away, err := w.As("maya").Transfer(shop, n, site)
			w.must(err)
			w.Release(sandbox.Reversed)
			w.settle()
			address := w.WebURL() + "/acme/site/issues/1"
			w.gone(key, workflow.DepartedMoved, "moved to "+address+", where Firebreak is not installed: it stops")
			if failed := w.failures(); len(failed) != 0 {
				t.Errorf("deliveries failed: %q", failed)
			}
			other := w.declare("Search is slow", "It takes a minute.")
			w.comment("jon", other, "/incident severity P2\n/postmortem")
			w.says("the index", w.page(indexPage), "| moved |", address)

			w.ResetRequests()
			_, err = w.As("maya").Comment(site, away, "/incident severity P3")
			w.must(err)
			w.must(w.As("jon").Close(shop, 2)) // its follow-up
			w.settle()
			if writes := w.writes(); len(writes) != 0 {
				t.Errorf("it went on writing: %q", writes)
			}

			repo, number := back(w, away)
			w.settle()
			w.labelsIn(repo, number, "incident", "P0", "incident/triage")
			w.says("the checklist", w.checklistIn(repo, number), "P0 · triage", "1 of 1 closed", key.String())
			w.reacted(w.sayIn(repo, number, "/incident severity P2"), "eyes +1")
			w.labelsIn(repo, number, "incident", "P2", "incident/triage")
		})
	}
}

// A follow-up that is transferred belongs to its incident as before.
func TestATransferredFollowUp(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	w.must(w.AddRepo(site, sandbox.RepoOptions{}))
	w.must(w.Grant(site, "maya", sandbox.RoleAdmin))
	w.must(w.As("maya").MakeLabel(site, "incident-follow-up", "0e8a16", ""))
	n := w.published()
	to, err := w.As("maya").Transfer(shop, 2, site)
	w.must(err)
	w.settle()
	w.says("the checklist", w.checklist(n).Body, "/acme/site/issues/1", "follow-up moved to acme/site#1")
	w.must(w.As("maya").Close(site, to))
	w.settle()
	w.says("the checklist", w.checklist(n).Body, "1 of 1 closed")
	w.comment("jon", n, "/incident action Alert on waiting\n/postmortem")
	moved, _ := w.Issue(site, to)
	w.says("the follow-up", moved.Body, "Incident: acme/shop#1", "acme/shop#3")
	w.opened("Alert on waiting")
}

// sayIn comments as maya in any repository.
func (w *world) sayIn(repo string, n int, body string) int64 {
	w.t.Helper()
	id, err := w.As("maya").Comment(repo, n, body)
	w.must(err)
	w.settle()
	return id
}

// failures lists the deliveries that were given up, with why.
func (w *world) failures() []string {
	w.t.Helper()
	all, err := w.server.db.Deliveries(w.t.Context())
	w.must(err)
	var out []string
	for _, d := range all {
		if d.Failure != "" {
			out = append(out, d.Event+": "+d.Failure)
		}
	}
	return out
}
