package effects

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// commitsSay returns what the App's own commits say, the newest first, without
// their last line, which leads to the incident.
func (s *shelved) commitsSay() []string {
	s.t.Helper()
	var out []string
	for _, c := range s.WikiLog(shop) {
		if c.Author != s.BotLogin() {
			continue
		}
		text, from, found := strings.Cut(c.Message, "\n\nFrom ")
		if !found || from != s.WebURL()+"/acme/shop/issues/1" {
			s.t.Errorf("the commit says %q", c.Message)
		}
		out = append(out, text)
	}
	return out
}

func TestCommitsSayWhatChanged(t *testing.T) {
	t.Parallel()
	s := published(t)
	s.says("/incident timeline rolled back\n/incident lesson Watch the pool.\n/postmortem")
	s.publish()
	s.turns(true)
	s.refresh()
	s.must(s.As("jon").DeleteWikiPage(shop, fixturePage))
	s.turns(false)
	s.refresh()
	s.says("/postmortem")
	s.publish()
	want := []string{
		"Incident #1: post-mortem written again",
		"Incident #1: index brought up to date",
		"Incident #1: follow-ups updated (#2 closed)\n\n- Facts: 1 row changed\n- Action items: 1 row changed",
		"Incident #1: post-mortem updated\n\n- Timeline: 1 row added\n- Lessons learned: 1 item added",
		"Incident #1: post-mortem published",
	}
	if diff := cmp.Diff(want, s.commitsSay()); diff != "" {
		t.Error(diff)
	}
}

// A heading of people's in the message notifies nobody and is no trailer.
func TestCommitsOfHostileHeadings(t *testing.T) {
	t.Parallel()
	s := newShelved(t, wordGate{})
	s.publish()
	text := s.page(fixturePage)
	text = strings.Replace(text, "## Lessons learned", "## Co-authored-by: @ada hunter2 <ada@example.com>", 1)
	s.must(s.As("jon").EditWiki(shop, fixturePage, text, "renamed"))
	s.says("/incident lesson Watch the pool.\n/postmortem")
	s.publish()
	want := "Incident #1: post-mortem updated\n\n- Co-authored-by: ada [redacted: password] <adaexample.com>: 1 item added"
	if got := s.commitsSay()[0]; got != want {
		t.Errorf("the commit says\n%s\nwant\n%s", got, want)
	}
	if got := s.gitSays("log", "-1", "--format=%(trailers)", "master"); got != "" {
		t.Errorf("trailers %q", got)
	}
}

// What shows in the index alone is one commit, and says so.
func TestTheIndexAloneIsOneCommit(t *testing.T) {
	t.Parallel()
	s := published(t)
	before := len(s.commitsSay())
	s.must(s.As("jon").EditWiki(shop, IndexPage, "Gone.", "no index"))
	s.says("/postmortem")
	s.publish()
	s.says("/postmortem")
	s.publish()
	if got := s.commitsSay(); len(got) != before+1 || got[0] != "Incident #1: index brought up to date" {
		t.Errorf("commits for the index: %q", got)
	}
}
