package workflow_test

import (
	"testing"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// openedFollowUp is an incident whose one follow-up is open, jon's.
func openedFollowUp(t *testing.T) *story {
	t.Helper()
	s := publishing(t)
	s.apply(workflow.FollowUpOpened{Action: s.inc.Actions[0].ID, Issue: workflow.FollowUp{ID: 71, Number: 43, Assignee: "jon"}})
	return s
}

func TestLinkingAFollowUpKeepsWhatPeopleDid(t *testing.T) {
	s := openedFollowUp(t)
	s.apply(workflow.FollowUpChanged{Issue: 71, Number: 43, Closed: true, ClosedAt: s.now, Assignee: "maya"})
	s.apply(workflow.FollowUpLinked{Action: s.inc.Actions[0].ID, Siblings: "43 44"})
	if f := s.inc.Actions[0].Issue; !f.Closed || f.Assignee != "maya" || f.Siblings != "43 44" {
		t.Errorf("follow-up %+v, want closed, maya's and linked", f)
	}
}

func TestWhoseAFollowUpIs(t *testing.T) {
	for name, tc := range map[string]struct {
		assignees []string
		want      string
	}{
		"as asked for":         {nil, "jon"},
		"reassigned":           {[]string{"maya"}, "maya"},
		"nobody's any more":    {[]string{""}, ""},
		"passed on, then left": {[]string{"maya", ""}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := openedFollowUp(t)
			for _, login := range tc.assignees {
				s.apply(workflow.FollowUpChanged{Issue: 71, Number: 43, Assignee: login})
			}
			if got := s.inc.Actions[0].Followed(); got != tc.want {
				t.Errorf("it is %q's, want %q", got, tc.want)
			}
		})
	}
	t.Run("an owner who could not be assigned stays named when it is closed", func(t *testing.T) {
		s := publishing(t)
		s.apply(workflow.FollowUpOpened{Action: s.inc.Actions[0].ID, Issue: workflow.FollowUp{ID: 71, Number: 43}})
		s.apply(workflow.FollowUpChanged{Issue: 71, Number: 43, Closed: true})
		if got := s.inc.Actions[0].Followed(); got != "jon" {
			t.Errorf("it is %q's, want jon's", got)
		}
	})
}

func TestPriorityIsTheSeverityWhenItIsOpened(t *testing.T) {
	s := publishing(t)
	s.say(command.Write, "/incident severity P2")
	s.apply(workflow.FollowUpOpened{Action: s.inc.Actions[0].ID, Issue: workflow.FollowUp{ID: 71, Number: 43}})
	s.say(command.Write, "/incident severity P0")
	if got := s.inc.Actions[0].Priority; got != "P2" {
		t.Errorf("priority %q, want P2", got)
	}
}
