package sandboxtest_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/contract/sandboxtest"
)

// probe is a test whose failures are looked at instead of counted.
type probe struct {
	testing.TB
	failures []string
	cleanups []func()
}

func (p *probe) Helper()           {}
func (p *probe) Cleanup(f func())  { p.cleanups = append(p.cleanups, f) }
func (p *probe) Error(args ...any) { p.failures = append(p.failures, fmt.Sprint(args...)) }
func (p *probe) Errorf(format string, args ...any) {
	p.failures = append(p.failures, fmt.Sprintf(format, args...))
}
func (p *probe) Fatal(args ...any)                 { p.TB.Fatal(args...) }
func (p *probe) Fatalf(format string, args ...any) { p.TB.Fatalf(format, args...) }

// finish ends the probed test and returns what it failed for.
func (p *probe) finish() []string {
	for _, f := range slices.Backward(p.cleanups) {
		f()
	}
	slices.Sort(p.failures)
	return p.failures
}

func TestStartFailsTestsThatDepart(t *testing.T) {
	p := &probe{TB: t}
	observed := 0
	sb := sandboxtest.Start(p, sandbox.Options{Observe: func(sandbox.Exchange) { observed++ }})
	for _, path := range []string{"repos/acme/shop/wiki", "repos/acme/shop/wiki", "app?verbose=1"} {
		response, err := http.Get(sb.APIURL() + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
	}
	want := []string{
		"GET /app: query: unknown query parameter \"verbose\"",
		"GET /repos/acme/shop/wiki: request: unknown operation: no path in GitHub's description fits",
		"the sandbox does not have GET /repos/acme/shop/wiki",
	}
	if diff := cmp.Diff(want, p.finish()); diff != "" {
		t.Errorf("failures (-want +got):\n%s", diff)
	}
	if observed != 3 {
		t.Errorf("the test's own Observe was called %d times, want 3", observed)
	}
	if _, err := http.Get(sb.APIURL()); err == nil {
		t.Error("the sandbox is still there after the test")
	}
}

func TestStartFailsTestsWhoseWebhooksDepart(t *testing.T) {
	p := &probe{TB: t}
	sb := sandboxtest.Start(p, sandbox.Options{
		WebhookURL: "http://127.0.0.1:1", Permissions: map[string]string{"time_travel": "write"},
	})
	if err := sb.AddRepo("acme/shop", sandbox.RepoOptions{}); err != nil {
		t.Fatal(err)
	}
	want := []string{"webhook installation/created: payload /installation/permissions/time_travel: unknown field"}
	if diff := cmp.Diff(want, p.finish()); diff != "" {
		t.Errorf("failures (-want +got):\n%s", diff)
	}
}

func TestStartLeavesOtherPathsAlone(t *testing.T) {
	p := &probe{TB: t}
	sb := sandboxtest.Start(p, sandbox.Options{})
	response, err := http.Post(sb.GraphQLURL(), "application/json", strings.NewReader(`{"query":"{viewer{login}}"}`))
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	for _, failure := range p.finish() {
		if !strings.HasPrefix(failure, "the sandbox does not have") {
			t.Error(failure)
		}
	}
}
