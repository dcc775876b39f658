package effects

import (
	"fmt"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow"
)

const cold = "Cold-cache-(2026)"

// People rename the page in the wiki, in whatever way: it stays one page, and
// what leads to it follows.
func TestARenamedPageIsFollowed(t *testing.T) {
	t.Parallel()
	const words = "## Afterthoughts\n\nIt was DNS.\n"
	for name, rename := range map[string]func(s *shelved) (now string){
		"renamed": func(s *shelved) string {
			s.commits(nil, "R "+fixturePage+".md "+cold+".md")
			return cold
		},
		"renamed and edited at once": func(s *shelved) string {
			s.commits(map[string]string{fixturePage + ".md": "", cold + ".md": s.page(fixturePage) + "\n" + words})
			return cold
		},
		"renamed and edited by and by": func(s *shelved) string {
			s.must(s.As("jon").EditWiki(shop, fixturePage, s.page(fixturePage)+"\n"+words, "edited"))
			s.must(s.As("jon").EditWiki(shop, cold, s.page(fixturePage), "new"))
			s.must(s.As("jon").DeleteWikiPage(shop, fixturePage))
			s.must(s.As("jon").EditWiki(shop, "Runbook", "Ring the bell.", "made"))
			return cold
		},
		"renamed, a stub left in its place": func(s *shelved) string {
			s.commits(map[string]string{fixturePage + ".md": "See the other page.\n"}, "R "+fixturePage+".md "+cold+".md")
			return cold
		},
		"moved into a folder": func(s *shelved) string {
			s.commits(nil, "R "+fixturePage+".md 2026/"+fixturePage+".md")
			return fixturePage
		},
		"moved into a folder, renamed and edited": func(s *shelved) string {
			s.commits(map[string]string{fixturePage + ".md": "", "2026/11/" + cold + ".md": s.page(fixturePage) + "\n" + words})
			return cold
		},
		"renamed, and a copy made": func(s *shelved) string {
			s.commits(map[string]string{"A-copy.md": s.page(fixturePage) + "\n" + words}, "R "+fixturePage+".md "+cold+".md")
			return cold
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := published(t)
			now := rename(s)
			s.says("/incident lesson Watch the pool.\n/postmortem")
			before := s.WikiPages(shop)
			s.publish()
			if after := s.WikiPages(shop); strings.Join(after, " ") != strings.Join(before, " ") {
				t.Errorf("pages %q, were %q", after, before)
			}
			tells(t, "the page", s.page(now), "Watch the pool.")
			url := s.WebURL() + "/acme/shop/wiki/" + strings.NewReplacer("(", "%28", ")", "%29").Replace(now)
			p := s.incident().Postmortem
			if p.Page != now || p.URL != url {
				t.Errorf("known as %q at %s, want %q at %s", p.Page, p.URL, now, url)
			}
			tells(t, "the index", s.page(IndexPage), url)
			s.refresh()
			tells(t, "the follow-up", s.followUp(), "[Post-mortem]("+url+")")
			if now != fixturePage {
				tells(t, "the reply", s.replied(), url, "renamed in the wiki")
				lacks(t, "the index", s.page(IndexPage), fixturePage)
				lacks(t, "the follow-up", s.followUp(), fixturePage)
			}
			log := len(s.WikiLog(shop))
			s.says("/postmortem")
			s.refresh()
			if got := len(s.WikiLog(shop)); got != log {
				t.Errorf("publishing again made %d commits", got-log)
			}
			lacks(t, "the second reply", s.replied(), "renamed")
		})
	}
}

// followUp is the text of the one follow-up.
func (s *shelved) followUp() string {
	s.t.Helper()
	for _, i := range s.Issues(shop) {
		if strings.Contains(i.Body, linksStart) {
			return i.Body
		}
	}
	s.t.Fatal("no follow-up")
	return ""
}

// While the original is there, a copy is a page like any other.
func TestACopyIsNotThePage(t *testing.T) {
	t.Parallel()
	s := published(t)
	copied := s.page(fixturePage) + "\nA template for the next one.\n"
	s.commits(map[string]string{"Aa-copy.md": copied, "2026/Incident-1.md": copied})
	s.says("/incident lesson Watch the pool.\n/postmortem")
	s.publish()
	tells(t, "the page", s.page(fixturePage), "Watch the pool.")
	if s.page("Aa-copy") != copied || s.page("Incident-1") != copied {
		t.Error("a copy was written")
	}
}

// What takes the name that the page had is somebody else's.
func TestTheNameAPageHadIsFree(t *testing.T) {
	t.Parallel()
	s := published(t)
	s.commits(nil, "R "+fixturePage+".md "+cold+".md")
	s.says("/postmortem")
	s.publish()
	s.commits(map[string]string{fixturePage + ".md": "Another thing.\n"})
	s.says("/incident lesson Watch the pool.\n/postmortem")
	s.publish()
	tells(t, "the page", s.page(cold), "Watch the pool.")
	if got := s.page(fixturePage); got != "Another thing.\n" {
		t.Errorf("the page of the old name says %q", got)
	}
}

// A name that must not be repeated is not, and people are told.
func TestAnUnspeakableName(t *testing.T) {
	t.Parallel()
	s := newShelved(t, wordGate{})
	s.publish()
	s.commits(nil, "R "+fixturePage+".md the-hunter2.md")
	s.says("/postmortem")
	s.publish()
	p := s.incident().Postmortem
	if p.Page != fixturePage || p.Store != workflow.StoreIssue || strings.Contains(s.replied(), "hunter2") {
		t.Errorf("%+v was told:\n%s", p, s.replied())
	}
	tells(t, "the reply", s.replied(), "Give the page another name")
	s.commits(nil, "R the-hunter2.md "+cold+".md")
	s.refresh()
	if p := s.incident().Postmortem; p.Page != cold || p.Store != workflow.StoreWiki {
		t.Errorf("under another name it is %+v", p)
	}
}

// What people made of the page that cannot be brought up to date stays as it is;
// the document is kept in a comment meanwhile, and they are told.
func TestAPageThatCannotBeBroughtUpToDate(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		spoil, mend func(s *shelved, text string)
		told        string
	}{
		"in another markup": {
			func(s *shelved, _ string) { s.commits(nil, "R "+fixturePage+".md "+fixturePage+".asciidoc") },
			func(s *shelved, _ string) { s.commits(nil, "R "+fixturePage+".asciidoc "+fixturePage+".md") },
			"not in Markdown",
		},
		"in another markup and renamed": {
			func(s *shelved, _ string) { s.commits(nil, "R "+fixturePage+".md Cold.rst") },
			func(s *shelved, _ string) { s.commits(nil, "R Cold.rst "+fixturePage+".md") },
			"not in Markdown",
		},
		"too large": {
			func(s *shelved, text string) {
				s.commits(map[string]string{fixturePage + ".md": text + strings.Repeat("x\n", maxText)})
			},
			func(s *shelved, text string) { s.commits(map[string]string{fixturePage + ".md": text}) },
			"more than 1 MiB",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := published(t)
			text := s.page(fixturePage)
			tc.spoil(s, text)
			tree := s.gitSays("rev-parse", "master^{tree}")
			s.says("/incident lesson Watch the pool.\n/postmortem")
			s.publish()
			tells(t, "the reply", s.replied(), tc.told)
			if kept, _ := s.Comment(s.incident().Postmortem.CommentID); !strings.Contains(kept.Body, "Watch the pool.") {
				t.Errorf("the comment says\n%s", kept.Body)
			}
			if s.gitSays("rev-parse", "master^{tree}") != tree {
				t.Error("the wiki was changed")
			}
			tc.mend(s, text)
			s.refresh()
			s.pagesAre(fixturePage)
			tells(t, "the page", s.page(fixturePage), "Watch the pool.")
		})
	}
}

// A page that people deleted stays away until somebody asks for it.
func TestADeletedPageStaysAway(t *testing.T) {
	t.Parallel()
	s := published(t)
	s.must(s.As("jon").DeleteWikiPage(shop, fixturePage))
	s.says("/incident lesson Watch the pool.")
	for _, closed := range []bool{true, false} {
		s.turns(closed)
		s.refresh()
		s.pagesAre()
		lacks(t, "the index", s.page(IndexPage), "/wiki/"+fixturePage)
		tells(t, "the index", s.page(IndexPage), "no post-mortem yet")
		inc := s.incident()
		if inc.Postmortem.URL != "" || s.effects.Rules.Ticked(inc, "post-mortem.published") {
			t.Errorf("it passes for published: %+v", inc.Postmortem)
		}
		if notes := s.effects.Rules.View(inc, nil, s.effects.Clock(), "").Notes; len(notes) != 1 || !strings.Contains(notes[0], "deleted") {
			t.Errorf("the checklist notes %q", notes)
		}
	}
	s.says("/postmortem")
	s.publish()
	s.pagesAre(fixturePage)
	tells(t, "the page", s.page(fixturePage), "Watch the pool.")
	tells(t, "the index", s.page(IndexPage), "/wiki/"+fixturePage)
	tells(t, "the reply", s.replied(), "had been deleted in the wiki; it was written again")
	if inc := s.incident(); inc.Postmortem.Missing || !s.effects.Rules.Ticked(inc, "post-mortem.published") {
		t.Errorf("it does not pass for published: %+v", inc.Postmortem)
	}
}

// One that comes back by a person's hand, under whatever name, is kept up to date.
func TestADeletedPageThatComesBack(t *testing.T) {
	t.Parallel()
	s := published(t)
	text := s.page(fixturePage)
	s.must(s.As("jon").DeleteWikiPage(shop, fixturePage))
	s.turns(true)
	s.refresh()
	s.commits(map[string]string{cold + ".md": text + "\n## Restored\n"})
	s.turns(false)
	s.says("/incident lesson Watch the pool.")
	s.refresh()
	s.pagesAre(cold)
	tells(t, "the page", s.page(cold), "## Restored", "Watch the pool.")
	if p := s.incident().Postmortem; p.Missing || p.Page != cold {
		t.Errorf("it is %+v", p)
	}
}

// A page of the name that people made before keeps every word, and they are told.
func TestAPageOfTheNameIsJoined(t *testing.T) {
	t.Parallel()
	for _, file := range []string{fixturePage + ".md", "incident 1 CHECKOUT times out.markdown", "notes/" + fixturePage + ".md"} {
		s := newShelved(t, quietGate)
		s.commits(map[string]string{file: "# My notes\n\nI saw it first.\n\n## Root cause\n\nIt was DNS.\n"})
		s.publish()
		if pages := s.WikiPages(shop); len(pages) != 3 {
			t.Errorf("%s: pages %q", file, pages)
		}
		tells(t, file, s.page(fixturePage), "I saw it first.", "It was DNS.", "## Timeline")
		tells(t, "the reply", s.replied(), "A page of that name was there before", "brought up to date: Root cause")
		s.says("/postmortem")
		s.publish()
		lacks(t, "the second reply", s.replied(), "was there before")
	}
}

// A wiki that is nearly full is told of once.
func TestACrowdedWikiIsToldOfOnce(t *testing.T) {
	t.Parallel()
	s := newShelved(t, quietGate)
	s.commits(map[string]string{"hi.md": "hi\n"})
	var lines []string
	for i := range workflow.WikiFiles * 9 / 10 {
		lines = append(lines, fmt.Sprintf("M 100644 45b983be36b73c0788dc9cbcb76cbb80fc7bb057 uploads/%d.png", i))
	}
	s.commits(nil, lines...)
	s.publish()
	tells(t, "the reply", s.replied(), "files. GitHub's wikis are made for 5000")
	s.says("/incident lesson Watch it.\n/postmortem")
	s.publish()
	lacks(t, "the second reply", s.replied(), "files")
}
