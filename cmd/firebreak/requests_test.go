package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a text with testdata/requests/NAME.txt.
func golden(t *testing.T, name, have string) {
	t.Helper()
	path := filepath.Join("testdata", "requests", name+".txt")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(have), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), have); diff != "" {
		t.Errorf("requests differ from %s (-want +have), `go test ./cmd/firebreak -update` writes them anew:\n%s", path, diff)
	}
}

// requests lists every call that the App made, with what it wrote. The
// checklist's refresh waits for the quiet period, wherever that falls between
// other effects, so it stands at the end.
func (w *world) requests() string {
	var out, refresh []string
	for _, r := range w.Requests() {
		line := r.Method + " " + r.Path
		if len(r.Query) > 0 {
			line += "?" + r.Query.Encode()
		}
		line += fmt.Sprintf(" %d", r.Status)
		switch {
		case strings.Contains(r.Path, ".wiki.git"):
			out = append(out, line)
		case isRefresh.MatchString(r.Method + " " + r.Path):
			refresh = append(refresh, line)
		default:
			out = append(out, line+written(string(r.Body)))
		}
	}
	return stable(w.WebURL(), strings.Join(append(out, refresh...), "\n")) + "\n"
}

var isRefresh = regexp.MustCompile(`^(GET|PATCH) /repos/acme/shop/issues/comments/\d+$`)

// written shows what a request writes, if that is short: long texts have golden
// files of their own.
func written(body string) string {
	body = strings.TrimSpace(body)
	if body == "" || len(body) > 300 {
		return ""
	}
	return " " + body
}

var changing = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`comments/\d+`), "comments/ID"},
	{regexp.MustCompile(`installations/\d+`), "installations/ID"},
	{regexp.MustCompile(`since=[^& ]+`), "since=TIME"},
	{regexp.MustCompile(`"sub_issue_id":\d+`), `"sub_issue_id":ID`},
	{regexp.MustCompile(`"repository_ids":\[\d+\]`), `"repository_ids":[ID]`},
	{regexp.MustCompile(`comment=\d+`), "comment=ID"},
}

func stable(web, text string) string {
	text = strings.ReplaceAll(text, web, "WEB")
	for _, c := range changing {
		text = c.pattern.ReplaceAllString(text, c.with)
	}
	return text
}

// TestRequests holds every call that an event causes against a list that people
// can read: signed delivery in, exact requests out.
func TestRequests(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		given func(w *world, n int)
		when  func(w *world, n int)
	}{
		{"opened", nil, openedAlone},
		{"labeled-incident-again", nil, func(w *world, _ int) {
			w.must(w.Redeliver(w.delivery("issues", "labeled")))
		}},
		{"labeled-severity", nil, func(w *world, n int) { w.must(w.As("jon").Label(shop, n, "P1")) }},
		{"labeled-phase-too-early", nil, func(w *world, n int) { w.must(w.As("jon").Label(shop, n, "incident/mitigate")) }},
		{"labeled-other", func(w *world, n int) { w.must(w.As("maya").MakeLabel(shop, "bug", "ff0000", "")) },
			func(w *world, n int) { w.must(w.As("jon").Label(shop, n, "bug")) }},
		{"unlabeled-severity", classified, func(w *world, n int) { w.must(w.As("jon").Unlabel(shop, n, "P1")) }},
		{"unlabeled-incident", classified, func(w *world, n int) { w.must(w.As("jon").Unlabel(shop, n, "incident")) }},
		{"edited", nil, func(w *world, n int) { w.must(w.As("maya").EditIssue(shop, n, "Checkout is down", "All of it.")) }},
		{"closed", classified, func(w *world, n int) { w.must(w.As("maya").Close(shop, n)) }},
		{"reopened", func(w *world, n int) { w.must(w.As("maya").Close(shop, n)) }, func(w *world, n int) { w.must(w.As("maya").Reopen(shop, n)) }},
		{"assigned", nil, func(w *world, n int) { w.must(w.As("maya").Assign(shop, n, "jon")) }},
		{"ticked", classified, func(w *world, n int) { w.tick("jon", n, "triage.data") }},
		{"command-done", nil, func(w *world, n int) { w.comment("jon", n, "/incident severity P2") }},
		{"command-refused", nil, func(w *world, n int) { w.comment("sam", n, "/incident severity P2") }},
		{"command-by-a-stranger", nil, func(w *world, n int) { w.comment("stranger", n, "/postmortem") }},
		{"comment-without-command", nil, func(w *world, n int) { w.comment("jon", n, "I am on it.") }},
		{"postmortem", withAction, func(w *world, n int) { w.comment("jon", n, "/postmortem") }},
		{"postmortem-again", published, func(w *world, n int) { w.comment("jon", n, "/postmortem") }},
		{"follow-up-closed", published, func(w *world, n int) { w.must(w.As("jon").Close(shop, w.followUps()[0].Number)) }},
		{"wiki-edited", published, func(w *world, n int) { w.must(w.As("jon").EditWiki(shop, "Home", "Hello", "Say hello")) }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, withWiki)
			n := 0
			if tc.name != "opened" {
				n = w.declare("Checkout times out", "It is slow.")
			}
			if tc.given != nil {
				tc.given(w, n)
				w.settle()
			}
			w.ResetRequests()
			tc.when(w, n)
			w.settle()
			golden(t, tc.name, w.requests())
		})
	}
}

// openedAlone lets the delivery of opened arrive without that of its label.
func openedAlone(w *world, _ int) {
	w.HoldWebhooks()
	_, err := w.As("maya").OpenIssue(shop, "Checkout times out", "It is slow.", "incident")
	w.must(err)
	opened := w.told("issues", "opened")
	w.Release(func(int) []int { return opened })
	w.settle()
}

// delivery returns the id of the first delivery of an event and action.
func (w *world) delivery(event, action string) string {
	for _, d := range w.Deliveries() {
		if d.Event == event && d.Action == action {
			return d.GUID
		}
	}
	return ""
}

func classified(w *world, n int) { w.comment("jon", n, "/incident severity P1") }

func withAction(w *world, n int) {
	classified(w, n)
	w.comment("jon", n, "/incident action Fix the pool @jon due 2026-12-07")
}

func published(w *world, n int) {
	withAction(w, n)
	w.comment("jon", n, "/postmortem")
}

// TestRequestsOfNothing shows that what cannot concern an incident costs no
// call and no row.
func TestRequestsOfNothing(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	w.declare("Checkout times out", "It is slow.")
	w.ResetRequests()
	n, err := w.As("jon").OpenIssue(shop, "A wish", "/incident severity P1", "wish")
	w.must(err)
	w.comment("jon", n, "/incident status")
	pull, err := w.As("jon").OpenPull(shop, "A change", "/postmortem", "incident")
	w.must(err)
	w.comment("jon", pull, "/incident status")
	w.must(w.As("jon").Close(shop, n))
	w.settle()
	if have := w.requests(); have != "\n" {
		t.Errorf("calls were made:\n%s", have)
	}
	deliveries, err := w.server.db.Deliveries(patient(t))
	w.must(err)
	for _, d := range deliveries {
		if d.Key.Issue != w.issueID(1) {
			t.Errorf("a row was kept of %s for issue %d", d.Event, d.Key.Issue)
		}
	}
}

func (w *world) issueID(n int) int64 {
	i, _ := w.Issue(shop, n)
	return i.ID
}
