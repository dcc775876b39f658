package pages_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/pages/markup"
)

func TestWhatThePersonMayNotDoIsSaidOnThePage(t *testing.T) {
	const role = "Must have more rights on the repository."
	tests := map[string]struct {
		as     string
		form   url.Values
		status int
		says   string
	}{
		"label":               {"stranger", url.Values{"do": {"labels"}, "pick": {"P1"}}, http.StatusForbidden, role},
		"unlabel":             {"stranger", url.Values{"do": {"labels"}, "was": {"incident"}}, http.StatusForbidden, role},
		"assign":              {"stranger", url.Values{"do": {"assignees"}, "pick": {"jon"}}, http.StatusForbidden, role},
		"assign a stranger":   {"jon", url.Values{"do": {"assignees"}, "pick": {"stranger"}}, http.StatusUnprocessableEntity, "Validation Failed: assignees invalid (stranger)"},
		"close":               {"stranger", url.Values{"do": {"close"}}, http.StatusForbidden, role},
		"reopen":              {"stranger", url.Values{"do": {"reopen"}}, http.StatusForbidden, role},
		"edit another's text": {"jon", url.Values{"do": {"edit"}, "target": {"0"}, "hash": {markup.Digest(issueText)}, "body": {"x"}}, http.StatusForbidden, role + " Your text is kept."},
		"a blank comment":     {"jon", url.Values{"do": {"comment"}, "body": {" "}}, http.StatusUnprocessableEntity, "Validation Failed: Body cannot be blank Your text is kept."},
		"an unknown target":   {"maya", url.Values{"do": {"edit"}, "target": {"x"}}, http.StatusUnprocessableEntity, "The form asks for something that is not known."},
		"an unknown box":      {"maya", url.Values{"do": {"tick"}, "target": {"0"}, "task": {"on.x.y"}}, http.StatusUnprocessableEntity, "The form asks for something that is not known."},
		"an unknown form":     {"maya", url.Values{"do": {"delete"}}, http.StatusUnprocessableEntity, "The form asks for something that is not known."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			k := newKit(t)
			k.actAs(tt.as)
			before := k.issue()
			page := k.post(issueOne, tt.form).want(tt.status)
			if page.alert() != tt.says {
				t.Errorf("the page says %q, want %q", page.alert(), tt.says)
			}
			if _, edits := tt.form["hash"]; edits && page.field("edit-0") != tt.form.Get("body") {
				t.Errorf("the form has %q", page.field("edit-0"))
			}
			if after := k.issue(); after.State != before.State || after.Comments != 0 || len(after.Labels) != 1 || len(after.Assignees) != 0 {
				t.Errorf("the issue is now %+v", after)
			}
		})
	}
}

func TestWhatIsRefusedIsKept(t *testing.T) {
	k := newKit(t)
	k.must(k.As("maya").Lock(shop, 1, ""))
	k.actAs("stranger")
	k.get(issueOne).has("This conversation is locked.")
	locked := k.post(issueOne, url.Values{"do": {"comment"}, "body": {"hi"}}).want(http.StatusForbidden)
	if locked.field("new-comment-body") != "hi" {
		t.Errorf("the form has %q", locked.field("new-comment-body"))
	}
	k.must(k.As("maya").Unlock(shop, 1))
	form := k.get(issueOne)
	k.must(k.ChangeRepo(shop, func(o *sandbox.RepoOptions) { o.Archived = true }))
	page := form.press(labelled("Comment"), url.Values{"body": {"a long & <b>text"}}).want(http.StatusForbidden)
	if page.field("new-comment-body") != "a long & <b>text" || page.alert() != "Repository was archived so is read-only. Your text is kept." {
		t.Errorf("the page says %q and has %q", page.alert(), page.field("new-comment-body"))
	}
}

func TestACommentThatWentOutIsNotKeptWhenClosingIsRefused(t *testing.T) {
	k := newKit(t)
	k.actAs("stranger")
	page := k.post(issueOne, url.Values{"do": {"close"}, "body": {"me too"}}).want(http.StatusForbidden)
	if k.issue().Comments != 1 || page.field("new-comment-body") != "" {
		t.Errorf("%d comments, and the form has %q", k.issue().Comments, page.field("new-comment-body"))
	}
}

func TestControlsAreForThoseWhoMayUseThem(t *testing.T) {
	tests := map[string]struct{ labels, closes, edits bool }{
		"maya": {true, true, true}, "jon": {true, true, false}, "stranger": {false, false, false},
	}
	for login, want := range tests {
		t.Run(login, func(t *testing.T) {
			k := newKit(t)
			k.actAs(login)
			page := k.get(issueOne)
			for what, has := range map[string]struct{ got, want bool }{
				"labels": {page.find(inForm("labels")) != nil, want.labels},
				"edits":  {page.find(inForm("edit")) != nil, want.edits},
				"closes": {page.find(labelled("Close issue")) != nil, want.closes},
			} {
				if has.got != has.want {
					t.Errorf("%s: %v, want %v", what, has.got, has.want)
				}
			}
		})
	}
}
