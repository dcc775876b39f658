package main

import (
	"fmt"
	"regexp"
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
		at := e.At.UTC().Format(time.TimeOnly)
		if byEffect.MatchString(e.What) {
			at = "about then"
		}
		k.timeline = append(k.timeline, fmt.Sprintf("%s %s %s @%s %s", at, e.Kind, e.What, e.By.Login, e.URL))
	}
	slices.Sort(k.timeline)
	return k
}

// byEffect finds lines on what an effect did: when is known by the server's clock,
// afterwards by what GitHub shows of it.
var byEffect = regexp.MustCompile(`(?m)^.*(post-mortem published|follow-up #\d+ opened): .*$`)

// richIncident lives through all that an incident can, and ends quiet.
func (w *world) richIncident() int {
	w.t.Helper()
	const text = "It is slow.\n\n### Severity\n\nP3: minor\n\n### Started\n\n30 min ago\n\n### Action items\n\n- [ ] process Deploy configuration apart from code @sam due 2026-12-20 P2\n"
	n := w.declare("Checkout times out", text)
	for _, step := range []func(){
		func() {
			w.comment("jon", n, "/incident severity P2: checkout is slow\n/incident lead @jon\n/incident comms @maya")
		},
		func() { w.must(w.As("maya").Label(shop, n, "P1")) },
		func() { w.tick("maya", n, "triage.systems", "triage.users", "classify.P0") },
		func() { w.tick("jon", n, "triage.data", "mitigate.verify", "classify.P1") },
		func() { w.must(w.As("jon").Untick(shop, n, w.checklist(n).ID, "step:triage.users")) },
		func() {
			w.comment("sam", n, "/incident check 2.5\n/incident timeline rolled back | 11:58\n/incident severity P0")
		},
		func() { w.comment("stranger", n, "/incident severity P0\n/incident cause Me") },
		func() {
			w.comment("jon", n, "/incident detected 20 min ago\n/incident summary One checkout in three timed out.\n/incident impact a third of all checkouts\n"+
				"/incident cause The pool was too small.\n/incident lesson Watch the pool.\n/incident systems checkout")
		},
		func() {
			w.comment("maya", n, "/incident lead @sam\n/incident action Fail start-up when the pool size is not set @maya due 2026-12-07\n"+
				"/incident action preventive Alert on pool wait time @jon")
		},
		func() { w.promoted(n) },
		func() { w.must(w.As("maya").Label(shop, n, "incident/root-cause")) },
		func() { w.must(w.As("maya").Assign(shop, n, "jon")) },
		func() { w.must(w.As("maya").Close(shop, n)) },
		func() { w.must(w.As("maya").Reopen(shop, n)) },
		func() { w.comment("jon", n, "/incident lesson Roll back sooner.\n/postmortem") },
		func() {
			w.editPage("jon", firstPage, "The pool was too small.", "The pool was too small, and nobody watched it.")
		},
		func() { w.must(w.As("maya").EditIssue(shop, n, "Checkout is slow", text)) },
		func() { w.must(w.As("jon").Close(shop, w.followUp("Alert on pool wait time").Number)) },
		func() {
			w.must(w.As("jon").Assign(shop, w.followUp("Fail start-up when the pool size is not set").Number, "jon"))
		},
		func() { w.comment("maya", n, "/postmortem") },
		func() { w.must(w.As("maya").Close(shop, n)) },
	} {
		w.pass(time.Minute)
		step()
		w.settle()
	}
	return n
}

// promoted puts a comment on the timeline by its link, another by quoting it, and
// one that is refused.
func (w *world) promoted(n int) {
	linked := w.comment("stranger", n, "It began with the **deployment**.")
	w.comment("jon", n, "Rolled back to 4410.")
	id := w.comment("sam", n, fmt.Sprintf("/incident timeline %s/acme/shop/issues/%d#issuecomment-%d", w.WebURL(), n, linked))
	w.reacted(id, "eyes +1")
	w.reacted(w.comment("maya", n, "> Rolled back to 4410\n\nThat was it.\n\n/incident timeline"), "eyes +1")
	w.reacted(w.comment("maya", n, "/incident timeline #issuecomment-1"), "eyes confused")
}

// TestAdoption lives through an incident and loses the database, twice: it is
// taken up at once, then by the next event. All is as it was, and nothing is done
// again.
func TestAdoption(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.richIncident()
	before, list, page := w.known(n), w.checklist(n), w.page(firstPage)
	w.says("the page", page, "It began with the deployment. (noted by @", "| @stranger |", "Rolled back to 4410 (noted by @")

	w.loseDatabase()
	if !w.adopt(n) {
		t.Error("the incident was not taken up")
	}
	if w.adopt(n) {
		t.Error("the incident was taken up twice")
	}
	w.settle()
	w.sameIncident(before, w.known(n))
	w.wroteOnly(list.ID)
	w.sameText("the page", page, w.page(firstPage))
	w.sameText("the checklist", withoutClock(list.Body), withoutClock(w.checklist(n).Body))

	w.loseDatabase()
	id := w.comment("jon", n, "/incident lesson Roll forward never.\n/postmortem")
	w.reacted(id, "eyes +1")
	after := w.known(n)
	if len(after.inc.Lessons) != 3 {
		t.Errorf("lessons %v, want three", after.inc.Lessons)
	}
	w.opened("Deploy configuration apart from code", "Fail start-up when the pool size is not set", "Alert on pool wait time")
	w.says("the page", w.page(firstPage), "and nobody watched it", "Roll forward never.", "| closed ")
	if pages := w.WikiPages(shop); len(pages) != 3 {
		t.Errorf("the wiki has the pages %q, want Home, the index and one", pages)
	}
	if got := len(w.replies(n)); got != 5 {
		t.Errorf("%d replies, want the one more", got)
	}
	if is := w.checklist(n); is.ID != list.ID {
		t.Error("the checklist is another comment")
	}
	after.inc = before.inc
	for _, k := range []*known{&before, &after} {
		k.timeline = slices.DeleteFunc(k.timeline, func(e string) bool { return strings.Contains(e, "post-mortem published") })
	}
	w.sameIncident(before, after, "Roll forward never.")
	w.plannedInTheWiki(n)
}

// plannedInTheWiki loses the database once more after people have changed what is
// to be done, in the wiki and on the follow-ups: what their issues say is known.
func (w *world) plannedInTheWiki(n int) {
	w.t.Helper()
	row := w.row(firstPage, "Alert on pool wait time")
	w.editPage("jon", firstPage, row, row+"| process | Drill it once | @maya | P2 | 2026-12-24 | | |\n")
	w.must(w.As("jon").Label(shop, w.followUp("Alert on pool wait time").Number, "P3"))
	drill := w.followUp("Drill it once")
	w.must(w.As("jon").EditIssue(shop, drill.Number, "", strings.Replace(drill.Body, "2026-12-24", "2026-12-31", 1)))
	fix := w.followUp("Fail start-up when the pool size is not set")
	w.must(w.As("jon").EditIssue(shop, fix.Number, "", strings.Replace(fix.Body, "- Due: 2026-12-07\n", "", 1)))
	w.settle()
	before := plans(w.known(n).inc)
	w.says("the plan", strings.Join(before, ""), "Alert on pool wait time jon P3", "Drill it once maya P2 2026-12-31", "0001-01-01")
	w.loseDatabase()
	if !w.adopt(n) {
		w.t.Error("the incident was not taken up")
	}
	w.settle()
	if diff := gocmp.Diff(before, plans(w.known(n).inc)); diff != "" {
		w.t.Errorf("what is to be done is another (-before +after):\n%s", diff)
	}
	row = w.row(firstPage, "Alert on pool wait time")
	w.editPage("jon", firstPage, row, row+"| process | Invite the whole company | | | | | |\n")
	w.says("the follow-up", w.followUp("Invite the whole company").Body, "action=w2")
	w.opened("Deploy configuration apart from code", "Fail start-up when the pool size is not set", "Alert on pool wait time", "Drill it once", "Invite the whole company")
}

// plans are an incident's action items, as short as tells one from another.
func plans(inc workflow.Incident) []string {
	var out []string
	for _, a := range inc.Actions {
		out = append(out, fmt.Sprintln(a.ID[:1], a.Kind, a.Text, a.Followed(), a.Priority, a.Due.Format(time.DateOnly), a.Issue.Number))
	}
	slices.Sort(out)
	return out
}

// adopt takes an incident up as the start and the command line do.
func (w *world) adopt(n int) bool {
	w.t.Helper()
	key := workflow.Key{Repository: w.Deliveries()[0].Repository, Issue: w.issueID(n)}
	adopted, err := w.server.incidents.Adopt(patient(w.t), key, workflow.Place{
		Installation: w.InstallationID("acme"), Owner: "acme", Repo: "shop", Number: n,
	})
	w.must(err)
	return adopted
}

var clockInHead = regexp.MustCompile(`(?m)^(### .*) · (?:\d+ d )?\d\d:\d\d`)

// withoutClock leaves out how long the incident has run, and what effects did.
func withoutClock(body string) string {
	return byEffect.ReplaceAllString(clockInHead.ReplaceAllString(body, "$1"), "")
}

func (w *world) sameText(what, before, after string) {
	w.t.Helper()
	if diff := gocmp.Diff(before, after); diff != "" {
		w.t.Errorf("%s is another (-before +after):\n%s", what, diff)
	}
}

// wroteOnly checks that nothing was written but the one comment, in place.
func (w *world) wroteOnly(comment int64) {
	w.t.Helper()
	for _, r := range w.writes() {
		if !strings.HasSuffix(r, "/git-upload-pack") && r != fmt.Sprintf("PATCH /repos/%s/issues/comments/%d", shop, comment) {
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
	// The comment's edit history is not read.
	cmpopts.IgnoreFields(workflow.Checklist{}, "Writes"),
	// The wiki's history is not read.
	cmpopts.IgnoreFields(workflow.Postmortem{}, "Commit"),
	// Read again at the next publish.
	cmpopts.IgnoreFields(workflow.FollowUp{}, "Siblings"),
	cmpopts.IgnoreFields(workflow.Incident{}, "Evidence"),
	// When an effect was done is known by GitHub's clock. Steps are a minute apart.
	cmpopts.EquateApproxTime(20 * time.Second),
}
