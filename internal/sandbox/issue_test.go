package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestAnIssueIsReadBackAsWritten(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	made := must[*github.Issue](t)(k.inst.Issues.Create(k.ctx(), owner, name, &github.IssueRequest{
		Title: ptr("Pool exhausted"), Body: ptr("body"), Labels: &[]string{"incident-follow-up", "P1"}, Assignees: &[]string{"maya"},
	}))
	edited := must[*github.Issue](t)(k.inst.Issues.Edit(k.ctx(), owner, name, made.GetNumber(), &github.IssueRequest{
		Title: ptr("Pool exhausted again"), State: ptr("closed"), StateReason: ptr("not_planned"), Labels: &[]string{"P2"},
	}))
	got := must[*github.Issue](t)(k.inst.Issues.Get(k.ctx(), owner, name, made.GetNumber()))
	if diff := cmp.Diff(edited, got); diff != "" {
		t.Error("edit's answer and the issue read again differ:", diff)
	}
	if got.GetTitle() != "Pool exhausted again" || got.GetState() != "closed" || got.GetStateReason() != "not_planned" ||
		got.GetBody() != "body" || len(got.Labels) != 1 || got.Labels[0].GetName() != "P2" || got.Assignee.GetLogin() != "maya" ||
		got.GetUser().GetLogin() != k.BotLogin() || got.GetClosedBy().GetLogin() != k.BotLogin() {
		t.Errorf("issue = %+v", got)
	}
	reopened := must[*github.Issue](t)(k.inst.Issues.Edit(k.ctx(), owner, name, made.GetNumber(), &github.IssueRequest{
		State: ptr("open"), Assignees: &[]string{},
	}))
	if reopened.GetState() != "open" || reopened.GetStateReason() != "reopened" || reopened.ClosedAt != nil || len(reopened.Assignees) != 0 {
		t.Errorf("reopened = %+v", reopened)
	}
}

func TestIssuesAreRefused(t *testing.T) {
	for behaviour, c := range map[string]struct {
		before func(*kit)
		ask    github.IssueRequest
		want   int
		says   string
	}{
		"one who cannot be assigned fails all": {ask: github.IssueRequest{Title: ptr("x"), Assignees: &[]string{"maya", "stranger"}},
			want: 422, says: "assignees"},
		"nobody of that name": {ask: github.IssueRequest{Title: ptr("x"), Assignees: &[]string{"nobody"}}, want: 422, says: "invalid"},
		"the bot itself":      {ask: github.IssueRequest{Title: ptr("x"), Assignees: &[]string{"firebreak[bot]"}}, want: 422, says: "invalid"},
		"eleven people": {before: func(k *kit) {
			for i := range 11 {
				k.must(k.Grant(shop, fmt.Sprint("p", i), sandbox.RoleRead))
			}
		}, ask: github.IssueRequest{Title: ptr("x"), Assignees: &[]string{"p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9", "p10"}},
			want: 422, says: "10 people"},
		"no title":          {ask: github.IssueRequest{Title: ptr("")}, want: 422, says: "missing_field"},
		"a long title":      {ask: github.IssueRequest{Title: ptr(strings.Repeat("t", 257))}, want: 422, says: "maximum is 256"},
		"a long body":       {ask: github.IssueRequest{Title: ptr("x"), Body: ptr(strings.Repeat("b", 65_537))}, want: 422, says: "Body is too long (maximum is 65536 characters)"},
		"no such milestone": {ask: github.IssueRequest{Title: ptr("x"), Milestone: ptr(3)}, want: 422, says: "milestone"},
		"in an archived repository": {before: func(k *kit) { k.change(func(o *sandbox.RepoOptions) { o.Archived = true }) },
			ask: github.IssueRequest{Title: ptr("x")}, want: 403, says: "archived"},
		"with issues disabled": {before: func(k *kit) { k.change(func(o *sandbox.RepoOptions) { o.IssuesDisabled = true }) },
			ask: github.IssueRequest{Title: ptr("x")}, want: 410, says: "Issues are disabled for this repo"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k := newKit(t, sandbox.Options{})
			if c.before != nil {
				c.before(k)
			}
			_, _, err := k.inst.Issues.Create(k.ctx(), owner, name, &c.ask)
			if status(err) != c.want || !strings.Contains(err.Error(), c.says) {
				t.Error(err)
			}
			if left := k.Issues(shop); len(left) != 0 {
				t.Errorf("made all the same: %v", left)
			}
		})
	}
}

func TestAssignees(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.issue()
	for login, want := range map[string]bool{"maya": true, "jon": true, "stranger": false, "nobody": false} {
		able, _, err := k.inst.Issues.IsAssignee(k.ctx(), owner, name, login)
		k.must(err)
		if able != want {
			t.Errorf("%s can be assigned: %v", login, able)
		}
	}
	if list := must[[]*github.User](t)(k.inst.Issues.ListAssignees(k.ctx(), owner, name, nil)); len(list) != 2 {
		t.Errorf("assignees = %v", list)
	}
	// Adding leaves out silently whom it cannot take; creating would fail.
	got := must[*github.Issue](t)(k.inst.Issues.AddAssignees(k.ctx(), owner, name, n, []string{"jon", "stranger"}))
	if len(got.Assignees) != 1 || got.Assignees[0].GetLogin() != "jon" {
		t.Errorf("assignees = %v", got.Assignees)
	}
	got = must[*github.Issue](t)(k.inst.Issues.RemoveAssignees(k.ctx(), owner, name, n, []string{"jon"}))
	if len(got.Assignees) != 0 {
		t.Errorf("assignees = %v", got.Assignees)
	}
}

func TestIssuesThatAreNoLongerThere(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.AddRepo("acme/other", sandbox.RepoOptions{}))
	k.must(k.Grant("acme/other", "maya", sandbox.RoleWrite))
	k.must(k.Grant(shop, "root", sandbox.RoleAdmin))
	gone, moved := k.issue(), k.issue()
	k.must(k.As("root").DeleteIssue(shop, gone))
	to, err := k.As("maya").Transfer(shop, moved, "acme/other")
	k.must(err)
	if _, _, err := k.inst.Issues.Get(k.ctx(), owner, name, gone); status(err) != http.StatusGone {
		t.Errorf("deleted: %v", err)
	}
	if _, _, err := k.inst.Issues.Get(k.ctx(), owner, name, 99); status(err) != http.StatusNotFound {
		t.Errorf("never there: %v", err)
	}
	followed := must[*github.Issue](t)(k.inst.Issues.Get(k.ctx(), owner, name, moved))
	if followed.GetNumber() != to || !strings.HasSuffix(followed.GetURL(), "acme/other/issues/1") {
		t.Errorf("transferred to %v", followed.GetURL())
	}
}

func TestIssuesAreListed(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	at := now
	k := newKit(t, sandbox.Options{Clock: func() time.Time { return at }})
	p := k.As("maya")
	for _, l := range []string{"incident", "P1"} {
		k.must(p.MakeLabel(shop, l, "ff0000", ""))
	}
	first, second, third := k.issue("incident"), k.issue("incident", "P1"), k.issue()
	pull, err := p.OpenPull(shop, "fix", "", "incident")
	k.must(err)
	at = now.Add(time.Hour)
	k.must(p.Close(shop, first))
	k.must(p.Assign(shop, second, "jon"))
	_, err = p.Comment(shop, third, "x")
	k.must(err)
	for behaviour, c := range map[string]struct {
		opts github.IssueListByRepoOptions
		want []int
	}{
		"the open ones, newest first": {github.IssueListByRepoOptions{}, []int{pull, third, second}},
		"all":                         {github.IssueListByRepoOptions{State: "all", Direction: "asc"}, []int{first, second, third, pull}},
		"closed":                      {github.IssueListByRepoOptions{State: "closed"}, []int{first}},
		"with a label":                {github.IssueListByRepoOptions{State: "all", Labels: []string{"Incident"}}, []int{pull, second, first}},
		"with two labels":             {github.IssueListByRepoOptions{Labels: []string{"incident", "P1"}}, []int{second}},
		"with an unknown label":       {github.IssueListByRepoOptions{Labels: []string{"nothing"}}, nil},
		"updated since":               {github.IssueListByRepoOptions{State: "all", Since: at}, []int{third, second, first}},
		"by update":                   {github.IssueListByRepoOptions{Sort: "updated", Direction: "asc"}, []int{pull, second, third}},
		"by comments":                 {github.IssueListByRepoOptions{Sort: "comments"}, []int{third, pull, second}},
		"of an assignee":              {github.IssueListByRepoOptions{Assignee: "jon"}, []int{second}},
		"of nobody":                   {github.IssueListByRepoOptions{Assignee: "none"}, []int{pull, third}},
		"of a creator":                {github.IssueListByRepoOptions{Creator: "jon"}, nil},
		"one page":                    {github.IssueListByRepoOptions{ListOptions: github.ListOptions{PerPage: 1, Page: 2}}, []int{third}},
	} {
		t.Run(behaviour, func(t *testing.T) {
			list := must[[]*github.Issue](t)(k.inst.Issues.ListByRepo(k.ctx(), owner, name, &c.opts))
			var got []int
			for _, i := range list {
				got = append(got, i.GetNumber())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
