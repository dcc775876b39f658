package main

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// row is the line of the page's table that says a text.
func (w *world) row(page, text string) string {
	for line := range strings.Lines(w.page(page)) {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}

// addRow adds a line below the last row of the page's action items.
func (w *world) addRow(who, page, line string) {
	w.t.Helper()
	last := w.row(page, "Fix the pool")
	w.editPage(who, page, last, last+line+"\n")
}

// What people add to the page's action items gets its follow-up, if they have
// write permission, and nothing that Firebreak writes into the wiki leads to more.
func TestActionItemsAddedInTheWiki(t *testing.T) {
	t.Parallel()
	w := startWorld(t, sandbox.RepoOptions{WikiInitialised: true, WikiOpen: true}, func(o *sandbox.Options) { o.GollumOnPush = true })
	n := w.published()
	w.opened("Fix the pool")
	commits := w.commits()

	w.addRow("jon", firstPage, "| process | Drill it with ops@"+"acme.example | @maya | P3 | 2026-12-24 | | |")
	w.opened("Fix the pool", "Drill it with [redacted: e-mail]")
	f := w.followUp("Drill it with [redacted: e-mail]")
	w.says("the follow-up", f.Body, "process", "2026-12-24", "action=w1", "/wiki/"+firstPage)
	if !f.Has("P3") || len(f.Assignees) != 1 || f.Assignees[0] != "maya" || f.Parent != n {
		t.Errorf("the follow-up is %+v", f)
	}
	w.says("the index", w.page(indexPage), "2 of 2 open")
	// The person's row is the item's one row, with its issue and state.
	w.says("the row", w.row(firstPage, "Drill it"), "| Drill it with ops@"+"acme.example | @maya | P3 | 2026-12-24 | [#", "| open |")
	if got := strings.Count(w.page(firstPage), "| Drill it"); got != 1 {
		t.Errorf("%d rows of one item:\n%s", got, w.page(firstPage))
	}

	if got := w.commits() - commits; got != 1 {
		t.Errorf("%d commits after one edit, want one", got)
	}
	w.editPage("jon", firstPage, "## Lessons learned\n", "## Lessons learned\n\nWatch it.\n")
	w.comment("jon", n, "/postmortem")
	if got := w.commits() - commits; got != 1 {
		t.Errorf("%d commits more after an edit that leaves nothing to do", got-1)
	}
	w.opened("Fix the pool", "Drill it with [redacted: e-mail]")

	w.must(w.As("maya").Close(shop, f.Number))
	w.settle()
	w.says("the row", w.row(firstPage, "Drill it"), "| closed 20")

	// Somebody without write permission adds a row; a maintainer corrects a word
	// elsewhere, then the row itself, and takes back that it was deleted.
	w.addRow("stranger", firstPage, "| process | Pay me ten thousand euro | @stranger | P0 | | | |")
	with := w.page(firstPage)
	w.editPage("jon", firstPage, "Pay me ten", "Pay eve ten")
	w.must(w.As("stranger").EditWiki(shop, firstPage, "Gone.", "vandalism"))
	w.settle()
	w.must(w.As("jon").EditWiki(shop, firstPage, with, "back"))
	w.settle()
	w.opened("Fix the pool", "Drill it with [redacted: e-mail]")
	w.says("the checklist", w.checklist(n).Body, "It was there before and had been taken out")

	// A page that is renamed while an item is added to it is the incident's still.
	text := w.page(firstPage)
	last := w.row(firstPage, "Fix the pool")
	w.must(w.As("jon").RenameWikiPage(shop, firstPage, "Postmortem of the slow checkout", strings.Replace(text, last, last+"| | Watch the pool | | | | | |\n", 1)))
	w.settle()
	w.opened("Fix the pool", "Drill it with [redacted: e-mail]", "Watch the pool")
}
