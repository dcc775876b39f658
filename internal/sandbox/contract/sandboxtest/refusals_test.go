package sandboxtest_test

import (
	"net/http"
	"testing"

	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// Refusals are GitHub's too: the statuses and bodies of an error.
func TestRefusals(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.open("Checkout is down")
	k.must(k.AddRepo("acme/frozen", sandbox.RepoOptions{Archived: true}))
	k.must(k.AddRepo("acme/silent", sandbox.RepoOptions{IssuesDisabled: true}))
	k.must(k.AddRepo("other/shop", sandbox.RepoOptions{NotInstalled: true}))
	title := "x"
	for where, want := range map[string]int{
		"frozen": http.StatusForbidden, "silent": http.StatusGone, "absent": http.StatusNotFound,
	} {
		_, response, err := k.inst.Issues.Create(ctx, owner, where, &github.IssueRequest{Title: &title})
		k.want("issue in "+where, status(response, err), want)
	}
	_, response, err := k.inst.Issues.Create(ctx, "other", "shop", &github.IssueRequest{Title: &title})
	k.want("issue where the App is not", status(response, err), http.StatusForbidden)
	_, response, err = k.inst.Issues.Create(ctx, owner, repo, &github.IssueRequest{})
	k.want("issue without a title", status(response, err), http.StatusUnprocessableEntity)
	_, response, err = k.inst.Issues.CreateComment(ctx, owner, repo, n, comment(" "))
	k.want("blank comment", status(response, err), http.StatusUnprocessableEntity)
	_, response, err = k.inst.Issues.CreateComment(ctx, owner, repo, 99, comment("x"))
	k.want("comment on no issue", status(response, err), http.StatusNotFound)
	_, response, err = k.app.Issues.Get(ctx, owner, repo, n)
	k.want("JWT in place of a token", status(response, err), http.StatusForbidden)
	anonymous := client(k.wire, k.inst.BaseURL)
	_, response, err = anonymous.Issues.Get(ctx, owner, repo, n)
	k.want("no token", status(response, err), http.StatusUnauthorized)
	k.ExpireTokens()
	_, response, err = anonymous.WithAuthToken("ghs_expired").Issues.Get(ctx, owner, repo, n)
	k.want("bad token", status(response, err), http.StatusUnauthorized)
}

// Moved repositories and deleted issues answer as GitHub's do.
func TestWhatIsNoLongerThere(t *testing.T) {
	k := newKit(t, sandbox.Options{MovedWriteStatus: http.StatusTemporaryRedirect})
	n := k.open("Checkout is down")
	deleted := k.open("Mistake")
	k.must(k.As("root").DeleteIssue(shop, deleted))
	_, response, err := k.inst.Issues.Get(ctx, owner, repo, deleted)
	k.want("deleted issue", status(response, err), http.StatusGone)
	k.must(k.RenameRepo(shop, "store"))
	_, _, err = k.inst.Issues.Get(ctx, owner, repo, n)
	k.must(err)
	_, _, err = k.inst.Issues.CreateComment(ctx, owner, repo, n, comment("found"))
	k.must(err)
}

// Faults that the sandbox offers are answers that GitHub gives.
func TestFaults(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.open("Checkout is down")
	path := "/repos/" + shop + "/issues/" + number(int64(n))
	for what, fault := range map[string]sandbox.Fault{
		"bad gateway":       sandbox.BadGateway(http.MethodGet, path),
		"secondary limit":   sandbox.SecondaryLimit(http.MethodGet, path, 0),
		"too many requests": sandbox.TooManyRequests(http.MethodGet, path, 1),
	} {
		injected := k.Inject(fault)
		// A new client each time, as one that has met a rate limit stops asking.
		if _, _, err := client(k.inst.Client().Transport, k.inst.BaseURL).Issues.Get(ctx, owner, repo, n); err == nil {
			t.Errorf("%s: the request succeeded", what)
		}
		if injected.Hits() == 0 {
			t.Errorf("%s: did not strike", what)
		}
		injected.Remove()
	}
	injected := k.Inject(sandbox.DroppedAnswer(http.MethodPost, path+"/comments"))
	if _, _, err := k.inst.Issues.CreateComment(ctx, owner, repo, n, comment("lost")); err == nil || injected.Hits() != 1 {
		t.Errorf("dropped answer: %v after %d hits", err, injected.Hits())
	}
}
