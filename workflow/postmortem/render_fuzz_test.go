package postmortem_test

import (
	"html"
	"net/url"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
	"github.com/google/go-cmp/cmp"
)

// everywhere is an incident that has the text wherever a text is taken.
func everywhere(text string) postmortem.Document {
	return postmortem.Document{
		Key: "1296269/1347", Number: 42, Title: text, IssueURL: text, Severity: text, Declared: at("10:00"),
		SeverityChanges: []postmortem.SeverityChange{{At: at("10:01"), From: text + "?", To: text, By: text, Reason: text}},
		Roles:           []postmortem.Role{{Name: text, Login: text}}, Summary: text, Systems: text,
		Timeline: []postmortem.Entry{
			{At: at("10:00"), What: text, Who: text, URL: text, Evidence: text},
			{At: at("10:02"), What: text, Who: "@" + text, URL: "https://x.example/" + text, Evidence: text, Mark: postmortem.MarkDetected},
			{At: at("10:03"), Kind: postmortem.KindTick, About: text, Who: text, Minor: true},
			{At: at("10:04"), Kind: postmortem.KindTick, About: text, Who: text, Off: true, Minor: true},
			{At: at("10:05"), Kind: postmortem.KindPhase, From: text, To: text, Who: text, With: []string{text}, Minor: true},
		},
		DeclaredBy: text, AcknowledgedBy: text, Acknowledged: at("10:03"),
		Causes: []string{text, text}, Impact: []string{text, "users: " + text, text + ": " + text}, Lessons: []string{text, "- " + text},
		Actions:      []postmortem.Action{{Kind: text, Text: text, Owner: text, Priority: text, Number: 7, URL: text, State: text, Problem: text}},
		Redacted:     map[string]int{text: 1},
		PullRequests: []postmortem.Evidence{{Number: 9, Title: text, Author: text, URL: text, State: text}},
		Deployments:  []postmortem.Evidence{{ID: text, Title: text, Author: "@" + text, URL: "https://x.example/" + text}},
	}
}

// FuzzRender holds whatever people write: it begins no section, passes for no
// marker, links to nowhere but the web, and spoils neither tables nor drawing.
func FuzzRender(f *testing.F) {
	for _, text := range []string{
		"Checkout times out", attack, fence, "a\n===", "<!-- x", "```", "~~~\n", "[a]: b", "|", "a|b\n-|-\nc|d", "1. # a", "> ## b",
		"%%{init}%%", "x\n%% y", "title a", "section b: c", "--> }", "&colon;", "[a](javascript&#58;b)", "<details>\n\n## a", "\\", "`", "\t# a", "\xff\x00",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		page := postmortem.Render(everywhere(text))
		got := shown(t, page)
		var headings []string
		for _, m := range sectionHeading.FindAllStringSubmatch(got, -1) {
			headings = append(headings, m[1])
		}
		if diff := cmp.Diff(allHeadings, headings); diff != "" {
			t.Errorf("headings (-want +got):\n%s", diff)
		}
		if key, ok := postmortem.Find(page); key != "1296269/1347" || !ok || strings.Count(got, "<!-- firebreak") != 1 {
			t.Errorf("found %q, %v", key, ok)
		}
		checkTargets(t, got)
		checkTables(t, got)
		checkDrawing(t, page)
	})
}

func checkTargets(t *testing.T, page string) {
	t.Helper()
	for _, m := range target.FindAllStringSubmatch(page, -1) {
		link, err := url.Parse(html.UnescapeString(m[1]))
		if err == nil && link.Scheme != "" && link.Scheme != "http" && link.Scheme != "https" && link.Scheme != "mailto" {
			t.Errorf("link to %q", m[1])
		}
	}
}

// checkTables looks for the rows that Firebreak writes, in the order in which
// it writes them.
func checkTables(t *testing.T, page string) {
	t.Helper()
	for _, want := range []struct {
		head  string
		cells int
	}{
		{"<th></th>\n<th></th>", 2},
		{"<th></th>\n<th>UTC, 2026-11-23</th>\n<th>after detection</th>\n<th>known from</th>", 4},
		{"<th>UTC, 2026-11-23</th>\n<th>what</th>", 4},
		{"<th>kind</th>\n<th>what</th>", 7},
	} {
		_, table, found := strings.Cut(page, want.head)
		if !found {
			t.Errorf("no table headed %s", want.head)
		}
		table, _, _ = strings.Cut(table, "</table>")
		rows := strings.Count(table, "<tr>")
		if cells := strings.Count(table, "<td"); rows == 0 || cells != rows*want.cells {
			t.Errorf("%d cells in %d rows of %d", cells, rows, want.cells)
		}
	}
}

func checkDrawing(t *testing.T, page string) {
	t.Helper()
	_, drawing, found := strings.Cut(page, "\n## Timeline\n```mermaid\ntimeline\n    title Incident 42\n    10.00 : ")
	drawing, _, closed := strings.Cut(drawing, "\n```\n")
	first, rest, two := strings.Cut(drawing, "\n    10.02 : ")
	if !found || !closed || !two {
		t.Fatalf("no drawing of two entries in:\n%s", page)
	}
	for _, label := range []string{first, rest} {
		if label == "" || strings.ContainsAny(label, "\n:;#{}<>\"`\\") || strings.Contains(label, "%%") {
			t.Errorf("label %q", label)
		}
	}
}
