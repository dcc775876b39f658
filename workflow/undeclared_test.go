package workflow_test

import (
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// An effect that finds the label missing dates that by the server's clock. The
// label put back right then, which GitHub dates by the second and by a clock of
// its own, is news all the same.
func TestTheLabelComesBackAfterALook(t *testing.T) {
	t.Parallel()
	s := declared(t)
	ahead := workflow.Meta{Delivery: "labels", At: s.now.Add(5 * time.Second), Now: s.now.Add(5 * time.Second)}
	s.inc, s.last = s.rules.Apply(s.inc, ahead, workflow.Undeclared{})
	if s.inc.Active {
		t.Fatal("it goes on without the label")
	}
	s.at(s.now.Truncate(time.Second), workflow.Declared{Trusted: true})
	if !s.inc.Active {
		t.Error("it does not go on although the label is back")
	}
	s.tells("is back")
	t.Run("news from before the label was put on is none", func(t *testing.T) {
		s.at(noon.Add(-time.Second), workflow.Undeclared{})
		if !s.inc.Active {
			t.Error("it stops")
		}
	})
}
