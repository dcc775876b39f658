package pages_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestTheIssuePageShowsAllOfIt(t *testing.T) {
	k := newKit(t)
	maya, jon := k.As("maya"), k.As("jon")
	c := k.comment("ask @jon, see #1")
	k.must(jon.React(shop, c.ID, "eyes"))
	k.must(maya.EditComment(shop, c.ID, "ask @jon, see #1 **now**"))
	k.must(jon.Assign(shop, 1, "jon"))
	k.must(jon.Label(shop, 1, "P1", "P2"))
	k.must(jon.Unlabel(shop, 1, "incident"))
	k.must(maya.EditIssue(shop, 1, "Checkout is down", k.issue().Body))
	child, err := maya.OpenIssue(shop, "Watch the pool", "")
	k.must(err)
	k.must(maya.AddSubIssue(shop, 1, child))
	k.must(maya.CloseAs(shop, child, "not_planned"))
	page := k.get(issueOne).want(http.StatusOK).has(
		"Checkout is down #1", "Open", "maya opened this issue 23 Nov 2026, 12:00 UTC", "ask @jon , see #1 now", "edited by maya",
		"👀 1 by jon", "jon self-assigned this", "jon added P1 P2 and removed incident", "maya changed the title to Checkout is down",
		"maya added the sub-issue Watch the pool", "1 of 1 closed",
	)
	if page.find(func(n *html.Node) bool { return attr(n, "id") == strings.TrimPrefix(c.URL, k.WebURL()+issueOne+"#") }) == nil {
		t.Errorf("nothing is at %s", c.URL)
	}
	k.get("/acme/shop/issues/2").has("Closed", "sub-issue of Checkout is down #1", "closed this as not planned", "No description provided.")
}

func TestTheOrderOfWhatHappened(t *testing.T) {
	k := newKit(t)
	k.AddBot("helper")
	k.must(k.Grant(shop, "helper[bot]", sandbox.RoleWrite))
	jon, bot := k.As("jon"), k.As("helper[bot]")
	k.later(time.Minute)
	k.comment("please help")
	k.must(bot.Label(shop, 1, "P1"))
	k.must(bot.Unlabel(shop, 1, "P1"))
	k.later(time.Minute)
	k.must(jon.Label(shop, 1, "P1"))
	k.comment("thanks")
	k.later(time.Minute)
	k.must(jon.Label(shop, 1, "P2"))
	k.get(issueOne).has("please help", "helper[bot] added P1 23 Nov 2026, 12:01 UTC", "helper[bot] removed P1 23 Nov",
		"jon added P1 23 Nov", "thanks", "jon added P2 23 Nov").inOrder("please help", "helper[bot]", "jon", "thanks", "12:03 UTC")
}

func TestCommenting(t *testing.T) {
	k := newKit(t)
	page := k.get(issueOne).press(labelled("Comment"), url.Values{"body": {"\r\n/incident status\r\n"}}).want(http.StatusOK)
	comments := k.Comments(shop, 1)
	if len(comments) != 1 || comments[0].Author != "maya" || comments[0].Body != "\r\n/incident status\r\n" {
		t.Fatalf("the comments are %+v", comments)
	}
	page.at(strings.TrimPrefix(comments[0].URL, k.WebURL()))
	k.wantLast("issue_comment", "created", "maya")
}

func TestClosingAndReopening(t *testing.T) {
	k := newKit(t)
	page := k.get(issueOne).press(labelled("Close as not planned"), url.Values{"body": {"wontfix"}}).want(http.StatusOK)
	if i := k.issue(); i.State != "closed" || i.StateReason != "not_planned" || i.Comments != 1 {
		t.Errorf("closed: %+v", i)
	}
	page = page.press(labelled("Reopen issue"), nil)
	if i := k.issue(); i.State != "open" || i.Comments != 1 {
		t.Errorf("reopened: %+v", i)
	}
	page.press(labelled("Close issue"), nil)
	if i := k.issue(); i.State != "closed" || i.StateReason != "completed" {
		t.Errorf("closed again: %+v", i)
	}
	k.wantLast("issues", "closed", "maya")
}

func TestPickingLabelsLeavesOthersChangesAlone(t *testing.T) {
	k := newKit(t)
	page := k.get(issueOne)
	k.must(k.As("jon").Label(shop, 1, "P2"))
	page.press(inForm("labels"), url.Values{"pick": {"P1"}}).want(http.StatusOK).at(issueOne)
	got := slices.Sorted(slices.Values(k.issue().Labels))
	if !slices.Equal(got, []string{"P1", "P2"}) {
		t.Errorf("the labels are %v: incident goes, P1 comes, jon's P2 stays", got)
	}
	k.wantLast("issues", "unlabeled", "maya")

	page = k.get(issueOne)
	k.must(k.As("jon").Unlabel(shop, 1, "P2"))
	page.press(inForm("labels"), url.Values{"pick": {"P1", "P2", "incident"}}).want(http.StatusOK)
	got = slices.Sorted(slices.Values(k.issue().Labels))
	if !slices.Equal(got, []string{"P1", "incident"}) {
		t.Errorf("the labels are %v: incident comes, P2 that jon took off stays off", got)
	}
}

func TestPickingAssignees(t *testing.T) {
	k := newKit(t)
	page := k.get(issueOne)
	for login, want := range map[string]bool{"jon": true, "maya": true, "stranger": false} {
		offered := page.find(func(n *html.Node) bool { return attr(n, "name") == "pick" && attr(n, "value") == login }) != nil
		if offered != want {
			t.Errorf("%s is offered: %v", login, offered)
		}
	}
	page = page.press(inForm("assignees"), url.Values{"pick": {"jon", "maya"}}).want(http.StatusOK)
	page.press(inForm("assignees"), url.Values{"pick": {"maya"}})
	if got := k.issue().Assignees; !slices.Equal(got, []string{"maya"}) {
		t.Errorf("the assignees are %v", got)
	}
}

// inForm is a button of the form that does something.
func inForm(does string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		for form := range n.Ancestors() {
			for c := range form.ChildNodes() {
				if attr(c, "name") == "do" && attr(c, "value") == does {
					return true
				}
			}
		}
		return false
	}
}

func TestEditing(t *testing.T) {
	k := newKit(t)
	c := k.comment("\nfirst & <b>\n")
	page := k.get(issueOne)
	if got := page.field("edit-" + c.URL[strings.LastIndex(c.URL, "-")+1:]); got != c.Body {
		t.Errorf("the form has %q, want %q", got, c.Body)
	}
	page.press(saveOf(c), url.Values{"body": {"second"}}).want(http.StatusOK)
	if got := k.commentNow(c.ID).Body; got != "second" {
		t.Errorf("the comment is %q", got)
	}
	stale := page.press(saveOf(c), url.Values{"body": {"third"}}).want(http.StatusConflict)
	if got := k.commentNow(c.ID).Body; got != "second" || !strings.Contains(stale.alert(), "has changed meanwhile") {
		t.Errorf("the comment is %q, the page says %q", got, stale.alert())
	}
	stale.press(saveOf(c), nil).want(http.StatusOK) // what was written is still there, and now wanted
	if got := k.commentNow(c.ID).Body; got != "third" {
		t.Errorf("the comment is %q", got)
	}
}

func TestEditingTitleAndText(t *testing.T) {
	k := newKit(t)
	form := k.get(issueOne)
	k.must(k.As("maya").EditIssue(shop, 1, "", "changed"))
	stale := form.press(saveOf(sandbox.Comment{}), url.Values{"title": {"Slow"}, "body": {"mine"}}).want(http.StatusConflict)
	if stale.field("edit-0") != "mine" || stale.field("edit-title") != "Slow" || stale.field("new-comment-body") != "" {
		t.Errorf("the form has %q: %q", stale.field("edit-title"), stale.field("edit-0"))
	}
	k.get(issueOne).press(saveOf(sandbox.Comment{}), url.Values{"title": {"Down"}, "body": {""}}).want(http.StatusOK)
	if i := k.issue(); i.Title != "Down" || i.Body != "" {
		t.Errorf("the issue is %q: %q", i.Title, i.Body)
	}
}

// saveOf is the button that saves a comment; of none, the issue's own text.
func saveOf(c sandbox.Comment) func(*html.Node) bool {
	target := "0"
	if c.ID != 0 {
		target = c.URL[strings.LastIndex(c.URL, "-")+1:]
	}
	return func(n *html.Node) bool {
		for form := range n.Ancestors() {
			for c := range form.ChildNodes() {
				if attr(c, "name") == "target" && attr(c, "value") == target {
					return inForm("edit")(n)
				}
			}
		}
		return false
	}
}

func TestOpeningAnIssue(t *testing.T) {
	k := newKit(t)
	form := k.get("/acme/shop/issues/new?title=Search+is+slow&labels=incident,P1").want(http.StatusOK)
	if form.field("title") != "Search is slow" {
		t.Errorf("the title is %q", form.field("title"))
	}
	refused := form.press(labelled("Create"), url.Values{"title": {strings.Repeat("x", 257)}, "body": {"kept"}}).want(http.StatusUnprocessableEntity)
	if !strings.Contains(refused.alert(), "title is too long") || refused.field("body") != "kept" {
		t.Errorf("the page says %q", refused.alert())
	}
	form.press(labelled("Create"), url.Values{"body": {"since noon"}}).want(http.StatusOK).at("/acme/shop/issues/2")
	i, _ := k.Issue(shop, 2)
	if i.Author != "maya" || i.Body != "since noon" || !i.Has("incident") || !i.Has("P1") || i.Has("P2") {
		t.Errorf("opened %+v", i)
	}
	k.wantLast("issues", "labeled", "maya")
}
