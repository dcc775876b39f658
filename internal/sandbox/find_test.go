package sandbox_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestSearchFindsIssues(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.As("maya").MakeLabel(shop, "incident", "ff0000", ""))
	k.must(k.AddRepo("globex/web", sandbox.RepoOptions{}))
	_, err := k.As("maya").OpenIssue("globex/web", "Checkout elsewhere", "")
	k.must(err)
	checkout := k.issue("incident")
	mail, err := k.As("jon").OpenIssue(shop, "Mail is late", "queue 7 full")
	k.must(err)
	k.must(k.As("jon").Close(shop, mail))
	pull, err := k.As("maya").OpenPull(shop, "Fix checkout", "")
	k.must(err)
	for query, want := range map[string][]int{
		"repo:acme/shop is:issue":                      {mail, checkout},
		"repo:acme/shop is:pr":                         {pull},
		"is:issue is:open label:incident":              {checkout},
		"is:issue state:closed author:jon":             {mail},
		`repo:acme/shop is:issue "queue 7"`:            {mail},
		"is:issue checkout":                            {checkout},
		"is:issue -label:incident repo:acme/shop":      {mail},
		"org:globex is:issue":                          nil,
		"repo:acme/shop repo:globex/web in:title mail": {mail},
	} {
		found := must[*github.IssuesSearchResult](t)(k.inst.Search.Issues(k.ctx(), query, nil))
		var got []int
		for _, i := range found.Issues {
			got = append(got, i.GetNumber())
		}
		if !slices.Equal(got, want) || found.GetTotal() != len(want) {
			t.Errorf("%s found %v, want %v", query, got, want)
		}
	}
}

func TestTheTimelineTellsWhatHappened(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	p := k.As("maya")
	k.must(p.MakeLabel(shop, "P1", "ff0000", ""))
	n, child := k.issue("P1"), k.issue()
	k.must(p.Unlabel(shop, n, "P1"))
	k.must(p.Assign(shop, n, "jon"))
	k.must(p.EditIssue(shop, n, "Checkout is down", ""))
	k.must(p.AddSubIssue(shop, n, child))
	k.must(p.Close(shop, n))
	k.said(n, "done")
	list := must[[]*github.Timeline](t)(k.inst.Issues.ListIssueTimeline(k.ctx(), owner, name, n, nil))
	var got []string
	for _, e := range list {
		got = append(got, e.GetEvent())
	}
	want := []string{"labeled", "unlabeled", "assigned", "renamed", "sub_issue_added", "closed", "commented"}
	slices.Sort(got) // within one second the order of comments and events is open
	slices.Sort(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	events := must[[]*github.IssueEvent](t)(k.inst.Issues.ListIssueEvents(k.ctx(), owner, name, n, nil))
	if len(events) != 6 || events[0].GetLabel().GetName() != "P1" || events[0].GetActor().GetLogin() != "maya" {
		t.Errorf("events = %v", events)
	}
	seen := k.Timeline(shop, n)
	if len(seen) != 6 || seen[2].Event != "assigned" || seen[2].What != "jon" || seen[3].What != "Checkout is down" {
		t.Errorf("seen = %+v", seen)
	}
}
