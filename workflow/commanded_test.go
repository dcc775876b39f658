package workflow_test

import (
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// answers checks the reactions and what the reply says; "" wants no reply.
func (s *story) answers(reactions, reply string) {
	s.t.Helper()
	if have := s.reactions(); have != reactions {
		s.t.Errorf("reactions: have %q, want %q", have, reactions)
	}
	replies := s.asks(workflow.EffectReply)
	switch {
	case reply == "" && len(replies) > 0:
		s.t.Errorf("replied %q, want no reply", replies[0].Text)
	case reply != "" && (len(replies) != 1 || !strings.Contains(replies[0].Text, reply)):
		s.t.Errorf("replied %+v, want one reply that says %q", replies, reply)
	}
}

func TestCommands(t *testing.T) {
	t.Run("done: 👀 then 👍, no words", func(t *testing.T) {
		s := declared(t)
		s.say(command.Write, "/incident severity P1")
		s.answers("eyes +1", "")
	})
	t.Run("one refused does not stop the others: 😕 and why", func(t *testing.T) {
		s := declared(t)
		s.say(command.Write, "/incident severity P9\n/incident check 2.4")
		s.answers("eyes confused", "P9")
		if !s.inc.Marks["triage.data"].Ticked {
			t.Error("the second command was not carried out")
		}
	})
	t.Run("run once, however often the delivery comes", func(t *testing.T) {
		s := declared(t)
		cmds := command.Parse("/incident cause it broke", command.Options{Now: noon})
		for range 2 {
			s.apply(workflow.Commanded{Comment: 5, Commands: cmds, Permission: command.Write})
		}
		if len(s.inc.Causes) != 1 {
			t.Errorf("causes: %v, want one", s.inc.Causes)
		}
	})
	t.Run("triage may check and note, a severity's box needs write", func(t *testing.T) {
		s := declared(t)
		s.say(command.Triage, "/incident check 2.4")
		s.answers("eyes +1", "")
		s.say(command.Triage, "/incident timeline it is slow")
		s.answers("eyes +1", "")
		s.say(command.Triage, "/incident check P1")
		s.answers("eyes confused", "needs write")
		s.shows("incident/classify")
	})
	t.Run("a stranger on a public repository gets one 😕 and nothing else", func(t *testing.T) {
		s := declared(t)
		s.say(command.Read, "/postmortem")
		s.answers("confused", "")
		if len(s.asks(workflow.EffectPublish)) != 0 {
			t.Error("a stranger published")
		}
	})
	t.Run("an item that is not there is refused with how to name one", func(t *testing.T) {
		s := declared(t)
		s.say(command.Write, "/incident check 9.9")
		s.answers("eyes confused", "no item")
	})
	t.Run("status answers where it stands", func(t *testing.T) {
		s := declared(t)
		s.say(command.Triage, "/incident status")
		s.answers("eyes +1", "not classified")
	})
	t.Run("a command that failed for good gets 👎 and the delivery's id", func(t *testing.T) {
		s := declared(t)
		s.apply(workflow.CommandsFailed{Comment: 5})
		s.answers("-1", "delivery `d`")
	})
}

func TestContent(t *testing.T) {
	s := declared(t)
	s.say(command.Write, `/incident summary One checkout in three failed.
/incident systems checkout
/incident impact 31 % of checkouts
/incident cause the pool was too small
/incident lesson roll back sooner
/incident lead @jon
/incident started 11:40
/incident detected 11:52
/incident mitigated 11:58
/incident timeline rolled back | 11:55`)
	s.answers("eyes +1", "")
	doc := workflow.Document(s.inc, s.entries, time.UTC)
	if doc.Summary != "One checkout in three failed." || doc.Systems != "checkout" || len(doc.Impact) != 1 || len(doc.Causes) != 1 || len(doc.Lessons) != 1 {
		t.Errorf("document: %+v", doc)
	}
	if len(doc.Roles) != 1 || doc.Roles[0].Login != "jon" {
		t.Errorf("roles: %+v, want jon in the lead", doc.Roles)
	}
	want := noon.Add(-8 * time.Minute)
	if !doc.Detected.Equal(want) || !doc.DetectedStated {
		t.Errorf("detected %v, want %v as stated", doc.Detected, want)
	}
	if got := doc.Mitigated.Sub(doc.Detected); got != 6*time.Minute {
		t.Errorf("mitigated after %v, want 6m", got)
	}
	marks := 0
	for _, e := range doc.Timeline {
		if e.Mark != "" {
			marks++
		}
	}
	if marks != 2 {
		t.Errorf("%d entries are marked, want detected and mitigated", marks)
	}
}

func TestResolved(t *testing.T) {
	s := declared(t)
	s.apply(workflow.Closed{Reason: "completed"})
	if s.inc.ResolvedAt().IsZero() {
		t.Error("closing did not resolve it")
	}
	s.apply(workflow.Reopened{})
	if !s.inc.ResolvedAt().IsZero() {
		t.Error("reopening left it resolved")
	}
}
