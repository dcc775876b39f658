package postmortem_test

import (
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
	"github.com/google/go-cmp/cmp"
)

func TestMergeIndexLeavesWhatPeopleWrote(t *testing.T) {
	part := postmortem.MergeIndex("", indexRows()[:1])
	now := strings.TrimSuffix(postmortem.MergeIndex("", indexRows()), "\n")
	before := strings.TrimSuffix(part, "\n")
	first, rest, _ := strings.Cut(before, "\n")
	unopened := rest
	unclosed := before[:strings.LastIndex(before, "\n")]
	for name, c := range map[string]struct{ current, want string }{
		"nothing yet":          {"", now + "\n"},
		"blank":                {" \n\n", now + "\n"},
		"nobody wrote":         {part, now + "\n"},
		"text around":          {"# All\nof them\n" + before + "\nthe end", "# All\nof them\n" + now + "\nthe end"},
		"text on the lines":    {"a " + before + " b", "a " + now + " b"},
		"text within goes":     {edit(part, "| **all**", "hello | **all**"), now + "\n"},
		"a page of people's":   {"# Incidents\nnone so far", "# Incidents\nnone so far\n\n" + now + "\n"},
		"the beginning is out": {unopened, edit(unopened, "<!-- firebreak:incidents end -->", "") + now + "\n"},
		"the end is out":       {unclosed, edit(unclosed, first, "") + "\n" + now + "\n"},
		"CRLF":                 {crlf("hello\n" + before + "\nbye"), crlf("hello\n" + now + "\nbye")},
	} {
		t.Run(name, func(t *testing.T) {
			got := postmortem.MergeIndex(c.current, indexRows())
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("index (-want +got):\n%s", diff)
			}
			if again := postmortem.MergeIndex(got, indexRows()); again != got {
				t.Errorf("merged again (-first +again):\n%s", cmp.Diff(got, again))
			}
		})
	}
}

func TestTheIndexIsBounded(t *testing.T) {
	var rows []postmortem.IndexRow
	for i := range 5000 {
		rows = append(rows, postmortem.IndexRow{Number: i, Title: strings.Repeat("|", 300), Severity: "P2", FollowUps: 2, OpenFollowUps: 1, Declared: at("10:00").AddDate(0, 0, i)})
	}
	page := postmortem.RenderIndex(rows)
	if len(page) > 250_000 {
		t.Errorf("%d bytes", len(page))
	}
	for _, want := range []string{"| **all** | 5000 | – | – | – | 5000 | 5000 |", "| #4999 ", "of 5000 incidents are left out here"} {
		if !strings.Contains(page, want) {
			t.Errorf("index does not hold %q", want)
		}
	}
	if strings.Contains(page, "| #1 ") {
		t.Error("the oldest row is not the one left out")
	}
}

func TestTheIndexOfNothing(t *testing.T) {
	if got := postmortem.RenderIndex(nil); got != "*No incidents yet.*\n" {
		t.Errorf("got %q", got)
	}
}

func TestTheIndexIsNotEndedByATitle(t *testing.T) {
	rows := indexRows()
	rows[0].Title = "a <!-- firebreak:incidents end --> b"
	rows[1].State = rows[0].Title
	page := "mine\n" + postmortem.MergeIndex("", rows)
	if got := postmortem.MergeIndex(page, nil); strings.Contains(got, "Checkout") || strings.Contains(got, " b") {
		t.Errorf("a title ended the index:\n%s", got)
	}
}

// declaredIn makes one incident in each of so many months from a date on.
func declaredIn(from string, months int) []postmortem.IndexRow {
	var rows []postmortem.IndexRow
	for i := range months {
		rows = append(rows, postmortem.IndexRow{Number: i + 1, Severity: "P2", Declared: day(from).AddDate(0, i, 0)})
	}
	return rows
}

func TestTheIndexDrawsTwoIncidentsAndMore(t *testing.T) {
	one, two := postmortem.RenderIndex(declaredIn("2026-01-31", 1)), postmortem.RenderIndex(declaredIn("2026-01-01", 2))
	if strings.Contains(one, "```") || !strings.Contains(one, "| 2026-01 |") {
		t.Errorf("one incident is drawn, or not counted:\n%s", one)
	}
	if strings.Count(two, "```mermaid") != 2 {
		t.Errorf("two incidents are not drawn:\n%s", two)
	}
}

func TestTheIndexShowsTheLastTwelveMonthsThatHaveIncidents(t *testing.T) {
	rows := append(declaredIn("2024-01-01", 3), declaredIn("2025-06-01", 10)...)
	_, months, _ := strings.Cut(postmortem.RenderIndex(rows), "## By month")
	for month, shown := range map[string]bool{"2024-01": false, "2024-02": true, "2024-04": false, "2026-03": true} {
		if got := strings.Count(months, month); (got == 2) != shown || got != 0 && !shown {
			t.Errorf("%s is there %d times:\n%s", month, got, months)
		}
	}
}

func TestTheIndexHasMeanAndMedian(t *testing.T) {
	var rows []postmortem.IndexRow
	for i, minutes := range []int{1, 2, 3, 5, 109, 0} {
		d := time.Duration(minutes) * time.Minute
		rows = append(rows, postmortem.IndexRow{Number: i, Severity: "P0", Acknowledged: d, Mitigated: 2 * d, Duration: 3 * d, FollowUps: 1})
	}
	page := postmortem.RenderIndex(rows)
	if want := "| P0 | 6 | 24 min · 3 min | 48 min · 6 min | 1 h 12 min · 9 min | 0 | 6 |"; !strings.Contains(page, want) {
		t.Errorf("index does not hold %q:\n%s", want, page)
	}
	if strings.Contains(page, "By month") {
		t.Error("there are months of incidents without a date")
	}
}

func TestTheIndexKeepsOpenIncidentsApart(t *testing.T) {
	rows := declaredIn("2026-01-01", 3)
	rows[0].Open = true
	open, past, _ := strings.Cut(postmortem.RenderIndex(rows), "## Past incidents")
	if !strings.Contains(open, "| #1 ") || strings.Contains(open, "| #2 ") || strings.Contains(past, "| #1 ") || strings.Index(past, "| #3 ") > strings.Index(past, "| #2 ") {
		t.Errorf("open:\n%s\npast:\n%s", open, past)
	}
}
