package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/firebreak-app/firebreak/workflow"
)

// loseDatabase starts the server anew with an empty database.
func (w *world) loseDatabase() {
	w.t.Helper()
	w.stop()
	w.cfg.Database = "sqlite:" + newDatabase(w.t)
	w.start()
	w.ResetRequests()
}

// known is what the database has of an incident.
type known struct {
	inc      workflow.Incident
	timeline []string
}

func (w *world) known(n int) known {
	w.t.Helper()
	key := workflow.Key{Repository: w.Deliveries()[0].Repository, Issue: w.issueID(n)}
	inc, err := w.server.db.Incident(patient(w.t), key)
	w.must(err)
	entries, err := w.server.db.Timeline(patient(w.t), key)
	w.must(err)
	k := known{inc: inc}
	for _, e := range entries {
		if e.Kind == workflow.EntryTick {
			continue
		}
		k.timeline = append(k.timeline, fmt.Sprintf("%s %s %s @%s %s", e.At.UTC().Format(time.TimeOnly), e.Kind, e.What, e.By.Login, e.URL))
	}
	slices.Sort(k.timeline)
	return k
}

// richIncident lives through all that an incident can, and ends quiet.
func (w *world) richIncident() int {
	w.t.Helper()
	must := w.must
	n := w.declare("Checkout times out", "It is slow.\n\n### Action items\n\n- [ ] process Deploy configuration apart from code @sam due 2026-12-20 P2\n")
	w.comment("jon", n, "/incident severity P2: checkout is slow\n/incident lead @jon\n/incident comms @maya")
	must(w.As("maya").Label(shop, n, "P1"))
	w.settle()
	w.tick("maya", n, "triage.systems", "triage.users")
	w.tick("jon", n, "triage.data", "mitigate.verify")
	w.settle()
	must(w.As("jon").Untick(shop, n, w.checklist(n).ID, "step:triage.users"))
	w.settle()
	w.comment("sam", n, "/incident check 2.5\n/incident timeline rolled back | 11:58\n/incident severity P0")
	w.comment("stranger", n, "/incident severity P0\n/incident cause Me")
	w.comment("jon", n, "/incident detected 20 min ago\n/incident summary One checkout in three timed out.\n/incident impact a third of all checkouts\n"+
		"/incident cause The pool was too small.\n/incident lesson Watch the pool.\n/incident systems checkout")
	w.comment("maya", n, "/incident lead @sam\n/incident action Fail start-up when the pool size is not set @maya due 2026-12-07\n/incident action preventive Alert on pool wait time @jon")
	must(w.As("maya").Label(shop, n, "incident/root-cause"))
	must(w.As("maya").Assign(shop, n, "jon"))
	must(w.As("maya").Close(shop, n))
	w.settle()
	must(w.As("maya").Reopen(shop, n))
	w.settle()
	w.comment("jon", n, "/incident lesson Roll back sooner.\n/postmortem")
	w.editPage("jon", firstPage, "The pool was too small.", "The pool was too small, and nobody watched it.")
	must(w.As("maya").EditIssue(shop, n, "Checkout is slow", "It is slow.\n\n### Action items\n\n- [ ] process Deploy configuration apart from code @sam due 2026-12-20 P2\n"))
	must(w.As("jon").Close(shop, w.followUp("Alert on pool wait time").Number))
	must(w.As("jon").Assign(shop, w.followUp("Fail start-up when the pool size is not set").Number, "jon"))
	w.settle()
	w.comment("maya", n, "/postmortem")
	must(w.As("maya").Close(shop, n))
	w.settle()
	return n
}

// TestAdoption lives through an incident, loses the database, and lets the next
// event come: all is as it was, and nothing is done again.
func TestAdoption(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.richIncident()
	before, list := w.known(n), w.checklist(n)
	w.loseDatabase()
	w.must(w.As("maya").Assign(shop, n, "maya"))
	w.settle()
	after := w.known(n)
	w.sameIncident(before, after, "assigned: maya")
	w.wroteOnly(list.ID)
	if is := w.checklist(n); is.ID != list.ID {
		t.Error("the checklist is another comment")
	}
}

// wroteOnly checks that nothing was written but the one comment, in place.
func (w *world) wroteOnly(comment int64) {
	w.t.Helper()
	for _, r := range w.writes() {
		if !strings.Contains(r, ".wiki.git/") && r != fmt.Sprintf("PATCH /repos/%s/issues/comments/%d", shop, comment) {
			w.t.Errorf("%s was written", r)
		}
	}
}

// sameIncident compares what was known with what was rebuilt.
func (w *world) sameIncident(before, after known, news ...string) {
	w.t.Helper()
	if diff := gocmp.Diff(before.inc, after.inc, mayDiffer...); diff != "" {
		w.t.Errorf("the incident is another (-before +after):\n%s", diff)
	}
	timeline := slices.DeleteFunc(after.timeline, func(e string) bool {
		return slices.ContainsFunc(news, func(n string) bool { return strings.Contains(e, n) })
	})
	if diff := gocmp.Diff(before.timeline, timeline); diff != "" {
		w.t.Errorf("the timeline is another (-before +after):\n%s", diff)
	}
}

// mayDiffer are the fields of an incident that are not the same afterwards.
var mayDiffer = []gocmp.Option{
	cmpopts.EquateEmpty(),
	// Counts of writes, and when something was heard of.
	cmpopts.IgnoreFields(workflow.Incident{}, "Version", "PlaceAt", "TextAt", "HeardAt", "Labels"),
	cmpopts.IgnoreFields(workflow.Incident{}, "Marks"),
	cmpopts.IgnoreFields(workflow.Times{}, "Verified"),
	// The wiki's history is not read.
	cmpopts.IgnoreFields(workflow.Postmortem{}, "Commit"),
	// Read from the issues again at the next publish.
	cmpopts.IgnoreFields(workflow.FollowUp{}, "Siblings"),
	// When an effect was done is known by GitHub's clock, to the second.
	cmpopts.EquateApproxTime(2 * time.Second),
}
