package main

import "testing"

// Somebody tidies up the repository's labels in the middle of an incident: what
// is known of it does not change, and what is missing is made again.
func TestLabelsOfTheRepositoryChange(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.declared()
	maya := w.As("maya")

	w.must(maya.RenameLabel(shop, "P1", "sev1"))
	w.settle()
	w.labels(n, "incident", "P1", "incident/triage", "sev1")

	w.must(maya.DeleteLabel(shop, "P1"))
	w.must(maya.DeleteLabel(shop, "incident/triage"))
	w.must(maya.DeleteLabel(shop, "incident/mitigate"))
	w.settle()
	w.labels(n, "incident", "P1", "incident/triage", "sev1")
	w.must(w.As("jon").Label(shop, n, "incident/mitigate"))
	w.settle()
	w.says("the checklist", w.checklist(n).Body, "P1 · mitigate")

	stopped := func(want bool) {
		t.Helper()
		w.settle()
		if want {
			w.says("the checklist", w.checklist(n).Body, "Firebreak stopped")
		} else {
			w.saysNot("the checklist", w.checklist(n).Body, "Firebreak stopped")
		}
	}
	w.must(maya.RenameLabel(shop, "incident", "outage"))
	stopped(true)
	w.must(maya.RenameLabel(shop, "outage", "incident"))
	stopped(false)
	w.must(maya.DeleteLabel(shop, "incident"))
	stopped(true)
	w.must(maya.MakeLabel(shop, "incident", "b60205", ""))
	w.must(w.As("jon").Label(shop, n, "incident"))
	stopped(false)

	w.must(w.AddRepo(site, withWiki))
	w.must(w.Grant(site, "maya", "admin"))
	w.settle()
	w.ResetRequests()
	w.must(maya.PaintLabel(shop, "P1", "000000"))
	w.must(maya.RenameLabel(shop, "sev1", "worst"))
	w.must(maya.MakeLabel(site, "P1", "000000", ""))
	w.must(maya.DeleteLabel(site, "P1"))
	w.settle()
	if have := w.requests(); have != "\n" {
		t.Errorf("nobody's business caused calls:\n%s", have)
	}
}
