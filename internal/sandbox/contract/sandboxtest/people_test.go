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
	root, maya := k.As("root"), k.As("maya")
	n, err := maya.OpenIssue(shop, "Checkout is down", "- [ ] look", "incident", "P1")
	k.must(err)
	id, err := k.As("stranger").Comment(shop, n, "Me too")
	k.must(err)
	other, err := maya.OpenIssue(shop, "Add a circuit breaker", "")
	k.must(err)
	pull, err := maya.OpenPull(shop, "Fix it", "", "incident")
	k.must(err)
	_, err = maya.Comment(shop, pull, "/incident status")
	k.must(err)
	for what, act := range map[string]error{ // evaluated in this order
		"make label":     maya.MakeLabel(shop, "P0", "ff0000", "All is down"),
		"edit comment":   maya.EditComment(shop, id, "Me too!"),
		"react":          maya.React(shop, id, "eyes"),
		"edit":           maya.EditIssue(shop, n, "Checkout is down!", "- [x] look"),
		"unlabel":        maya.Unlabel(shop, n, "P1"),
		"label":          maya.Label(shop, n, "P0"),
		"assign":         maya.Assign(shop, n, "jon"),
		"unassign":       maya.Unassign(shop, n, "jon"),
		"sub-issue":      maya.AddSubIssue(shop, n, other),
		"lock":           maya.Lock(shop, n, "resolved"),
		"unlock":         maya.Unlock(shop, n),
		"close":          maya.CloseAs(shop, n, "not_planned"),
		"reopen":         maya.Reopen(shop, n),
		"delete label":   maya.DeleteLabel(shop, "P1"),
		"wiki page":      maya.EditWiki(shop, "Incidents", "none yet", ""),
		"wiki edit":      maya.EditWiki(shop, "Incidents", "one", "one more"),
		"delete comment": root.DeleteComment(shop, id),
		"rename":         k.RenameRepo("acme/mobile", "phone"),
	} {
		if act != nil {
			t.Errorf("%s: %v", what, act)
		}
	}
	k.actAsApp(n, other)
	_, _, err = k.inst.Issues.ListIssueTimeline(ctx, owner, repo, n, &github.ListOptions{PerPage: 100})
	k.must(err)
	_, _, err = k.inst.Issues.ListIssueEvents(ctx, owner, repo, n, &github.ListOptions{PerPage: 100})
	k.must(err)
	_, err = root.Transfer(shop, other, "acme/phone")
	k.must(err)
	k.must(root.DeleteIssue(shop, n))
	k.must(k.Uninstall("acme/phone"))
	k.must(k.Suspend(owner, true))
	k.must(k.Suspend(owner, false))
	k.Ping()
	k.drain()
	if diff := cmp.Diff(sent, k.sent()); diff != "" {
		t.Errorf("kinds of webhooks sent and so held against the description (-want +got):\n%s", diff)
	}
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

// Refusals are GitHub's too: the statuses and bodies of an error.
func TestRefusals(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.open("Checkout is down")
	k.must(k.AddRepo("acme/frozen", sandbox.RepoOptions{Archived: true}))
	k.must(k.AddRepo("acme/silent", sandbox.RepoOptions{IssuesDisabled: true}))
	k.must(k.AddRepo("other/shop", sandbox.RepoOptions{NotInstalled: true}))
	title := "x"
	for where, want := range map[string]int{
		"frozen": http.StatusForbidden, "silent": http.StatusGone, "absent": http.StatusNotFound,
	} {
		_, response, err := k.inst.Issues.Create(ctx, owner, where, &github.IssueRequest{Title: &title})
		k.want("issue in "+where, status(response, err), want)
	}
	_, response, err := k.inst.Issues.Create(ctx, "other", "shop", &github.IssueRequest{Title: &title})
	k.want("issue where the App is not", status(response, err), http.StatusForbidden)
	_, response, err = k.inst.Issues.Create(ctx, owner, repo, &github.IssueRequest{})
	k.want("issue without a title", status(response, err), http.StatusUnprocessableEntity)
	_, response, err = k.inst.Issues.CreateComment(ctx, owner, repo, n, comment(" "))
	k.want("blank comment", status(response, err), http.StatusUnprocessableEntity)
	_, response, err = k.inst.Issues.CreateComment(ctx, owner, repo, 99, comment("x"))
	k.want("comment on no issue", status(response, err), http.StatusNotFound)
	_, response, err = k.app.Issues.Get(ctx, owner, repo, n)
	k.want("JWT in place of a token", status(response, err), http.StatusForbidden)
	anonymous := client(k.wire, k.inst.BaseURL)
	_, response, err = anonymous.Issues.Get(ctx, owner, repo, n)
	k.want("no token", status(response, err), http.StatusUnauthorized)
	k.ExpireTokens()
	_, response, err = anonymous.WithAuthToken("ghs_expired").Issues.Get(ctx, owner, repo, n)
	k.want("bad token", status(response, err), http.StatusUnauthorized)
}

// Moved repositories and deleted issues answer as GitHub's do.
func TestWhatIsNoLongerThere(t *testing.T) {
	k := newKit(t, sandbox.Options{MovedWriteStatus: http.StatusTemporaryRedirect})
	n := k.open("Checkout is down")
	deleted := k.open("Mistake")
	k.must(k.As("root").DeleteIssue(shop, deleted))
	_, response, err := k.inst.Issues.Get(ctx, owner, repo, deleted)
	k.want("deleted issue", status(response, err), http.StatusGone)
	k.must(k.RenameRepo(shop, "store"))
	_, _, err = k.inst.Issues.Get(ctx, owner, repo, n)
	k.must(err)
	_, _, err = k.inst.Issues.CreateComment(ctx, owner, repo, n, comment("found"))
	k.must(err)
}

// Faults that the sandbox offers are answers that GitHub gives.
func TestFaults(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.open("Checkout is down")
	path := "/repos/" + shop + "/issues/" + number(int64(n))
	for what, fault := range map[string]sandbox.Fault{
		"bad gateway":       sandbox.BadGateway(http.MethodGet, path),
		"secondary limit":   sandbox.SecondaryLimit(http.MethodGet, path, 0),
		"too many requests": sandbox.TooManyRequests(http.MethodGet, path, 1),
	} {
		injected := k.Inject(fault)
		// A new client each time, as one that has met a rate limit stops asking.
		if _, _, err := client(k.inst.Client().Transport, k.inst.BaseURL).Issues.Get(ctx, owner, repo, n); err == nil {
			t.Errorf("%s: the request succeeded", what)
		}
		if injected.Hits() == 0 {
			t.Errorf("%s: did not strike", what)
		}
		injected.Remove()
	}
	injected := k.Inject(sandbox.DroppedAnswer(http.MethodPost, path+"/comments"))
	if _, _, err := k.inst.Issues.CreateComment(ctx, owner, repo, n, comment("lost")); err == nil || injected.Hits() != 1 {
		t.Errorf("dropped answer: %v after %d hits", err, injected.Hits())
	}
}
