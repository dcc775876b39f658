package sandboxtest_test

import (
	"maps"
	"net/http"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// Whatever people and the App do, the webhooks that tell of it are GitHub's.
func TestWebhooksOfEveryKind(t *testing.T) {
	k := newKit(t, sandbox.Options{
		Events: []string{"issues", "issue_comment", "gollum", "sub_issues", "label", "milestone"},
	})
	k.must(k.AddRepo("acme/mobile", sandbox.RepoOptions{}))
	k.must(k.Grant("acme/mobile", "root", sandbox.RoleAdmin))
	n, child := k.actAsPeople()
	k.actAsApp(n, child)
	_, _, err := k.inst.Issues.ListIssueTimeline(ctx, owner, repo, n, &github.ListOptions{PerPage: 100})
	k.must(err)
	_, _, err = k.inst.Issues.ListIssueEvents(ctx, owner, repo, n, &github.ListOptions{PerPage: 100})
	k.must(err)
	k.actAsAdmin(n, child)
	k.Ping()
	k.drain()
	if diff := cmp.Diff(sent, k.sent()); diff != "" {
		t.Errorf("kinds of webhooks sent and so held against the description (-want +got):\n%s", diff)
	}
}

// actAsPeople opens an incident and another issue, and does to them what people do.
func (k *kit) actAsPeople() (n, child int) {
	k.t.Helper()
	maya := k.As("maya")
	n, err := maya.OpenIssue(shop, "Checkout is down", "- [ ] look", "incident", "P1")
	k.must(err)
	id, err := k.As("stranger").Comment(shop, n, "Me too")
	k.must(err)
	child, err = maya.OpenIssue(shop, "Add a circuit breaker", "")
	k.must(err)
	pull, err := maya.OpenPull(shop, "Fix it", "", "incident")
	k.must(err)
	_, err = maya.Comment(shop, pull, "/incident status")
	k.must(err)
	k.must(maya.MakeLabel(shop, "P0", "ff0000", "All is down"))
	k.must(maya.EditComment(shop, id, "Me too!"))
	k.must(maya.React(shop, id, "eyes"))
	k.must(maya.EditIssue(shop, n, "Checkout is down!", "- [x] look"))
	k.must(maya.Unlabel(shop, n, "P1"))
	k.must(maya.Label(shop, n, "P0"))
	k.must(maya.Assign(shop, n, "jon"))
	k.must(maya.Unassign(shop, n, "jon"))
	k.must(maya.AddSubIssue(shop, n, child))
	k.must(maya.Lock(shop, n, "resolved"))
	k.must(maya.Unlock(shop, n))
	k.must(maya.CloseAs(shop, n, "not_planned"))
	k.must(maya.Reopen(shop, n))
	k.must(maya.DeleteLabel(shop, "P1"))
	k.must(maya.EditWiki(shop, "Incidents", "none yet", ""))
	k.must(maya.EditWiki(shop, "Incidents", "one", "one more"))
	k.must(k.As("root").DeleteComment(shop, id))
	return n, child
}

// actAsAdmin does what ends issues and installations.
func (k *kit) actAsAdmin(n, child int) {
	k.t.Helper()
	k.must(k.RenameRepo("acme/mobile", "phone"))
	_, err := k.As("root").Transfer(shop, child, "acme/phone")
	k.must(err)
	k.must(k.As("root").DeleteIssue(shop, n))
	k.must(k.Uninstall("acme/phone"))
	k.must(k.Suspend(owner, true))
	k.must(k.Suspend(owner, false))
}

// actAsApp does what people of the sandbox cannot.
func (k *kit) actAsApp(n, child int) {
	k.t.Helper()
	milestone, _, err := k.inst.Issues.CreateMilestone(ctx, owner, repo, &github.Milestone{Title: github.String("Soon")})
	k.must(err)
	_, _, err = k.inst.Issues.Edit(ctx, owner, repo, n, &github.IssueRequest{Milestone: milestone.Number})
	k.must(err)
	_, _, err = k.inst.Issues.RemoveMilestone(ctx, owner, repo, n)
	k.must(err)
	_, _, err = k.inst.Issues.EditMilestone(ctx, owner, repo, milestone.GetNumber(), &github.Milestone{State: github.String("closed")})
	k.must(err)
	_, _, err = k.inst.Issues.EditLabel(ctx, owner, repo, "P0", &github.Label{Color: github.String("000000")})
	k.must(err)
	issue, _, err := k.inst.Issues.Get(ctx, owner, repo, child)
	k.must(err)
	of := "repos/" + shop + "/issues/" + number(int64(n))
	k.want("remove sub-issue", k.do(k.inst, http.MethodDelete, of+"/sub_issue", map[string]any{"sub_issue_id": issue.GetID()}, nil), http.StatusOK)
	k.want("add it again", k.do(k.inst, http.MethodPost, of+"/sub_issues", map[string]any{"sub_issue_id": issue.GetID()}, nil), http.StatusCreated)
}

// sent are the kinds of webhooks that an App with Firebreak's events is sent.
var sent = []string{
	"gollum ", "installation created", "installation suspend", "installation unsuspend",
	"installation_repositories added", "installation_repositories removed",
	"issue_comment created", "issue_comment deleted", "issue_comment edited",
	"issues assigned", "issues closed", "issues deleted", "issues demilestoned", "issues edited", "issues labeled",
	"issues locked", "issues milestoned", "issues opened", "issues reopened", "issues transferred",
	"issues unassigned", "issues unlabeled", "issues unlocked",
	"label created", "label deleted", "label edited", "milestone closed", "milestone created", "ping ",
	"sub_issues parent_issue_added", "sub_issues parent_issue_removed",
	"sub_issues sub_issue_added", "sub_issues sub_issue_removed",
}

func (k *kit) sent() []string {
	kinds := map[string]bool{}
	for _, d := range k.Deliveries() {
		kinds[d.Event+" "+d.Action] = true
	}
	return slices.Sorted(maps.Keys(kinds))
}
