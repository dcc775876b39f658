package workflow_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

var (
	there      = workflow.Key{Repository: 8, Issue: 80}
	therePlace = workflow.Place{Installation: 9, Owner: "acme", Repo: "site", Number: 3, URL: "https://github.com/acme/site/issues/3"}
	moved      = workflow.Transferred{To: there, Place: therePlace}
)

// withPage is an incident with a page in the wiki and a follow-up.
func withPage(t *testing.T) *story {
	s := declared(t, "P1")
	s.say(command.Write, "/incident action Fix the pool\n/postmortem")
	action := s.inc.Actions[0].ID
	s.outcome(workflow.FollowUpOpened{Action: action, Issue: workflow.FollowUp{
		ID: 71, Number: 43, URL: "https://github.com/acme/shop/issues/43", Siblings: "43"}})
	s.outcome(workflow.Published{Store: workflow.StoreWiki, URL: s.inc.Place.PageURL(s.inc.Postmortem.Page), Answered: s.inc.Postmortem.Requests})
	return s
}

func TestTransferred(t *testing.T) {
	s := withPage(t)
	s.tick("triage.data")
	page := s.inc.Postmortem.URL
	s.outcome(moved)
	if s.inc.Key != there || s.inc.Marker().String() != "7/70" || s.inc.Place != therePlace {
		t.Errorf("it is %s, marked %s, at %+v", s.inc.Key, s.inc.Marker(), s.inc.Place)
	}
	s.tells("moved here from acme/shop#42")
	for _, e := range s.last.Effects {
		if e.Key != there {
			t.Errorf("%s is asked for under %s", e.Kind, e.Key)
		}
	}
	if len(s.asks(workflow.EffectLabels)) != 1 || len(s.asks(workflow.EffectChecklist)) != 1 || len(s.asks(workflow.EffectPublish)) != 0 {
		t.Errorf("asked for %+v", s.last.Effects)
	}
	f := s.inc.Actions[0].Issue
	if want := (workflow.Home{Repository: 7, Owner: "acme", Repo: "shop"}); f.Home != want || !strings.Contains(f.URL, "acme/shop") {
		t.Errorf("the follow-up is in %+v", f)
	}
	if !s.inc.Marks["triage.data"].Ticked || s.inc.Severity != "P1" || s.inc.Postmortem.URL != page {
		t.Errorf("the state changed: %+v", s.inc)
	}

	// Told of twice it is the same; late news of the former place counts, its
	// address does not.
	was := s.inc.Version
	if s.outcome(moved); len(s.last.Entries)+len(s.last.Effects) != 0 || s.inc.Version != was {
		t.Errorf("the second telling did %+v", s.last)
	}
	late := workflow.Meta{Key: workflow.Key{Repository: 7, Issue: 70}, At: s.now, Now: s.now, By: jon, Issue: s.snapshot()}
	s.inc, _ = s.rules.Apply(s.inc, late, changes(true, []string{"triage.users"}))
	if s.inc.Place != therePlace || !s.inc.Marks["triage.users"].Ticked {
		t.Errorf("after late news it is at %+v, with %+v", s.inc.Place, s.inc.Marks["triage.users"])
	}

	// A change does not bring the page that was left behind up to date; the next
	// request makes one here.
	if s.outcome(workflow.Noted{What: "calm"}); len(s.asks(workflow.EffectPublish)) != 0 {
		t.Error("the page that was left behind is published")
	}
	s.outcome(workflow.Commanded{Comment: 5, Permission: command.Write, Commands: command.Parse("/postmortem", command.Options{Now: s.now})})
	if s.inc.Postmortem.Page != "Incident-3-checkout-times-out" {
		t.Errorf("the page is called %s", s.inc.Postmortem.Page)
	}

	// Back again, its follow-up is at home.
	back := workflow.Place{Installation: 9, Owner: "acme", Repo: "shop", Number: 50, URL: "https://github.com/acme/shop/issues/50"}
	s.outcome(workflow.Transferred{To: workflow.Key{Repository: 7, Issue: 90}, Place: back})
	if f := s.inc.Actions[0].Issue; f.Home != (workflow.Home{}) || s.inc.Marker().String() != "7/70" {
		t.Errorf("back again the follow-up is in %+v, marked %s", f.Home, s.inc.Marker())
	}
}

func TestTransferredWhilePublishing(t *testing.T) {
	s := declared(t, "P1")
	s.say(command.Write, "/postmortem")
	s.outcome(moved)
	if len(s.asks(workflow.EffectPublish)) != 1 || s.inc.Postmortem.Page != "Incident-3-checkout-times-out" {
		t.Errorf("asked for %+v, page %q", s.last.Effects, s.inc.Postmortem.Page)
	}
}

// News of the incident label from before the transfer does not stop what had the
// label when it went.
func TestOlderNewsOfTheLabel(t *testing.T) {
	s := declared(t, "P1")
	off := s.now
	s.now = s.now.Add(time.Hour)
	s.outcome(workflow.Transferred{To: there, Place: therePlace, Labeled: true})
	if s.at(off, workflow.Undeclared{}); !s.inc.Active {
		t.Error("it stopped")
	}
}

func TestDepartures(t *testing.T) {
	for name, tc := range map[string]struct {
		goes  workflow.Event
		tells string
		state string
	}{
		"deleted": {workflow.Deleted{}, "the issue was deleted", "deleted"},
		"moved":   {workflow.MovedAway{To: there, URL: therePlace.URL}, "moved to " + therePlace.URL, "moved"},
	} {
		t.Run(name, func(t *testing.T) {
			s := withPage(t)
			if asked := s.outcome(tc.goes); len(asked) != 0 {
				t.Errorf("asked for %q", asked)
			}
			s.tells(tc.tells)
			if row := s.rules.IndexRow(s.inc); row.State != tc.state || !s.inc.Listed() {
				t.Errorf("listed %t as %+v", s.inc.Listed(), row)
			}
			before := len(s.entries)
			s.outcome(tc.goes)
			s.labels = []string{"incident", "P0"}
			s.apply(workflow.Declared{Trusted: true})
			s.apply(workflow.Labeled{Label: "P0", Trusted: true})
			if !s.inc.Departed() || s.inc.Severity != "P0" || len(s.last.Effects) != 0 || len(s.entries) != before+1 {
				t.Errorf("late news made it %+v, %q, with %+v", s.inc.Departure, s.inc.Severity, s.last)
			}
			meta := workflow.Meta{Key: there, At: s.now, Now: s.now, Issue: &workflow.Snapshot{Place: therePlace, Labels: []string{"incident"}, Title: "Checkout times out"}}
			s.inc, s.last = s.rules.Apply(s.inc, meta, workflow.Declared{})
			if met := tc.state == "moved"; s.inc.Departed() == met || (s.inc.Key == there) != met {
				t.Errorf("met there it is %s, %+v", s.inc.Key, s.inc.Departure)
			}
		})
	}
	s := declared(t)
	s.outcome(workflow.Deleted{})
	if s.inc.Listed() {
		t.Error("without a post-mortem it is listed")
	}
}

// Addresses below the repository follow it, and what shows them.
func TestMovedWithAPage(t *testing.T) {
	s := withPage(t)
	to := s.inc.Place
	to.Owner, to.Repo = "globex", "store"
	s.outcome(workflow.Moved{To: to})
	if got := []string{s.inc.Postmortem.URL, s.inc.Actions[0].Issue.URL}; !slices.Equal(got, []string{
		"https://github.com/globex/store/wiki/Incident-42-checkout-times-out", "https://github.com/globex/store/issues/43"}) {
		t.Errorf("addresses %q", got)
	}
	if len(s.asks(workflow.EffectPublish)) != 1 {
		t.Errorf("asked for %+v", s.last.Effects)
	}
}

// What was heard of an issue under its new key before the news that it moved is
// added; the newer of two facts counts.
func TestAbsorb(t *testing.T) {
	s := declared(t, "P1")
	s.tick("triage.data")
	other := declared(t, "P2")
	other.inc.Key, other.now = there, s.now.Add(time.Hour)
	other.say(command.Write, "/incident severity P0\n/incident cause The pool.\n/incident action Fix it")
	other.tick("triage.users")
	got := s.inc.Absorb(other.inc)
	if got.Key != s.inc.Key || got.Severity != "P0" || !got.Marks["triage.data"].Ticked || !got.Marks["triage.users"].Ticked ||
		len(got.Actions) != 1 || len(got.Causes) != 1 || len(got.Seen) != 1 {
		t.Errorf("together they are %+v", got)
	}
	if s.inc.Severity != "P1" || s.inc.Marks["triage.users"].Ticked {
		t.Error("the incident itself was changed")
	}
}
