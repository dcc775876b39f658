package workflow_test

import (
	"slices"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
)

func TestRedatingAFollowUp(t *testing.T) {
	const (
		own  = "<!-- firebreak:follow-up v1 incident=7/70 action=c1-1 -->\nFix the pool\n\n- Owner: @jon\n"
		tail = "- Priority: P1\n"
	)
	day := func(d int) time.Time { return time.Date(2026, 12, d, 0, 0, 0, 0, time.UTC) }
	for name, tc := range map[string]struct {
		from, to string
		want     time.Time
		news     bool
	}{
		"another date":             {"- Due: 2026-12-01\n", "- Due: 2026-12-08\n", day(8), true},
		"with a reason":            {"- Due: 2026-12-01\n", "- Due: 2026-12-08 (was 2026-12-01, waits for parts)\n", day(8), true},
		"in a person's own style":  {"- Due: 2026-12-01\n", "  * **Due:** 2026-12-08\r\n", day(8), true},
		"in bold without":          {"- Due: 2026-12-01\n", "- **due**: 2026-12-08\n", day(8), true},
		"given for the first time": {"", "- Due: 2026-12-08\n", day(8), true},
		"the line deleted":         {"- Due: 2026-12-01\n", "", time.Time{}, true},
		"the date deleted":         {"- Due: 2026-12-01\n", "- Due:\n", time.Time{}, true},
		"the same":                 {"- Due: 2026-12-01\n", "- Due: 2026-12-01 or so\n", time.Time{}, false},
		"no date":                  {"- Due: 2026-12-01\n", "- Due: when the parts are there\n", time.Time{}, false},
		"no day there is":          {"- Due: 2026-12-01\n", "- Due: 2026-12-41\n", time.Time{}, false},
		"no year there is":         {"- Due: 2026-12-01\n", "- Due: 20261-12-01\n", time.Time{}, false},
		"a date after all":         {"- Due: soon\n", "- Due: 2026-12-08\n", day(8), true},
		"in a sentence":            {"", "It is due: 2026-12-08\n", time.Time{}, false},
	} {
		t.Run(name, func(t *testing.T) {
			got := workflow.Redated(own+tc.from+tail, own+tc.to+tail)
			if (got != nil) != tc.news || got != nil && !got.Equal(tc.want) {
				t.Errorf("have %v, want %v (news: %t)", got, tc.want, tc.news)
			}
		})
	}
}

func TestPlanOfAFollowUp(t *testing.T) {
	s := openedFollowUp(t)
	s.apply(published(s))
	due, urgent := time.Date(2026, 12, 8, 0, 0, 0, 0, time.UTC), "P0"
	s.apply(workflow.FollowUpChanged{Issue: 71, Number: 43, Assignee: "jon", Due: &due, Priority: &urgent})
	a := s.inc.Actions[0]
	if !a.Due.Equal(due) || a.Priority != "P0" || len(s.asks(workflow.EffectPublish)) == 0 {
		t.Errorf("action %+v, effects %+v: want date and priority, and the page brought up to date", a, s.last.Effects)
	}
	s.tells("priority: P0")
	s.apply(workflow.FollowUpChanged{Issue: 71, Number: 43, Assignee: "jon", Closed: true})
	if a := s.inc.Actions[0]; !a.Due.Equal(due) || a.Priority != "P0" {
		t.Errorf("closing it changed its date or priority: %+v", a)
	}
	s.at(s.now.Add(-time.Hour), workflow.FollowUpChanged{Issue: 71, Number: 43, Due: new(time.Time)})
	if s.inc.Actions[0].Due.IsZero() {
		t.Error("older news took the date away")
	}
}

// However many changes come one after the other, the page shows the first of them
// within a minute, and those that came together in one go.
func TestAPageIsRefreshedAmidAStreamOfChanges(t *testing.T) {
	s := openedFollowUp(t)
	s.apply(published(s))
	const quiet = 5 * time.Second
	begun := s.now
	change := func() []workflow.Effect {
		closed := !s.inc.Actions[0].Issue.Closed
		s.apply(workflow.FollowUpChanged{Issue: 71, Number: 43, Assignee: "jon", Closed: closed})
		s.now = s.now.Add(time.Second - time.Minute)
		return s.asks(workflow.EffectPublish)
	}
	for s.now.Sub(begun) < 2*time.Minute {
		due := change()[0].After
		if due.Before(s.now.Add(-time.Second)) {
			t.Fatalf("due at %v, before the change that asks for it", due.Sub(begun))
		}
		if late := due.Sub(begun); late > 30*time.Second {
			t.Fatalf("due %v after the first change, want 30 s at most", late)
		}
		if s.now.Before(s.inc.Postmortem.Due(quiet)) {
			continue
		}
		was := s.inc.Postmortem.StaleSince
		change() // while the page is written
		p := published(s)
		p.AsOf = was
		s.apply(p)
		s.now = s.now.Add(-time.Minute)
		again := s.asks(workflow.EffectPublish)
		if !slices.ContainsFunc(again, func(e workflow.Effect) bool { return e.After.Equal(s.inc.Postmortem.Due(quiet)) }) {
			t.Fatalf("what came while the page was written asks for %+v", again)
		}
		p.AsOf = s.inc.Postmortem.StaleSince
		s.apply(p)
		if !s.inc.Postmortem.Due(quiet).IsZero() {
			t.Fatal("due although the page shows all")
		}
		return
	}
	t.Fatal("never due")
}

// FuzzReadDue holds whatever people write: a date that is read is one that is
// written the same, and no edit that leaves the text as it is changes it.
func FuzzReadDue(f *testing.F) {
	f.Add("- Owner: @jon\n- Due: 2026-12-01\n- Priority: P1\n")
	f.Add("* **Due**: 9999-99-99\r\n")
	f.Fuzz(func(t *testing.T, body string) {
		due, ok := workflow.ReadDue(body)
		if workflow.Redated(body, body) != nil && ok {
			t.Error("an edit that changes nothing changes the date")
		}
		if due.IsZero() || !ok {
			return
		}
		if again, ok := workflow.ReadDue(workflow.MarkDue(due)); !ok || !again.Equal(due) {
			t.Errorf("%v is read back as %v", due, again)
		}
	})
}
