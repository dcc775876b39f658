package sandbox_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func (k *kit) issueID(repo string, n int) int64 {
	k.t.Helper()
	i, found := k.Issue(repo, n)
	if !found {
		k.t.Fatalf("no issue %s#%d", repo, n)
	}
	return i.ID
}

func (k *kit) addChild(parent int, child int64, replace bool) error {
	k.t.Helper()
	body := map[string]any{"sub_issue_id": child}
	if replace {
		body["replace_parent"] = true
	}
	return k.call("POST", fmt.Sprintf("repos/acme/shop/issues/%d/sub_issues", parent), body, nil)
}

func TestSubIssuesAreReadBackAsWritten(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	parent, a, b := k.issue(), k.issue(), k.issue()
	k.must(k.addChild(parent, k.issueID(shop, a), false))
	k.must(k.addChild(parent, k.issueID(shop, b), false))
	path := fmt.Sprintf("repos/acme/shop/issues/%d", parent)
	var list []github.Issue
	k.must(k.call("GET", path+"/sub_issues", nil, &list))
	if len(list) != 2 || list[0].GetNumber() != a || list[1].GetNumber() != b {
		t.Errorf("sub-issues = %v", list)
	}
	var up github.Issue
	k.must(k.call("GET", fmt.Sprintf("repos/acme/shop/issues/%d/parent", a), nil, &up))
	if up.GetNumber() != parent {
		t.Errorf("parent = %v", up)
	}
	k.must(k.As("maya").Close(shop, a))
	var summary struct {
		Summary struct{ Total, Completed int } `json:"sub_issues_summary"`
	}
	k.must(k.call("GET", path, nil, &summary))
	if summary.Summary.Total != 2 || summary.Summary.Completed != 1 {
		t.Errorf("summary = %+v", summary)
	}
	k.must(k.call("DELETE", path+"/sub_issue", map[string]any{"sub_issue_id": k.issueID(shop, a)}, nil))
	if seen, _ := k.Issue(shop, parent); !slices.Equal(seen.SubIssues, []int{b}) {
		t.Errorf("left: %v", seen.SubIssues)
	}
	if err := k.call("GET", fmt.Sprintf("repos/acme/shop/issues/%d/parent", a), nil, nil); status(err) != http.StatusNotFound {
		t.Errorf("no parent: %v", err)
	}
}

func TestSubIssuesAreRefused(t *testing.T) {
	for behaviour, c := range map[string]struct {
		add  func(k *kit) error
		want int
		says string
	}{
		"by number instead of id": {func(k *kit) error { return k.addChild(k.issue(), int64(k.issue()), false) }, 404, ""},
		"of itself": {func(k *kit) error {
			n := k.issue()
			return k.addChild(n, k.issueID(shop, n), false)
		}, 422, "its own"},
		"in a circle": {func(k *kit) error {
			a, b := k.issue(), k.issue()
			k.must(k.addChild(a, k.issueID(shop, b), false))
			return k.addChild(b, k.issueID(shop, a), false)
		}, 422, "its own"},
		"twice": {func(k *kit) error {
			a, b := k.issue(), k.issueID(shop, k.issue())
			k.must(k.addChild(a, b, false))
			return k.addChild(a, b, false)
		}, 422, "duplicate"},
		"with another parent": {func(k *kit) error {
			b := k.issueID(shop, k.issue())
			k.must(k.addChild(k.issue(), b, false))
			return k.addChild(k.issue(), b, false)
		}, 422, "only have one parent"},
		"unless it is to be replaced": {func(k *kit) error {
			b := k.issueID(shop, k.issue())
			k.must(k.addChild(k.issue(), b, false))
			return k.addChild(k.issue(), b, true)
		}, 0, ""},
		"of another owner": {func(k *kit) error {
			k.must(k.AddRepo("globex/web", sandbox.RepoOptions{}))
			n, err := k.As("maya").OpenIssue("globex/web", "x", "")
			k.must(err)
			return k.addChild(k.issue(), k.issueID("globex/web", n), false)
		}, 422, "same repository owner"},
		"on servers that have none": {func(k *kit) error {
			k.change(func(o *sandbox.RepoOptions) { o.SubIssuesMissing = true })
			return k.addChild(k.issue(), k.issueID(shop, k.issue()), false)
		}, 404, ""},
		"beyond a hundred": {func(k *kit) error {
			parent := k.issue()
			for range 100 {
				k.must(k.As("maya").AddSubIssue(shop, parent, k.issue()))
			}
			return k.addChild(parent, k.issueID(shop, k.issue()), false)
		}, 422, "more than 100"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			err := c.add(newKit(t, sandbox.Options{}))
			if status(err) != c.want || (err == nil) != (c.want == 0) || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Error(err)
			}
		})
	}
}
