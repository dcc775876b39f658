package workflow_test

import (
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// given are commands as somebody with write permission gives them, in a comment.
func given(comment int64, text string) workflow.Event {
	return workflow.Commanded{Comment: comment, Commands: command.Parse(text, command.Options{Now: noon}), Permission: command.Write}
}

// What was said before somebody asked for the post-mortem belongs there, and its
// follow-up is opened, also if it comes later.
func TestNewsOvertakenByThePostmortem(t *testing.T) {
	s := declared(t)
	s.at(noon.Add(time.Hour), given(2, "/postmortem"))
	s.at(noon.Add(2*time.Hour), given(3, "/incident action Add an alert"))
	if a := s.inc.Actions[0]; a.Late || !s.inc.Postmortem.StaleSince.IsZero() {
		t.Errorf("said after it was asked for: %+v", a)
	}
	s.at(noon.Add(time.Minute), given(1, "/incident action Mend the pool"))
	if a := s.inc.Actions[0]; !a.Late || s.inc.Postmortem.StaleSince.IsZero() || len(s.asks(workflow.EffectPublish)) == 0 {
		t.Errorf("said before it was asked for: %+v, asks for %+v", a, s.last.Effects)
	}
}
