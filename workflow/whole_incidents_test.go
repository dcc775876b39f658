package workflow_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestWholeIncidents plays incidents from the first event to the last and compares
// what the wiki is given: each page, and the index of them all.
func TestWholeIncidents(t *testing.T) {
	everything, nothing, reopened := p0WithEverything(t), p3WithNothing(t), reopenedAndEscalated(t)
	var rows []postmortem.IndexRow
	for _, r := range []*replay{everything, nothing, reopened} {
		rows = append(rows, r.rules.IndexRow(r.inc))
	}
	for name, page := range map[string]string{
		"p0-with-everything.md":     everything.page(),
		"p3-with-nothing.md":        nothing.page(),
		"reopened-and-escalated.md": reopened.page(),
		"incidents.md":              postmortem.MergeIndex("", rows),
	} {
		t.Run(name, func(t *testing.T) { sameAsGolden(t, filepath.Join("testdata", name), page) })
	}
}

func sameAsGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("page differs (-want +got); if it should: go test ./workflow -update\n%s", diff)
	}
}

// p0WithEverything is an outage of two hours of which all is told: by an issue
// form, ticks, labels, commands, pull requests and deployments.
func p0WithEverything(t *testing.T) *replay {
	r := opened(t, 42, "Checkout times out", "maya", "2026-11-23 12:01", workflow.Body{
		Summary: "Paying fails with a time-out.", Systems: "checkout",
		Impact: []string{"Users: everybody who pays", "Business: orders drop"},
	})
	r.says("12:03", "jon", "/incident severity P1: checkout is concerned", "/incident lead @jon", "/incident detected 11:52")
	r.assigns("12:04", "maya", "jon", false)
	r.assigns("12:04", "maya", "kim", false)
	r.assigns("12:05", "maya", "kim", true)
	r.ticks("12:06", "maya", "triage.systems")
	r.ticks("12:07", "maya", "triage.users")
	r.ticks("12:08", "maya", "triage.data")
	r.unticks("12:09", "maya", "triage.data")
	r.says("12:12", "jon", "/incident severity P0: sign-in waits for the same pool", "/incident systems checkout, sign-in, orders database", "/incident comms @maya")
	r.says("12:14", "kim", "/incident timeline every connection of the pool is taken", "", "/incident started 11:40")
	r.ticks("12:15", "kim", "triage.blast-radius", "triage.timeline")
	r.says("12:20", "jon", "/incident timeline decided to roll back to 4410", "error rate above 1 %, paged @jon | 11:52")
	r.says("12:24", "jon", "/incident timeline rolled back to 4410 | 12:22", "/incident check mitigate.act")
	r.ticks("12:31", "kim", "mitigate.verify")
	r.ticks("12:32", "kim", "mitigate.communicate")
	r.says("13:05", "kim",
		"/incident cause Checkout requests waited for a database connection longer than their time-out.",
		"/incident cause The pool held 10 connections instead of 20.",
		"/incident cause Deployment 4411 read the pool size from `POOL_SIZE`, which only staging sets. [redacted: code]",
		"/incident cause Nothing failed at start-up: a size that is not set is taken for the driver's default.")
	r.labels("13:10", "kim", "incident/post-mortem")
	r.closes("13:30", "jon")
	r.says("14:02", "maya",
		"/incident summary From 11:40 to 12:31 UTC nobody could pay and one sign-in in three failed.", "Deployment 4411 had halved the database pool; rolling it back ended it.", "",
		"/incident impact Users: all of checkout, 31 % of sign-ins; plans free and paid",
		"/incident impact data: none lost; 212 orders were sent twice by people who tried again",
		"/incident lesson Went well: the rollback took four minutes from the decision.",
		"/incident lesson Went badly: nine minutes from alert to declaration; nobody felt it was theirs to declare.",
		"/incident lesson Lucky: it was not Friday.")
	r.says("14:05", "jon",
		"/incident action Fail start-up when the pool size is not set @maya due 2026-12-07 P1",
		"/incident action preventive Alert on pool wait time @jon due 2026-12-23 P1",
		"/incident action process Say in the runbook who declares P2")
	r.outcome("14:10", workflow.Gathered{
		Pulls: true, Deployed: true,
		PullRequests: []workflow.PullRequest{
			{ID: 1, Number: 1290, Title: "Read the pool size from the environment", URL: "https://github.example/acme/shop/pull/1290", Author: people["kim"], State: workflow.PullMerged, At: r.when("11:31")},
			{ID: 2, Number: 1301, Title: "Set POOL_SIZE in production", URL: "https://github.example/acme/shop/pull/1301", Author: jon, State: workflow.PullMerged, At: r.when("13:21"), Fix: true},
		},
		Deployments: []workflow.Deployment{{ID: 4411, Environment: "production", Ref: "8f3c1d2", By: workflow.Person{ID: 90, Login: "deployer[bot]", Bot: true}, At: r.when("11:38"), State: "success", URL: "https://github.example/acme/shop/deployments/4411"}},
	})
	r.published("14:10", "maya", 43)
	r.outcome("2026-11-30 17:05", workflow.FollowUpChanged{
		Issue: 43, Number: 43, URL: "https://github.example/acme/shop/issues/43", Closed: true, ClosedAt: r.when("2026-11-30 17:05"), Assignee: "maya",
	})
	return r
}

// p3WithNothing is one of which nobody tells anything.
func p3WithNothing(t *testing.T) *replay {
	r := opened(t, 57, "Footer shows last year", "sam", "2027-01-04 09:15", workflow.Body{})
	r.labels("09:40", "sam", "P3")
	r.published("09:50", "sam", 58)
	return r
}

// reopenedAndEscalated seems over in the evening, comes back overnight worse than
// before, and is told in a zone where the day begins earlier.
func reopenedAndEscalated(t *testing.T) *replay {
	r := opened(t, 50, "Search is slow", "sam", "2026-12-01 21:40", workflow.Body{})
	r.zone = time.FixedZone("Europe/Berlin", 3600)
	r.labels("21:44", "kim", "P2")
	r.labels("21:45", "sam", "P3")
	r.labels("21:47", "kim", "P2")
	r.says("21:50", "kim", "/incident lead @kim", "/incident systems search")
	r.ticks("21:55", "kim", "triage.systems", "triage.users", "triage.blast-radius", "triage.data", "triage.timeline")
	r.labels("21:57", "kim", "incident/mitigate")
	r.says("22:10", "kim", "/incident timeline restarted the slow node")
	r.ticks("22:15", "kim", "mitigate.act", "mitigate.verify")
	r.closes("22:30", "kim")
	r.reopens("2026-12-02 06:20", "jon")
	r.unticks("2026-12-02 06:21", "jon", "mitigate.verify")
	r.says("2026-12-02 06:22", "jon", "/incident severity P1: no search at all since the morning's import", "/incident lead @jon")
	r.says("2026-12-02 07:05", "jon", "/incident timeline stopped the import, rebuilt the index", "/incident mitigated 07:00")
	r.says("2026-12-02 07:30", "jon",
		"/incident impact customers: slow results in the evening, none from 06:00 to 07:00",
		"/incident cause The import locks the index while it writes.",
		"/incident action Import into a second index and swap @kim due 2026-12-16")
	r.closes("2026-12-02 08:00", "jon")
	r.published("2026-12-02 09:00", "jon", 51)
	return r
}
