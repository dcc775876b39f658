package main

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

// asked counts the deliveries that GitHub was asked for again.
func (w *world) asked() int {
	n := 0
	for _, r := range w.Requests() {
		if r.Method == http.MethodPost && strings.HasPrefix(r.Path, "/app/hook/deliveries/") {
			n++
		}
	}
	return n
}

// lists counts the App's checklists on an issue of any repository.
func (w *world) lists(repo string, issue int) int {
	n := 0
	for _, c := range w.Comments(repo, issue) {
		if c.Author == w.BotLogin() && checklist.IsChecklist(c.Body) {
			n++
		}
	}
	return n
}

// incidents returns those of the repository in which an issue was last heard of
// being opened.
func (w *world) incidents() []workflow.Incident {
	w.t.Helper()
	for _, d := range slices.Backward(w.Deliveries()) {
		if d.Event == "issues" && d.Action == "opened" {
			list, err := w.server.db.Incidents(patient(w.t), d.Repository)
			w.must(err)
			return list
		}
	}
	w.t.Fatal("no issue was opened")
	return nil
}

// What people do while Firebreak is stopped is on the record once it is back, in
// order and once, and GitHub is asked for no more than what was missed.
func TestStoppedWhilePeopleAct(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declared()
	list := w.checklist(n)
	w.stop()
	w.tick("jon", n, "triage.data")
	w.must(w.As("jon").Unlabel(shop, n, "P1"))
	id, err := w.As("jon").Comment(shop, n, "/incident severity P2\n/incident cause The pool was too small.")
	w.must(err)
	other, err := w.As("maya").OpenIssue(shop, "Payments fail", "All of them.", "incident")
	w.must(err)
	noise, err := w.As("maya").OpenIssue(shop, "A typo", "In the docs.")
	w.must(err)
	w.must(w.Drain(patient(t)))
	w.ResetRequests()
	w.start()
	w.turn("redelivery", "sweep")

	w.labels(n, "incident", "P2", "incident/triage")
	w.reacted(id, "eyes +1")
	if !w.ticked(n, "triage.data") || w.checklist(n).ID != list.ID {
		t.Errorf("the checklist says:\n%s", w.checklist(n).Body)
	}
	w.says("the checklist", w.checklist(n).Body, "severity P2")
	w.checklist(other)
	if got := w.own(noise, func(string) bool { return true }); len(got) > 0 {
		t.Errorf("an issue that is no incident has %v", got)
	}
	missed := w.asked()
	if missed == 0 {
		t.Error("GitHub was asked for nothing")
	}
	t.Run("and nothing happens again", func(t *testing.T) {
		writes := len(w.writes())
		w.stop()
		w.start()
		w.turn("redelivery", "sweep")
		if again := w.writes()[writes:]; len(again) > 0 {
			t.Errorf("it writes %q", again)
		}
	})
}

// What no delivery ever told of is found by a sweep: incidents that were opened,
// and what a renamed repository is called now.
func TestLostForEver(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	known := w.declared()
	w.HoldWebhooks()
	n, err := w.As("maya").OpenIssue(shop, "Payments fail", "All of them.\n\n/incident lead @jon", "incident", "P0")
	w.must(err)
	strange, err := w.As("stranger").SubmitForm(shop, "It hangs", "/incident severity P0\n\ncc @maya", "incident")
	w.must(err)
	closed, err := w.As("maya").OpenIssue(shop, "Long over", "", "incident")
	w.must(err)
	w.must(w.As("maya").Close(shop, closed))
	w.must(w.AddRepo("acme/old", sandbox.RepoOptions{}))
	w.must(w.Grant("acme/old", "maya", sandbox.RoleAdmin))
	_, err = w.As("maya").OpenIssue("acme/old", "Archived", "", "incident")
	w.must(err)
	w.must(w.ChangeRepo("acme/old", func(o *sandbox.RepoOptions) { o.Archived = true }))
	w.Release(sandbox.Lost)
	w.turn("sweep", "sweep")

	if w.lists(shop, closed)+w.lists("acme/old", 1) > 0 {
		t.Error("an issue that is closed, or in an archived repository, was taken up")
	}
	w.says("the checklist", w.checklist(n).Body, "P0 · triage", "lead @jon")
	w.labels(n, "incident", "P0", "incident/triage")
	w.says("a stranger's checklist", w.checklist(strange).Body, "classify")
	w.labels(strange, "incident", "incident/classify")

	w.HoldWebhooks()
	w.must(w.RenameRepo(shop, "acme/store"))
	w.Release(sandbox.Lost)
	w.turn("sweep")
	for _, inc := range w.incidents() {
		if inc.Place.Repo != "store" {
			t.Errorf("incident %d is in %s", inc.Place.Number, inc.Place.Repo)
		}
	}
	if w.lists("acme/store", known) != 1 {
		t.Errorf("issue %d has %d checklists", known, w.lists("acme/store", known))
	}
}

// Where the App is let in, the incidents that are there get their checklist,
// once. Taken away and let in anew, it goes on under its new installation.
func TestLetInLater(t *testing.T) {
	t.Parallel()
	const web = "acme/web"
	w := startWorld(t, withWiki)
	w.must(w.AddRepo(web, sandbox.RepoOptions{NotInstalled: true, Private: true}))
	w.must(w.Grant(web, "maya", sandbox.RoleAdmin))
	n, err := w.As("maya").OpenIssue(web, "Login fails", "", "incident")
	w.must(err)
	w.settle()
	w.must(w.Install(web))
	w.settle()
	if got := w.lists(web, n); got != 1 {
		t.Errorf("%d checklists, want one", got)
	}

	known := w.declared()
	was := w.InstallationID("acme")
	w.must(w.RemoveApp("acme"))
	late, err := w.As("maya").OpenIssue(shop, "Payments fail", "", "incident")
	w.must(err)
	w.settle()
	w.must(w.Install(shop))
	w.settle()
	is := w.InstallationID("acme")
	for _, inc := range w.incidents() {
		if inc.Place.Installation != is || is == was {
			t.Errorf("incident %d is in installation %d; it was in %d and is in %d", inc.Place.Number, inc.Place.Installation, was, is)
		}
	}
	w.checklist(late)
	w.comment("jon", known, "/incident severity P2")
	w.says("the checklist", w.checklist(known).Body, "P2 · triage")
}

// What was refused while the App was suspended is done when it is no longer.
func TestSuspendedForAWhile(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declared()
	w.HoldWebhooks()
	id, err := w.As("jon").Comment(shop, n, "/incident severity P2")
	w.must(err)
	w.must(w.Suspend("acme", true))
	w.Release(sandbox.InOrder)
	w.settle()
	w.labels(n, "incident", "P1", "incident/triage")
	w.must(w.Suspend("acme", false))
	w.settle()
	w.labels(n, "incident", "P2", "incident/triage")
	if got := w.reactions(id); !strings.HasSuffix(got, "eyes +1") {
		t.Errorf("reactions %q", got)
	}
	w.checklist(n)
}
