package workflow_test

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow"
)

// wikiPage is what a publish found and left in the wiki under a name.
func wikiPage(s *story, name string) workflow.Published {
	return workflow.Published{Store: workflow.StoreWiki, URL: s.inc.Place.PageURL(name), Page: name, Commit: "c", Blob: "b", Answered: s.inc.Postmortem.Requests}
}

func TestARenamedPageTakesItsLinksAlong(t *testing.T) {
	s := withPage(t)
	s.outcome(wikiPage(s, s.inc.Postmortem.Page))
	if len(s.last.Entries)+len(s.asks(workflow.EffectPublish)) != 0 {
		t.Errorf("the name that is known is news: %+v", s.last)
	}
	s.outcome(wikiPage(s, "Cold cache"))
	p := s.inc.Postmortem
	if p.Page != "Cold cache" || p.URL != "https://github.com/acme/shop/wiki/Cold-cache" {
		t.Errorf("it is %+v", p)
	}
	s.tells("wiki/Cold-cache")
	if s.inc.Actions[0].Issue.Siblings != "" || p.StaleSince.IsZero() || len(s.asks(workflow.EffectPublish)) != 1 {
		t.Errorf("the follow-ups' links are not brought up to date: %+v", s.last.Effects)
	}
	s.outcome(wikiPage(s, "Cold cache"))
	if len(s.last.Entries) != 0 {
		t.Errorf("told again: %+v", s.last.Entries)
	}
}

func TestADeletedPageIsToldOfOnce(t *testing.T) {
	s := withPage(t)
	gone := workflow.Published{Store: workflow.StoreWiki, Missing: true}
	s.outcome(gone)
	s.tells("deleted in the wiki")
	inc := s.inc
	if inc.Postmortem.URL != "" || inc.Marks["post-mortem.published"].Ticked || inc.Postmortem.Page == "" {
		t.Errorf("it passes for published: %+v", inc.Postmortem)
	}
	s.outcome(gone)
	if len(s.last.Entries) != 0 {
		t.Errorf("told again: %+v", s.last.Entries)
	}
	s.outcome(wikiPage(s, inc.Postmortem.Page))
	if !s.inc.Marks["post-mortem.published"].Ticked || s.inc.Postmortem.URL == "" {
		t.Errorf("it does not pass for published: %+v", s.inc.Postmortem)
	}
}

// Of the wiki of where an incident is transferred to, nothing is known: no page was
// deleted there.
func TestATransferForgetsWhereThePageWas(t *testing.T) {
	s := withPage(t)
	s.outcome(wikiPage(s, s.inc.Postmortem.Page))
	s.outcome(moved)
	if p := s.inc.Postmortem; p.Store != "" || p.Commit != "" || p.Blob != "" || p.URL == "" {
		t.Errorf("it is %+v", p)
	}
}

// People may call a page anything: nothing of it is another part of a URL.
func TestPageURL(t *testing.T) {
	place := workflow.Place{URL: "https://github.com/acme/shop/issues/42"}
	for name, want := range map[string]string{
		"Incident-42-x": "Incident-42-x", "Cold cache": "Cold-cache", "Größe": "Gr%C3%B6%C3%9Fe",
		"a?b#c%d": "a%3Fb%23c%25d", "@maya (x)": "%40maya-%28x%29", "a]b<c>\"d": "a%5Db%3Cc%3E%22d",
	} {
		if got := place.PageURL(name); got != "https://github.com/acme/shop/wiki/"+want || strings.ContainsAny(got, "@()<> ") {
			t.Errorf("%q is at %s", name, got)
		}
	}
}
