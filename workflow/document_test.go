package workflow_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow"
)

// shown returns what the document's timeline says, marks in front.
func (r *replay) shown() []string {
	var out []string
	for _, e := range workflow.Document(r.inc, r.entries, nil).Timeline {
		out = append(out, strings.TrimSpace(e.Mark+" "+e.At.Format("15:04")+" "+e.What))
	}
	return out
}

func TestATimeStatedAgainReplacesTheFirst(t *testing.T) {
	r := opened(t, 42, "Slow", "maya", "2026-11-23 12:00", workflow.Body{})
	r.says("12:05", "jon", "/incident detected 11:52", "/incident started 11:30")
	r.says("12:06", "jon", "/incident detected 11:50", "/incident started 11:30")
	r.says("12:50", "jon", "/incident resolved 12:45")
	r.reopens("12:55", "jon")
	r.says("13:05", "jon", "/incident resolved")
	want := []string{"12:00 declared", "11:30 started", "detected 11:50 detected", "12:45 resolved", "12:55 reopened", "resolved 13:05 resolved"}
	if diff := cmp.Diff(want, r.shown()); diff != "" {
		t.Errorf("timeline (-want +got):\n%s", diff)
	}
	doc := workflow.Document(r.inc, r.entries, nil)
	if doc.Reopened != 1 || !doc.ReopenedAt.Equal(r.when("12:55")) || !doc.ResolvedBefore.Equal(r.when("12:45")) {
		t.Errorf("reopened %d times, last %v, resolved before %v", doc.Reopened, doc.ReopenedAt, doc.ResolvedBefore)
	}
}

func TestWhoAcknowledgedIsTheFirstOfThem(t *testing.T) {
	r := opened(t, 42, "Slow", "maya", "2026-11-23 12:00", workflow.Body{})
	r.ticks("12:01", "maya", "triage.systems")
	r.says("12:09", "jon", "/incident detected 11:50")
	r.ticks("12:04", "kim", "triage.users") // heard of late
	doc := workflow.Document(r.inc, r.entries, nil)
	if doc.AcknowledgedBy != "@kim" || !doc.Acknowledged.Equal(r.when("12:04")) {
		t.Errorf("acknowledged by %s at %v", doc.AcknowledgedBy, doc.Acknowledged)
	}
}

func TestTextsWithoutTheirCodeLeadToIt(t *testing.T) {
	r := opened(t, 42, "Slow", "maya", "2026-11-23 12:00", workflow.Body{Summary: "Slow: [redacted: code]", Lessons: []string{"Never again [redacted: code]", "Sleep."}})
	r.says("12:05", "jon", "/incident cause It reads", "[redacted: code]", "at start-up.", "", "/incident impact data: [redacted: code]", "/incident timeline saw [redacted: code]")
	issue := r.snapshot.Place.URL
	comment := r.commentURL()
	doc := workflow.Document(r.inc, r.entries, nil)
	for name, c := range map[string]struct{ got, want []string }{
		"summary": {[]string{doc.Summary}, []string{"Slow: [redacted: code] (code is [left where it was written](" + issue + "))"}},
		"causes":  {doc.Causes, []string{"It reads\n[redacted: code]\nat start-up.\n\nCode is [left where it was written](" + comment + ")."}},
		"impact":  {doc.Impact, []string{"data: [redacted: code] (code is [left where it was written](" + comment + "))"}},
		"lessons": {doc.Lessons, []string{"Never again [redacted: code] (code is [left where it was written](" + issue + "))", "Sleep."}},
	} {
		if diff := cmp.Diff(c.want, c.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if last := doc.Timeline[len(doc.Timeline)-1]; last.URL != comment || last.Evidence != "left where it was written" {
		t.Errorf("the note leads to %q, called %q", last.URL, last.Evidence)
	}
}

func TestImpactOfTheIssueCountsWhereNoCommandNamesTheAspect(t *testing.T) {
	body := workflow.Body{Impact: []string{"Bad.", "Users: a third", "Data: none"}}
	for name, c := range map[string]struct{ said, want []string }{
		"none":                     {nil, []string{"Bad.", "Users: a third", "Data: none"}},
		"another aspect":           {[]string{"business: orders drop"}, []string{"Users: a third", "Data: none", "business: orders drop"}},
		"the same, in other words": {[]string{"Customers: a half"}, []string{"Data: none", "Customers: a half"}},
		"no aspect":                {[]string{"a half"}, []string{"Users: a third", "Data: none", "a half"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := opened(t, 42, "Slow", "maya", "2026-11-23 12:00", body)
			for _, s := range c.said {
				r.says("12:05", "jon", "/incident impact "+s)
			}
			if diff := cmp.Diff(c.want, workflow.Document(r.inc, r.entries, nil).Impact); diff != "" {
				t.Errorf("impact (-want +got):\n%s", diff)
			}
		})
	}
}

// What comes later changes no row that is settled: of the rows that were there, an
// event changes at most the one that it belongs to, or that it marks.
func TestPagesGrowRowByRow(t *testing.T) {
	for name, r := range map[string]*replay{"P0": p0WithEverything(t), "reopened": reopenedAndEscalated(t)} {
		t.Run(name, func(t *testing.T) {
			before := ""
			for n, page := range r.pages {
				_, table, _ := strings.Cut(page, "| what | who | evidence |\n")
				table, _, _ = strings.Cut(table, "\n\n")
				var gone []string
				for row := range strings.Lines(before) {
					if !strings.Contains(table, strings.TrimSuffix(row, "\n")) {
						gone = append(gone, row)
					}
				}
				if len(gone) > 1 {
					t.Errorf("event %d changed rows of before: %q", n, gone)
				}
				before = table
			}
		})
	}
}
