package postmortem_test

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
	"github.com/google/go-cmp/cmp"
)

func TestFind(t *testing.T) {
	for name, c := range map[string]struct {
		body, key string
		ok        bool
	}{
		"a page":                     {postmortem.Render(fullIncident()), "1296269/1347", true},
		"a comment":                  {postmortem.Comment(fullIncident(), lead()), "1296269/1347", true},
		"a page edited in a browser": {crlf(postmortem.Render(fullIncident())), "1296269/1347", true},
		"text above the marker":      {"# Hello\n" + postmortem.Render(fullIncident()), "1296269/1347", true},
		"a marker alone":             {"<!-- firebreak:post-mortem v1 incident=7/8 -->", "7/8", true},
		"a page with a bad key":      {postmortem.Render(postmortem.Document{Key: "7 --> x <!--"}), "", false},
		"a page without a key":       {postmortem.Render(postmortem.Document{}), "", false},
		"another version":            {"<!-- firebreak:post-mortem v2 incident=7/8 -->", "", false},
		"a key of other characters":  {"<!-- firebreak:post-mortem v1 incident=7 8 -->", "", false},
		"no key":                     {"<!-- firebreak:post-mortem v1 incident= -->", "", false},
		"nothing":                    {"", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			if key, ok := postmortem.Find(c.body); key != c.key || ok != c.ok {
				t.Errorf("got %q, %v, want %q, %v", key, ok, c.key, c.ok)
			}
		})
	}
}

// What was published is known from the page itself.
func TestMergeWithoutBaseKnowsFirebreaksSections(t *testing.T) {
	before, now := postmortem.Render(sparseIncident()), postmortem.Render(resolvedSparseIncident())
	theirs := edit(before, "*No root cause is given yet.", "The year was a constant. *No root cause is given yet.")
	_, lessons, _ := strings.Cut(before, "## Lessons learned")
	theirs = edit(theirs, "## Lessons learned"+lessons, "")

	got := postmortem.Merge("", theirs, now)
	want := postmortem.Merge(before, theirs, now)
	if diff := cmp.Diff(bare(want.Text)+toldOf(want), bare(got.Text)+toldOf(got)); diff != "" {
		t.Errorf("merged by fingerprints alone (-with base +without):\n%s", diff)
	}
	for _, text := range []string{"The year was a constant.", "resolved after 3 h"} {
		if !strings.Contains(got.Text, text) {
			t.Errorf("page does not hold %q", text)
		}
	}
	if diff := cmp.Diff([]string{postmortem.HeadingRootCause}, got.Kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{postmortem.HeadingLessons}, got.Deleted); diff != "" {
		t.Errorf("deleted (-want +got):\n%s", diff)
	}
}

// A push that came through unnoticed leaves base a publish behind the page.
func TestMergeWithAnOlderBaseTakesNoSectionForAPersons(t *testing.T) {
	first, second := postmortem.Render(sparseIncident()), postmortem.Render(resolvedSparseIncident())
	third := postmortem.Render(fullIncident())
	if got := postmortem.Merge(first, second, third); bare(got.Text) != bare(third) {
		t.Errorf("not all of it is Firebreak's:\n%s", cmp.Diff(bare(third), bare(got.Text)))
	}
}

// Each publish is merged with what the one before left, for ever.
func TestAPersonsTextSurvivesEveryPublish(t *testing.T) {
	published := postmortem.Render(sparseIncident())
	page := edit(published, "| declared |", "| declared, at last |", "| Incident |", "| The incident |")
	for _, d := range []postmortem.Document{resolvedSparseIncident(), fullIncident(), zonedIncident()} {
		now := postmortem.Render(d)
		for name, base := range map[string]string{"with base": published, "without": ""} {
			got := postmortem.Merge(base, page, now)
			for _, text := range []string{"declared, at last |", "| The incident |"} {
				if !strings.Contains(got.Text, text) {
					t.Fatalf("%s: %q is gone:\n%s", name, text, got.Text)
				}
			}
			if diff := cmp.Diff([]string{"Facts", "Timeline"}, got.Kept); diff != "" {
				t.Errorf("%s: kept (-want +got):\n%s", name, diff)
			}
		}
		page, published = postmortem.Merge("", page, now).Text, now
	}
}

func TestTheMarkerIsPutBackAndNeverDoubled(t *testing.T) {
	before, now := postmortem.Render(sparseIncident()), postmortem.Render(resolvedSparseIncident())
	marker, rest, _ := strings.Cut(before, "\n")
	for name, theirs := range map[string]string{
		"taken out":            rest,
		"taken out with facts": rest[strings.Index(rest, "## Summary"):],
		"in the changed facts": "by hand " + before,
		"above a new title":    edit(before, "| | |", "# Incident 57\n| | |"),
		"below a new title":    "# Incident 57\n" + before,
		"at the end":           rest + "\n" + marker,
	} {
		t.Run(name, func(t *testing.T) {
			got := postmortem.Merge(before, theirs, now).Text
			want, _, _ := strings.Cut(now, "\n")
			if strings.Count(got, want) != 1 || strings.Count(got, "firebreak:post-mortem") != 1 {
				t.Errorf("no single marker of today in:\n%s", got)
			}
			if again := postmortem.Merge(now, got, now).Text; again != got {
				t.Errorf("merged again:\n%s", cmp.Diff(got, again))
			}
		})
	}
}

// A comment is edited as a page is, in a browser that writes CRLF.
func TestAPersonsTextSurvivesInTheComment(t *testing.T) {
	before, now := postmortem.Comment(sparseIncident(), lead()), postmortem.Comment(resolvedSparseIncident(), lead())
	theirs := crlf(edit(before, "*No impact is given yet", "Nobody noticed. *No impact is given yet"))
	got := postmortem.Merge("", theirs, now)
	if diff := cmp.Diff([]string{postmortem.HeadingImpact}, got.Kept); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	for _, text := range []string{lead().Marker, "Nobody noticed.", "resolved after 3 h"} {
		if strings.Count(got.Text, text) != 1 {
			t.Errorf("comment does not hold %q once", text)
		}
	}
}

// A section on which Firebreak never wrote stays people's, publish after publish,
// also where the base is known, and nothing of it counts as taken out.
func TestASectionThatWasNeverFirebreaksStaysWhole(t *testing.T) {
	page := "## Root cause\nIt was DNS.\n"
	for round := range 4 {
		d := fullIncident()
		d.Causes = d.Causes[:min(1+round, len(d.Causes))]
		now := postmortem.Render(d)
		got := postmortem.Merge("", page, now)
		if !strings.Contains(got.Text, "## Root cause\nIt was DNS.\n") || strings.Contains(got.Text, "1. Checkout requests") {
			t.Fatalf("round %d: the section is not as it was:\n%s", round, got.Text)
		}
		if diff := cmp.Diff([]string{"Root cause"}, got.Kept); diff != "" || len(got.Deleted) > 0 {
			t.Errorf("round %d: deleted %q, kept (-want +got):\n%s", round, got.Deleted, diff)
		}
		if again := postmortem.Merge(now, got.Text, now); again.Text != got.Text {
			t.Errorf("round %d: again:\n%s", round, cmp.Diff(got.Text, again.Text))
		}
		page = got.Text
	}
}

// Prints that somebody damaged or forged are not believed, and do not stay.
func TestDamagedPrints(t *testing.T) {
	before, now := postmortem.Merge("", "", postmortem.Render(sparseIncident())).Text, postmortem.Render(resolvedSparseIncident())
	at := strings.LastIndex(before, "<!-- firebreak:parts")
	edited := edit(before[:at], "| declared |", "| declared, at last |")
	for name, prints := range map[string]string{
		"gone":        "",
		"no prints":   "<!-- firebreak:parts v1 -->\n",
		"redacted":    "<!-- firebreak:parts v1 [redacted: key] -->\n",
		"other words": "<!-- firebreak:parts v1 abcde=tabc.abcde;f;x zzzzz=p;q -->\n",
		"endless":     "<!-- firebreak:parts v1 " + strings.Repeat("abcde=pabcde ", 20_000) + "-->\n",
	} {
		t.Run(name, func(t *testing.T) {
			got := postmortem.Merge("", edited+prints, now).Text
			if !strings.Contains(got, "declared, at last") || strings.Count(got, "firebreak:parts") != 1 || len(got) > 20_000 {
				t.Errorf("the page is\n%.2000s", got)
			}
		})
	}
}
