package workflow_test

import (
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// promote gives commands as maya, with what was found of their comments.
func (s *story) promote(body string, said ...workflow.Said) workflow.Outcome {
	s.t.Helper()
	cmds := command.Parse(body, command.Options{Now: s.now})
	n := 0
	for _, c := range cmds {
		for _, e := range c.Entries {
			if e.From != (command.From{}) && n < len(said) {
				said[n].From = e.From
				n++
			}
		}
	}
	return s.apply(workflow.Commanded{Comment: s.now.Unix(), Commands: cmds, Permission: command.Triage, Said: said})
}

func (s *story) noted() string {
	var out []string
	for _, e := range s.entries {
		if e.Kind == workflow.EntryNote {
			out = append(out, e.At.Format("15:04 ")+e.By.Login+": "+e.What+" "+e.URL)
		}
	}
	return strings.Join(out, "\n")
}

func TestCommentsOnTheTimeline(t *testing.T) {
	said := workflow.Said{Comment: 9, At: noon.Add(-time.Hour), By: jon, URL: "https://x.example/9", Text: "rolled back"}
	const mine = " https://github.com/acme/shop/issues/42#x"
	for name, tc := range map[string]struct {
		body      string
		said      []workflow.Said
		notes     string
		reactions string
	}{
		"linked":            {"/incident timeline #issuecomment-9", []workflow.Said{said}, "11:00 jon: rolled back (noted by @maya) https://x.example/9", "eyes +1"},
		"with words":        {"/incident timeline #issuecomment-9 to 4410", []workflow.Said{said}, "11:00 jon: to 4410 (noted by @maya) https://x.example/9", "eyes +1"},
		"at another time":   {"/incident timeline #issuecomment-9 | 11:30", []workflow.Said{said}, "11:30 jon: rolled back (noted by @maya) https://x.example/9", "eyes +1"},
		"one's own":         {"/incident timeline #issuecomment-9", []workflow.Said{{Comment: 9, At: noon, By: maya, URL: "u", Text: "a"}}, "12:00 maya: a u", "eyes +1"},
		"quoted":            {"> back\n\n/incident timeline", []workflow.Said{said}, "11:00 jon: rolled back (noted by @maya) https://x.example/9", "eyes +1"},
		"quoted, not found": {"> back\n\n/incident timeline", []workflow.Said{{Text: "back"}}, "12:01 maya: back" + mine, "eyes +1"},
		"refused":           {"/incident timeline\n- a\n- #issuecomment-9", []workflow.Said{{Problem: "It is gone."}}, "", "eyes confused"},
		"not looked up":     {"/incident timeline #issuecomment-9", nil, "", "eyes confused"},
		"twice":             {"/incident timeline #issuecomment-9\n/incident timeline #issuecomment-9 again", []workflow.Said{said, said}, "11:00 jon: rolled back (noted by @maya) https://x.example/9", "eyes +1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := declared(t)
			s.promote(tc.body, tc.said...)
			if got := s.noted(); got != tc.notes {
				t.Errorf("the timeline has\n%s\nwant\n%s", got, tc.notes)
			}
			if got := s.reactions(); got != tc.reactions {
				t.Errorf("reactions %q, want %q", got, tc.reactions)
			}
		})
	}
	t.Run("of one comment each passage once", func(t *testing.T) {
		s := declared(t)
		other := said
		other.Text = "and it helped"
		s.promote("> a\n\n/incident timeline\n\n> b\n\n/incident timeline", said, other)
		s.promote("> b\n\n/incident timeline", other)
		s.answers("eyes +1", "On the timeline already: https://x.example/9")
		if got := strings.Count(s.noted(), "\n"); got != 1 {
			t.Errorf("the timeline has\n%s", s.noted())
		}
	})
}
