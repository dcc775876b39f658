package postmortem_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer/html"
)

// shown renders a page as a browser gets it, HTML of the page's own included.
func shown(t *testing.T, page string) string {
	t.Helper()
	var b bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM), goldmark.WithRendererOptions(html.WithUnsafe()))
	if err := md.Convert([]byte(page), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var (
	sectionHeading = regexp.MustCompile(`<h[12][^>]*>(.*?)</h[12]>`)
	target         = regexp.MustCompile(`(?:href|src)="([^"]*)"`)
	code           = regexp.MustCompile(`(?s)<pre>.*?</pre>`)
	tableRow       = regexp.MustCompile(`(?s)<tr>.*?</tr>`)
)

func TestHostileTextStaysInItsPlace(t *testing.T) {
	for name, page := range map[string]string{
		"page":    postmortem.Render(hostileIncident()),
		"comment": postmortem.Comment(hostileIncident(), lead()),
		"huge":    postmortem.Render(hugeIncident(12)),
	} {
		t.Run(name, func(t *testing.T) {
			got := shown(t, page)
			var headings []string
			for _, m := range sectionHeading.FindAllStringSubmatch(got, -1) {
				headings = append(headings, m[1])
			}
			if diff := cmp.Diff(allHeadings, headings); diff != "" {
				t.Errorf("headings (-want +got):\n%s", diff)
			}
			for _, m := range target.FindAllStringSubmatch(got, -1) {
				if !strings.HasPrefix(m[1], "https://") || strings.Contains(m[1], "secret") {
					t.Errorf("link to %q", m[1])
				}
			}
			for _, tag := range []string{"<script", "<details", "<!-- firebreak:post-mortem v1 incident=6"} {
				if strings.Contains(got, tag) {
					t.Errorf("page holds %s", tag)
				}
			}
			if strings.Contains(code.ReplaceAllString(got, ""), "@acme") {
				t.Error("somebody is mentioned")
			}
		})
	}
}

var allHeadings = []string{
	postmortem.HeadingSummary, postmortem.HeadingTimeline, postmortem.HeadingRootCause,
	postmortem.HeadingImpact, postmortem.HeadingActionItems, postmortem.HeadingLessons,
}

func TestHostileTextAddsNoCells(t *testing.T) {
	got := shown(t, postmortem.Render(hostileIncident()))
	cells := map[int]bool{2: true, 4: true, 7: true}
	for _, row := range tableRow.FindAllString(got, -1) {
		if n := strings.Count(row, "<td") + strings.Count(row, "<th"); !cells[n] {
			t.Errorf("a row of %d cells: %s", n, row)
		}
	}
	// A row that spilled would end its table: count what is left of each.
	if got, want := strings.Count(got, "<tr>"), 13+7+7+2; got != want {
		t.Errorf("%d rows, want %d", got, want)
	}
}

func TestDocumentsAreBounded(t *testing.T) {
	huge := hugeIncident(150)
	for name, c := range map[string]struct {
		page  string
		limit int
	}{
		"page":    {postmortem.Render(huge), 250_000},
		"comment": {postmortem.Comment(huge, lead()), 60_000},
	} {
		t.Run(name, func(t *testing.T) {
			if len(c.page) > c.limit {
				t.Errorf("%d bytes, at most %d are allowed", len(c.page), c.limit)
			}
			for _, want := range append([]string{"```mermaid", "156 entries are left out here", "action items are left out here"}, allHeadings...) {
				if !strings.Contains(c.page, want) {
					t.Errorf("page does not hold %q", want)
				}
			}
		})
	}
}

func TestTheTimelineIsCutFirst(t *testing.T) {
	d := fullIncident()
	for range 3000 {
		d.Timeline = append(d.Timeline, postmortem.Entry{At: at("12:30"), What: strings.Repeat("still looking ", 10), Who: "@jon"})
	}
	for name, page := range map[string]string{"page": postmortem.Render(d), "comment": postmortem.Comment(d, lead())} {
		t.Run(name, func(t *testing.T) {
			for _, want := range []string{
				"**11:52**", "**12:47**", "**13:30**", "| 11:40 | deployment 4411", "entries are left out here",
				"POOL_SIZE", "212 orders", "[#45]", "it was not Friday", "6 of 3008 entries are drawn",
			} {
				if !strings.Contains(page, want) {
					t.Errorf("page does not hold %q", want)
				}
			}
		})
	}
}
