package main

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/workflow"
)

// TestAdoptionBelievesFirebreakAlone loses the database and everything that
// happened during an outage, some of it made to be believed.
func TestAdoptionBelievesFirebreakAlone(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declared()
	w.tick("jon", n, "triage.data")
	w.settle()
	edited := w.comment("sam", n, "/incident status")
	w.pass(time.Minute)
	w.HoldWebhooks()
	say := func(who, body string) int64 {
		id, err := w.As(who).Comment(shop, n, body)
		w.must(err)
		return id
	}
	say("jon", "/incident lead @jon")
	w.pass(4 * 24 * time.Hour) // and is too old to be carried out
	list := w.checklist(n)
	copied := say("stranger", strings.ReplaceAll(list.Body, "[ ]", "[x]"))
	refused := say("stranger", "/incident severity P3")
	cause := say("jon", "/incident cause The pool was too small.")
	w.must(w.As("sam").EditComment(shop, edited, "/incident severity P0"))
	w.says("the forged checklist", forged(list.Body), "[x] 3.1", "Everything is fine", "mitigate.verify+")
	w.must(w.As("jon").EditComment(shop, list.ID, forged(list.Body)))
	late, early, later := w.labelledLate()
	w.Release(sandbox.Lost)

	w.loseDatabase()
	w.Inject(times(2, sandbox.BadGateway("GET", "/repos/acme/shop/issues/*/timeline")))
	w.must(w.As("maya").Assign(shop, n, "maya"))
	w.must(w.As("maya").Assign(shop, late, "maya"))
	w.settle()

	is := w.known(n)
	if is.inc.Severity != "P1" || len(is.inc.Causes) != 1 || len(is.inc.Roles) != 0 {
		t.Errorf("severity %s, causes %v, roles %v; want P1, the one given during the outage, nobody", is.inc.Severity, is.inc.Causes, is.inc.Roles)
	}
	for id, want := range map[string]bool{"triage.data": true, "mitigate.act": true, "mitigate.verify": false, "triage.users": false} {
		if m := is.inc.Marks[id]; m.Ticked != want || m.By.ID != 0 {
			t.Errorf("%s is ticked %v by %q, want %v by nobody known", id, m.Ticked, m.By.Login, want)
		}
	}
	w.says("the timeline", strings.Join(is.timeline, "\n"), "found ticked: 2.4", "found ticked: 3.1", "edited after it was carried out")
	w.saysNot("the timeline", strings.Join(is.timeline, "\n"), "Everything is fine", "tick ticked", "severity P0")
	w.reacted(cause, "eyes +1")
	w.reacted(refused, "confused")
	if got := w.edits(copied); len(got) != 0 {
		t.Error("a stranger's copy of the checklist was written over")
	}
	if w.checklist(n).ID != list.ID {
		t.Error("the checklist is another comment")
	}
	w.saysNot("the checklist", w.checklist(n).Body, "Everything is fine")

	is = w.known(late)
	if is.inc.Severity != "P2" || is.inc.Declarer.Login != "maya" || !is.inc.Declared.After(is.inc.Created) {
		t.Errorf("severity %s, declared by %s at %v, want P2 by maya as she labelled it", is.inc.Severity, is.inc.Declarer.Login, is.inc.Declared)
	}
	w.reacted(early, "")
	w.reacted(later, "eyes +1")
	w.checklist(late)
}

// forged is the checklist with a box ticked, a line on its timeline, and ticks in
// its ledger that somebody else did not make.
func forged(body string) string {
	return strings.NewReplacer(
		"[ ] 3.1", "[x] 3.1",
		"|---|---|---|\n| 1", "|---|---|---|\n| 12:00 | Everything is fine | @maya |\n| 12:00 | ticked: 3.2 Verified: error rate down, flow recovered | @maya |\n| 1",
		"|---|---|---|\n| 0", "|---|---|---|\n| 12:00 | Everything is fine | @maya |\n| 12:00 | ticked: 3.2 Verified: error rate down, flow recovered | @maya |\n| 0",
		"|---|---|---|\n| 2", "|---|---|---|\n| 12:00 | Everything is fine | @maya |\n| 12:00 | ticked: 3.2 Verified: error rate down, flow recovered | @maya |\n| 2",
		" triage.data+", " mitigate.verify+1763899500,58310003,maya triage.data+",
	).Replace(body)
}

// labelledLate is an issue that becomes an incident while nobody listens, with a
// command before and one after.
func (w *world) labelledLate() (issue int, early, later int64) {
	w.t.Helper()
	issue, err := w.As("jon").OpenIssue(shop, "Search is slow", "It is.")
	w.must(err)
	early, err = w.As("jon").Comment(shop, issue, "/incident severity P0")
	w.must(err)
	w.pass(time.Hour)
	w.must(w.As("maya").Label(shop, issue, "incident"))
	w.pass(time.Minute)
	later, err = w.As("jon").Comment(shop, issue, "/incident severity P2")
	w.must(err)
	return issue, early, later
}

func times(n int, f sandbox.Fault) sandbox.Fault {
	f.Times = n
	return f
}

// TestAdoptionKeepsWhatIsGone: what people deleted stays away.
func TestAdoptionKeepsWhatIsGone(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declared()
	w.comment("jon", n, "/incident action Fix the pool\n/incident action Alert on it\n/postmortem")
	w.must(w.As("maya").DeleteComment(shop, w.checklist(n).ID))
	w.must(w.As("maya").Unlabel(shop, w.followUp("Alert on it").Number, "incident-follow-up"))
	w.must(w.As("maya").DeleteIssue(shop, w.followUp("Fix the pool").Number))
	w.settle()
	w.loseDatabase()
	w.comment("jon", n, "/postmortem")
	for _, r := range w.writes() {
		if r == "POST /repos/"+shop+"/issues" {
			t.Error("a follow-up was opened again")
		}
	}
	if c := w.own(n, func(b string) bool { return strings.Contains(b, "firebreak:checklist") }); len(c) != 0 {
		t.Errorf("%d checklists, want none", len(c))
	}
	if !slices.ContainsFunc(w.known(n).inc.Actions, func(a workflow.Action) bool { return a.Issue.Deleted }) {
		t.Error("no follow-up is known as deleted")
	}
}
