package sandbox_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// TestAnArchivedRepositoryIsReadOnly tries the writes of every resource.
func TestAnArchivedRepositoryIsReadOnly(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n, child := k.issue("P1"), k.issueID(shop, k.issue())
	id := k.said(n, "note")
	k.must(k.call("POST", "repos/acme/shop/milestones", map[string]any{"title": "one"}, nil))
	k.change(func(o *sandbox.RepoOptions) { o.Archived = true })
	on := fmt.Sprintf("issues/%d", n)
	for _, c := range []struct {
		method, path string
		body         map[string]any
	}{
		{"POST", "issues", map[string]any{"title": "x"}},
		{"PATCH", on, map[string]any{"title": "x"}},
		{"POST", on + "/comments", map[string]any{"body": "x"}},
		{"PATCH", fmt.Sprintf("issues/comments/%d", id), map[string]any{"body": "x"}},
		{"DELETE", fmt.Sprintf("issues/comments/%d", id), nil},
		{"POST", fmt.Sprintf("issues/comments/%d/reactions", id), map[string]any{"content": "eyes"}},
		{"POST", on + "/reactions", map[string]any{"content": "eyes"}},
		{"POST", on + "/labels", map[string]any{"labels": []string{"P0"}}},
		{"DELETE", on + "/labels/P1", nil},
		{"POST", on + "/assignees", map[string]any{"assignees": []string{"jon"}}},
		{"POST", on + "/sub_issues", map[string]any{"sub_issue_id": child}},
		{"POST", "labels", map[string]any{"name": "P0"}},
		{"PATCH", "labels/P1", map[string]any{"color": "000000"}},
		{"DELETE", "labels/P1", nil},
		{"POST", "milestones", map[string]any{"title": "two"}},
		{"PATCH", "milestones/1", map[string]any{"state": "closed"}},
		{"PUT", on + "/lock", nil},
	} {
		err := k.call(c.method, "repos/acme/shop/"+c.path, c.body, nil)
		if status(err) != 403 || !strings.Contains(err.Error(), "Repository was archived so is read-only.") {
			t.Errorf("%s %s: %v", c.method, c.path, err)
		}
	}
	k.must(k.call("GET", "repos/acme/shop/"+on, nil, nil))
	for who, act := range map[string]func(*sandbox.Person) error{
		"label":   func(p *sandbox.Person) error { return p.Unlabel(shop, n, "P1") },
		"close":   func(p *sandbox.Person) error { return p.Close(shop, n) },
		"comment": func(p *sandbox.Person) error { _, err := p.Comment(shop, n, "x"); return err },
	} {
		if err := act(k.As("maya")); err == nil {
			t.Errorf("people still %s", who)
		}
	}
}
