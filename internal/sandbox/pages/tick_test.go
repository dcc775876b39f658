package pages_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox/pages/markup"
)

const checklist = "Steps\r\n\r\n- [x] one <!-- step:one -->\r\n  - [ ] two, *soon* <!-- step:two -->\r\n- [ ] three\r\n"

func TestABoxIsTickedByAWholeEditOfThePerson(t *testing.T) {
	k := newKit(t)
	c := k.comment(checklist)
	page := k.get(issueOne).want(http.StatusOK)
	page = page.press(page.besideBox("two, soon"), nil).want(http.StatusOK)
	if want := strings.Replace(checklist, "[ ] two", "[x] two", 1); k.commentNow(c.ID).Body != want {
		t.Errorf("the comment is now %q, want %q", k.commentNow(c.ID).Body, want)
	}
	k.wantLast("issue_comment", "edited", "maya")
	if !hasAttr(page.box("two, soon"), "checked") {
		t.Error("the page shows the box unticked")
	}
	page.press(page.besideBox("one"), nil)
	if !contains(k.commentNow(c.ID).Body, "- [ ] one", "- [x] two") {
		t.Errorf("after unticking: %q", k.commentNow(c.ID).Body)
	}
}

func TestABoxOfTheIssuesOwnText(t *testing.T) {
	k := newKit(t)
	page := k.get(issueOne)
	page.press(page.besideBox("page the on-call"), nil).want(http.StatusOK)
	if i := k.issue(); !strings.Contains(i.Body, "- [x] page") || i.Title != "Checkout times out" {
		t.Errorf("the issue is now %q: %q", i.Title, i.Body)
	}
	k.wantLast("issues", "edited", "maya")
}

func TestATickOnAnOldPage(t *testing.T) {
	tests := map[string]struct {
		meanwhile string
		status    int
		want      string
	}{
		"is applied though others ticked": {"- [x] a\n- [ ] b\n", http.StatusOK, "- [x] a\n- [x] b\n"},
		"finds its line elsewhere":        {"# new\n\n- [ ] c\n- [ ] a\n- [ ] b\n", http.StatusOK, "# new\n\n- [ ] c\n- [ ] a\n- [x] b\n"},
		"is there already":                {"- [ ] a\n- [X] b\n", http.StatusOK, "- [ ] a\n- [X] b\n"},
		"does not guess a changed line":   {"- [ ] a\n- [ ] b, really\n", http.StatusConflict, "- [ ] a\n- [ ] b, really\n"},
		"does not guess among two":        {"- [ ] b\n- [ ] a\n- [ ] b\n", http.StatusConflict, "- [ ] b\n- [ ] a\n- [ ] b\n"},
		"does not guess what is gone":     {"nothing\n", http.StatusConflict, "nothing\n"},
		"does not tick code":              {"```\n- [ ] b\n```\n", http.StatusConflict, "```\n- [ ] b\n```\n"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			k := newKit(t)
			c := k.comment("- [ ] a\n- [ ] b\n")
			old := k.get(issueOne)
			k.must(k.As("maya").EditComment(shop, c.ID, tt.meanwhile))
			page := old.press(old.besideBox("b"), nil).want(tt.status)
			if got := k.commentNow(c.ID).Body; got != tt.want {
				t.Errorf("the comment is now %q, want %q", got, tt.want)
			}
			if tt.status == http.StatusConflict && !strings.Contains(page.alert(), "has changed meanwhile") {
				t.Errorf("the page says %q", page.alert())
			}
		})
	}
}

func TestAFormThatNamesTwoBoxesTicksNeither(t *testing.T) {
	k := newKit(t)
	line := markup.Tasks("- [ ] else")[0].Line
	for _, task := range []string{"on.0." + line, "on.1." + line, "on.-1." + line, "on.0."} {
		form := url.Values{"do": {"tick"}, "target": {"0"}, "hash": {markup.Digest(issueText)}, "task": {task}}
		k.post(issueOne, form).want(http.StatusConflict)
	}
	if got := k.issue().Body; got != issueText {
		t.Errorf("the text is %q", got)
	}
}

func TestATickOfADeletedComment(t *testing.T) {
	k := newKit(t)
	c := k.comment("- [ ] a")
	old := k.get(issueOne)
	k.must(k.As("maya").DeleteComment(shop, c.ID))
	page := old.press(old.besideBox("a"), nil).want(http.StatusNotFound)
	if page.alert() != "This comment is no longer there." {
		t.Errorf("the page says %q", page.alert())
	}
}

func TestWhoMayNotEditMayNotTick(t *testing.T) {
	k := newKit(t)
	c := k.comment("- [ ] a")
	old := k.get(issueOne)
	k.actAs("jon")
	if !hasAttr(k.get(issueOne).box("a"), "disabled") {
		t.Error("the box is not disabled")
	}
	page := old.press(old.besideBox("a"), nil).want(http.StatusForbidden)
	if page.alert() != "Must have more rights on the repository." || k.commentNow(c.ID).Body != "- [ ] a" {
		t.Errorf("the page says %q, the comment is %q", page.alert(), k.commentNow(c.ID).Body)
	}
}
