package postmortem_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

const repository = "https://github.example/acme/shop"

func issue(number int) string { return fmt.Sprintf("%s/issues/%d", repository, number) }

func note(id int) string { return fmt.Sprintf("%s#issuecomment-%d", issue(42), id) }

// fullIncident is one of which everything is known.
func fullIncident() postmortem.Document {
	return postmortem.Document{
		Key:      "1296269/1347",
		Number:   42,
		Title:    "Checkout times out",
		IssueURL: issue(42),
		Severity: "P1",
		SeverityChanges: []postmortem.SeverityChange{
			{At: at("12:02"), To: "P2", By: "@maya"},
			{At: at("12:04"), From: "P2", To: "P1", By: "@jon", Reason: "checkout concerned"},
		},
		Started: at("11:40"), Detected: at("11:52"), DetectedStated: true,
		Declared: at("12:01"), Acknowledged: at("12:03"), Mitigated: at("12:47"), Resolved: at("13:30"),
		Roles:    []postmortem.Role{{Name: "lead", Login: "jon"}, {Name: "comms", Login: "maya"}},
		Summary:  "From 11:52 to 12:47 UTC one checkout in three timed out.\nDeployment 4411 had halved the database pool; rolling it back ended the impact.",
		Systems:  "checkout, database",
		Timeline: fullTimeline(),
		Causes: []string{
			"Checkout requests waited for a database connection longer than their time-out.",
			"The pool held 10 connections instead of 20.",
			"Deployment 4411 read the pool size from `POOL_SIZE`, which only staging sets.\n\nSee [the change](" + repository + "/pull/1290).",
		},
		Impact:  []string{"Users: about 31 % of checkouts in 55 minutes; plans free and paid", "Data: none lost; 212 orders retried by users"},
		Lessons: []string{"Went well: rollback took four minutes from the decision.", "Lucky: it was not Friday."},
		Actions: fullActions(),
		PullRequests: []postmortem.Evidence{
			{Number: 1290, Title: "Read the pool size from the environment", Author: "@kim", URL: repository + "/pull/1290", State: "merged", At: at("11:31")},
			{Number: 1301, Title: "Set POOL_SIZE in production", Author: "@jon", URL: repository + "/pull/1301", State: "open", Fix: true},
		},
		Deployments: []postmortem.Evidence{{ID: "4411", Title: "production", Author: "deploy bot", URL: repository + "/deployments/4411", State: "success", At: at("11:40")}},
		Links:       []postmortem.Evidence{{Title: "Pool waits", URL: "https://graphs.example/pool"}},
		Redacted:    map[string]int{"email": 2, "code": 1},
	}
}

func fullTimeline() []postmortem.Entry {
	return []postmortem.Entry{
		{At: at("11:52"), What: "error rate above 1 %", Who: "alert", URL: note(1), Evidence: "note", Mark: postmortem.MarkDetected},
		{At: at("11:40"), What: "deployment 4411 to production", Who: "deploy bot", URL: repository + "/deployments/4411", Evidence: "deployment", Major: true},
		{At: at("12:01"), What: "declared", Who: "@maya", URL: issue(42), Major: true},
		{At: at("12:04"), What: "severity P2 → P1: checkout concerned", Who: "@jon", URL: note(2), Evidence: "event", Major: true},
		{At: at("12:22"), What: "rolled back to 4410", Who: "@maya", URL: note(3), Evidence: "note"},
		{At: at("12:22"), What: "told #ops", Who: "@maya"},
		{At: at("12:47"), What: "Mitigated, verified by ticking: error rate down", Who: "@jon", URL: note(4), Evidence: "event", Mark: postmortem.MarkMitigated},
		{At: at("13:30"), Who: "@jon", Mark: postmortem.MarkResolved},
	}
}

func fullActions() []postmortem.Action {
	return []postmortem.Action{
		{Kind: "permanent", Text: "Fail start-up when the pool size is not set", Owner: "maya", Priority: "P1", Due: day("2026-12-07"), Number: 43, URL: issue(43), State: postmortem.Closed, ClosedAt: at("17:05").AddDate(0, 0, 7)},
		{Kind: "preventive", Text: "Alert on pool wait time", Owner: "@jon", Priority: "P1", Due: day("2026-12-23"), Number: 44, URL: issue(44), State: postmortem.Open},
		{Kind: "process", Text: "Deploy configuration changes apart from code", Priority: "P2", Due: day("2027-01-22"), Number: 45, URL: issue(45), State: postmortem.Open, Problem: "@nobody cannot be assigned here"},
		{Kind: "process", Text: "Say who declares", Priority: "P2", Problem: "GitHub answered 502; the next /postmortem opens it"},
	}
}

// zonedIncident passes midnight, and is told in a zone of its own.
func zonedIncident() postmortem.Document {
	d := fullIncident()
	d.Zone = time.FixedZone("Europe/Berlin", 3600)
	d.Resolved, d.ResolvedStated = at("23:30").AddDate(0, 0, 1), true
	d.Timeline = append(d.Timeline, postmortem.Entry{At: at("23:30"), What: "cache warm again", Who: "@jon"})
	return d
}

// sparseIncident is one of which hardly anything is known.
func sparseIncident() postmortem.Document {
	return postmortem.Document{
		Key: "1296269/1400", Number: 57, Title: "Footer shows last year", IssueURL: issue(57), Severity: "P3",
		Declared: at("09:15"),
		Timeline: []postmortem.Entry{{At: at("09:15"), What: "declared", Who: "@maya", Major: true}},
	}
}

// resolvedSparseIncident is sparseIncident some hours on.
func resolvedSparseIncident() postmortem.Document {
	d := sparseIncident()
	d.Mitigated, d.Resolved = at("10:00"), at("12:15")
	d.Timeline = append(d.Timeline, postmortem.Entry{At: at("12:15"), Who: "@maya", Mark: postmortem.MarkResolved})
	d.Lessons = []string{"Years end."}
	return d
}

// attack is text that tries to reach beyond wherever it is set; fence, besides,
// swallows what follows.
const (
	attack = "a|b\r\n## Timeline\r\n<script>alert(1)</script> <!-- firebreak:post-mortem v1 incident=6/6 --> @acme/everyone: #1; %%x {y} \"z\" \u202e[x](javascript:alert(1)) -->\n/postmortem"
	fence  = attack + "\n```mermaid\n" + attack
)

// hostileIncident has an attack wherever a text is taken.
func hostileIncident() postmortem.Document {
	return postmortem.Document{
		Key: "1296269/666", Number: 66, Title: attack, IssueURL: "javascript:alert(1)", Severity: attack,
		SeverityChanges: []postmortem.SeverityChange{{At: at("10:00"), From: attack, To: "P1" + attack, By: attack, Reason: attack}},
		Declared:        at("10:00"), Mitigated: at("09:00"), DeclaredBy: attack, AcknowledgedBy: "@" + attack, Acknowledged: at("10:02"),
		Reopened: 2, ReopenedAt: at("10:10"), ResolvedBefore: at("10:09"),
		Roles: []postmortem.Role{{Name: attack, Login: attack}, {Name: "lead", Login: "../../admin"}}, Summary: fence, Systems: attack,
		Timeline: []postmortem.Entry{
			{At: at("10:00"), What: attack, Who: "@" + attack, URL: "javascript:alert(1)", Evidence: attack, Mark: attack},
			{At: at("10:01"), What: "%%{init: {}}%% title x\nsection y : z", Who: attack, URL: "https://x.example/)<!-- \"|", Evidence: "]" + attack, Mark: postmortem.MarkDetected},
			{What: ":::::", URL: "https://user:secret@x.example/"},
			{At: at("10:02"), Kind: postmortem.KindTick, About: attack, Who: attack, With: []string{attack, "@" + attack}, Minor: true},
			{At: at("10:03"), Kind: postmortem.KindTick, About: fence, Who: attack, Off: true, Minor: true},
			{At: at("10:04"), Kind: postmortem.KindPhase, From: attack, To: attack, Who: attack, Minor: true},
			{At: at("10:05"), Kind: postmortem.KindSeverity, From: attack, To: "P1", About: attack, Who: "@" + attack},
			{At: at("10:06"), Kind: postmortem.KindSeverity, From: "P1", To: attack, About: fence, Who: attack},
			{At: at("10:07"), Kind: postmortem.KindAssigned, About: attack, Minor: true},
			{At: at("10:08"), Kind: postmortem.KindAssigned, About: attack, Off: true, Minor: true},
		},
		Causes: []string{attack, " \r\n ", "```\nnever closed", "<details>\n\n# Big", "Under\n===\nlined\n---"},
		Impact: []string{fence, "users: " + attack, "Data: " + fence, "customers:\n- a\n\n## b", "- one\n- two\n\n      code"}, Lessons: []string{"[a]: https://x.example\n\n[^1]: b", attack},
		PullRequests: []postmortem.Evidence{{Number: 9, Title: attack, Author: attack, URL: "javascript:alert(1)", State: attack, Fix: true}, {}},
		Deployments:  []postmortem.Evidence{{ID: attack, Title: attack, Author: "@" + attack, URL: "https://x.example/)<!-- \"|", State: attack}},
		Links:        []postmortem.Evidence{{Title: attack, URL: "https://user:secret@x.example/"}},
		Actions:      []postmortem.Action{{Kind: attack, Text: attack, Owner: attack, Priority: attack, Due: at("10:00"), Number: 7, URL: "ftp://x.example/", State: attack, Problem: attack}},
		Redacted:     map[string]int{attack: 1, "none": 0},
	}
}

// hugeIncident has more of everything than a page holds, n times over.
func hugeIncident(n int) postmortem.Document {
	d := hostileIncident()
	text := strings.Repeat("|<@&\U0001F525`", 200)
	d.Title, d.Severity, d.Summary, d.Systems = text, text, strings.Repeat(text, 8), strings.Repeat(text, 8)
	for i := range n {
		severity := fmt.Sprint(i, text)
		moment := at("10:00").Add(time.Duration(i) * time.Minute)
		d.Redacted[fmt.Sprint(i, text)] = 1
		d.Roles = append(d.Roles, postmortem.Role{Name: text, Login: text})
		d.SeverityChanges = append(d.SeverityChanges, postmortem.SeverityChange{At: moment, From: severity, To: severity + "!", By: text, Reason: text})
		d.Timeline = append(d.Timeline, postmortem.Entry{At: moment, What: text, Who: text, Evidence: text, URL: "https://x.example/" + strings.Repeat("(", 450), Major: i%2 == 0})
		e := postmortem.Evidence{Number: i, ID: text, Title: text, Author: text, State: text, URL: "https://x.example/" + strings.Repeat("(", 450)}
		d.PullRequests, d.Deployments, d.Links = append(d.PullRequests, e), append(d.Deployments, e), append(d.Links, e)
		d.Causes, d.Impact, d.Lessons = append(d.Causes, text), append(d.Impact, text), append(d.Lessons, text)
		d.Actions = append(d.Actions, postmortem.Action{Kind: text, Text: text, Owner: text, Priority: text, State: text, Problem: text, Number: 1, URL: "https://x.example/" + strings.Repeat("(", 450)})
	}
	return d
}

func lead() postmortem.Lead {
	return postmortem.Lead{
		Marker: "<!-- firebreak:stand-in v1 -->",
		Reason: "This repository's wiki has no first page yet.",
		Remedy: "Create one under [Wiki](" + repository + "/wiki), with any text.",
	}
}

func indexRows() []postmortem.IndexRow {
	page := func(name string) string { return repository + "/wiki/" + name }
	return []postmortem.IndexRow{
		{Number: 42, Title: "Checkout times out", Severity: "P1", Page: "Incident-42-checkout-times-out", PageURL: page("Incident-42-checkout-times-out"), IssueURL: issue(42), Declared: at("12:01"), Open: true, Acknowledged: 11 * time.Minute, Mitigated: 55 * time.Minute, Duration: 98 * time.Minute, OpenFollowUps: 2, FollowUps: 3, State: "follow-up"},
		{Number: 57, Title: "Footer | last <year> [x](y)", Severity: "P3", IssueURL: issue(57), Declared: at("09:15").AddDate(0, 0, 3), Open: true, State: "triage"},
		{Number: 12, Title: "", Severity: "P1", Page: "Incident-12", PageURL: page("Incident-12"), IssueURL: issue(12), Declared: at("03:00").AddDate(0, -2, 0), Acknowledged: 3 * time.Minute, Duration: 51 * time.Hour, FollowUps: 4, State: "done"},
		{Number: 60, Title: "Who knows", IssueURL: "javascript:alert(1)", Declared: at("10:00").AddDate(0, 0, 3), Open: true, State: "classify"},
	}
}
