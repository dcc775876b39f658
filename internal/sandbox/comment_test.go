package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func text(body string) *github.IssueComment { return &github.IssueComment{Body: &body} }

func TestACommentIsReadBackAsWritten(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.issue()
	made := must[*github.IssueComment](t)(k.inst.Issues.CreateComment(k.ctx(), owner, name, n, text("- [ ] a\r\n")))
	edited := must[*github.IssueComment](t)(k.inst.Issues.EditComment(k.ctx(), owner, name, made.GetID(), text("- [x] a\r\n")))
	got := must[*github.IssueComment](t)(k.inst.Issues.GetComment(k.ctx(), owner, name, made.GetID()))
	if diff := cmp.Diff(edited, got); diff != "" {
		t.Error(diff)
	}
	if got.GetBody() != "- [x] a\r\n" || got.GetUser().GetLogin() != k.BotLogin() {
		t.Errorf("comment = %v", got)
	}
	if seen := k.Comments(shop, n); len(seen) != 1 || seen[0].Edits[0].From != "- [ ] a\r\n" {
		t.Errorf("seen = %+v", seen)
	}
	if _, err := k.inst.Issues.DeleteComment(k.ctx(), owner, name, made.GetID()); err != nil {
		t.Fatal(err)
	}
	if _, _, err := k.inst.Issues.GetComment(k.ctx(), owner, name, made.GetID()); status(err) != http.StatusNotFound {
		t.Errorf("a deleted comment: %v", err)
	}
}

func TestCommentsAreListed(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	var ticks atomic.Int64
	k := newKit(t, sandbox.Options{Clock: func() time.Time { return now.Add(time.Duration(ticks.Load()) * time.Minute) }})
	n, other := k.issue(), k.issue()
	for i := range 5 {
		ticks.Add(1)
		k.said(n, fmt.Sprint(i))
	}
	k.said(other, "elsewhere")
	for behaviour, c := range map[string]struct {
		number int
		opts   github.IssueListCommentsOptions
		want   string
	}{
		"oldest first":        {n, github.IssueListCommentsOptions{}, "0 1 2 3 4"},
		"since a time":        {n, github.IssueListCommentsOptions{Since: ptr(now.Add(4 * time.Minute))}, "3 4"},
		"by pages":            {n, github.IssueListCommentsOptions{ListOptions: github.ListOptions{Page: 2, PerPage: 2}}, "2 3"},
		"beyond the last":     {n, github.IssueListCommentsOptions{ListOptions: github.ListOptions{Page: 9, PerPage: 2}}, ""},
		"of the repository":   {0, github.IssueListCommentsOptions{}, "0 1 2 3 4 elsewhere"},
		"of it, newest first": {0, github.IssueListCommentsOptions{Sort: github.String("created"), Direction: github.String("desc")}, "elsewhere 4 3 2 1 0"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			list := must[[]*github.IssueComment](t)(k.inst.Issues.ListComments(k.ctx(), owner, name, c.number, &c.opts))
			var bodies []string
			for _, said := range list {
				bodies = append(bodies, said.GetBody())
			}
			if got := strings.Join(bodies, " "); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// said comments as maya.
func (k *kit) said(n int, body string) int64 {
	k.t.Helper()
	id, err := k.As("maya").Comment(shop, n, body)
	k.must(err)
	return id
}

func TestCommentsAreRefused(t *testing.T) {
	for behaviour, c := range map[string]struct {
		before func(k *kit, n int)
		body   string
		want   int
		says   string
	}{
		"over 65536 characters": {body: strings.Repeat("é", 65_537), want: 422, says: "Body is too long (maximum is 65536 characters)"},
		"empty":                 {body: " \n", want: 422, says: "Body cannot be blank"},
		"on a locked issue": {before: func(k *kit, n int) { k.must(k.As("maya").Lock(shop, n, "")) }, body: "x",
			want: 403, says: "Unable to create comment because issue is locked"},
		"in an archived repository": {before: func(k *kit, _ int) { k.change(func(o *sandbox.RepoOptions) { o.Archived = true }) },
			body: "x", want: 403, says: "Repository was archived so is read-only"},
		"with issues disabled": {before: func(k *kit, _ int) { k.change(func(o *sandbox.RepoOptions) { o.IssuesDisabled = true }) },
			body: "x", want: 410, says: "Issues are disabled"},
		"on a deleted issue": {before: func(k *kit, n int) {
			k.must(k.Grant(shop, "root", sandbox.RoleAdmin))
			k.must(k.As("root").DeleteIssue(shop, n))
		}, body: "x", want: 410, says: "deleted"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k := newKit(t, sandbox.Options{})
			n := k.issue()
			if c.before != nil {
				c.before(k, n)
			}
			_, _, err := k.inst.Issues.CreateComment(k.ctx(), owner, name, n, text(c.body))
			if status(err) != c.want || !strings.Contains(err.Error(), c.says) {
				t.Error(err)
			}
		})
	}
}

func TestTheLongestBodyIsTaken(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	body := strings.Repeat("é", 65_536)
	made := must[*github.IssueComment](t)(k.inst.Issues.CreateComment(k.ctx(), owner, name, k.issue(), text(body)))
	if made.GetBody() != body {
		t.Error("the body was cut")
	}
}

// change alters the shop.
func (k *kit) change(alter func(*sandbox.RepoOptions)) {
	k.t.Helper()
	k.must(k.ChangeRepo(shop, alter))
}
