package sandbox_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

const comments = "/repos/*/*/issues/*/comments"

func (k *kit) comment(n int) error {
	k.t.Helper()
	_, _, err := k.inst.Issues.CreateComment(k.ctx(), owner, name, n, text("hello"))
	return err
}

func TestFaults(t *testing.T) {
	later := time.Now().Add(time.Hour)
	for behaviour, c := range map[string]struct {
		fault sandbox.Fault
		is    func(error) bool
		done  bool
	}{
		"a 502 does nothing": {sandbox.BadGateway("POST", comments), hasStatus(502), false},
		"a secondary limit says when to come back": {sandbox.SecondaryLimit("POST", comments, time.Minute), func(err error) bool {
			var limit *github.AbuseRateLimitError
			return errors.As(err, &limit) && limit.GetRetryAfter() == time.Minute
		}, false},
		"a secondary limit may not say": {sandbox.SecondaryLimit("POST", comments, 0), func(err error) bool {
			var limit *github.AbuseRateLimitError
			return errors.As(err, &limit) && limit.RetryAfter == nil
		}, false},
		"a 429": {sandbox.TooManyRequests("POST", comments, time.Minute), hasStatus(429), false},
		"a primary limit says when it is over": {sandbox.PrimaryLimit("POST", comments, later), func(err error) bool {
			var limit *github.RateLimitError
			return errors.As(err, &limit) && limit.Rate.Reset.Unix() == later.Unix()
		}, false},
		"a dropped answer has done the work": {sandbox.DroppedAnswer("POST", comments), lost, true},
		"a cut connection has not":           {sandbox.Fault{Method: "POST", Path: comments, Cut: true}, lost, false},
		"a false 502 has done the work":      {sandbox.Fault{Path: comments, Status: 502, Body: "{}", DoWork: true}, hasStatus(502), true},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k := looseKit(t, sandbox.Options{})
			n := k.issue()
			fault := k.Inject(c.fault)
			if err := k.comment(n); err == nil || !c.is(err) {
				t.Errorf("got %v", err)
			}
			if done := len(k.Comments(shop, n)) == 1; done != c.done {
				t.Errorf("work done: %v", done)
			}
			if fault.Hits() != 1 {
				t.Errorf("%d hits", fault.Hits())
			}
			last := k.Requests()[len(k.Requests())-1]
			if !last.Injected {
				t.Errorf("recorded as %+v", last)
			}
			if _, err := k.plainComment(n); err != nil {
				t.Errorf("struck a second time: %v", err)
			}
		})
	}
}

// plainComment comments by a client without memory of limits.
func (k *kit) plainComment(n int) (*github.IssueComment, error) {
	k.t.Helper()
	made, _, err := k.bearer(k.token(nil)).Issues.CreateComment(k.ctx(), owner, name, n, text("hello"))
	return made, err
}

func hasStatus(want int) func(error) bool { return func(err error) bool { return status(err) == want } }

// lost is an error without an answer.
func lost(err error) bool { return status(err) == 0 && !errors.Is(err, context.DeadlineExceeded) }

func TestFaultsStrikeWhereTheyAreToldTo(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.issue()
	k.must(k.comment(n)) // which fetches a token
	hits := func(f sandbox.Fault, asks int) int {
		t.Helper()
		f.Status, f.Body = 502, "{}"
		injected := k.Inject(f)
		defer injected.Remove()
		for range asks {
			_ = k.comment(n)
		}
		return injected.Hits()
	}
	for behaviour, c := range map[string]struct {
		fault sandbox.Fault
		want  int
	}{
		"once by default":      {sandbox.Fault{}, 1},
		"for ever":             {sandbox.Fault{Times: -1}, 3},
		"after some":           {sandbox.Fault{Skip: 2, Times: -1}, 1},
		"not other methods":    {sandbox.Fault{Method: "PATCH", Times: -1}, 0},
		"not other paths":      {sandbox.Fault{Path: "/repos/*/*/issues/*", Times: -1}, 0},
		"not shorter patterns": {sandbox.Fault{Path: "/repos/*/*", Times: -1}, 0},
		"any rest":             {sandbox.Fault{Path: "/repos/acme/**", Times: -1}, 3},
		"by the body": {sandbox.Fault{Times: -1, Match: func(r sandbox.Request) bool {
			return strings.Contains(string(r.Body), "good-bye")
		}}, 0},
	} {
		if got := hits(c.fault, 3); got != c.want {
			t.Errorf("%s: %d hits, want %d", behaviour, got, c.want)
		}
	}
}

func TestAHangingRequestEndsWithItsClient(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	n := k.issue()
	k.must(k.comment(n)) // which fetches a token
	k.ResetRequests()
	fault := k.Inject(sandbox.Hanging("POST", comments))
	ctx, cancel := context.WithCancel(t.Context())
	failed := make(chan error)
	go func() {
		_, _, err := k.inst.Issues.CreateComment(ctx, owner, name, n, text("hello"))
		failed <- err
	}()
	k.must(k.Wait(k.ctx(), func(v *sandbox.View) bool { return len(v.Requests()) == 1 }))
	cancel()
	if err := <-failed; !errors.Is(err, context.Canceled) || fault.Hits() != 1 {
		t.Errorf("got %v after %d hits", err, fault.Hits())
	}
}

func TestAHangingRequestEndsWithTheSandbox(t *testing.T) {
	k := looseKit(t, sandbox.Options{})
	n := k.issue()
	token := k.token(nil)
	k.ResetRequests()
	k.Inject(sandbox.Hanging("POST", comments))
	failed := make(chan error)
	go func() {
		_, _, err := k.bearer(token).Issues.CreateComment(context.Background(), owner, name, n, text("hello"))
		failed <- err
	}()
	k.must(k.Wait(k.ctx(), func(v *sandbox.View) bool { return len(v.Requests()) == 1 }))
	k.must(k.Close())
	if err := <-failed; err == nil || status(err) == http.StatusCreated {
		t.Errorf("got %v", err)
	}
}

func TestFaultsOfGit(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.As("maya").InitWiki(shop))
	fault := k.Inject(sandbox.Fault{Path: "/acme/shop.wiki.git/info/refs", Status: 503, Body: "down"})
	out, err := gitCLI(t, t.TempDir(), k.token(nil), "ls-remote", k.wikiURL())
	if err == nil || !strings.Contains(out, "503") || fault.Hits() != 1 {
		t.Errorf("git said %v: %s", err, out)
	}
	if out, err := gitCLI(t, t.TempDir(), k.token(nil), "ls-remote", k.wikiURL()); err != nil {
		t.Error(out)
	}
}
