package postmortem_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// mitigatedIncident is fullIncident when it had just been mitigated.
func mitigatedIncident() postmortem.Document {
	d := fullIncident()
	d.Resolved = time.Time{}
	d.Causes, d.Lessons, d.Redacted = d.Causes[:1], nil, nil
	d.Timeline = d.Timeline[:len(d.Timeline)-1]
	d.Actions = d.Actions[:2]
	for n := range d.Actions {
		d.Actions[n].State, d.Actions[n].ClosedAt = postmortem.Open, time.Time{}
	}
	return d
}

// weekLater is fullIncident when a follow-up that a person wrote on the page has
// its issue, and another has another date.
func weekLater() postmortem.Document {
	d := fullIncident()
	d.Actions = slices.Clone(d.Actions)
	d.Actions[1].Due = day("2027-01-08")
	d.Actions = append(d.Actions, postmortem.Action{
		Kind: "permanent", Text: "Page somebody when the pool is empty", Owner: "kim", Priority: "P1", Due: day("2027-01-15"),
		Number: 46, URL: issue(46), State: postmortem.Open,
	})
	return d
}

// The edits that people make after the first publish, and after the second.
var (
	firstEdits = []string{
		"## Summary\n", "## Summary\n**Checkout was down for one in three customers.**\n\n",
		"| Lead | @jon |", "| Lead | @jon, from 12:30 @kim |",
		"| 12:22 | rolled back to 4410 |", "| 12:15 | found the pool empty | @kim | a hunch |\n| 12:22 | rolled back to 4410, by hand |",
		"1. Checkout requests", "1. Nobody watched the pool.\n2. Checkout requests",
		"| 2026-12-07 |", "| before Christmas |",
		"| preventive | Alert on pool", "| permanent | Page somebody when the pool is empty |  |  |  |  |  |\n| preventive | Alert on pool",
		"plans free and paid", "plans free and paid, most of them in Norway",
	}
	secondEdits = []string{
		"| Comms | @maya |\n", "",
		"Alert on pool wait time", "Alert on the time that checkouts wait for the pool",
		"- Lucky: it was not Friday.\n", "- Lucky: it was not Friday.\n- Unlucky: the dashboard was being moved.\n",
		"## Action items", "## Cost\n\n| what | EUR |\n|---|--:|\n| refunds | 4,200 |\n\n## Action items",
	}
)

// editedIncident is the page of an incident in which people wrote between three
// publishes.
func editedIncident() string {
	page := postmortem.Merge("", "", postmortem.Render(mitigatedIncident())).Text
	page = postmortem.Merge("", edit(page, firstEdits...), postmortem.Render(fullIncident())).Text
	return postmortem.Merge("", edit(page, secondEdits...), postmortem.Render(weekLater())).Text
}

func TestWhatIsSaidOfThreePublishes(t *testing.T) {
	first, second, third := postmortem.Render(mitigatedIncident()), postmortem.Render(fullIncident()), postmortem.Render(weekLater())
	page := postmortem.Merge("", "", first).Text
	two := postmortem.Merge(first, edit(page, firstEdits...), second)
	if diff := cmp.Diff("kept: Facts, Summary, Timeline, Root cause, Impact, Action items\n", toldOf(two)); diff != "" {
		t.Errorf("the second publish said (-want +got):\n%s", diff)
	}
	three := postmortem.Merge(second, edit(two.Text, secondEdits...), third)
	want := "kept: Facts, Summary, Timeline, Root cause, Impact, Action items, Lessons learned\ndeleted: Facts (1 row)\n"
	if diff := cmp.Diff(want, toldOf(three)); diff != "" {
		t.Errorf("the third publish said (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(editedIncident(), three.Text); diff != "" {
		t.Errorf("the page differs where the database is lost (-lost +known):\n%s", diff)
	}
	for n, words := range append(slices.Clone(firstEdits), secondEdits...) {
		if n%2 == 1 && !strings.Contains(words, "\n") && words != "" && !strings.Contains(three.Text, strings.Trim(words, "| ")) {
			t.Errorf("%q is gone", words)
		}
	}
}
