package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

const issuesPath = "/repos/acme/shop/issues"

func TestFollowUp(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	w.AddUser("outsider")
	n := w.declare("Checkout times out", "It is slow.\n\n### Action items\n\n- [ ] process Write a runbook @sam due 2026-12-24\n")
	w.comment("jon", n, "/incident action preventive Alert on waiting @outsider P3")
	w.comment("jon", n, "/incident severity P1")
	w.comment("jon", n, "/incident action Fix the pool")
	w.reacted(w.comment("jon", n, "/postmortem"), "eyes +1")
	w.opened("Write a runbook", "Alert on waiting", "Fix the pool")
	for _, tc := range []struct {
		title, priority, assignee string
		body                      []string
	}{
		{"Write a runbook", "P1", "sam", []string{"process", "Due: 2026-12-24", "Priority: P1", "Owner: @sam"}},
		{"Alert on waiting", "P3", "", []string{"preventive", "Priority: P3", "outsider", "does not let this issue be assigned"}},
		{"Fix the pool", "P1", "", []string{"permanent", "nobody yet"}},
	} {
		f := w.followUp(tc.title)
		if !f.Has("incident-follow-up") || !f.Has(tc.priority) || len(f.Labels) != 2 {
			t.Errorf("%s carries %q", tc.title, f.Labels)
		}
		if got := strings.Join(f.Assignees, " "); got != tc.assignee {
			t.Errorf("%s is assigned to %q, want %q", tc.title, got, tc.assignee)
		}
		if f.Parent != n {
			t.Errorf("%s is a sub-issue of %d, want %d", tc.title, f.Parent, n)
		}
		w.says(tc.title, f.Body, append(tc.body, "Incident: #1", "/wiki/"+firstPage)...)
		for _, other := range w.followUps() {
			if link := fmt.Sprintf("#%d", other.Number); other.Number != f.Number {
				w.says(tc.title, f.Body, link)
			}
		}
	}
	w.says("the page", w.page(firstPage), "@outsider", "@sam", "2026-12-24")
}

func TestFollowUpWithoutSubIssues(t *testing.T) {
	t.Parallel()
	w := startWorld(t, sandbox.RepoOptions{WikiInitialised: true, SubIssuesMissing: true})
	n := w.published()
	f := w.followUp("Fix the pool")
	if f.Parent != 0 {
		t.Errorf("it is a sub-issue of %d", f.Parent)
	}
	w.says("the follow-up", f.Body, fmt.Sprintf("Incident: #%d", n))
	w.says("the checklist", w.checklist(n).Body, fmt.Sprintf("#%d", f.Number))
}

// Whatever GitHub answers on the way, the outcome is the same: three issues,
// linked, one answer.
func TestFollowUpsDespiteFaults(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sandbox.Fault{
		"502 on the second":                {Method: "POST", Path: issuesPath, Skip: 1, Status: http.StatusBadGateway, Body: `{"message":"Server Error"}`},
		"502 after the work was done":      {Method: "POST", Path: issuesPath, Status: http.StatusBadGateway, Body: `{"message":"Server Error"}`, DoWork: true},
		"answer lost":                      sandbox.DroppedAnswer("POST", issuesPath),
		"answer lost on the last":          {Method: "POST", Path: issuesPath, Skip: 2, DropAnswer: true},
		"secondary limit":                  sandbox.SecondaryLimit("POST", issuesPath, time.Second),
		"too many requests":                sandbox.TooManyRequests("POST", issuesPath, time.Second),
		"too many requests on assigning":   sandbox.TooManyRequests("POST", issuesPath+"/*/assignees", time.Second),
		"502 on assigning":                 sandbox.BadGateway("POST", issuesPath+"/*/assignees"),
		"502 on linking":                   sandbox.BadGateway("POST", issuesPath+"/*/sub_issues"),
		"secondary limit on linking":       sandbox.SecondaryLimit("POST", issuesPath+"/*/sub_issues", time.Second),
		"answer lost on the text":          sandbox.DroppedAnswer("PATCH", issuesPath+"/*"),
		"502 on looking for what is there": {Method: "GET", Path: issuesPath, Status: http.StatusBadGateway, Body: `{"message":"Server Error"}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, withWiki)
			n := w.declared()
			w.comment("jon", n, "/incident action Fix the pool @jon\n/incident action Alert on waiting @jon\n/incident action Write a runbook @jon")
			hits := w.Inject(fault)
			id := w.comment("jon", n, "/postmortem")
			if hits.Hits() != 1 {
				t.Fatalf("the fault struck %d times, want once", hits.Hits())
			}
			w.threeFollowUps(n)
			w.reacted(id, "eyes +1")
			if got := len(w.replies(n)); got != 1 {
				t.Errorf("%d replies, want one", got)
			}
			page := w.page(firstPage)
			w.saysNot("the page", page, "not opened yet")
			w.says("the page", page, "Fix the pool", "Alert on waiting", "Write a runbook")
		})
	}
}

func (w *world) threeFollowUps(n int) {
	w.t.Helper()
	w.opened("Fix the pool", "Alert on waiting", "Write a runbook")
	for _, f := range w.followUps() {
		if f.Parent != n || !slices.Equal(f.Assignees, []string{"jon"}) {
			w.t.Errorf("%s has parent %d and assignees %q", f.Title, f.Parent, f.Assignees)
		}
		if links := strings.Count(f.Body, "#"); links != 4 {
			w.t.Errorf("%s links %d issues, want the incident twice and two others:\n%s", f.Title, links, f.Body)
		}
	}
}

// What cannot be opened now does not hold the page up.
func TestPageGoesOutBeforeTheLastFollowUp(t *testing.T) {
	t.Parallel()
	option, git := wikiIn(t)
	w := startWorld(t, withWiki, option)
	n := w.declared()
	w.comment("jon", n, "/incident action Fix the pool @jon\n/incident action Alert on waiting @jon\n/incident action Write a runbook @jon")
	w.Inject(sandbox.Fault{Method: "POST", Path: issuesPath, Skip: 1, Status: http.StatusBadGateway, Body: `{"message":"Server Error"}`})
	w.comment("jon", n, "/postmortem")
	if w.commits() != 2 {
		t.Fatalf("%d commits, want the page as it was first and then whole", w.commits())
	}
	first := git("show", "master^:"+firstPage+".md")
	if got := strings.Count(first, "**not opened yet**"); got != 1 {
		t.Errorf("%d rows of the first page are marked, want one:\n%s", got, first)
	}
	w.saysNot("the page", w.page(firstPage), "not opened yet")
}

// later lets all that waits become due, as if time had passed.
func (w *world) later() {
	w.t.Helper()
	w.stop()
	db, err := sql.Open("sqlite", strings.TrimPrefix(w.cfg.Database, "sqlite:"))
	w.must(err)
	_, err = db.ExecContext(patient(w.t), "UPDATE river_job SET state = 'available', scheduled_at = created_at WHERE state IN ('scheduled', 'retryable')")
	w.must(err)
	w.must(db.Close())
	w.start()
	w.settle()
}

// A secondary limit that does not say for how long is a minute, not the hour
// until the primary limit is reset.
func TestLimitThatDoesNotSayHowLong(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]sandbox.Fault{
		"403": sandbox.SecondaryLimit("POST", issuesPath, 0),
		"429": sandbox.TooManyRequests("POST", issuesPath, 0),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, withWiki)
			n := w.declared()
			w.comment("jon", n, "/incident action Fix the pool @jon\n/incident action Alert on waiting @jon\n/incident action Write a runbook @jon")
			fault.Skip = 1
			fault.Header = map[string]string{"X-RateLimit-Remaining": "4000", "X-RateLimit-Reset": fmt.Sprint(time.Now().Add(time.Hour).Unix())}
			w.Inject(fault)
			w.ResetRequests()
			id := w.comment("jon", n, "/postmortem")
			w.opened("Fix the pool")
			w.reacted(id, "eyes")
			w.says("the page", w.page(firstPage), "not opened yet")
			w.later()
			w.threeFollowUps(n)
			w.reacted(id, "eyes +1")
		})
	}
}

func TestMoreThanThirtyActionItems(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declared()
	var items []string
	for i := range 33 {
		items = append(items, fmt.Sprintf("/incident action Change number %02d", i))
	}
	w.comment("jon", n, strings.Join(items, "\n"))
	id := w.comment("jon", n, "/postmortem")
	if got := len(w.followUps()); got != 30 {
		t.Fatalf("%d follow-ups, want 30", got)
	}
	w.reacted(id, "eyes confused")
	w.says("the reply", w.lastReply(n), "Change number 30", "Change number 31", "Change number 32", "/postmortem")
	w.must(w.As("jon").Close(shop, w.followUps()[0].Number))
	w.settle()
	if got := len(w.followUps()); got != 30 {
		t.Errorf("%d follow-ups although nobody asked, want 30", got)
	}
	w.reacted(w.comment("jon", n, "/postmortem"), "eyes +1")
	if got := len(w.followUps()); got != 33 {
		t.Errorf("%d follow-ups, want 33", got)
	}
	if !w.ticked(n, "follow-up.opened") || !w.ticked(n, "done.follow-up") {
		t.Error("the checklist does not show that all are opened")
	}
}

func TestItemsRewordedInTheIssue(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	body := "It is slow.\n\n### Action items\n\n- Alert on pool wait time @jon\n- Write a runbook for the pool\n"
	n := w.declare("Checkout times out", body)
	w.comment("jon", n, "/incident severity P1\n/postmortem")
	w.opened("Alert on pool wait time", "Write a runbook for the pool")
	body = strings.ReplaceAll(body, "Alert on pool wait time", "Alert on pool waiting time")
	body = strings.ReplaceAll(body, "- Write", "- Drill it once\r\n- Write")
	w.must(w.As("maya").EditIssue(shop, n, "", body))
	w.settle()
	w.opened("Alert on pool wait time", "Write a runbook for the pool")
	w.says("the page", w.page(firstPage), "Alert on pool waiting time", "Drill it once")
	w.comment("jon", n, "/postmortem")
	w.opened("Alert on pool wait time", "Write a runbook for the pool", "Drill it once")
	w.says("the page", w.page(firstPage), "Alert on pool waiting time", "Drill it once")
	w.must(w.As("maya").EditIssue(shop, n, "", "It is slow."))
	w.settle()
	w.comment("jon", n, "/postmortem")
	if got := len(w.followUps()); got != 3 {
		t.Errorf("%d follow-ups, want three", got)
	}
}

func TestWhatBecomesOfAFollowUp(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.published()
	w.comment("jon", n, "/incident action Alert on waiting @jon\n/postmortem")
	f := w.followUp("Fix the pool").Number
	row := func(of string) string {
		for line := range strings.Lines(w.page(firstPage)) {
			if strings.Contains(line, "| "+of+" |") {
				return line
			}
		}
		return ""
	}
	body := func() string { i, _ := w.Issue(shop, f); return i.Body }
	listed := func(of string) string {
		for line := range strings.Lines(w.checklist(n).Body) {
			if strings.Contains(line, "#") && strings.Contains(line, of) && !strings.Contains(line, "opened") && !strings.Contains(line, "action item") {
				return line
			}
		}
		return ""
	}
	for _, step := range []struct {
		name          string
		do            func() error
		page, listing string
	}{
		{"closed", func() error { return w.As("jon").Close(shop, f) }, "closed 20", "closed"},
		{"reopened", func() error { return w.As("maya").Reopen(shop, f) }, "| open |", "open"},
		{"reassigned", func() error {
			w.must(w.As("maya").Assign(shop, f, "maya"))
			return w.As("maya").Unassign(shop, f, "jon")
		}, "@maya", "maya"},
		{"given another date", func() error {
			return w.As("jon").EditIssue(shop, f, "", strings.Replace(body(), "2026-12-07", "2026-12-14", 1))
		}, "| 2026-12-14 |", "| 2026-12-14 |"},
		{"given a date that is none", func() error {
			return w.As("jon").EditIssue(shop, f, "", strings.Replace(body(), "2026-12-14", "soon", 1))
		}, "| 2026-12-14 |", "| 2026-12-14 |"},
		{"given another priority", func() error {
			w.must(w.As("jon").Unlabel(shop, f, "P1"))
			return w.As("jon").Label(shop, f, "P3")
		}, "| P3 |", "| Fix the pool |"},
		{"nobody's any more", func() error { return w.As("maya").Unassign(shop, f, "maya") }, "*nobody yet*", "| Fix the pool |"},
	} {
		w.must(step.do())
		w.settle()
		w.says(step.name+" in the page", row("Fix the pool"), step.page)
		w.says(step.name+" in the checklist", listed("Fix the pool"), step.listing)
	}
	w.must(w.As("maya").DeleteIssue(shop, f))
	w.settle()
	w.says("the page", row("Fix the pool"), "deleted")
	if line := listed("Fix the pool"); line != "" {
		t.Errorf("the checklist still lists it: %s", line)
	}
	w.opened("Alert on waiting")
	w.comment("jon", n, "/postmortem")
	w.opened("Alert on waiting")
	w.saysNot("the other follow-up", w.followUp("Alert on waiting").Body, fmt.Sprintf("#%d", f))
}

// What people write into a follow-up is theirs.
func TestTextOfAFollowUpStays(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.published()
	f := w.followUp("Fix the pool")
	mine := "Ask ops@" + "acme.example first.\r\n\r\n" + strings.ReplaceAll(f.Body, "\n", "\r\n") + "\r\n- [ ] a pull request\r\n"
	w.must(w.As("maya").EditIssue(shop, f.Number, "Fix the pool for good", mine))
	w.settle()
	w.comment("jon", n, "/incident action Alert on waiting\n/postmortem")
	body := w.followUp("Fix the pool for good").Body
	w.says("the follow-up", body, "Ask ops@"+"acme.example first.\r\n", "\r\n- [ ] a pull request\r\n", fmt.Sprintf("#%d", w.followUp("Alert on waiting").Number))
	w.opened("Fix the pool for good", "Alert on waiting")
}
