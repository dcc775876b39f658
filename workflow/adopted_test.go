package workflow_test

import (
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

func step(at time.Time, by workflow.Person, ev workflow.Event) workflow.Step {
	s := &story{}
	s.labels = []string{"incident"}
	return workflow.Step{Event: ev, Meta: workflow.Meta{At: at, By: by, Issue: s.snapshot()}}
}

func TestReplayCarriesNothingOut(t *testing.T) {
	cmds := command.Parse("/incident severity P1\n/postmortem", command.Options{Now: noon})
	past := workflow.DefaultRules().Replay(workflow.Key{Repository: 7, Issue: 70}, []workflow.Step{
		step(noon, maya, workflow.Declared{Trusted: true}),
		step(noon.Add(time.Minute), jon, workflow.Commanded{Comment: 5, Commands: cmds, Permission: command.Write}),
		step(noon.Add(2*time.Minute), workflow.Person{}, workflow.Answered{Comment: 5, Published: &workflow.Published{Store: workflow.StoreWiki, URL: "u"}}),
		step(noon.Add(3*time.Minute), workflow.Person{}, workflow.Recalled{Comment: 6, Boxes: map[string]bool{"triage.data": true, "triage.users": false}}),
	})
	past.Effects = nil
	s := &story{t: t, rules: workflow.DefaultRules(), now: noon.Add(time.Hour), who: maya}
	s.inc.Key = workflow.Key{Repository: 7, Issue: 70}
	s.apply(past)
	s.shows("incident/triage", "P1")
	if s.inc.Checklist.CommentID != 6 || !s.inc.Marks["triage.data"].Ticked || s.inc.Marks["triage.data"].By.ID != 0 || len(s.inc.Postmortem.Requests) != 0 {
		t.Errorf("taken over as %+v", s.inc)
	}
	for _, e := range s.last.Effects {
		if e.Kind != workflow.EffectChecklist && e.Kind != workflow.EffectLabels {
			t.Errorf("asked for %s again", e.Kind)
		}
	}
	was := s.inc
	s.apply(workflow.Adopted{Incident: workflow.Incident{Declared: noon, Severity: "P3"}})
	if s.inc.Severity != was.Severity || len(s.last.Entries) != 0 {
		t.Error("a known incident was written over")
	}
}

// Who ticked is news where nobody knew, though it is older.
func TestATickFoundIsSomebodysOnceToldOf(t *testing.T) {
	s := declared(t)
	s.apply(workflow.Recalled{Comment: 6, Boxes: map[string]bool{"triage.data": true}})
	s.tells("found ticked: 2.4")
	s.who = jon
	s.at(noon, changes(true, []string{"triage.data"}))
	s.tells("ticked: 2.4")
	if m := s.inc.Marks["triage.data"]; !m.Ticked || m.By != jon {
		t.Errorf("ticked by %v, want jon", m.By)
	}
}

func TestABoxFoundUntickedWasUntickedIfItWasShown(t *testing.T) {
	for shown, want := range map[bool]bool{true: false, false: true} {
		s := declared(t)
		s.tick("triage.data")
		s.apply(workflow.Recalled{Comment: 6, Boxes: map[string]bool{"triage.data": false}, Shown: map[string]bool{"triage.data": shown}})
		if got := s.inc.Marks["triage.data"].Ticked; got != want {
			t.Errorf("shown ticked %v, found unticked: ticked %v, want %v", shown, got, want)
		}
	}
}

// Ids of the issue's list are counted, and the list may have changed since.
func TestFollowUpsFindTheirActionItems(t *testing.T) {
	s := declared(t)
	listed := func(texts ...string) {
		snapshot := s.snapshot()
		for _, text := range texts {
			snapshot.Actions = append(snapshot.Actions, workflow.Action{Text: text})
		}
		s.inc, _ = s.rules.Apply(s.inc, workflow.Meta{At: s.now, Now: s.now, By: maya, Issue: snapshot}, workflow.Edited{})
	}
	listed("Alert on pool wait time", "Deploy configuration apart from code")
	s.apply(workflow.FollowUpFound{Action: workflow.Action{ID: "b2", Text: "Alert on the pool wait time"}})
	s.apply(workflow.FollowUpOpened{Action: "b2", Issue: workflow.FollowUp{ID: 71, Number: 43}})
	s.apply(workflow.FollowUpFound{Action: workflow.Action{ID: "b7", Text: "Something that is listed no more"}})
	s.apply(workflow.FollowUpFound{Action: workflow.Action{ID: "c9-1", Text: "Of a comment that was edited"}})
	want := map[string]string{
		"b2": "Alert on pool wait time", "b1": "Deploy configuration apart from code",
		"b7": "Something that is listed no more", "c9-1": "Of a comment that was edited",
	}
	for _, a := range s.inc.Actions {
		if want[a.ID] != a.Text || a.Opened() != (a.ID == "b2") {
			t.Errorf("%s is %q, opened %v", a.ID, a.Text, a.Opened())
		}
		delete(want, a.ID)
	}
	if len(want) != 0 || s.inc.Named != 7 {
		t.Errorf("lacks %v, counted up to %d", want, s.inc.Named)
	}
	s.apply(workflow.FollowUpsGone{Numbers: []int{44, 45}})
	if len(s.inc.Unopened()) != 3 {
		t.Error("two issues were taken for three action items")
	}
	s.apply(workflow.FollowUpsGone{Numbers: []int{44, 45, 46}})
	if len(s.inc.Unopened()) != 0 {
		t.Error("what was deleted is opened again")
	}
}
