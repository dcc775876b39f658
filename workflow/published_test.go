package workflow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
	"github.com/firebreak-app/firebreak/workflow/postmortem"
)

// publishing is an incident whose post-mortem maya has asked for.
func publishing(t *testing.T) *story {
	t.Helper()
	s := declared(t)
	s.say(command.Write, "/incident action Fix the pool @jon due 2026-12-07\n/postmortem")
	return s
}

func published(s *story) workflow.Published {
	return workflow.Published{
		Store: workflow.StoreWiki, URL: "https://github.com/acme/shop/wiki/x", Commit: "abc",
		Filled: []string{"Timeline", "Root cause", "Action items"}, Answered: s.inc.Postmortem.Requests,
	}
}

func TestPostmortem(t *testing.T) {
	t.Run("asked for: 👀, one effect, the page's name fixed", func(t *testing.T) {
		s := publishing(t)
		s.answers("eyes", "")
		if len(s.asks(workflow.EffectPublish)) != 1 || s.inc.Postmortem.Page != "Incident-42-checkout-times-out" {
			t.Errorf("effects %+v, page %q", s.last.Effects, s.inc.Postmortem.Page)
		}
	})
	t.Run("published: 👍, the link, and its boxes ticked", func(t *testing.T) {
		s := publishing(t)
		s.apply(workflow.FollowUpOpened{Action: s.inc.Actions[0].ID, Issue: workflow.FollowUp{ID: 71, Number: 43}})
		s.apply(published(s))
		s.answers("+1", "https://github.com/acme/shop/wiki/x")
		for _, id := range []string{"post-mortem.published", "done.post-mortem", "follow-up.opened", "done.follow-up"} {
			if !s.inc.Marks[id].Ticked {
				t.Errorf("%s is not ticked", id)
			}
		}
	})
	t.Run("with an item left to open nobody is answered yet", func(t *testing.T) {
		s := publishing(t)
		p := published(s)
		p.Again = true
		s.apply(p)
		s.answers("", "")
		p.Again, p.Incomplete, p.Problems = false, true, []string{"No follow-up for “Fix the pool”: refused"}
		s.apply(p)
		s.answers("confused", "refused")
	})
	t.Run("answers each request once", func(t *testing.T) {
		s := publishing(t)
		p := published(s)
		s.apply(p)
		s.apply(p)
		s.answers("", "")
	})
	t.Run("no wiki: kept in a comment, told once, tried again each half minute, later hourly", func(t *testing.T) {
		s := publishing(t)
		p := published(s)
		p.Store, p.Waiting, p.Remedy = workflow.StoreIssue, "The wiki cannot be had.", "Create its first page."
		s.apply(p)
		s.answers("+1", "Create its first page.")
		if wait := s.inc.Postmortem.RetryAt.Sub(s.now.Add(-time.Minute)); wait != 30*time.Second {
			t.Errorf("tried again after %v, want 30s", wait)
		}
		p.Answered = nil
		s.now = s.now.Add(10 * time.Minute)
		s.apply(p)
		s.answers("", "")
		if wait := s.inc.Postmortem.RetryAt.Sub(s.now.Add(-time.Minute)); wait != time.Hour {
			t.Errorf("tried again after %v, want an hour", wait)
		}
		s.apply(workflow.WikiTouched{})
		if len(s.asks(workflow.EffectPublish)) != 1 {
			t.Error("an edit of the wiki did not try it again")
		}
	})
	t.Run("failed: 👎 and what to do", func(t *testing.T) {
		s := publishing(t)
		s.apply(workflow.PublishFailed{Answered: s.inc.Postmortem.Requests, Reason: "comment `/postmortem` to try again"})
		s.answers("-1", "try again")
	})
}

func TestFollowUps(t *testing.T) {
	opened := func(t *testing.T) *story {
		s := publishing(t)
		s.apply(workflow.FollowUpOpened{Action: s.inc.Actions[0].ID, Issue: workflow.FollowUp{ID: 71, Number: 43}})
		s.apply(published(s))
		return s
	}
	t.Run("a closed one shows in the checklist and makes the page stale", func(t *testing.T) {
		s := opened(t)
		s.apply(workflow.FollowUpChanged{Issue: 71, Number: 43, Closed: true, ClosedAt: s.now})
		s.tells("follow-up #43 closed")
		if len(s.asks(workflow.EffectPublish)) != 1 || s.inc.OpenFollowUps() != 0 {
			t.Errorf("effects %+v, %d open", s.last.Effects, s.inc.OpenFollowUps())
		}
	})
	t.Run("long after the incident is closed and done it shows still", func(t *testing.T) {
		s := opened(t)
		s.tick("triage", "mitigate", "root-cause")
		s.apply(workflow.Closed{})
		s.now = s.now.Add(90 * 24 * time.Hour)
		s.apply(workflow.FollowUpChanged{Issue: 71, Number: 43, Closed: true, ClosedAt: s.now})
		if len(s.asks(workflow.EffectPublish)) == 0 || s.inc.OpenFollowUps() != 0 {
			t.Errorf("effects %+v, %d open", s.last.Effects, s.inc.OpenFollowUps())
		}
	})
	t.Run("older news does not undo newer", func(t *testing.T) {
		s := opened(t)
		s.at(s.now.Add(time.Hour), workflow.FollowUpChanged{Issue: 71, Number: 43, Closed: true})
		s.at(s.now, workflow.FollowUpChanged{Issue: 71, Number: 43})
		if s.inc.OpenFollowUps() != 0 {
			t.Error("it is open again")
		}
	})
	t.Run("the same action twice is one item", func(t *testing.T) {
		s := opened(t)
		s.say(command.Write, "/incident action fix  the POOL")
		s.answers("eyes confused", "#43")
		if len(s.inc.Actions) != 1 {
			t.Errorf("actions: %+v", s.inc.Actions)
		}
	})
}

func TestBodyActions(t *testing.T) {
	edit := func(s *story, texts ...string) {
		issue := s.snapshot()
		for _, text := range texts {
			issue.Actions = append(issue.Actions, workflow.Action{Text: text})
		}
		s.inc, s.last = s.rules.Apply(s.inc, workflow.Meta{At: s.now, Now: s.now, By: maya, Issue: issue}, workflow.Edited{})
	}
	t.Run("a reworded item stays the same item", func(t *testing.T) {
		s := declared(t)
		edit(s, "Alert on pool wait time", "Write a runbook")
		id := s.inc.Actions[0].ID
		edit(s, "Alert on pool waiting time", "Write a runbook")
		if len(s.inc.Actions) != 2 || s.inc.Actions[0].ID != id || s.inc.Actions[0].Text != "Alert on pool waiting time" {
			t.Errorf("actions: %+v", s.inc.Actions)
		}
	})
	t.Run("a removed item goes, unless its follow-up is open", func(t *testing.T) {
		s := declared(t)
		edit(s, "Alert on pool wait time", "Write a runbook")
		s.apply(workflow.FollowUpOpened{Action: s.inc.Actions[0].ID, Issue: workflow.FollowUp{ID: 71, Number: 43}})
		edit(s)
		if len(s.inc.Actions) != 1 || !s.inc.Actions[0].Opened() {
			t.Errorf("actions: %+v, want the one that is open", s.inc.Actions)
		}
	})
}

func TestWhatIsSaidOfPeoplesEdits(t *testing.T) {
	left := func(n int) (all []postmortem.Left) {
		for i := range n {
			all = append(all, postmortem.Left{Section: "Timeline", Where: fmt.Sprintf("row 11:%02d, what", i), What: "told @maya of *it*"})
		}
		return all
	}
	t.Run("what stayed, what is out, what was not written", func(t *testing.T) {
		s := publishing(t)
		p := published(s)
		p.Kept, p.Deleted, p.Left = []string{"Timeline"}, []string{"Impact (1 item)"}, left(1)
		s.apply(p)
		s.answers("+1", "all else brought up to date: Timeline.")
		s.answers("+1", "left out: Impact (1 item).")
		s.answers("+1", "- Timeline, row 11:00, what: *told @&#8203;maya of \\*it\\**")
	})
	t.Run("a few of many", func(t *testing.T) {
		s := publishing(t)
		p := published(s)
		p.Left = left(50)
		s.apply(p)
		s.answers("+1", "row 11:35, what")
		s.answers("+1", "- and 14 more")
	})
	t.Run("what nobody asked for is told to the next who asks, once", func(t *testing.T) {
		s := publishing(t)
		p := published(s)
		s.apply(p)
		p.Answered, p.Left = nil, left(1)
		s.apply(p)
		s.answers("", "")
		s.say(command.Write, "/postmortem")
		p = published(s)
		s.apply(p)
		s.answers("+1", "row 11:00, what")
		s.say(command.Write, "/postmortem")
		s.apply(published(s))
		if replies := s.asks(workflow.EffectReply); len(replies) != 1 || strings.Contains(replies[0].Text, "row 11:00") {
			t.Errorf("told twice: %+v", replies)
		}
	})
	t.Run("of a page that was left alone only that", func(t *testing.T) {
		s := publishing(t)
		p := published(s)
		p.Open, p.Kept = true, []string{"Timeline"}
		s.apply(p)
		s.answers("+1", "Close it in the wiki, then comment `/postmortem` again.")
	})
}
