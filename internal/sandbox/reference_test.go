package sandbox_test

import (
	"testing"

	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// Pull requests that name an issue are on its timeline, once; those that say so
// close it with their merge.
func TestPullRequestsOnAnIssuesTimeline(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.AddRepo("acme/hidden", sandbox.RepoOptions{Private: true}))
	k.must(k.Grant("acme/hidden", "maya", sandbox.RoleWrite))
	maya := k.As("maya")
	n, err := maya.OpenIssue(shop, "Slow", "")
	k.must(err)
	fix, err := maya.OpenPull(shop, "Fix it", "Fixes #1, as #1 says.")
	k.must(err)
	look, err := maya.OpenPull(shop, "Look", "")
	k.must(err)
	_, err = maya.Comment(shop, look, "see (#1)")
	k.must(err)
	_, err = maya.OpenPull("acme/hidden", "Elsewhere", "closes acme/shop#1")
	k.must(err)
	_, err = maya.OpenIssue(shop, "Another", "like #1")
	k.must(err)
	k.must(maya.MergePull(shop, fix))
	titles := func() (list []string) {
		for _, e := range must[[]*github.Timeline](t)(k.inst.Issues.ListIssueTimeline(k.ctx(), owner, name, n, nil)) {
			if e.GetEvent() == "cross-referenced" {
				list = append(list, e.GetSource().GetIssue().GetTitle())
			}
		}
		return list
	}
	if got := titles(); len(got) != 3 || got[0] != "Fix it" || got[1] != "Look" || got[2] != "Elsewhere" {
		t.Errorf("the timeline has the pull requests %q", got)
	}
	if i, _ := k.Issue(shop, n); i.State != "closed" {
		t.Error("the merge left the issue open")
	}
	k.must(k.Uninstall("acme/hidden"))
	if got := titles(); len(got) != 2 {
		t.Errorf("a token is shown %q, a private repository's that it does not cover too", got)
	}
}
