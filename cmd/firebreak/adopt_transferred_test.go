package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// TestAdoptionAfterATransfer: what was made since the incident was transferred
// carries the key that it had before. It is known again all the same.
func TestAdoptionAfterATransfer(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	w.must(w.AddRepo(site, withWiki))
	w.must(w.Grant(site, "maya", sandbox.RoleAdmin))
	w.must(w.Grant(site, "jon", sandbox.RoleWrite))
	former := w.key(shop, w.declared())
	to, err := w.As("maya").Transfer(shop, 1, site)
	w.must(err)
	w.settle()
	_, err = w.As("jon").Comment(site, to, "/incident action Fix the pool\n/postmortem")
	w.must(err)
	w.settle()

	w.loseDatabase()
	id, err := w.As("jon").Comment(site, to, "/incident lesson Watch the pool.\n/postmortem")
	w.must(err)
	w.settle()
	w.reacted(id, "eyes +1")
	if slices.Contains(w.writes(), "POST /repos/"+site+"/issues") {
		t.Error("a follow-up was opened again")
	}
	w.says("the page", w.pageIn(site, "Incident-1-checkout-times-out"), former.String(), "Watch the pool.")
	inc, err := w.server.db.Incident(patient(t), w.key(site, to))
	w.must(err)
	if inc.Origin != former || strings.Contains(inc.Postmortem.Waiting, "wiki") {
		t.Errorf("it comes from %s, want %s, and waits since %q", inc.Origin, former, inc.Postmortem.Waiting)
	}
}
