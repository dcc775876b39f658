package main

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

var withWiki = sandbox.RepoOptions{WikiInitialised: true}

func TestIncidentFromLabelToFollowUps(t *testing.T) {
	t.Parallel()
	incidentFromLabelToFollowUps(t, startWorld(t, withWiki))
}

func incidentFromLabelToFollowUps(t *testing.T, w *world) {
	t.Helper()
	n := w.declare("Checkout times out", "It is slow.\n\n### Action items\n\n- process Deploy configuration apart @sam\n")
	w.checklist(n)
	w.labels(n, "incident", "incident/classify")

	id := w.comment("jon", n, "/incident severity P1: checkout")
	if got := w.reactions(id); got != "eyes +1" {
		t.Errorf("reactions %q, want eyes +1", got)
	}
	w.labels(n, "incident", "P1", "incident/triage")

	w.tick("maya", n, "triage.systems", "triage.users", "triage.blast-radius", "triage.data", "triage.timeline")
	w.settle()
	w.labels(n, "incident", "P1", "incident/mitigate")
	if head := w.checklist(n).Body; !strings.Contains(head, "P1 · mitigate · 6 of 20") {
		t.Errorf("the head line does not say where it stands:\n%s", head)
	}

	w.comment("jon", n, "/incident cause The pool was too small.\n/incident action Fix the pool @jon due in 2 weeks")
	w.comment("jon", n, "/postmortem")
	page, _ := w.WikiPage(shop, "Incident-1-checkout-times-out")
	for _, want := range []string{"The pool was too small.", "Fix the pool", "Deploy configuration apart", "## Timeline"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if index, _ := w.WikiPage(shop, "Incidents"); !strings.Contains(index, "Checkout times out") {
		t.Errorf("the index does not list it:\n%s", index)
	}
	ups := w.followUps()
	if len(ups) != 2 {
		t.Fatalf("%d follow-ups, want 2", len(ups))
	}
	for _, f := range ups {
		if f.Parent != n || len(f.Assignees) != 1 || !strings.Contains(f.Body, "Incident-1-checkout-times-out") {
			t.Errorf("follow-up %+v is not linked and assigned", f)
		}
	}
	w.comment("jon", n, "/postmortem")
	if again := w.followUps(); len(again) != 2 {
		t.Errorf("asked again, %d follow-ups, want still 2", len(again))
	}
}
