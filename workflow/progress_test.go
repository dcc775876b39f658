package workflow_test

import (
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
	"github.com/firebreak-app/firebreak/workflow/command"
)

func TestDeclared(t *testing.T) {
	t.Run("asks for the checklist at once and for labels", func(t *testing.T) {
		s := declared(t)
		s.shows("incident/classify")
		if c := s.asks(workflow.EffectChecklist); len(c) != 1 || c[0].After.After(noon) {
			t.Errorf("checklist: %+v, want one, due now", c)
		}
		if l := s.asks(workflow.EffectLabels); len(l) != 1 {
			t.Errorf("labels: %+v, want one", l)
		}
		s.tells("declared")
	})
	t.Run("again, by the labeled delivery, changes nothing", func(t *testing.T) {
		s := declared(t)
		s.apply(workflow.LabelsWritten{Answered: s.inc.Labels.Wanted})
		s.apply(workflow.Declared{Trusted: true})
		if len(s.last.Effects) != 0 || len(s.last.Entries) != 0 {
			t.Errorf("a second declaration asked for %+v and noted %+v", s.last.Effects, s.last.Entries)
		}
	})
	t.Run("without the label nothing follows", func(t *testing.T) {
		rules := workflow.DefaultRules()
		issue := &workflow.Snapshot{Labels: []string{"bug"}, Created: noon}
		inc, out := rules.Apply(workflow.Incident{}, workflow.Meta{At: noon, Now: noon, Issue: issue}, workflow.Closed{})
		if inc.Known() || len(out.Effects) != 0 {
			t.Errorf("an issue without the label became %+v", inc)
		}
	})
	t.Run("takes the gravest severity and the phase that the issue carries", func(t *testing.T) {
		s := declared(t, "P2", "P1", "incident/root-cause")
		s.shows("incident/root-cause", "P1")
	})
	t.Run("does not change the incident given", func(t *testing.T) {
		s := declared(t)
		before := s.inc
		after, _ := s.rules.Apply(before, workflow.Meta{At: noon, Now: noon, By: jon, Issue: s.snapshot()}, changes(true, []string{"triage.data"}))
		if before.Marks["triage.data"].Ticked || !after.Marks["triage.data"].Ticked {
			t.Error("Apply changed the incident it was given")
		}
	})
}

func TestSeverity(t *testing.T) {
	t.Run("by label, tick and command are one choice", func(t *testing.T) {
		s := declared(t)
		s.apply(workflow.Labeled{Label: "p2"})
		s.shows("incident/triage", "P2")
		s.tick("classify.P1")
		s.shows("incident/triage", "P1")
		s.say(command.Write, "/incident severity P0: all of it")
		s.shows("incident/triage", "P0")
		s.tells("severity P1 → P0: all of it")
	})
	t.Run("only the box in force unclassifies", func(t *testing.T) {
		s := declared(t)
		s.tick("classify.P1")
		s.untick("classify.P3")
		s.shows("incident/triage", "P1")
		s.untick("classify.P1")
		s.shows("incident/classify")
	})
	t.Run("the label taken off unclassifies", func(t *testing.T) {
		s := declared(t)
		s.apply(workflow.Labeled{Label: "P1"})
		s.apply(workflow.Unlabeled{Label: "P2"})
		s.shows("incident/triage", "P1")
		s.apply(workflow.Unlabeled{Label: "P1"})
		s.shows("incident/classify")
	})
	t.Run("older news does not undo newer", func(t *testing.T) {
		s := declared(t)
		s.at(noon.Add(10*time.Minute), workflow.Labeled{Label: "P0"})
		s.at(noon.Add(5*time.Minute), workflow.Labeled{Label: "P2"})
		s.shows("incident/triage", "P0")
	})
}

func TestPhase(t *testing.T) {
	t.Run("moves on when all items of a step are ticked", func(t *testing.T) {
		s := declared(t)
		s.tick("classify.P1", "triage.systems", "triage.users", "triage.blast-radius", "triage.data")
		s.shows("incident/triage", "P1")
		s.tick("triage.timeline")
		s.shows("incident/mitigate", "P1")
	})
	t.Run("a label ticks the step boxes before it, not their items", func(t *testing.T) {
		s := declared(t)
		s.apply(workflow.Labeled{Label: "P1"})
		s.apply(workflow.Labeled{Label: "incident/root-cause"})
		s.shows("incident/root-cause", "P1")
		if !s.inc.Marks["triage"].Ticked || s.inc.Marks["mitigate.verify"].Ticked || s.inc.Marks["done.mitigated"].Ticked {
			t.Errorf("marks: %+v, want the boxes of the steps alone", s.inc.Marks)
		}
	})
	t.Run("nobody skips the classification", func(t *testing.T) {
		s := declared(t)
		s.apply(workflow.Labeled{Label: "incident/mitigate"})
		s.shows("incident/classify")
		s.tells("a severity comes first")
		if len(s.asks(workflow.EffectLabels)) == 0 {
			t.Error("the label put on was not asked to go")
		}
	})
	t.Run("an earlier label goes back, an unticked box does", func(t *testing.T) {
		s := declared(t)
		s.apply(workflow.Labeled{Label: "P1"})
		s.apply(workflow.Labeled{Label: "incident/mitigate"})
		s.apply(workflow.Labeled{Label: "incident/triage"})
		s.shows("incident/mitigate", "P1")
		if len(s.asks(workflow.EffectLabels)) == 0 {
			t.Error("the earlier label was not asked to go")
		}
		s.untick("triage")
		s.shows("incident/triage", "P1")
	})
	t.Run("closing and reopening change no phase", func(t *testing.T) {
		s := declared(t)
		s.apply(workflow.Labeled{Label: "P1"})
		s.apply(workflow.Closed{})
		s.shows("incident/triage", "P1")
		s.apply(workflow.Reopened{})
		s.shows("incident/triage", "P1")
	})
}

func TestTicks(t *testing.T) {
	t.Run("are on the timeline with who and when", func(t *testing.T) {
		s := declared(t)
		s.who = jon
		s.tick("triage.data")
		s.tells("ticked: 2.4")
		if e := s.entries[len(s.entries)-1]; e.By != jon || !e.At.Equal(noon.Add(time.Minute)) {
			t.Errorf("entry %+v, want jon's, a minute past noon", e)
		}
	})
	t.Run("of people's own tasks are on the timeline and in no count", func(t *testing.T) {
		s := declared(t)
		s.apply(workflow.Ticked{Changes: []checklist.Change{{Text: "call the bank", Ticked: true}}})
		s.tells("ticked: call the bank")
		if len(s.inc.Marks) != 0 {
			t.Errorf("marks: %+v, want none", s.inc.Marks)
		}
	})
	t.Run("acknowledge, unless they are the declarer's", func(t *testing.T) {
		s := declared(t)
		s.tick("triage.data")
		if !s.inc.Times.Acknowledged.IsZero() {
			t.Error("the declarer acknowledged their own incident")
		}
		s.who = jon
		s.tick("triage.users")
		if s.inc.Times.Acknowledged.IsZero() {
			t.Error("nobody acknowledged it")
		}
	})
	t.Run("a verification ticks the definition of done, and unticks it again", func(t *testing.T) {
		s := declared(t)
		s.tick("mitigate.verify")
		if !s.inc.Marks["done.mitigated"].Ticked || s.inc.MitigatedAt().IsZero() {
			t.Errorf("marks %+v, mitigated %v", s.inc.Marks, s.inc.MitigatedAt())
		}
		s.untick("mitigate.verify")
		if s.inc.Marks["done.mitigated"].Ticked {
			t.Error("the definition of done stayed ticked")
		}
	})
	t.Run("a burst is one refresh, six quiet periods after the first at the latest", func(t *testing.T) {
		s := declared(t)
		s.apply(workflow.ChecklistWritten{CommentID: 5, Version: s.inc.Version, LastChange: s.inc.Checklist.LastChange})
		start := s.now
		for range 10 {
			s.tick("triage.data")
			s.now = s.now.Add(-time.Minute + 4*time.Second)
			s.untick("triage.data")
			s.now = s.now.Add(-time.Minute + 4*time.Second)
		}
		if due := s.inc.Checklist.Due(s.rules.Quiet); !due.Equal(start.Add(30 * time.Second)) {
			t.Errorf("due %v after the first tick, want 30s", due.Sub(start))
		}
	})
}

func TestIncidentLabelTakenOff(t *testing.T) {
	s := declared(t)
	s.apply(workflow.Undeclared{})
	if s.inc.Active {
		t.Error("still active")
	}
	s.tells("Firebreak stops")
	s.apply(workflow.Labeled{Label: "P1"})
	if len(s.asks(workflow.EffectLabels)) != 0 {
		t.Error("labels are written although Firebreak stopped")
	}
	s.apply(workflow.Declared{})
	if !s.inc.Active || !s.inc.Checklist.Adopt {
		t.Errorf("active %v, adopts ticks %v; want both", s.inc.Active, s.inc.Checklist.Adopt)
	}
	s.tells("is back")
}

// What changes while the checklist is being posted is shown by a refresh of its
// own: that asked for at the time comes too early to find anything due.
func TestAChangeDuringThePostingIsShown(t *testing.T) {
	s := declared(t)
	posting := s.inc.Checklist.LastChange
	s.say(command.Write, "/incident severity P1")
	s.apply(workflow.ChecklistWritten{CommentID: 5, LastChange: posting})
	asked := s.asks(workflow.EffectChecklist)
	if len(asked) != 1 || asked[0].After.Before(s.inc.Checklist.Due(s.rules.Quiet)) {
		t.Errorf("asked for %+v, want one refresh when the change is due", asked)
	}
	s.apply(workflow.ChecklistWritten{CommentID: 5, LastChange: s.inc.Checklist.LastChange})
	if asked := s.asks(workflow.EffectChecklist); len(asked) != 0 {
		t.Errorf("asked for %+v, want nothing", asked)
	}
}
