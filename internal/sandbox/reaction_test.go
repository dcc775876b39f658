package sandbox_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestReactionsAreReadBackAsWritten(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.issue()
	id := k.said(n, "/postmortem")
	k.must(k.As("jon").React(shop, id, "heart"))
	eyes, first, err := k.inst.Reactions.CreateIssueCommentReaction(k.ctx(), owner, name, id, "eyes")
	k.must(err)
	_, again, err := k.inst.Reactions.CreateIssueCommentReaction(k.ctx(), owner, name, id, "eyes")
	k.must(err)
	if first.StatusCode != http.StatusCreated || again.StatusCode != http.StatusOK {
		t.Errorf("first %d, again %d", first.StatusCode, again.StatusCode)
	}
	want := []sandbox.Reaction{{User: "jon", Content: "heart"}, {User: k.BotLogin(), Content: "eyes"}}
	if diff := cmp.Diff(want, k.Reactions(id)); diff != "" {
		t.Error(diff)
	}
	got := must[*github.IssueComment](t)(k.inst.Issues.GetComment(k.ctx(), owner, name, id)).GetReactions()
	if got.GetTotalCount() != 2 || got.GetEyes() != 1 || got.GetHeart() != 1 {
		t.Errorf("rollup = %v", got)
	}
	var only []*github.Reaction
	k.must(k.call("GET", fmt.Sprintf("repos/acme/shop/issues/comments/%d/reactions?content=eyes", id), nil, &only))
	if len(only) != 1 || only[0].GetID() != eyes.GetID() {
		t.Errorf("list = %v", only)
	}
	_, err = k.inst.Reactions.DeleteIssueCommentReaction(k.ctx(), owner, name, id, eyes.GetID())
	k.must(err)
	if diff := cmp.Diff(want[:1], k.Reactions(id)); diff != "" {
		t.Error(diff)
	}
}

func TestReactionsOnAnIssue(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.issue()
	made := must[*github.Reaction](t)(k.inst.Reactions.CreateIssueReaction(k.ctx(), owner, name, n, "-1"))
	if got := must[[]*github.Reaction](t)(k.inst.Reactions.ListIssueReactions(k.ctx(), owner, name, n, nil)); len(got) != 1 {
		t.Errorf("list = %v", got)
	}
	if diff := cmp.Diff([]sandbox.Reaction{{User: k.BotLogin(), Content: "-1"}}, k.IssueReactions(shop, n)); diff != "" {
		t.Error(diff)
	}
	_, err := k.inst.Reactions.DeleteIssueReaction(k.ctx(), owner, name, n, made.GetID())
	k.must(err)
	if got := k.IssueReactions(shop, n); len(got) != 0 {
		t.Errorf("left: %v", got)
	}
}

func TestReactionsAreRefused(t *testing.T) {
	k := looseKit(t, sandbox.Options{}) // the description refuses these requests too
	id := k.said(k.issue(), "hello")
	if _, _, err := k.inst.Reactions.CreateIssueCommentReaction(k.ctx(), owner, name, id, "thumbsup"); status(err) != 422 {
		t.Errorf("an unknown one: %v", err)
	}
	if _, _, err := k.inst.Reactions.CreateIssueCommentReaction(k.ctx(), owner, name, id+1, "eyes"); status(err) != 404 {
		t.Errorf("on no comment: %v", err)
	}
}
