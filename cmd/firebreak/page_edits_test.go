package main

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// published opens an incident and publishes its post-mortem.
func (w *world) published() int {
	w.t.Helper()
	n := w.declared()
	w.comment("jon", n, "/incident cause The pool was too small.\n/incident impact One checkout in three failed.\n/incident action Fix the pool @jon due 2026-12-07")
	w.comment("jon", n, "/postmortem")
	return n
}

func TestEditsInTheWikiStay(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		edit  func(w *world)
		says  []string
		not   []string
		reply []string
	}{
		"a section reworded": {
			edit: func(w *world) {
				w.editPage("jon", firstPage, "## Root cause\n", "## Root cause\nThe pool held ten connections.\n")
			},
			says:  []string{"The pool held ten connections.\n\n1. The pool was too small.\n2. The year was a constant.", "Rollback took four minutes."},
			reply: []string{"kept, and all else brought up to date: Root cause"},
		},
		"a section deleted": {
			edit: func(w *world) {
				text := w.page(firstPage)
				from, to := strings.Index(text, "## Impact"), strings.Index(text, "## Action items")
				w.must(w.As("jon").EditWiki(shop, firstPage, text[:from]+text[to:], "no impact"))
			},
			says:  []string{"Rollback took four minutes."},
			not:   []string{"## Impact", "- One checkout in three failed."},
			reply: []string{"left out: Impact"},
		},
		"a section added": {
			edit: func(w *world) {
				w.editPage("jon", firstPage, "## Action items", "## What customers said\n\nThey were patient.\n\n## Action items")
			},
			says: []string{"## What customers said\n\nThey were patient.\n\n## Action items", "Rollback took four minutes."},
		},
		"a heading renamed": {
			edit: func(w *world) {
				w.editPage("jon", firstPage, "## Lessons learned", "## What we learned")
			},
			says: []string{"## What we learned", "Rollback took four minutes."},
			not:  []string{"## Lessons learned"},
		},
		"CRLF and blank lines": {
			edit: func(w *world) {
				w.must(w.As("jon").EditWiki(shop, firstPage, strings.ReplaceAll(w.page(firstPage), "\n", "\r\n")+"\r\n\r\n", "windows"))
			},
			says: []string{"Rollback took four minutes."},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, withWiki)
			n := w.published()
			tc.edit(w)
			w.settle()
			w.comment("jon", n, "/incident lesson Rollback took four minutes.\n/incident cause The year was a constant.")
			w.reacted(w.comment("jon", n, "/postmortem"), "eyes +1")
			page := w.page(firstPage)
			w.says("the page", page, tc.says...)
			w.saysNot("the page", page, tc.not...)
			w.says("the reply", w.lastReply(n), tc.reply...)
			if len(tc.reply) == 0 {
				w.saysNot("the reply", w.lastReply(n), "people")
			}
			before := w.commits()
			w.comment("jon", n, "/postmortem")
			if w.commits() != before || w.page(firstPage) != page {
				t.Errorf("publishing again changed the page")
			}
		})
	}
}

func TestPublishingAgainChangesNothing(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.published()
	w.must(w.As("jon").EditWiki(shop, "Runbook", "Ring the bell.", "made"))
	w.settle()
	log := len(w.WikiLog(shop))
	follow := w.followUps()
	for range 2 {
		w.reacted(w.comment("jon", n, "/postmortem"), "eyes +1")
	}
	if got := len(w.WikiLog(shop)); got != log {
		t.Errorf("%d commits, want still %d: %+v", got, log, w.WikiLog(shop)[0])
	}
	if again := w.followUps(); len(again) != len(follow) || again[0].Body != follow[0].Body {
		t.Errorf("follow-ups changed: %+v", again)
	}
	if got := w.page("Runbook"); got != "Ring the bell." {
		t.Errorf("another page changed: %q", got)
	}
}

func TestTheCommit(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	w.published()
	bot := 0
	for _, c := range w.WikiLog(shop) {
		if c.Author != w.BotLogin() {
			continue
		}
		bot++
		if !strings.HasSuffix(c.Email, "+"+w.BotLogin()+"@users.noreply.github.com") {
			t.Errorf("author %s <%s> is not the App's own address", c.Author, c.Email)
		}
		if want := []string{firstPage + ".md", indexPage + ".md"}; fmt.Sprint(c.Files) != fmt.Sprint(want) {
			t.Errorf("the commit holds %q, want %q", c.Files, want)
		}
	}
	if bot != 1 {
		t.Errorf("%d commits by the App, want one", bot)
	}
}

// Somebody pushes between Firebreak's fetch and its push.
func TestPushWhilePublishing(t *testing.T) {
	t.Parallel()
	option, git := wikiIn(t)
	w := startWorld(t, withWiki, option)
	n := w.declared()
	w.comment("jon", n, "/incident action Fix the pool @jon")
	head, raced := "", 0
	w.Inject(sandbox.Fault{Method: "POST", Path: "/acme/shop.wiki.git/git-receive-pack", Match: func(sandbox.Request) bool {
		if raced == 3 {
			return false
		}
		raced++
		head = git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", fmt.Sprint("jon was faster ", raced))
		git("update-ref", "refs/heads/master", head)
		return false
	}})
	w.reacted(w.comment("jon", n, "/postmortem"), "eyes +1")
	if raced != 3 {
		t.Fatalf("%d races, want 3", raced)
	}
	w.page(firstPage)
	if got := git("rev-parse", "master^"); got != head {
		t.Errorf("the commit is not on top of the other's: %s", git("log", "--oneline", "master"))
	}
	if w.commits() != 1 {
		t.Errorf("%d commits, want one", w.commits())
	}
}

// People edit other pages and the post-mortem all the while.
func TestEditsWhilePublishing(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	n := w.published()
	var people sync.WaitGroup
	for _, who := range []string{"maya", "jon"} {
		people.Go(func() {
			for i := range 5 {
				if err := w.As(who).EditWiki(shop, "Notes of "+who, fmt.Sprint("note ", i), fmt.Sprint(who, i)); err != nil {
					t.Errorf("edit the wiki: %v", err)
				}
			}
		})
	}
	for i := range 3 {
		_, err := w.As("sam").Comment(shop, n, fmt.Sprintf("/incident timeline look %d", i))
		w.must(err)
		_, err = w.As("jon").Comment(shop, n, "/postmortem")
		w.must(err)
	}
	people.Wait()
	w.settle()
	messages := map[string]bool{}
	for _, c := range w.WikiLog(shop) {
		messages[c.Message] = true
	}
	for i := range 5 {
		for _, who := range []string{"maya", "jon"} {
			if !messages[fmt.Sprint(who, i)] {
				t.Errorf("the edit %s%d is not in the history", who, i)
			}
		}
	}
	w.says("the page", w.page(firstPage), "look 0", "look 1", "look 2")
}

// The answer to the push got lost; so did the one before it.
func TestDroppedAnswerToThePush(t *testing.T) {
	t.Parallel()
	for name, times := range map[string]int{"once": 1, "twice": 2} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := startWorld(t, withWiki)
			n := w.declared()
			f := sandbox.DroppedAnswer("POST", "/acme/shop.wiki.git/git-receive-pack")
			f.Times = times
			hits := w.Inject(f)
			w.reacted(w.comment("jon", n, "/postmortem"), "eyes +1")
			if w.commits() != 1 || hits.Hits() == 0 {
				t.Errorf("%d commits after %d lost answers, want one", w.commits(), hits.Hits())
			}
			if got := len(w.replies(n)); got != 1 {
				t.Errorf("%d replies, want one", got)
			}
		})
	}
}

func TestAPageOfTheSameName(t *testing.T) {
	t.Parallel()
	t.Run("a person's own keeps every word", func(t *testing.T) {
		t.Parallel()
		w := startWorld(t, withWiki)
		own := "# My notes\n\nI saw it first.\n\n## Root cause\n\nIt was DNS.\n"
		w.must(w.As("jon").EditWiki(shop, "incident 1 Checkout times out", own, "notes"))
		n := w.published()
		w.says("the page", w.page(firstPage), "I saw it first.", "It was DNS.")
		w.says("the reply", w.lastReply(n), "Root cause")
		w.comment("jon", n, "/postmortem")
		w.says("the page", w.page(firstPage), "I saw it first.", "It was DNS.")
		if pages := w.WikiPages(shop); len(pages) != 3 {
			t.Errorf("pages %q, want Home, the post-mortem and the index", pages)
		}
	})
	t.Run("another incident's is left alone", func(t *testing.T) {
		t.Parallel()
		w := startWorld(t, withWiki)
		n := w.published()
		other := strings.Replace(w.page(firstPage), "incident=", "incident=1", 1)
		other = strings.Replace(other, "## Root cause", "## Another house\n\n## Root cause", 1)
		w.must(w.As("jon").EditWiki(shop, firstPage, other, "from elsewhere"))
		w.comment("jon", n, "/incident cause The year was a constant.")
		w.comment("jon", n, "/postmortem")
		if got := w.page(firstPage); got != other {
			t.Errorf("the page of another incident was changed:\n%s", got)
		}
		w.says("the comment", w.standIn(n).Body, "The year was a constant.", "another incident")
		w.must(w.As("jon").DeleteWikiPage(shop, firstPage))
		w.comment("jon", n, "/postmortem")
		w.says("the page", w.page(firstPage), "The year was a constant.")
	})
}

func TestTheIndex(t *testing.T) {
	t.Parallel()
	w := startWorld(t, withWiki)
	w.must(w.As("maya").EditWiki(shop, indexPage, "# All incidents\n\nWe learn from them.\n", "an index"))
	first := w.published()
	w.says("the index", w.page(indexPage), "We learn from them.", "Checkout times out")
	w.editPage("maya", indexPage, "We learn from them.", "We learn.")
	w.must(w.As("maya").EditWiki(shop, indexPage, w.page(indexPage)+"\nSee also [Runbook](Runbook).\n", "more"))
	second := w.declare("Search is <slow> | [x](y)", "It hangs.")
	w.comment("jon", second, "/incident severity P2\n/incident action Add an index\n/postmortem")
	index := w.page(indexPage)
	w.says("the index", index, "# All incidents", "We learn.", "See also [Runbook](Runbook).", "Checkout times out", "Search is", "1 of 1 open")
	if strings.Count(index, "firebreak:incidents v1") != 1 {
		t.Errorf("the index has its part more than once:\n%s", index)
	}
	w.must(w.As("jon").Close(shop, w.followUp("Fix the pool").Number))
	w.settle()
	w.says("the index", w.page(indexPage), "0 of 1 open", "See also [Runbook](Runbook).")
	w.says("the page", w.page(firstPage), "closed 20")
	w.must(w.As("maya").EditWiki(shop, indexPage, "Gone.", "no index"))
	w.comment("jon", first, "/postmortem")
	w.says("the index", w.page(indexPage), "Gone.", "Checkout times out", "Search is")
}

// The wiki's own branch is whatever its HEAD says.
func TestAnotherBranch(t *testing.T) {
	t.Parallel()
	option, git := wikiIn(t)
	w := startWorld(t, withWiki, option)
	git("branch", "-m", "master", "trunk")
	git("symbolic-ref", "HEAD", "refs/heads/trunk")
	n := w.declared()
	w.reacted(w.comment("jon", n, "/postmortem"), "eyes +1")
	w.says("the page", git("show", "trunk:"+firstPage+".md"), "## Timeline")
	if branches := git("branch", "--format=%(refname:short)"); branches != "trunk" {
		t.Errorf("branches %q, want trunk alone", branches)
	}
}

func TestEditsOfTheCommentInThePagesPlace(t *testing.T) {
	t.Parallel()
	w := startWorld(t, sandbox.RepoOptions{})
	n := w.declare("Checkout times out", "It is slow.")
	w.comment("jon", n, "/incident cause the pool was too small\n\n/postmortem")
	stood := w.own(n, func(b string) bool { return strings.Contains(b, "post-mortem-comment") })
	if len(stood) != 1 {
		t.Fatalf("%d comments in place of the page, want one", len(stood))
	}
	const words, address = "Nobody watched the pool.", "jane.doe@example.com"
	w.must(w.As("jon").EditComment(shop, stood[0].ID, strings.Replace(stood[0].Body, "the pool was too small", "the pool was too small. "+words+" Ask "+address, 1)))
	w.comment("jon", n, "/incident lesson watch it\n\n/postmortem")
	if c, _ := w.Comment(stood[0].ID); !strings.Contains(c.Body, words) || !strings.Contains(c.Body, "watch it") {
		t.Errorf("the comment is not both kept and brought up to date:\n%s", c.Body)
	}
	w.must(w.As("maya").InitWiki(shop))
	w.settle()
	if page, _ := w.WikiPage(shop, "Incident-1-checkout-times-out"); strings.Contains(page, address) {
		t.Errorf("an address moved to the wiki:\n%s", page)
	}
	if page, _ := w.WikiPage(shop, "Incident-1-checkout-times-out"); !strings.Contains(page, words) || !strings.Contains(page, "watch it") {
		t.Errorf("what jon wrote did not move to the wiki:\n%s", page)
	}
}
