package main

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// wiki switches the wiki off and on.
func (w *world) wiki(on bool) {
	w.t.Helper()
	w.must(w.ChangeRepo(shop, func(o *sandbox.RepoOptions) { o.WikiDisabled = !on }))
}

// editStandIn replaces words of a comment in the page's place as jon.
func (w *world) editStandIn(c sandbox.Comment, was, is string) {
	w.t.Helper()
	if !strings.Contains(c.Body, was) {
		w.t.Fatalf("the comment does not say %q:\n%s", was, c.Body)
	}
	w.must(w.As("jon").EditComment(shop, c.ID, strings.Replace(c.Body, was, is, 1)))
	w.settle()
}

// TestWordsInTheCommentWhileTheWikiWasAway: what people write in the comment comes
// into the page that is there, or stays in the comment where the page says
// something else.
func TestWordsInTheCommentWhileTheWikiWasAway(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.published()
	w.editPage("maya", firstPage, "## Root cause\n", "## Root cause\nThe pool held ten connections.\n")
	w.wiki(false)
	w.comment("jon", n, "/incident lesson Watch the pool.\n/postmortem")
	first := w.standIn(n)
	w.editStandIn(first, "## Root cause\n", "## Root cause\nNobody had watched it.\n")
	w.editStandIn(w.standIn(n), "## Impact\n", "## Impact\nAbove all in Norway; ask jane.doe@example.com.\n")
	w.editStandIn(w.standIn(n), "## Action items", "## What customers said\n\nThey were patient.\n\n## Action items")

	w.wiki(true)
	w.reacted(w.comment("jon", n, "/postmortem"), "eyes +1")
	page := w.page(firstPage)
	w.says("the page", page, "The pool held ten connections.", "Above all in Norway", "One checkout in three failed.",
		"## What customers said\n\nThey were patient.\n\n## Action items", "Watch the pool.")
	w.saysNot("the page", page, "Nobody had watched it.", "kept in this comment", "jane.doe@example.com", "post-mortem-comment")
	kept, _ := w.Comment(first.ID)
	w.says("the comment", kept.Body, "/wiki/"+firstPage, "here: Root cause.", "Nobody had watched it.")
	w.saysNot("the comment", kept.Body, "## Timeline", "Norway", "firebreak:post-mortem v1")
	before := w.commits()
	w.comment("jon", n, "/postmortem")
	if w.commits() != before || w.page(firstPage) != page {
		t.Error("publishing again changed the page")
	}

	t.Run("and the wiki goes away again", func(t *testing.T) {
		w.wiki(false)
		w.comment("jon", n, "/postmortem")
		all := w.standIns(n)
		if len(all) != 2 || all[0].Body != kept.Body {
			t.Fatalf("%d comments; what people wrote is\n%s\nand was\n%s", len(all), all[0].Body, kept.Body)
		}
		w.says("the comment", all[1].Body, "switched off", "## Timeline")
		w.wiki(true)
		w.comment("jon", n, "/postmortem")
		w.editStandIn(w.standIns(n)[1], "The post-mortem", "Mind its second part. The post-mortem")
		w.wiki(false)
		w.comment("jon", n, "/postmortem")
		if all := w.standIns(n); len(all) != 3 || !strings.Contains(all[1].Body, "Mind its second part.") {
			t.Errorf("%d comments, and jon's words may be gone:\n%s", len(all), all[1].Body)
		}
	})
}
