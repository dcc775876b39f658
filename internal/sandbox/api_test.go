package sandbox_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

func TestPagesLinkToEachOther(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.issue()
	for range 5 {
		k.said(n, "x")
	}
	for at, want := range map[int][4]int{ // previous, next, last, first
		1: {0, 2, 3, 0},
		2: {1, 3, 3, 1},
		3: {2, 0, 0, 1},
	} {
		_, r, err := k.inst.Issues.ListComments(k.ctx(), owner, name, n, &github.IssueListCommentsOptions{
			ListOptions: github.ListOptions{Page: at, PerPage: 2}})
		k.must(err)
		if got := [4]int{r.PrevPage, r.NextPage, r.LastPage, r.FirstPage}; got != want {
			t.Errorf("page %d links to %v, want %v", at, got, want)
		}
	}
}

func TestPagesHoldAHundredAtMost(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.issue()
	for range 101 {
		k.said(n, "x")
	}
	var got []github.IssueComment
	k.must(k.call("GET", "repos/acme/shop/issues/1/comments?per_page=500", nil, &got))
	if len(got) != 100 {
		t.Errorf("%d on a page", len(got))
	}
	k.must(k.call("GET", "repos/acme/shop/issues/1/comments", nil, &got))
	if len(got) != 30 {
		t.Errorf("%d on a page by default", len(got))
	}
}

func TestThePrimaryLimit(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	k := newKit(t, sandbox.Options{RateLimit: 3, Clock: func() time.Time { return now }})
	for left := 2; left >= 0; left-- {
		_, r, err := k.inst.Repositories.Get(k.ctx(), owner, name)
		k.must(err)
		if r.Rate.Limit != 3 || r.Rate.Remaining != left || !r.Rate.Reset.Equal(github.Timestamp{Time: now.Add(time.Hour)}) {
			t.Errorf("rate = %v, want %d left", r.Rate, left)
		}
	}
	err := k.call("GET", "repos/acme/shop", nil, nil)
	if _, limited := err.(*github.RateLimitError); !limited {
		t.Errorf("beyond the limit: %v", err)
	}
	now = now.Add(time.Hour)
	k.must(k.call("GET", "repos/acme/shop", nil, nil))
	rates := must[*github.RateLimits](t)(k.inst.RateLimit.Get(k.ctx()))
	if rates.Core.Limit != 3 || rates.Core.Remaining != 2 {
		t.Errorf("rates = %v", rates.Core)
	}
}

// ask sends a GET by a token and gives the answer, its body read.
func (k *kit) ask(path, etag string) *http.Response {
	k.t.Helper()
	r, err := http.NewRequestWithContext(k.ctx(), "GET", k.APIURL()+path, nil)
	k.must(err)
	r.Header.Set("Authorization", "token "+k.token(nil))
	if etag != "" {
		r.Header.Set("If-None-Match", etag)
	}
	resp, err := k.wire.RoundTrip(r)
	k.must(err)
	k.must(resp.Body.Close())
	return resp
}

func TestAnswersAreRevalidated(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.issue()
	first := k.ask("repos/acme/shop/issues/1", "")
	tag := first.Header.Get("ETag")
	again := k.ask("repos/acme/shop/issues/1", tag)
	if again.StatusCode != http.StatusNotModified || again.Header.Get("X-RateLimit-Used") != first.Header.Get("X-RateLimit-Used") {
		t.Errorf("unchanged: %d, headers %v", again.StatusCode, again.Header)
	}
	k.must(k.As("maya").EditIssue(shop, n, "new", ""))
	if changed := k.ask("repos/acme/shop/issues/1", tag); changed.StatusCode != http.StatusOK || changed.Header.Get("ETag") == tag {
		t.Errorf("changed: %d, tag %s", changed.StatusCode, changed.Header.Get("ETag"))
	}
	if got := first.Header.Get("Cache-Control"); got != "private, max-age=60, s-maxage=60" {
		t.Errorf("Cache-Control %q", got)
	}
}

func TestUnknownOperationsAreSeen(t *testing.T) {
	k := looseKit(t, sandbox.Options{})
	for _, path := range []string{"repos/acme/shop/hooks", "repos/acme/shop/issues/1/dependencies/blocked_by"} {
		if err := k.call("GET", path, nil, nil); status(err) != http.StatusNotImplemented {
			t.Errorf("%s: %v", path, err)
		}
	}
	if err := k.call("POST", "repos/acme/shop/issues/1", nil, nil); status(err) != http.StatusNotImplemented {
		t.Errorf("a method that the operation has not: %v", err)
	}
	resp, err := http.Post(k.GraphQLURL(), "application/json", strings.NewReader("{}"))
	k.must(err)
	k.must(resp.Body.Close())
	want := []string{"GET /repos/acme/shop/hooks", "GET /repos/acme/shop/issues/1/dependencies/blocked_by",
		"POST /repos/acme/shop/issues/1", "POST /api/graphql"}
	if diff := cmp.Diff(want, k.Unknown()); diff != "" {
		t.Error(diff)
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
}

func TestMalformedBodies(t *testing.T) {
	for body, want := range map[string]int{`{"title":`: 400, `{"title":7}`: 422, `[]`: 422} {
		k := looseKit(t, sandbox.Options{})
		r, err := http.NewRequestWithContext(k.ctx(), "POST", k.APIURL()+"repos/acme/shop/issues", strings.NewReader(body))
		k.must(err)
		r.Header.Set("Authorization", "Bearer "+k.token(nil))
		resp, err := k.wire.RoundTrip(r)
		k.must(err)
		k.must(resp.Body.Close())
		if resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", body, resp.StatusCode, want)
		}
	}
}

func TestRequestsAreRecorded(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.issue()
	must[*github.IssueComment](t)(k.inst.Issues.CreateComment(k.ctx(), owner, name, n, text("hello")))
	k.ResetRequests()
	k.label(n, "incident/triage")
	must[[]*github.IssueComment](t)(k.inst.Issues.ListComments(k.ctx(), owner, name, n, &github.IssueListCommentsOptions{
		ListOptions: github.ListOptions{PerPage: 100}}))
	k.must(k.call("DELETE", "repos/acme/shop/issues/1/labels/incident%2Ftriage", nil, nil))
	var got []string
	for _, r := range k.Requests() {
		got = append(got, strings.TrimSpace(r.Method+" "+r.Path+" "+r.Query.Encode()+" "+strings.TrimSpace(string(r.Body))))
		if r.Status != 200 || r.Actor != k.BotLogin() || r.Installation != k.InstallationID(owner) || r.Injected {
			t.Errorf("request = %+v", r)
		}
	}
	want := []string{
		`POST /repos/acme/shop/issues/1/labels  {"labels":["incident/triage"]}`,
		`GET /repos/acme/shop/issues/1/comments per_page=100`,
		`DELETE /repos/acme/shop/issues/1/labels/incident/triage`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
