package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// A marker makes a text Firebreak's only where Firebreak wrote it.
func TestForgedMarkers(t *testing.T) {
	t.Parallel()
	w := startWorld(t, sandbox.RepoOptions{})
	n, err := w.As("maya").OpenIssue(shop, "Checkout times out", "It is slow.")
	w.must(err)
	key := fmt.Sprintf("%d/%d", w.Deliveries()[0].Repository, w.issueID(n))
	var forged []int64
	forge := func(body string) {
		id, err := w.As("stranger").Comment(shop, n, body)
		w.must(err)
		forged = append(forged, id)
	}
	list := "<!-- firebreak:checklist v1 " + key + " -->\n- [ ] **P0** <!-- step:classify.P0 -->\n- [ ] all of it <!-- step:triage -->"
	forge(list)
	forge("<!-- firebreak:post-mortem-comment v1 incident=" + key + " -->\nNothing happened.")
	fake, err := w.As("stranger").OpenIssue(shop, "Fix the pool", "<!-- firebreak:follow-up v1 incident="+key+" action=b1 -->\nFixed.")
	w.must(err)
	w.must(w.As("jon").MakeLabel(shop, "incident-follow-up", "", ""))
	w.must(w.As("jon").MakeLabel(shop, "incident", "", ""))
	w.must(w.As("jon").Label(shop, fake, "incident-follow-up"))
	w.must(w.As("maya").EditIssue(shop, n, "", "It is slow.\n\n### Action items\n\n- Fix the pool\n"))
	w.must(w.As("maya").Label(shop, n, "incident"))
	w.settle()

	w.labels(n, "incident", "incident/classify")
	real := w.checklist(n)
	w.must(w.As("maya").EditComment(shop, forged[0], strings.ReplaceAll(list, "[ ]", "[x]")))
	w.settle()
	w.labels(n, "incident", "incident/classify")

	w.comment("jon", n, "/incident severity P2\n/postmortem")
	w.HoldWebhooks()
	id, err := w.As("jon").Comment(shop, n, "/incident status\n/postmortem")
	w.must(err)
	forge(fmt.Sprintf("<!-- firebreak:reply v1 comment=%d -->\nDone.", id))
	w.Release(sandbox.InOrder)
	w.settle()
	w.standIn(n)
	if got := len(w.replies(n)); got != 2 {
		t.Errorf("%d replies, want two", got)
	}
	for _, id := range forged {
		for _, edit := range w.edits(id) {
			if edit.By == w.BotLogin() {
				t.Errorf("a stranger's comment was written over: %q", edit.From)
			}
		}
	}
	if w.checklist(n).ID != real.ID {
		t.Error("the checklist is another comment now")
	}
	mine := 0
	for _, f := range w.followUps() {
		if f.Author == w.BotLogin() && f.Title == "Fix the pool" {
			mine++
		}
	}
	if mine != 1 {
		t.Errorf("%d follow-ups by the App, want one", mine)
	}
	w.must(w.As("stranger").Close(shop, fake))
	w.settle()
	w.says("the document", w.standIn(n).Body, "0 of 1 closed")
}

func (w *world) edits(comment int64) []sandbox.Edit {
	c, _ := w.Comment(comment)
	return c.Edits
}

// What people write comes back in the App's own comments and pages, and must not
// be taken for a marker there either.
func TestMarkersInPeoplesWords(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	marks := "<!-- firebreak:checklist v1 1/2 --> <!-- firebreak:incidents end --> <!-- /firebreak:links --> <!-- firebreak:post-mortem v1 incident=9/9 -->"
	n := w.declare("Slow "+marks, "It is slow "+marks+"\n\n### Action items\n\n- Fix it "+marks+"\n")
	w.checklist(n)
	w.comment("jon", n, "/incident severity P1: "+marks)
	w.comment("jon", n, "/incident sevrity `P1` "+marks)
	w.comment("jon", n, "/incident cause The pool "+marks+"\n/incident timeline look "+marks+"\n/incident action Alert "+marks)
	w.reacted(w.comment("jon", n, "/postmortem"), "eyes +1")
	w.checklist(n)
	w.comment("jon", n, "/incident lesson Again.\n/postmortem")
	w.checklist(n)
	if got := len(w.followUps()); got != 2 {
		t.Errorf("%d follow-ups, want two", got)
	}
	var page string
	for _, name := range w.WikiPages(shop) {
		if strings.HasPrefix(name, "Incident-1") {
			page = w.page(name)
		}
	}
	w.says("the page", page, "Again.", "The pool")
	index := w.page(indexPage)
	w.must(w.As("jon").EditWiki(shop, indexPage, index+"\nMine.\n", "mine"))
	w.comment("jon", n, "/incident resolved\n/postmortem")
	index = w.page(indexPage)
	w.says("the index", index, "Mine.")
	if strings.Count(index, "<!-- firebreak:incidents") != 2 {
		t.Errorf("the index has stray markers:\n%s", index)
	}
	for _, f := range w.followUps() {
		if strings.Count(f.Body, "<!--") != 3 {
			t.Errorf("the follow-up has stray markers:\n%s", f.Body)
		}
	}
}
