package pages_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

const postMortem = shopPath + "/wiki/Incident-1-checkout"

func (k *kit) publish(body string) {
	k.t.Helper()
	k.must(k.As("maya").EditWiki(shop, "Incident-1-checkout", body, "Published"))
}

func TestReadingTheWiki(t *testing.T) {
	k := newKit(t)
	k.publish("## Summary\nPlain\nlines, see #1 and [home](Home).\n")
	k.must(k.As("maya").EditWiki(shop, "_Sidebar", "not a page", ""))
	k.get(shopPath+"/wiki").want(http.StatusOK).has("Home", "Welcome to the shop wiki!", "Pages 2", "Incident 1 checkout")
	page := k.get(postMortem).want(http.StatusOK).has("Incident 1 checkout", "maya edited this page 23 Nov 2026, 12:00 UTC", "1 revision", "Plain lines")
	if !contains(page.source, `href="/acme/shop/wiki/Home"`, `href="/acme/shop/issues/1"`, `id="user-content-summary"`) {
		t.Errorf("the page is\n%s", page.source)
	}
	k.get(shopPath + "/wiki/incident%201%20CHECKOUT").want(http.StatusOK).has("Incident 1 checkout")
}

func TestEditingTheWikiCommits(t *testing.T) {
	k := newKit(t)
	k.publish("one & <b>\n")
	form := k.get(postMortem + "/_edit").want(http.StatusOK)
	if form.field("body") != "one & <b>\n" {
		t.Errorf("the form has %q", form.field("body"))
	}
	form.press(labelled("Save page"), url.Values{"body": {"two\r\nlines\r\n"}, "message": {"Said\nmore"}}).want(http.StatusOK).at(postMortem)
	body, _ := k.WikiPage(shop, "Incident-1-checkout")
	newest := k.WikiLog(shop)[0]
	if body != "two\nlines\n" || newest.Author != "maya" || newest.Message != "Said more" || newest.Files[0] != "Incident-1-checkout.md" {
		t.Errorf("the page is %q by %+v", body, newest)
	}
	k.wantLast("gollum", "", "maya")
	k.get(postMortem+"/_history").want(http.StatusOK).has("Said more", "Published").lacks("Initial Home page")
	k.get(shopPath+"/wiki/_history").want(http.StatusOK).has("Said more", "Initial Home page")
}

func TestAWikiPageThatChangedMeanwhile(t *testing.T) {
	k := newKit(t)
	k.publish("one")
	form := k.get(postMortem + "/_edit")
	k.publish("two")
	stale := form.press(labelled("Save page"), url.Values{"body": {"three"}}).want(http.StatusConflict)
	if body, _ := k.WikiPage(shop, "Incident-1-checkout"); body != "two" || stale.field("body") != "three" {
		t.Errorf("the page is %q, the form has %q", body, stale.field("body"))
	}
	stale.press(labelled("Save page"), nil).want(http.StatusOK)
	if body, _ := k.WikiPage(shop, "Incident-1-checkout"); body != "three" {
		t.Errorf("the page is %q", body)
	}
}

func TestANewWikiPage(t *testing.T) {
	k := newKit(t)
	form := k.get(shopPath + "/wiki/_new").want(http.StatusOK)
	taken := form.press(labelled("Save page"), url.Values{"title": {"home"}, "body": {"mine"}}).want(http.StatusUnprocessableEntity)
	if taken.alert() != "There is a page of that name already." || taken.field("body") != "mine" {
		t.Errorf("the page says %q", taken.alert())
	}
	for _, bad := range []string{"", "a/b", "../x", "what?"} {
		form.press(labelled("Save page"), url.Values{"title": {bad}, "body": {"x"}}).want(http.StatusUnprocessableEntity)
	}
	form.press(labelled("Save page"), url.Values{"title": {"How we work"}, "body": {"Calmly"}}).want(http.StatusOK).
		at(shopPath+"/wiki/How-we-work").has("How we work", "Calmly")
	if got := k.WikiLog(shop)[0].Message; got != "Created How we work" {
		t.Errorf("the message is %q", got)
	}
}

func TestTheFirstPageMakesTheWiki(t *testing.T) {
	k := newKit(t)
	k.must(k.AddRepo("acme/web", sandbox.RepoOptions{}))
	k.must(k.Grant("acme/web", "maya", sandbox.RoleWrite))
	k.get("/acme/web/wiki").want(http.StatusOK).has("There is no wiki here yet")
	k.get("/acme/web/wiki/_history").want(http.StatusOK).has("Nothing was ever written here.")
	k.get("/acme/web/wiki/_new?title=Home").press(labelled("Save page"), url.Values{"body": {"Hi"}}).want(http.StatusOK).has("Hi")
	k.get("/acme/web/wiki").has("Hi")
}

func TestWhoMayNotWriteMayNotEditTheWiki(t *testing.T) {
	k := newKit(t)
	k.publish("one")
	k.actAs("stranger")
	for _, path := range []string{postMortem + "/_edit", shopPath + "/wiki/_new?title=X"} {
		page := k.get(path).press(labelled("Save page"), url.Values{"body": {"mine"}}).want(http.StatusForbidden)
		if page.alert() != "Must have more rights on the repository." || page.field("body") != "mine" {
			t.Errorf("the page says %q", page.alert())
		}
	}
	if body, _ := k.WikiPage(shop, "Incident-1-checkout"); body != "one" {
		t.Errorf("the page is %q", body)
	}
}

func TestAWikiThatIsSwitchedOff(t *testing.T) {
	k := newKit(t)
	k.must(k.AddRepo("acme/web", sandbox.RepoOptions{WikiDisabled: true}))
	k.must(k.Grant("acme/web", "maya", sandbox.RoleAdmin))
	page := k.get("/acme/web/wiki/_new").press(labelled("Save page"), url.Values{"title": {"Home"}, "body": {"Hi"}}).want(http.StatusNotFound)
	if !strings.Contains(page.alert(), "Not Found") {
		t.Errorf("the page says %q", page.alert())
	}
}
