package sandbox_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestAnIssueIsReadBackAsWritten(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	made := must[*github.Issue](t)(k.inst.Issues.Create(k.ctx(), owner, name, &github.IssueRequest{
		Title: github.String("Pool exhausted"), Body: github.String("body"),
		Labels: &[]string{"incident-follow-up", "P1"}, Assignees: &[]string{"maya"},
	}))
	edited := must[*github.Issue](t)(k.inst.Issues.Edit(k.ctx(), owner, name, made.GetNumber(), &github.IssueRequest{
		Title: github.String("Pool exhausted again"), State: github.String("closed"), StateReason: github.String("not_planned"),
		Labels: &[]string{"P2"},
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
}
