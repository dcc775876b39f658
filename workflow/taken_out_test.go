package workflow_test

import (
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// TestTakenOutIsTold holds that whoever gives a command hears what of it was not
// taken over, and that nobody hears of the rest of the comment.
func TestTakenOutIsTold(t *testing.T) {
	for name, c := range map[string]struct {
		text  string
		found map[string]int
		want  string
	}{
		"in two commands":      {"/incident cause [redacted: code]\n\n/incident cause by [redacted: e-mail]: [redacted: code]", map[string]int{"code": 2, "e-mail": 1}, "2 × code, 1 × e-mail."},
		"beside the commands":  {"[redacted: code]\n\n/incident impact Many", map[string]int{"code": 1}, ""},
		"nothing at all":       {"/incident impact Many", nil, ""},
		"a marker people type": {"/incident cause [redacted: code] was there", map[string]int{"jwt": 1}, ""},
		"more markers":         {"/incident cause [redacted: e-mail] as in [redacted: e-mail]", map[string]int{"e-mail": 1}, " 1 × e-mail."},
	} {
		s := declared(t)
		commanded := workflow.Commanded{Comment: 5, Permission: command.Write, Commands: command.Parse(c.text, command.Options{Now: noon})}
		meta := workflow.Meta{Delivery: "d", At: s.now, Now: s.now, By: maya, Issue: s.snapshot(), Redacted: c.found}
		s.inc, s.last = s.rules.Apply(s.inc, meta, commanded)
		var told string
		for _, e := range s.last.Effects {
			if e.Kind == workflow.EffectReply {
				told += e.Text
			}
		}
		if !strings.Contains(told, c.want) || (told == "") != (c.want == "") {
			t.Errorf("%s: got %q, want %q in it", name, told, c.want)
		}
	}
}

func TestTakenOutIsToldWithThePage(t *testing.T) {
	s := publishing(t)
	s.inc.Redacted, s.inc.Body.Redacted = map[string]int{"code": 1}, map[string]int{"code": 1, "phone": 1}
	s.apply(published(s))
	s.answers("+1", "before it was put into the page: 2 × code, 1 × phone.")
}
