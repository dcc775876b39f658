package workflow_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

func occasion(s *story) workflow.Occasion {
	why, _ := s.inc.GatherFor()
	return why
}

func TestEvidenceIsGatheredOncePerRequest(t *testing.T) {
	s := declared(t)
	wants := func(when string, want bool) {
		t.Helper()
		if _, is := s.inc.GatherFor(); is != want {
			t.Errorf("%s evidence is to be gathered: %t, want %t", when, is, want)
		}
	}
	wants("before anybody asked", false)
	s.say(command.Write, "/postmortem")
	wants("when somebody asked", true)
	first := workflow.Gathered{For: occasion(s), Pulls: true, PullRequests: []workflow.PullRequest{{ID: 1, Number: 9}}, Deployed: true}
	s.apply(first)
	s.apply(first)
	if got := len(s.inc.Evidence.PullRequests); got != 1 {
		t.Errorf("told twice, it has %d pull requests", got)
	}
	wants("once it was gathered", false)
	s.apply(published(s))
	s.apply(workflow.Edited{})
	wants("to bring the page up to date", false)
	s.at(s.inc.Postmortem.AskedAt, workflow.Commanded{Comment: 7, Commands: command.Parse("/postmortem", command.Options{}), Permission: command.Write})
	wants("when somebody asks in the same second", true)
	again := first
	again.For = occasion(s)
	s.apply(again)
	s.apply(workflow.Closed{})
	wants("when it is closed", true)
	s.apply(workflow.Gathered{For: occasion(s), Deployed: true, Deployments: []workflow.Deployment{{ID: 5}}})
	if is := s.inc.Evidence; len(is.PullRequests) != 1 || len(is.Deployments) != 1 {
		t.Errorf("what could not be read did not stay: %+v", is)
	}
	s.apply(first)
	if len(s.inc.Evidence.Deployments) != 1 {
		t.Error("older news replaced newer")
	}
	t.Run("of a transferred incident again, and nothing of the old repository stays", func(t *testing.T) {
		s.apply(workflow.Transferred{To: workflow.Key{Repository: 8, Issue: 80}})
		if diff := cmp.Diff(workflow.Evidence{}, s.inc.Evidence); diff != "" {
			t.Error(diff)
		}
		wants("in its new repository", true)
	})
}

func TestAMissingPermissionIsToldOnce(t *testing.T) {
	s := publishing(t)
	s.apply(workflow.Gathered{For: occasion(s), Ungranted: true})
	if got := strings.Join(s.inc.Untold(), " "); !strings.Contains(got, "Deployments: read") {
		t.Errorf("told is %q", got)
	}
	s.apply(published(s))
	s.say(command.Write, "/postmortem")
	s.apply(workflow.Gathered{For: occasion(s), Ungranted: true})
	if got := s.inc.Untold(); got != nil {
		t.Errorf("told again: %q", got)
	}
}

func TestWindowOfDeployments(t *testing.T) {
	at := func(hours int) time.Time { return noon.Add(time.Duration(hours) * time.Hour) }
	for name, tc := range map[string]struct {
		times    workflow.Times
		from, to time.Time
	}{
		"nothing known":          {workflow.Times{}, at(-24), at(5)},
		"detected":               {workflow.Times{Detected: at(-2)}, at(-26), at(5)},
		"started":                {workflow.Times{Started: at(-3), Detected: at(-2)}, at(-4), at(5)},
		"resolved":               {workflow.Times{Resolved: at(1)}, at(-24), at(1)},
		"closed":                 {workflow.Times{FirstClosed: at(2)}, at(-24), at(2)},
		"longer than seven days": {workflow.Times{Started: at(-24 * 30)}, at(-24*30 - 1), at(-24*23 - 1)},
	} {
		from, to := workflow.Incident{Declared: noon, Times: tc.times}.Window(at(5))
		if !from.Equal(tc.from) || !to.Equal(tc.to) {
			t.Errorf("%s: from %v to %v, want from %v to %v", name, from, to, tc.from, tc.to)
		}
	}
}

func TestEvidenceInTheDocument(t *testing.T) {
	s := publishing(t)
	bot := workflow.Person{Login: "deploy[bot]", Bot: true}
	s.apply(workflow.Gathered{
		For: occasion(s), Pulls: true, Deployed: true, Elsewhere: 2,
		PullRequests: []workflow.PullRequest{
			{ID: 1, Number: 7, Title: "Look", State: "open", At: noon},
			{ID: 2, Number: 8, Title: "Read the pool size", State: workflow.PullMerged, At: noon.Add(time.Minute), Author: jon, Fix: true, URL: "https://x.example/8"},
			{ID: 3, Number: 5, Title: "Log it", State: workflow.PullMerged, At: noon},
		},
		Deployments: []workflow.Deployment{
			{ID: 4, Ref: "v2", Environment: "production", By: bot, At: noon.Add(-time.Hour), State: "failure", URL: "https://x.example/4"},
			{ID: 5, Ref: "v1", At: noon.Add(-2 * time.Hour)},
		},
	})
	doc := workflow.Document(s.inc, nil, nil)
	var pulls, timeline []string
	for _, p := range doc.PullRequests {
		pulls = append(pulls, strings.TrimSpace(p.Title+" "+p.State))
	}
	for _, e := range doc.Timeline {
		timeline = append(timeline, e.What+" "+e.Who)
		if e.Major != strings.HasPrefix(e.What, "deployed") {
			t.Errorf("%q is major: %t", e.What, e.Major)
		}
	}
	if diff := cmp.Diff([]string{"Read the pool size merged", "Log it merged", "Look open", "2 pull requests of other repositories"}, pulls); diff != "" {
		t.Error(diff)
	}
	want := []string{"deployed v2 to production: failed @deploy[bot]", "deployed v1 ", "fix merged: #8 Read the pool size "}
	if diff := cmp.Diff(want, timeline); diff != "" {
		t.Error(diff)
	}
	if doc.Links != nil {
		t.Errorf("links %+v", doc.Links)
	}
	s.inc.Evidence.PullRequests = nil
	s.inc.Evidence.Commit = workflow.Commit{SHA: "0123456789", At: noon}
	if links := workflow.Document(s.inc, nil, nil).Links; len(links) != 1 || links[0].Title != "commit 0123456" || !links[0].Fix || links[0].URL != "https://github.com/acme/shop/commit/0123456789" {
		t.Errorf("links %+v, want the commit that closed it", links)
	}
	if len(doc.Deployments) != 2 || doc.Deployments[0].State != "failed" {
		t.Errorf("deployments %+v", doc.Deployments)
	}
}
