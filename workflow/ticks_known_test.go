package workflow_test

import (
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// A tick that was heard of and that another word made void before the checklist
// was written again is no news when it is found in the comment.
func TestTicksHeardOf(t *testing.T) {
	for name, words := range map[string][]workflow.Event{
		"another severity":          {changes(true, []string{"classify.P3"}), workflow.Labeled{Label: "P2"}},
		"the command":               {changes(true, []string{"triage.data"}), given(1, "/incident uncheck 2.4")},
		"ticked by command as well": {given(1, "/incident check 2.4"), given(2, "/incident uncheck 2.4")},
	} {
		t.Run(name, func(t *testing.T) {
			s := declared(t)
			written := workflow.ChecklistWritten{CommentID: 5, Version: s.inc.Version, Shown: map[string]bool{}}
			for _, w := range words {
				s.apply(w)
			}
			id := map[bool]string{true: "classify.P3", false: "triage.data"}[name == "another severity"]
			if !s.inc.Checklist.Shown[id] {
				t.Error("it was not heard of")
			}
			s.apply(written) // which looked before it was heard of
			if !s.inc.Checklist.Shown[id] {
				t.Error("it was forgotten by a write that did not know of it")
			}
			written.Version = s.inc.Version
			s.apply(written)
			if s.inc.Checklist.Shown[id] {
				t.Error("it was kept although it is not shown any more")
			}
		})
	}
	t.Run("late, after it was taken back", func(t *testing.T) {
		s := declared(t)
		s.at(noon.Add(2*time.Second), given(1, "/incident uncheck 2.4"))
		s.at(noon.Add(time.Second), changes(true, []string{"triage.data"}))
		if s.inc.Marks["triage.data"].Ticked || !s.inc.Checklist.Shown["triage.data"] || len(s.asks(workflow.EffectChecklist)) == 0 {
			t.Errorf("ticked %t, asks for %+v", s.inc.Marks["triage.data"].Ticked, s.last.Effects)
		}
	})
}
