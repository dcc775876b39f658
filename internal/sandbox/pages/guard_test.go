package pages_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func (k *kit) send(method, path string, alter func(*http.Request)) *visited {
	k.t.Helper()
	body := url.Values{"do": {"comment"}, "body": {"x"}}.Encode()
	request, err := http.NewRequest(method, k.WebURL()+path, strings.NewReader(body))
	k.must(err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	alter(request)
	return k.answer(k.browser.Do(request))
}

func TestOtherSitesCannotAct(t *testing.T) {
	k := newKit(t)
	for name, alter := range map[string]func(*http.Request){
		"by what the browser says": func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
		"by a sibling":             func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") },
		"by origin":                func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") },
		"by no origin":             func(r *http.Request) { r.Header.Set("Origin", "null") },
	} {
		k.send(http.MethodPost, issueOne, alter).want(http.StatusForbidden).has("The request came from another site.")
		k.send(http.MethodPost, "/-/as", alter).want(http.StatusForbidden)
		if n := k.issue().Comments; n != 0 {
			t.Errorf("%s: %d comments", name, n)
		}
	}
	k.send(http.MethodPost, issueOne, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-origin") }).want(http.StatusOK)
}

func TestForeignNamesForLoopbackAreRefused(t *testing.T) {
	k := newKit(t)
	for host, want := range map[string]int{
		"evil.example": http.StatusMisdirectedRequest, "evil.example:80": http.StatusMisdirectedRequest,
		"10.0.0.1:80": http.StatusMisdirectedRequest, "localhost.evil.example": http.StatusMisdirectedRequest,
		"localhost:80": http.StatusOK, "127.0.0.1": http.StatusOK, "[::1]:80": http.StatusOK,
	} {
		k.send(http.MethodGet, issueOne, func(r *http.Request) { r.Host = host }).want(want)
	}
}

func TestPagesMayLoadNothingFromElsewhere(t *testing.T) {
	k := newKit(t)
	page := k.get(issueOne)
	policy := page.response.Header.Get("Content-Security-Policy")
	if !contains(policy, "default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'") ||
		strings.Contains(policy, "unsafe") || strings.Contains(policy, "http") {
		t.Errorf("the policy is %q", policy)
	}
	nonce := regexp.MustCompile(`'nonce-([A-Z2-7]{26})'`).FindStringSubmatch(policy)
	if nonce == nil || strings.Count(page.source, "<script") != 1 || !strings.Contains(page.source, `<script nonce="`+nonce[1]+`" src="/-/pages.js?`) {
		t.Errorf("nonce %v, and %d scripts", nonce, strings.Count(page.source, "<script"))
	}
	for _, a := range regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(page.source, -1) {
		if !strings.HasPrefix(a[1], "/") && !strings.HasPrefix(a[1], "#") && a[1] != "data:," {
			t.Errorf("the page refers to %s", a[1])
		}
	}
	if again := k.get(issueOne).response.Header.Get("Content-Security-Policy"); again == policy {
		t.Error("the nonce is the same again")
	}
	page.lacks("style=")
	page.lacks(" onclick")
}

func TestAssets(t *testing.T) {
	k := newKit(t)
	page := k.get(issueOne)
	for _, a := range regexp.MustCompile(`(?:src|href)="(/[^"]*\.(?:css|js)\?[^"]*)"`).FindAllStringSubmatch(page.source, -1) {
		got := k.get(a[1]).want(http.StatusOK)
		if kind := got.response.Header.Get("Content-Type"); !strings.HasPrefix(kind, "text/css") && !strings.HasPrefix(kind, "text/javascript") {
			t.Errorf("%s is %s", a[1], kind)
		}
	}
	if css := k.get("/acme/shop/labels.css").source; css != ".label-b60205{background:#b60205;color:#fff}\n"+
		".label-d93f0b{background:#d93f0b;color:#fff}\n.label-fbca04{background:#fbca04;color:#1f2328}\n" {
		t.Errorf("the labels' styles are %s", css)
	}
}

func TestFormsAreBounded(t *testing.T) {
	k := newKit(t)
	k.post(issueOne, url.Values{"do": {"comment"}, "body": {strings.Repeat("x", 1<<20)}}).want(http.StatusRequestEntityTooLarge)
	k.post(issueOne, url.Values{"do": {"comment"}, "body": {strings.Repeat("ü", 131_072)}}).want(http.StatusOK)
	page := k.post(issueOne, url.Values{"do": {"comment"}, "body": {strings.Repeat("ü", 131_073)}}).want(http.StatusUnprocessableEntity)
	if !strings.Contains(page.alert(), "Body is too long") || k.issue().Comments != 1 {
		t.Errorf("%d comments, and the page says %q", k.issue().Comments, page.alert())
	}
	k.send(http.MethodPost, issueOne, func(r *http.Request) { r.URL.RawQuery = "%zz" }).want(http.StatusBadRequest)
}

func TestWhatIsNotThere(t *testing.T) {
	k := newKit(t)
	k.must(k.AddRepo("acme/secret", sandbox.RepoOptions{Private: true, WikiInitialised: true}))
	k.must(k.Grant("acme/secret", "jon", sandbox.RoleRead))
	_, err := k.As("jon").OpenIssue("acme/secret", "Hidden", "")
	k.must(err)
	for _, path := range []string{
		"/nothing", "/maya", "/acme/absent", "/acme/absent/issues", "/acme/shop/pulls", "/acme/shop/issues/99", "/acme/shop/issues/x",
		"/acme/shop/issues/99/live", "/acme/shop/wiki/Absent", "/acme/shop/wiki/Absent/_edit", "/acme/shop/wiki/Absent/_history",
		"/acme/secret", "/acme/secret/issues", "/acme/secret/issues/1", "/acme/secret/issues/1/live", "/acme/secret/labels.css", "/acme/secret/wiki",
	} {
		k.get(path).want(http.StatusNotFound)
	}
	k.post("/acme/secret/issues/new", url.Values{"title": {"x"}}).want(http.StatusNotFound)
	k.post("/acme/shop/issues/99", url.Values{"do": {"comment"}}).want(http.StatusNotFound)
	k.comment("acme/secret#1 acme/shop#1")
	k.get("/").has("acme/shop").lacks("secret")
	k.get(issueOne).lacks(`href="/acme/secret`)
	k.actAs("jon")
	k.get("/acme/secret/issues/1").want(http.StatusOK).has("Hidden")
	k.get(issueOne).want(http.StatusOK)
	k.get("/").has("acme/secret", "acme/shop", "1 open issue")
}

func TestWhoActs(t *testing.T) {
	k := newKit(t)
	k.get(issueOne).has("role here: write") // the first who may write
	k.post("/-/as", url.Values{"as": {"jon"}, "back": {issueOne}}).want(http.StatusOK).at(issueOne).has("role here: triage")
	k.post("/-/as", url.Values{"as": {"nobody"}}).want(http.StatusUnprocessableEntity)
	for _, back := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, ""} {
		k.post("/-/as", url.Values{"as": {"maya"}, "back": {back}}).want(http.StatusOK).at("/")
	}
}
