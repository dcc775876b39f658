package sandboxtest_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func labelOperations(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	const phase, escaped = "incident/triage", "incident%2Ftriage"
	label := &github.Label{Name: github.String(phase), Color: github.String("d93f0b"), Description: github.String("Step 2")}
	_, _, err := k.inst.Issues.CreateLabel(ctx, owner, repo, label)
	k.must(err)
	_, response, err := k.inst.Issues.CreateLabel(ctx, owner, repo, label)
	k.want("second label of the name", status(response, err), http.StatusUnprocessableEntity)
	_, _, err = k.inst.Issues.GetLabel(ctx, owner, repo, escaped)
	k.must(err)
	_, response, err = k.inst.Issues.GetLabel(ctx, owner, repo, "absent")
	k.want("absent label", status(response, err), http.StatusNotFound)
	_, _, err = k.inst.Issues.EditLabel(ctx, owner, repo, escaped, &github.Label{Color: github.String("000000")})
	k.must(err)
	_, _, err = k.inst.Issues.ListLabels(ctx, owner, repo, &github.ListOptions{PerPage: 100})
	k.must(err)
	n := k.open("Checkout is down")
	_, _, err = k.inst.Issues.AddLabelsToIssue(ctx, owner, repo, n, []string{phase, "incident"})
	k.must(err)
	_, _, err = k.inst.Issues.ListLabelsByIssue(ctx, owner, repo, n, nil)
	k.must(err)
	_, err = k.inst.Issues.RemoveLabelForIssue(ctx, owner, repo, n, escaped)
	k.must(err)
	response, err = k.inst.Issues.RemoveLabelForIssue(ctx, owner, repo, n, escaped)
	k.want("label that is off already", status(response, err), http.StatusNotFound)
	_, _, err = k.inst.Issues.ReplaceLabelsForIssue(ctx, owner, repo, n, []string{"P1"})
	k.must(err)
	_, err = k.inst.Issues.RemoveLabelsForIssue(ctx, owner, repo, n)
	k.must(err)
	_, err = k.inst.Issues.DeleteLabel(ctx, owner, repo, escaped)
	k.must(err)
}

func (k *kit) open(title string) int {
	k.t.Helper()
	issue, _, err := k.inst.Issues.Create(ctx, owner, repo, &github.IssueRequest{Title: &title})
	k.must(err)
	return issue.GetNumber()
}

func milestoneOperations(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	due := &github.Timestamp{Time: time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)}
	asked := &github.Milestone{Title: github.String("Post-mortems"), DueOn: due, Description: github.String("Fix them")}
	milestone, _, err := k.inst.Issues.CreateMilestone(ctx, owner, repo, asked)
	k.must(err)
	_, response, err := k.inst.Issues.CreateMilestone(ctx, owner, repo, asked)
	k.want("second milestone of the title", status(response, err), http.StatusUnprocessableEntity)
	_, _, err = k.inst.Issues.ListMilestones(ctx, owner, repo, &github.MilestoneListOptions{State: "all"})
	k.must(err)
	_, _, err = k.inst.Issues.GetMilestone(ctx, owner, repo, milestone.GetNumber())
	k.must(err)
	title := "Gateway times out"
	_, _, err = k.inst.Issues.Create(ctx, owner, repo, &github.IssueRequest{Title: &title, Milestone: milestone.Number})
	k.must(err)
	_, _, err = k.inst.Issues.EditMilestone(ctx, owner, repo, milestone.GetNumber(), &github.Milestone{State: github.String("closed")})
	k.must(err)
}

func issueOperations(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	request := &github.IssueRequest{
		Title: github.String("Add a circuit breaker"), Body: github.String("Why"),
		Labels: &[]string{"incident-follow-up", "P1"}, Assignees: &[]string{"maya"},
	}
	created, _, err := k.inst.Issues.Create(ctx, owner, repo, request)
	k.must(err)
	n := created.GetNumber()
	_, _, err = k.inst.Issues.Get(ctx, owner, repo, n)
	k.must(err)
	k.unmodified("issues/" + number(int64(n)))
	_, _, err = k.inst.Issues.ListByRepo(ctx, owner, repo, &github.IssueListByRepoOptions{
		State: "all", Labels: []string{"P1"}, Since: time.Unix(0, 0).UTC(), Sort: "updated", Direction: "asc",
		ListOptions: github.ListOptions{PerPage: 100},
	})
	k.must(err)
	for _, edit := range []*github.IssueRequest{
		{Title: github.String("Add two"), Body: github.String("Why not")},
		{State: github.String("closed"), StateReason: github.String("completed")},
		{State: github.String("open")},
		{Labels: &[]string{}, Assignees: &[]string{}},
	} {
		_, _, err = k.inst.Issues.Edit(ctx, owner, repo, n, edit)
		k.must(err)
	}
	_, err = k.inst.Issues.Lock(ctx, owner, repo, n, &github.LockIssueOptions{LockReason: "too heated"})
	k.must(err)
	_, response, err := k.inst.Issues.CreateComment(ctx, owner, repo, n, comment("x"))
	k.want("comment on a locked issue", status(response, err), http.StatusForbidden)
	_, err = k.inst.Issues.Unlock(ctx, owner, repo, n)
	k.must(err)
	_, _, err = k.inst.Issues.ListIssueTimeline(ctx, owner, repo, n, &github.ListOptions{PerPage: 100})
	k.must(err)
	_, _, err = k.inst.Issues.ListIssueEvents(ctx, owner, repo, n, nil)
	k.must(err)
	_, _, err = k.inst.Search.Issues(ctx, "repo:"+shop+" is:issue label:P1", nil)
	k.must(err)
	_, _, err = k.inst.Search.Issues(ctx, "repo:"+shop+" is:issue circuit", &github.SearchOptions{Sort: "created", Order: "asc"})
	k.must(err)
}

func comment(body string) *github.IssueComment { return &github.IssueComment{Body: &body} }

// unmodified asks twice, the second time only for what has changed.
func (k *kit) unmodified(path string) {
	k.t.Helper()
	request, err := k.inst.NewRequest(http.MethodGet, "repos/"+shop+"/"+path, nil)
	k.must(err)
	response, err := k.inst.Do(ctx, request, nil)
	k.must(err)
	again := request.Clone(ctx)
	again.Header.Set("If-None-Match", response.Header.Get("ETag"))
	response, err = k.inst.Do(ctx, again, nil)
	k.want("unchanged "+path, status(response, err), http.StatusNotModified)
}

func assigneeOperations(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.open("Checkout is down")
	_, _, err := k.inst.Issues.ListAssignees(ctx, owner, repo, nil)
	k.must(err)
	for login, able := range map[string]bool{"maya": true, "stranger": false, "nobody": false} {
		got, _, err := k.inst.Issues.IsAssignee(ctx, owner, repo, login)
		k.must(err)
		if got != able {
			t.Errorf("%s may be assigned: %v, want %v", login, got, able)
		}
	}
	_, _, err = k.inst.Issues.AddAssignees(ctx, owner, repo, n, []string{"maya", "nobody"})
	k.must(err)
	_, _, err = k.inst.Issues.RemoveAssignees(ctx, owner, repo, n, []string{"maya"})
	k.must(err)
	title := "x"
	_, response, err := k.inst.Issues.Create(ctx, owner, repo, &github.IssueRequest{Title: &title, Assignees: &[]string{"nobody"}})
	k.want("issue for nobody", status(response, err), http.StatusUnprocessableEntity)
}

func commentAndReactionOperations(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.open("Checkout is down")
	made, _, err := k.inst.Issues.CreateComment(ctx, owner, repo, n, comment("- [ ] Verified"))
	k.must(err)
	id := made.GetID()
	k.must(k.As("maya").EditComment(shop, id, "- [x] Verified"))
	edited, _, err := k.inst.Issues.EditComment(ctx, owner, repo, id, comment("- [x] Verified."))
	k.must(err)
	read, _, err := k.inst.Issues.GetComment(ctx, owner, repo, id)
	k.must(err)
	if read.GetBody() != edited.GetBody() || read.GetBody() != "- [x] Verified." {
		t.Errorf("the comment reads %q after its edit", read.GetBody())
	}
	k.unmodified("issues/comments/" + number(id))
	since := time.Unix(0, 0).UTC()
	_, _, err = k.inst.Issues.ListComments(ctx, owner, repo, n, &github.IssueListCommentsOptions{Since: &since})
	k.must(err)
	sort, direction := "updated", "desc"
	_, _, err = k.inst.Issues.ListComments(ctx, owner, repo, 0, &github.IssueListCommentsOptions{Sort: &sort, Direction: &direction})
	k.must(err)
	reaction, _, err := k.inst.Reactions.CreateIssueCommentReaction(ctx, owner, repo, id, "eyes")
	k.must(err)
	_, response, err := k.inst.Reactions.CreateIssueCommentReaction(ctx, owner, repo, id, "eyes")
	k.want("the same reaction again", status(response, err), http.StatusOK)
	_, _, err = k.inst.Reactions.ListIssueCommentReactions(ctx, owner, repo, id, nil)
	k.must(err)
	_, err = k.inst.Reactions.DeleteIssueCommentReaction(ctx, owner, repo, id, reaction.GetID())
	k.must(err)
	reaction, _, err = k.inst.Reactions.CreateIssueReaction(ctx, owner, repo, n, "+1")
	k.must(err)
	_, _, err = k.inst.Reactions.ListIssueReactions(ctx, owner, repo, n, nil)
	k.must(err)
	_, err = k.inst.Reactions.DeleteIssueReaction(ctx, owner, repo, n, reaction.GetID())
	k.must(err)
	_, err = k.inst.Issues.DeleteComment(ctx, owner, repo, id)
	k.must(err)
	_, response, err = k.inst.Issues.EditComment(ctx, owner, repo, id, comment("gone"))
	k.want("edit of a deleted comment", status(response, err), http.StatusNotFound)
}

func subIssueOperations(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	parent, child := "repos/"+shop+"/issues/"+number(int64(k.open("Checkout is down"))), k.open("Add a circuit breaker")
	issue, _, err := k.inst.Issues.Get(ctx, owner, repo, child)
	k.must(err)
	body := map[string]any{"sub_issue_id": issue.GetID(), "replace_parent": true}
	k.want("add", k.do(k.inst, http.MethodPost, parent+"/sub_issues", body, nil), http.StatusCreated)
	k.want("add again", k.do(k.inst, http.MethodPost, parent+"/sub_issues", map[string]any{"sub_issue_id": issue.GetID()}, nil),
		http.StatusUnprocessableEntity)
	k.want("add what is not there", k.do(k.inst, http.MethodPost, parent+"/sub_issues", map[string]any{"sub_issue_id": 1 << 40}, nil),
		http.StatusNotFound)
	k.want("list", k.do(k.inst, http.MethodGet, parent+"/sub_issues?per_page=100", nil, nil), http.StatusOK)
	k.want("parent", k.do(k.inst, http.MethodGet, "repos/"+shop+"/issues/"+number(int64(child))+"/parent", nil, nil), http.StatusOK)
	_, _, err = k.inst.Issues.ListIssueTimeline(ctx, owner, repo, child, nil)
	k.must(err)
	body = map[string]any{"sub_issue_id": issue.GetID()}
	k.want("remove", k.do(k.inst, http.MethodDelete, parent+"/sub_issue", body, nil), http.StatusOK)
	k.want("parent of none", k.do(k.inst, http.MethodGet, parent+"/parent", nil, nil), http.StatusNotFound)
}
