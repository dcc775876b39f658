package sandbox_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestARefusedEditChangesNothing(t *testing.T) {
	for behaviour, c := range map[string]struct {
		ask  github.IssueRequest
		says string
	}{
		"with one who cannot be assigned": {github.IssueRequest{Title: ptr("new"), Labels: &[]string{"P0"}, Assignees: &[]string{"stranger"}}, "assignees"},
		"with no such milestone":          {github.IssueRequest{Title: ptr("new"), Assignees: &[]string{"jon"}, Milestone: ptr(7)}, "milestone"},
		"with an unknown state":           {github.IssueRequest{Title: ptr("new"), State: ptr("solved")}, "state"},
		"with an unknown reason":          {github.IssueRequest{State: ptr("closed"), StateReason: ptr("boring")}, "state_reason"},
		"with a long body":                {github.IssueRequest{Title: ptr("new"), Body: ptr(strings.Repeat("b", 65_537))}, "Body is too long"},
		"with an empty title":             {github.IssueRequest{Title: ptr(""), State: ptr("closed")}, "title"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k := newKit(t, sandbox.Options{})
			n := k.issue("P1")
			before, _ := k.Issue(shop, n)
			_, _, err := k.inst.Issues.Edit(k.ctx(), owner, name, n, &c.ask)
			if status(err) != 422 || !strings.Contains(err.Error(), c.says) {
				t.Error(err)
			}
			after, _ := k.Issue(shop, n)
			if diff := cmp.Diff(before, after); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMilestonesOfAnIssue(t *testing.T) {
	k, h := hooked(t, sandbox.Options{})
	for _, title := range []string{"one", "two"} {
		must[*github.Milestone](t)(k.inst.Issues.CreateMilestone(k.ctx(), owner, name, &github.Milestone{Title: &title}))
	}
	k.issue()
	made := must[*github.Issue](t)(k.inst.Issues.Create(k.ctx(), owner, name, &github.IssueRequest{Title: ptr("x"), Milestone: ptr(1)}))
	n := made.GetNumber()
	for filter, want := range map[string]int{"1": 1, "2": 0, "none": 1, "*": 1} {
		list := must[[]*github.Issue](t)(k.inst.Issues.ListByRepo(k.ctx(), owner, name, &github.IssueListByRepoOptions{Milestone: filter}))
		if len(list) != want {
			t.Errorf("milestone=%s lists %d, want %d", filter, len(list), want)
		}
	}
	must[*github.Issue](t)(k.inst.Issues.Edit(k.ctx(), owner, name, n, &github.IssueRequest{Milestone: ptr(2)}))
	if i, _ := k.Issue(shop, n); i.Milestone != "two" {
		t.Errorf("milestone = %q", i.Milestone)
	}
	must[*github.Issue](t)(k.inst.Issues.RemoveMilestone(k.ctx(), owner, name, n))
	if i, _ := k.Issue(shop, n); i.Milestone != "" {
		t.Errorf("milestone = %q", i.Milestone)
	}
	want := []string{"milestone.created one", "milestone.created two", "issues.opened", "issues.opened",
		"issues.milestoned one", "issues.demilestoned one", "issues.milestoned two", "issues.demilestoned two"}
	if diff := cmp.Diff(want, k.events(h)); diff != "" {
		t.Error(diff)
	}
	var kinds []string
	for _, o := range k.Timeline(shop, n) {
		kinds = append(kinds, o.Event+" "+o.What)
	}
	if !slices.Equal(kinds, []string{"milestoned one", "demilestoned one", "milestoned two", "demilestoned two"}) {
		t.Errorf("timeline = %q", kinds)
	}
	must[[]*github.IssueEvent](t)(k.inst.Issues.ListIssueEvents(k.ctx(), owner, name, n, nil))
}

func TestTheAppLocksAndUnlocks(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.issue()
	_, err := k.inst.Issues.Lock(k.ctx(), owner, name, n, &github.LockIssueOptions{LockReason: "resolved"})
	k.must(err)
	got := must[*github.Issue](t)(k.inst.Issues.Get(k.ctx(), owner, name, n))
	if !got.GetLocked() || got.GetActiveLockReason() != "resolved" {
		t.Errorf("issue = %v", got)
	}
	_, err = k.inst.Issues.Unlock(k.ctx(), owner, name, n)
	k.must(err)
	if i, _ := k.Issue(shop, n); i.Locked {
		t.Error("still locked")
	}
	must[[]*github.Timeline](t)(k.inst.Issues.ListIssueTimeline(k.ctx(), owner, name, n, nil))
}

func TestATransferTakesAlongWhatFits(t *testing.T) {
	const other = "acme/other"
	k := newKit(t, sandbox.Options{})
	k.must(k.AddRepo(other, sandbox.RepoOptions{}))
	k.must(k.Grant(other, "maya", sandbox.RoleWrite))
	k.must(k.As("maya").MakeLabel(other, "Incident", "ff0000", ""))
	parent, n := k.issue(), k.issue("incident", "P1")
	k.must(k.As("maya").AddSubIssue(shop, parent, n))
	id := k.said(n, "note")
	to, err := k.As("maya").Transfer(shop, n, other)
	k.must(err)
	got, _ := k.Issue(other, to)
	if !slices.Equal(got.Labels, []string{"Incident"}) || got.Comments != 1 || got.Parent != 0 || got.Author != "maya" {
		t.Errorf("issue = %+v", got)
	}
	if c := k.Comments(other, to); len(c) != 1 || c[0].ID == id || c[0].Body != "note" || !strings.Contains(c[0].URL, other) {
		t.Errorf("comments = %+v", c)
	}
	if left, _ := k.Issue(shop, parent); len(left.SubIssues) != 0 {
		t.Errorf("sub-issues left: %v", left.SubIssues)
	}
	if _, found := k.Issue(shop, n); found {
		t.Error("still in its first place")
	}
}

func TestLabelsAndUsersAreListed(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.issue("incident", "P1")
	if got := must[[]*github.Label](t)(k.inst.Issues.ListLabels(k.ctx(), owner, name, nil)); len(got) != 2 || got[1].GetName() != "P1" {
		t.Errorf("labels = %v", got)
	}
	if got := k.Users(); !slices.Equal(got, []string{"jon", "maya", "stranger"}) {
		t.Errorf("users = %v", got)
	}
	bot := must[*github.User](t)(k.inst.Users.Get(k.ctx(), k.BotLogin()))
	same := must[*github.User](t)(k.inst.Users.GetByID(k.ctx(), bot.GetID()))
	if same.GetLogin() != k.BotLogin() || same.GetType() != "Bot" {
		t.Errorf("user = %v", same)
	}
	if _, _, err := k.inst.Users.GetByID(k.ctx(), k.AppID()); status(err) != 404 {
		t.Errorf("the App's id is no user's: %v", err)
	}
}
