package workflow_test

import (
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

func TestAssigned(t *testing.T) {
	s := declared(t)
	s.apply(workflow.Assigned{Login: "jon"})
	s.tells("assigned to @jon")
	if last := s.entries[len(s.entries)-1]; last.By != maya || last.Kind != workflow.EntryAssigned {
		t.Errorf("the timeline has %+v, want it said of maya, who assigned", last)
	}
	s.apply(workflow.Assigned{Login: "jon", Off: true})
	s.tells("no longer assigned to @jon")
	for _, e := range workflow.Document(s.inc, s.entries, nil).Timeline {
		if minor := e.What != "declared"; e.Minor != minor {
			t.Errorf("%q is minor: %t, want %t", e.What, e.Minor, minor)
		}
	}
	t.Run("by an account that GitHub no longer names: nothing", func(t *testing.T) {
		before := len(s.entries)
		s.apply(workflow.Assigned{})
		if len(s.entries) != before {
			t.Errorf("the timeline has %+v", s.entries[before:])
		}
	})
	t.Run("told again of what it was rebuilt from: nothing", func(t *testing.T) {
		s.inc.HeardAt = s.now
		before := len(s.entries)
		s.at(s.now.Add(-time.Minute), workflow.Assigned{Login: "jon"})
		if len(s.entries) != before {
			t.Errorf("the timeline has %+v", s.entries[before:])
		}
	})
}
