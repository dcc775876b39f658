package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// Every verb, and what of it shows in the published page.
func TestEveryVerbShowsInThePage(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declare("Checkout times out", "It is slow.")
	id := w.comment("jon", n, strings.Join([]string{
		"Some words first.",
		"/incident severity P1: checkout is concerned",
		"/incident lead @maya",
		"/incident comms @sam",
		"/INCIDENT Scribe @jon",
		"/incident timeline rolled back to 4410 | 20 min ago",
		"/incident summary One checkout in three timed out.",
		"The pool was halved.",
		"",
		"/incident systems checkout, orders database",
		"/incident impact about 31 % of checkouts",
		"/incident cause The pool held 10 connections.",
		"/incident lesson Rollback took four minutes.",
		"/incident started 2 h ago",
		"/incident detected 90 min ago",
		"/incident mitigated 30 min ago",
		"/incident resolved 10 min ago",
		"/incident check 2.1",
		"   /incident check mitigate.verify",
		"/incident action process Write a runbook @jon due in 2 weeks P3",
	}, "\r\n"))
	w.reacted(id, "eyes +1")
	if got := w.replies(n); len(got) != 0 {
		t.Errorf("a reply to what was all done: %q", got[0].Body)
	}
	w.comment("jon", n, "/incident check triage.users\n/incident uncheck triage.users")
	if !w.ticked(n, "triage.systems") || w.ticked(n, "triage.users") {
		t.Error("check and uncheck do not show in the checklist")
	}
	w.comment("jon", n, "/incident status")
	w.says("status", w.lastReply(n), "**P1**", "lead maya", "Action items: 1")
	w.comment("sam", n, "/incident help")
	w.says("help", w.lastReply(n), "/incident severity", "/postmortem")
	w.reacted(w.comment("maya", n, "/postmortem"), "eyes +1")
	w.says("the page", w.page(firstPage),
		"checkout is concerned", "@maya", "@sam", "@jon", "rolled back to 4410", "One checkout in three timed out.", "The pool was halved.",
		"checkout, orders database", "about 31 % of checkouts", "The pool held 10 connections.", "Rollback took four minutes.",
		"Write a runbook", "| P3 |", "Mitigated", "Resolved")
	w.saysNot("the page", w.page(firstPage), "not stated", "It is not", "is given yet")
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declared()
	for _, tc := range []struct {
		name, who, body, reactions string
		reply                      []string
	}{
		{"one of several", "jon", "/incident sevrity P2\n/incident cause DNS\n/incident check 9.9\n/incident action\n/incident resolved tomorrow", "eyes confused",
			[]string{"severity", "`9.9`", "3.2", "needs a text", "2026-11-23 11:58", "help"}},
		{"triage may look and note", "sam", "/incident timeline looked\n/incident check 2.2\n/incident status", "eyes +1", []string{"**P1**"}},
		{"triage may not classify", "sam", "/incident severity P0", "eyes confused", []string{"triage", "write", "@sam"}},
		{"nor by the box", "sam", "/incident check classify.P0\n/incident check 1.1", "eyes confused", []string{"triage", "write"}},
		{"nor publish", "sam", "/postmortem", "eyes confused", []string{"`/postmortem`", "write"}},
		{"a stranger gets one reaction", "stranger", "/incident severity P0\n/postmortem", "confused", nil},
		{"done beside refused", "jon", "/postmortem\n/incident nonsense", "eyes confused", []string{"Post-mortem: ", "nonsense"}},
	} {
		before := len(w.replies(n))
		id := w.comment(tc.who, n, tc.body)
		if got := w.reactions(id); got != tc.reactions {
			t.Errorf("%s: reactions %q, want %q", tc.name, got, tc.reactions)
		}
		if after := len(w.replies(n)); after-before != min(len(tc.reply), 1) {
			t.Errorf("%s: %d replies", tc.name, after-before)
		} else if after > before {
			w.says(tc.name, w.lastReply(n), tc.reply...)
		}
	}
	w.labels(n, "incident", "P1", "incident/triage")
	w.says("the page", w.page(firstPage), "DNS", "looked")
}

// A custom role ranks by what it grants, not by its name.
func TestCustomRoles(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	w.must(w.GrantCustom(shop, "rita", "admin-of-nothing", sandbox.RoleTriage))
	w.must(w.GrantCustom(shop, "wim", "reader", sandbox.RoleWrite))
	n := w.declare("Checkout times out", "It is slow.")
	w.reacted(w.comment("rita", n, "/incident severity P1"), "eyes confused")
	w.reacted(w.comment("rita", n, "/incident timeline looked"), "eyes +1")
	w.labels(n, "incident", "incident/classify")
	w.reacted(w.comment("wim", n, "/incident severity P1"), "eyes +1")
	w.labels(n, "incident", "P1", "incident/triage")
}

const permissionPath = "/repos/acme/shop/collaborators/*/permission"

func TestPermissionCannotBeAsked(t *testing.T) {
	t.Parallel()
	t.Run("for a while", func(t *testing.T) {
		t.Parallel()
		w := startWorld(t, withWiki)
		n := w.declare("Checkout times out", "It is slow.")
		f := sandbox.BadGateway("GET", permissionPath)
		f.Times = 3
		w.Inject(f)
		w.reacted(w.comment("jon", n, "/incident severity P1"), "eyes +1")
		w.labels(n, "incident", "P1", "incident/triage")
		if got := w.replies(n); len(got) != 0 {
			t.Errorf("a reply: %q", got[0].Body)
		}
	})
	t.Run("for ever", func(t *testing.T) {
		t.Parallel()
		w := startWorld(t, withWiki)
		n := w.declare("Checkout times out", "It is slow.")
		f := sandbox.BadGateway("GET", permissionPath)
		f.Times = -1
		broken := w.Inject(f)
		id := w.comment("jon", n, "/incident severity P1\n/incident action Fix the pool\n/postmortem")
		w.reacted(id, "-1")
		all := w.Deliveries()
		guid := ""
		for _, d := range all {
			if d.Event == "issue_comment" && d.Action == "created" && strings.Contains(string(d.Payload), "/postmortem") {
				guid = d.GUID
			}
		}
		w.says("the reply", w.lastReply(n), guid, "Nothing of it was done")
		w.labels(n, "incident", "incident/classify")
		w.opened()
		if w.commits() != 0 || len(w.replies(n)) != 1 {
			t.Errorf("%d commits and %d replies, want none and one", w.commits(), len(w.replies(n)))
		}
		broken.Remove()
		w.must(w.Redeliver(guid))
		w.settle()
		w.reacted(id, "-1 eyes +1")
		w.labels(n, "incident", "P1", "incident/triage")
	})
}

// An incident is taken up although GitHub never says who declared it.
func TestPermissionOfTheDeclarerCannotBeAsked(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	f := sandbox.BadGateway("GET", permissionPath)
	f.Times = -1
	broken := w.Inject(f)
	n := w.declare("Checkout times out", "It is slow.\n\n/incident severity P1\n/postmortem\n")
	w.checklist(n)
	w.labels(n, "incident", "incident/classify")
	guid := ""
	for _, d := range w.Deliveries() {
		if d.Event == "issues" && strings.Contains(w.lastReply(n), "`"+d.GUID+"`") {
			guid = d.GUID
		}
	}
	if got := w.IssueReactions(shop, n); len(got) != 1 || got[0].Content != "-1" || w.commits() != 0 || len(w.replies(n)) != 1 {
		t.Errorf("reactions %+v, %d commits, %d replies, want 👎 and one reply", got, w.commits(), len(w.replies(n)))
	}
	broken.Remove()
	w.must(w.Redeliver(guid))
	w.settle()
	w.labels(n, "incident", "P1", "incident/triage")
	w.checklist(n)
}

func TestCommandsInTheBodyRunOnce(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	w.DuplicateWebhooks(true)
	body := "It is slow.\n\n/incident severity P1: checkout\n/incident timeline told ops\n/incident action Fix the pool @jon\n/postmortem\n"
	n := w.declare("Checkout times out", body, "sev")
	w.DuplicateWebhooks(false)
	w.labels(n, "incident", "sev", "P1", "incident/triage")
	w.opened("Fix the pool")
	w.must(w.As("maya").EditIssue(shop, n, "", body+"\n/incident severity P3\n/incident timeline told ops twice\n"))
	w.settle()
	w.must(w.As("maya").Unlabel(shop, n, "incident"))
	w.settle()
	w.must(w.As("maya").Label(shop, n, "incident"))
	w.settle()
	w.labels(n, "incident", "sev", "P1", "incident/triage")
	w.comment("jon", n, "/postmortem")
	page := w.page(firstPage)
	if got := strings.Count(page, "| told ops"); got != 1 {
		t.Errorf("told ops stands in the page %d times:\n%s", got, page)
	}
	w.saysNot("the page", page, "told ops twice")
	var ours []string
	for _, r := range w.IssueReactions(shop, n) {
		ours = append(ours, r.Content)
	}
	if got := strings.Join(ours, " "); got != "eyes +1" {
		t.Errorf("reactions to the issue %q, want eyes +1", got)
	}
}

// The body of an issue without commands gives none later either.
func TestCommandsEditedIntoTheBodyDoNotRun(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declare("Checkout times out", "It is slow.")
	w.must(w.As("jon").EditIssue(shop, n, "", "It is slow.\n\n/incident severity P0\n"))
	w.must(w.As("jon").Unlabel(shop, n, "incident"))
	w.settle()
	w.must(w.As("jon").Label(shop, n, "incident"))
	w.settle()
	w.labels(n, "incident", "incident/classify")
}

// Nothing of these runs, and nobody is answered.
func TestWhatIsNoCommand(t *testing.T) {
	t.Parallel()
	w := startWorld(t, sandbox.RepoOptions{WikiInitialised: true, SubIssuesMissing: true})
	w.AddBot("chatter")
	w.must(w.Grant(shop, "chatter[bot]", sandbox.RoleWrite))
	n := w.declare("Checkout times out", "It is slow.\n\n### Action items\n\n- Fix the pool\n")
	w.comment("jon", n, "/incident severity P2\n/postmortem")
	f := w.followUp("Fix the pool").Number
	plain, err := w.As("jon").OpenIssue(shop, "A wish", "More colours.")
	w.must(err)
	words, err := w.As("jon").Comment(shop, n, "I look at it.")
	w.must(err)
	w.settle()
	w.ResetRequests()
	for _, body := range []string{
		"> /incident severity P0", "    /incident severity P0", "```\n/incident severity P0\n```", "<!--\n/incident severity P0\n-->",
		"Say /incident severity P0 to classify.", "- /incident severity P0", "/incidents severity P0", "/severity P0",
		"`x\n/incident severity P0\n`", "<pre>\n/incident severity P0\n</pre>",
	} {
		w.comment("jon", n, body)
	}
	w.comment("chatter[bot]", n, "/incident severity P0\n/postmortem")
	for _, issue := range []int{f, plain} {
		w.comment("jon", issue, "/incident severity P0\n/incident status\n/postmortem")
	}
	w.must(w.As("jon").EditComment(shop, words, "/incident severity P0\n/postmortem"))
	w.settle()
	if got := w.writes(); len(got) != 0 {
		t.Errorf("the App wrote %q", got)
	}
	w.labels(n, "incident", "P2", "incident/triage")
}

func TestARedeliveredCommentRunsOnce(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declared()
	w.DuplicateWebhooks(true)
	id := w.comment("jon", n, "/incident timeline told ops\n/incident impact Many.\n/incident status")
	w.DuplicateWebhooks(false)
	for _, d := range w.Deliveries() {
		w.must(w.Redeliver(d.GUID))
	}
	w.settle()
	w.reacted(id, "eyes +1")
	if got := len(w.replies(n)); got != 1 {
		t.Errorf("%d replies, want one", got)
	}
	w.comment("jon", n, "/postmortem")
	page := w.page(firstPage)
	if strings.Count(page, "| told ops") != 1 || strings.Count(page, "Many.") != 1 {
		t.Errorf("told more than once:\n%s", page)
	}
}

// Nobody can comment on a locked issue: what was asked is done, the words go.
func TestALockedIssue(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declared()
	f := sandbox.Fault{Method: "POST", Path: "/repos/acme/shop/issues/*/comments", Times: -1,
		Status: http.StatusForbidden, Body: `{"message":"Unable to create comment because issue is locked."}`}
	locked := w.Inject(f)
	w.must(w.As("maya").Lock(shop, n, ""))
	id := w.comment("maya", n, "/incident severity P0\n/incident status\n/incident action Fix the pool\n/postmortem")
	w.labels(n, "incident", "P0", "incident/triage")
	w.reacted(id, "eyes +1")
	w.page(firstPage)
	w.opened("Fix the pool")
	if locked.Hits() != 1 {
		t.Errorf("%d attempts to comment, want one", locked.Hits())
	}
}

// Fifty commands in a comment is all that is taken.
func TestManyCommands(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declared()
	var lines []string
	for i := range 55 {
		lines = append(lines, fmt.Sprintf("/incident lesson number %d", i))
	}
	w.reacted(w.comment("jon", n, strings.Join(lines, "\n")), "eyes confused")
	w.says("the reply", w.lastReply(n), "50", "55")
	w.comment("jon", n, "/postmortem")
	w.says("the page", w.page(firstPage), "number 0", "number 49")
	w.saysNot("the page", w.page(firstPage), "number 50")
}
