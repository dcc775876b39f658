package workflow_test

import (
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

// An incident follows its repository, and its timeline says so; news from before
// it moved does not lead back, news from after it leads on.
func TestMoved(t *testing.T) {
	t.Parallel()
	s := declared(t)
	was, moved := s.inc.Place, s.now.Add(time.Minute)
	to := workflow.Place{Installation: 99, Owner: "globex", Repo: "store", Private: true, Number: 1}
	s.inc, s.last = s.rules.Apply(s.inc, workflow.Meta{At: moved, Now: moved}, workflow.Moved{To: to})
	if p := s.inc.Place; p.Installation != 99 || p.Owner != "globex" || p.Repo != "store" || !p.Private || p.Number != was.Number || p.URL != "https://github.com/globex/store/issues/42" {
		t.Errorf("it is at %+v", p)
	}
	if len(s.last.Entries) != 1 || s.last.Entries[0].What != "the repository is now globex/store" {
		t.Errorf("it notes %v", s.last.Entries)
	}
	if s.at(moved.Add(-time.Second), workflow.Reopened{}); s.inc.Place.Repo != "store" {
		t.Error("news from before led back")
	}
	if s.at(moved.Add(time.Second), workflow.Reopened{}); s.inc.Place != was {
		t.Errorf("news from after led to %+v", s.inc.Place)
	}
}
