package effects

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/firebreak-app/firebreak/internal/github"
	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/workflow"
)

// gathered publishes and returns what is known of what GitHub shows.
func (f *fixture) gathered() workflow.Evidence {
	f.t.Helper()
	f.must(f.carryOut(workflow.Effect{Kind: workflow.EffectPublish}))
	inc, err := f.effects.Store.Incident(f.t.Context(), f.key)
	f.must(err)
	return inc.Evidence
}

func (f *fixture) pull(who, title, body string) int {
	f.t.Helper()
	n, err := f.As(who).OpenPull(shop, title, body)
	f.must(err)
	return n
}

func gate(t *testing.T) Gate {
	t.Helper()
	g, err := redact.New()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// What is read of pull requests and deployments, and what is not.
func TestEvidenceIsGathered(t *testing.T) {
	t.Parallel()
	f := newFixture(t, sandbox.RepoOptions{WikiInitialised: true}, gate(t))
	f.must(f.AddRepo("acme/secret", sandbox.RepoOptions{Private: true}))
	f.must(f.Grant("acme/secret", "jon", sandbox.RoleWrite))
	now, jon := f.Now(), f.As("jon")

	f.must(jon.MergePull(shop, f.pull("jon", "Read the pool size,\n password=hunter2", "Nothing to see in #1.")))
	f.ahead.Add(int64(time.Minute))
	f.pull("jon", "Look at it", "Fixes #1")
	f.must(jon.Draft(shop, f.pull("jon", "Try", "for #1"), true))
	f.must(jon.Close(shop, f.pull("jon", "Never mind", "for #1")))
	_, err := jon.OpenPull("acme/secret", "The secret plan", "closes acme/shop#1")
	f.must(err)
	f.must(jon.MergePull(shop, f.pull("jon", "Grow the pool", "Resolves acme/shop#1")))

	sha := strings.Repeat("0123456789", 4)
	f.must(jon.Deploy(shop, "v1", "production", "success", "", now.Add(-25*time.Hour)))
	f.must(jon.Deploy(shop, sha, "production", "success", "", now.Add(-time.Hour)))
	f.must(jon.SetDeployment(shop, "production", "inactive", ""))
	f.must(jon.Deploy(shop, "v2", "site", "pending", "", now.Add(-time.Hour)))
	f.must(jon.SetDeployment(shop, "site", "success", f.WebURL()+"/acme/shop/actions/runs/4411"))
	f.must(jon.Deploy(shop, "v2", "docs", "pending", "", now.Add(-time.Hour)))
	f.must(jon.SetDeployment(shop, "docs", "success", "https://deploys.example/maya"))
	f.must(jon.Deploy(shop, "maya@acme.example", "staging", "in_progress", "", now.Add(-time.Minute)))
	f.must(jon.SetDeployment(shop, "staging", "failure", "https://deploys.example/?token=abc"))

	is := f.gathered()
	var pulls, deployments []string
	for _, p := range is.PullRequests {
		pulls = append(pulls, fmt.Sprintf("%s %s %s %t", p.Title, p.State, p.Author.Login, p.Fix))
	}
	for _, d := range is.Deployments {
		deployments = append(deployments, fmt.Sprintf("%s %s %s %s", d.Environment, d.Ref, d.State, strings.TrimPrefix(d.URL, f.WebURL())))
	}
	for what, diff := range map[string]string{
		"pull requests": cmp.Diff([]string{
			"Read the pool size, password=[redacted: password] merged jon false", "Look at it open jon false", "Try draft jon false",
			"Never mind closed jon false", "Grow the pool merged jon true",
		}, pulls),
		"deployments": cmp.Diff([]string{
			"staging [redacted: e-mail] failure ", "docs v2 success ", "site v2 success /acme/shop/actions/runs/4411",
			"production 0123456 success /acme/shop/commit/" + sha,
		}, deployments),
	} {
		if diff != "" {
			t.Errorf("%s (-want +have):\n%s", what, diff)
		}
	}
	if is.Elsewhere != 1 || is.Ungranted || is.Problem != "" || is.Redacted["e-mail"] != 1 {
		t.Errorf("gathered %+v", is)
	}
	page, _ := f.WikiPage(shop, "Incident-1-checkout-times-out")
	for _, want := range []string{"Grow the pool", "deployed 0123456 to production: success", "1 pull request of other repositories"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q:\n%s", want, page)
		}
	}
	for _, never := range []string{"The secret plan", "hunter2", "maya@acme", "deploys.example"} {
		if strings.Contains(page, never) {
			t.Errorf("the page says %q", never)
		}
	}
}

// Without the permission the page does without, and so it does where GitHub does
// not answer, after some attempts. A limit is waited for.
func TestEvidenceThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fault     sandbox.Fault
		attempts  int
		ungranted bool
		problem   bool
	}{
		"not granted":            {sandbox.Fault{Path: "/repos/acme/shop/deployments", Status: http.StatusForbidden}, 1, true, false},
		"not there":              {sandbox.Fault{Path: "/repos/acme/shop/deployments", Status: http.StatusNotFound}, 1, true, false},
		"no answer":              {sandbox.Fault{Path: "/repos/acme/shop/deployments", Status: http.StatusBadGateway, Times: 9}, gatherAttempts, false, true},
		"no answer for a moment": {sandbox.Fault{Path: "/repos/acme/shop/issues/1/timeline", Status: http.StatusBadGateway}, 2, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFixture(t, sandbox.RepoOptions{WikiInitialised: true}, gate(t))
			tc.fault.Method, tc.fault.Body = http.MethodGet, `{"message":"said the fake"}`
			f.Inject(tc.fault)
			attempt := 1
			for ; f.attempt(workflow.Effect{Kind: workflow.EffectPublish}, attempt) != nil && attempt < 10; attempt++ {
				if page, ok := f.WikiPage(shop, "Incident-1-checkout-times-out"); ok {
					t.Errorf("published before it was given up: %s", page)
				}
			}
			is := f.gathered()
			if attempt != tc.attempts || is.Ungranted != tc.ungranted || (is.Problem != "") != tc.problem {
				t.Errorf("published with attempt %d, want %d; known is %+v", attempt, tc.attempts, is)
			}
			if _, ok := f.WikiPage(shop, "Incident-1-checkout-times-out"); !ok {
				t.Error("not published")
			}
		})
	}
}

// Published again, little is asked anew; unasked, nothing.
func TestEvidenceIsAskedForSparingly(t *testing.T) {
	t.Parallel()
	f := newFixture(t, sandbox.RepoOptions{WikiInitialised: true}, gate(t))
	for n := range 15 {
		f.must(f.As("jon").Deploy(shop, fmt.Sprint("v", n), "production", "success", "", f.Now().Add(-time.Hour)))
	}
	asked := func() (n int) {
		for _, r := range f.Requests() {
			if strings.Contains(r.Path, "/deployments") || strings.HasSuffix(r.Path, "/timeline") {
				n++
			}
		}
		f.ResetRequests()
		return n
	}
	if is := f.gathered(); len(is.Deployments) != 15 {
		t.Errorf("%d deployments are known, want all", len(is.Deployments))
	}
	if n := asked(); n != 2+maxStatuses {
		t.Errorf("%d requests at first, want %d", n, 2+maxStatuses)
	}
	f.gathered()
	if n := asked(); n != 0 {
		t.Errorf("%d requests without being asked", n)
	}
	f.ask(9)
	f.gathered()
	if n := asked(); n != 2+5 {
		t.Errorf("%d requests when asked again, want those for the statuses not known", n)
	}
}

func TestWhichPullRequestIsTheFix(t *testing.T) {
	t.Parallel()
	merged := time.Date(2026, 11, 23, 12, 30, 0, 0, time.UTC)
	g := gathering{task: &task{inc: workflow.Incident{Place: workflow.Place{Owner: "acme", Repo: "shop", Number: 42}}}}
	for name, tc := range map[string]struct {
		body  string
		close time.Duration
		want  bool
	}{
		"says so":                            {"Fixes #42.", time.Hour, true},
		"by the whole name":                  {"It is slow.\nRESOLVES: Acme/Shop#42", time.Hour, true},
		"by the address":                     {"closes https://github.com/acme/shop/issues/42", time.Hour, true},
		"closed by the merge":                {"See #42.", 2 * time.Second, true},
		"names it only":                      {"See #42.", time.Hour, false},
		"fixes another":                      {"Fixes #421, see #42.", time.Hour, false},
		"fixes that of another repository":   {"Fixes acme/site#42.", time.Hour, false},
		"at another repository's address":    {"Fixes https://github.com/acme/site/issues/42", time.Hour, false},
		"a word that ends like one of those": {"Prefixes #42", time.Hour, false},
	} {
		if got := g.fixes(github.Reference{Body: tc.body, Merged: merged}, []github.Close{{At: merged.Add(tc.close)}}); got != tc.want {
			t.Errorf("%s: %t, want %t", name, got, tc.want)
		}
	}
}
