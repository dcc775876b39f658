package workflow_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// inWiki is an incident whose post-mortem is in the wiki, with one follow-up.
func inWiki(t *testing.T) *story {
	t.Helper()
	s := openedFollowUp(t)
	s.apply(published(s))
	return s
}

// reads lets an edit be looked at that adds items.
func (s *story) reads(texts ...string) {
	s.t.Helper()
	ev := workflow.ActionsRead{Edits: s.inc.Postmortem.Edits}
	for _, text := range texts {
		ev.Items = append(ev.Items, workflow.Action{Kind: "permanent", Text: text, By: jon, At: s.now})
	}
	s.apply(ev)
}

func TestAnEditOfThePage(t *testing.T) {
	t.Run("is looked at, and page and index are brought up to date", func(t *testing.T) {
		s := inWiki(t)
		s.apply(workflow.PageEdited{Page: "incident 42 checkout times OUT", SHA: "a", May: true})
		if len(s.asks(workflow.EffectPage)) != 1 || s.inc.Postmortem.StaleSince.IsZero() {
			t.Errorf("effects %+v", s.last.Effects)
		}
		s.reads("Drill it")
		a := s.inc.Actions[1]
		if a.ID != "w1" || !a.Late || a.By != jon || len(s.inc.Postmortem.Edits) != 0 {
			t.Errorf("action %+v, edits %+v", a, s.inc.Postmortem.Edits)
		}
		s.tells("Drill it")
	})
	t.Run("of another page is looked at, and no more", func(t *testing.T) {
		s := inWiki(t)
		s.apply(workflow.PageEdited{Page: "Runbook", SHA: "a", May: true})
		if len(s.asks(workflow.EffectPage)) != 1 || !s.inc.Postmortem.StaleSince.IsZero() {
			t.Errorf("effects %+v", s.last.Effects)
		}
	})
	t.Run("before the first publish is nothing", func(t *testing.T) {
		s := publishing(t)
		s.apply(workflow.PageEdited{Page: s.inc.Postmortem.Page, SHA: "a", May: true})
		if len(s.inc.Postmortem.Edits) != 0 || len(s.asks(workflow.EffectPage)) != 0 {
			t.Errorf("edits %+v", s.inc.Postmortem.Edits)
		}
	})
	t.Run("that came while another was looked at waits", func(t *testing.T) {
		s := inWiki(t)
		s.apply(workflow.PageEdited{Page: s.inc.Postmortem.Page, SHA: "a", May: true})
		first := s.inc.Postmortem.Edits
		s.apply(workflow.PageEdited{Page: s.inc.Postmortem.Page, SHA: "b"})
		s.apply(workflow.ActionsRead{Edits: first})
		if e := s.inc.Postmortem.Edits; len(e) != 1 || e[0].SHA != "b" {
			t.Errorf("edits %+v, want the second", e)
		}
	})
	t.Run("too many of them are not kept", func(t *testing.T) {
		s := inWiki(t)
		for n := range 300 {
			s.apply(workflow.PageEdited{Page: s.inc.Postmortem.Page, SHA: fmt.Sprint(n)})
		}
		if got := len(s.inc.Postmortem.Edits); got != 100 {
			t.Errorf("%d edits wait, want 100", got)
		}
	})
	t.Run("of one that was given up is asked for again", func(t *testing.T) {
		s := inWiki(t)
		s.apply(workflow.PageEdited{Page: s.inc.Postmortem.Page, SHA: "a", May: true})
		s.apply(workflow.Noted{What: "something else"})
		if len(s.asks(workflow.EffectPage)) != 1 {
			t.Errorf("effects %+v", s.last.Effects)
		}
	})
}

func TestActionItemsOfThePage(t *testing.T) {
	ids := func(s *story) string {
		var out []string
		for _, a := range s.inc.Actions[1:] {
			out = append(out, a.ID+" "+a.Text)
		}
		return strings.Join(out, ", ")
	}
	for name, tc := range map[string]struct {
		do   func(s *story)
		want string
	}{
		"each is one item":            {func(s *story) { s.reads("Drill it", "drill  IT"); s.reads("Drill it", "Alert") }, "w1 Drill it, w2 Alert"},
		"one that is known is no new": {func(s *story) { s.reads("fix THE pool") }, ""},
		"one by somebody else first": {func(s *story) {
			s.apply(workflow.ActionsRead{Foreign: []string{workflow.TextPrint("Pay eve")}})
			s.reads("pay EVE", "Drill it")
		}, "w1 Drill it"},
		"which a command takes": {func(s *story) {
			s.apply(workflow.ActionsRead{Foreign: []string{workflow.TextPrint("Pay eve")}})
			s.say(command.Write, "/incident action Pay eve")
		}, byCommand + " Pay eve"},
		"nothing, once others wrote too much": {func(s *story) {
			var many []string
			for n := range 600 {
				many = append(many, workflow.TextPrint(fmt.Sprint(n)))
			}
			s.apply(workflow.ActionsRead{Foreign: many})
			s.reads("Drill it")
			s.tells("/incident action")
		}, ""},
		"ids go on after those that were found": {func(s *story) {
			found := workflow.Action{ID: "w7", Text: "Drill it"}
			s.apply(workflow.FollowUpFound{Action: found})
			s.reads("Alert")
		}, "w7 Drill it, w8 Alert"},
		"no id but counted ones is counted": {func(s *story) {
			s.apply(workflow.FollowUpFound{Action: workflow.Action{ID: "w99999999999999999999", Text: "Drill it"}})
			s.reads("Alert")
		}, "w99999999999999999999 Drill it, w1 Alert"},
	} {
		t.Run(name, func(t *testing.T) {
			s := inWiki(t)
			tc.do(s)
			have := ids(s)
			if strings.HasPrefix(have, "c1") {
				have = byCommand + have[strings.IndexByte(have, ' '):]
			}
			if have != tc.want {
				t.Errorf("actions %q, want %q", have, tc.want)
			}
		})
	}
	t.Run("at most 200", func(t *testing.T) {
		s := inWiki(t)
		for n := range 250 {
			s.reads(fmt.Sprint("item ", n))
		}
		if len(s.inc.Actions) != 200 {
			t.Errorf("%d actions", len(s.inc.Actions))
		}
		s.tells("200")
	})
	t.Run("what one publish leaves is the next one's", func(t *testing.T) {
		s := inWiki(t)
		p := published(s)
		p.More = true
		s.apply(p)
		if len(s.asks(workflow.EffectPublish)) != 1 || s.inc.Postmortem.StaleSince.IsZero() {
			t.Errorf("effects %+v", s.last.Effects)
		}
	})
	t.Run("one that could not be opened is still owed", func(t *testing.T) {
		s := inWiki(t)
		s.reads("Drill it")
		p := published(s)
		p.AsOf, p.Again = s.inc.Postmortem.StaleSince, true
		s.apply(p)
		if s.inc.Postmortem.StaleSince.IsZero() {
			t.Error("the next attempt finds nothing to do")
		}
	})
}

// byCommand stands for the id of a command's item.
const byCommand = "command"
