package effects

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/internal/wiki"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

const secondPage = "Incident-3-search-hangs"

// second is another incident of the same repository, published too.
func (s *shelved) second() *shelved {
	s.t.Helper()
	number, err := s.As("jon").OpenIssue(shop, "Search hangs", "Slow.", "incident")
	s.must(err)
	issue, _ := s.Issue(shop, number)
	key := workflow.Key{Repository: s.key.Repository, Issue: issue.ID}
	f := &fixture{Sandbox: s.Sandbox, t: s.t, effects: s.effects, key: key, wikis: s.wikis}
	o := &shelved{fixture: f, comment: 1000}
	place := s.incident().Place
	place.Number, place.URL = number, fmt.Sprintf("%s/acme/shop/issues/%d", s.WebURL(), number)
	jon := workflow.Person{ID: 2, Login: "jon"}
	meta := workflow.Meta{At: issue.CreatedAt, By: jon, Issue: &workflow.Snapshot{
		Place: place, Title: issue.Title, Author: jon, Created: issue.CreatedAt, Labels: issue.Labels,
	}}
	cmds := command.Parse("/postmortem", command.Options{Now: issue.CreatedAt})
	for _, ev := range []workflow.Event{workflow.Declared{Trusted: true}, workflow.Commanded{Comment: 9, Commands: cmds, Permission: command.Write}} {
		o.must(o.effects.Store.Record(o.t.Context(), "", store.Step{Key: o.key, Meta: meta, Event: ev}))
	}
	o.publish()
	return o
}

// The index links no page that is not there, of whatever incident, and finds one
// that was renamed and has not been published since.
func TestTheIndexLinksNothingThatIsNotThere(t *testing.T) {
	t.Parallel()
	s := published(t)
	s.second()
	index := func() string {
		s.says("/postmortem")
		s.publish()
		return s.page(IndexPage)
	}
	tells(t, "the index", index(), "/wiki/"+fixturePage, "/wiki/"+secondPage)
	s.commits(nil, "R "+secondPage+".md Slow-search.md")
	now := index()
	tells(t, "the index", now, "/wiki/Slow-search)")
	lacks(t, "the index", now, "/wiki/"+secondPage)
	s.must(s.As("jon").DeleteWikiPage(shop, "Slow-search"))
	now = index()
	tells(t, "the index", now, "Search hangs", "no post-mortem yet")
	lacks(t, "the index", now, "/wiki/"+secondPage, "/wiki/Slow-search")
}

// Two incidents are published at once, again and again: both pages have all, and
// so has the index, which both write.
func TestTwoIncidentsArePublishedAtOnce(t *testing.T) {
	t.Parallel()
	const rounds = 6
	s := published(t)
	both := []*shelved{s, s.second()}
	client := wiki.New(wiki.WithAttempts(4*rounds), wiki.WithBackoff(func(int) time.Duration { return 0 }))
	t.Cleanup(client.Close)
	s.effects.Wiki = client
	for round := range rounds {
		var publishers sync.WaitGroup
		for _, o := range both {
			o.says(fmt.Sprintf("/incident action item %d of %d\n/incident lesson Lesson %d of %d.\n/postmortem", round, o.incident().Place.Number, round, o.incident().Place.Number))
			publishers.Go(func() {
				job := &river.Job[args]{JobRow: &rivertype.JobRow{Attempt: 1, MaxAttempts: 12, CreatedAt: time.Now()}, Args: args{workflow.Effect{Kind: workflow.EffectPublish, Key: o.key}}}
				if err := (&worker{effects: o.effects}).Work(t.Context(), job); err != nil {
					t.Error(err)
				}
			})
		}
		publishers.Wait()
	}
	for number, page := range map[int]string{1: fixturePage, 3: secondPage} {
		for round := range rounds {
			tells(t, page, s.page(page), fmt.Sprintf("Lesson %d of %d.", round, number), fmt.Sprintf("item %d of %d", round, number))
		}
	}
	// The one that came last listed the other as it was then, its follow-ups too.
	tells(t, "the index", s.page(IndexPage), "/wiki/"+fixturePage, "/wiki/"+secondPage, fmt.Sprintf("%d of %d open", rounds+1, rounds+1), fmt.Sprintf("%d of %d open", rounds, rounds))
	if got := strings.Count(s.gitSays("log", "--format=%s", "master"), "post-mortem updated"); got != 2*rounds {
		t.Errorf("%d commits, want %d", got, 2*rounds)
	}
}

// A wiki that its server cannot send in part and that is too large to be sent
// whole: the document is kept in a comment, and the answer says what to do.
func TestAWikiOverItsLimits(t *testing.T) {
	t.Parallel()
	s := newShelved(t, quietGate)
	client := wiki.New(wiki.WithMaxBytes(100))
	t.Cleanup(client.Close)
	s.effects.Wiki = client
	s.publish()
	p := s.incident().Postmortem
	if p.Store != workflow.StoreIssue || p.CommentID == 0 || p.RetryAt.IsZero() {
		t.Errorf("it is %+v", p)
	}
	kept, _ := s.Comment(p.CommentID)
	tells(t, "the comment", kept.Body, "## Timeline", "over its limits", "Take large files out of the wiki")
	tells(t, "the reply", s.replied(), "over its limits", "Take large files out of the wiki")
	s.effects.Wiki = wiki.New()
	s.refresh()
	tells(t, "the page", s.page(fixturePage), "## Timeline")
}
