package github

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const deploymentsCall = "GET /repos/acme/shop/deployments"

func TestDeploymentsOfATime(t *testing.T) {
	t.Parallel()
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	deployed := func(id, minutes int, more string) string {
		return fmt.Sprintf(`{"id":%d,"ref":"v%d","created_at":"%s"%s}`, id, id, noon.Add(time.Duration(minutes)*time.Minute).Format(time.RFC3339), more)
	}
	more := map[string]string{"Link": `<https://api.github.com/repositories/1/deployments?page=2>; rel="next"`}
	for name, tc := range map[string]struct {
		answer answer
		want   []int64
		whole  bool
		calls  int
	}{
		"up to those before": {answer{status: 200, header: more, body: "[" + strings.Join([]string{
			deployed(5, 90, ""), deployed(4, 50, ""), deployed(3, 30, `,"transient_environment":true`), deployed(2, 10, ""), deployed(1, -1, ""),
		}, ",") + "]"}, []int64{4, 2}, true, 1},
		"all there are":     {ok("[" + deployed(4, 50, "") + "]"), []int64{4}, true, 1},
		"more than is read": {answer{status: 200, header: more, body: "[" + deployed(5, 90, "") + "]"}, nil, false, 2},
		"none":              {ok("[]"), nil, true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t, map[string]answer{deploymentsCall: tc.answer})
			list, whole, err := f.shop().Deployments(patient(t), noon, noon.Add(time.Hour), 2)
			if err != nil {
				t.Fatal(err)
			}
			var ids []int64
			for _, d := range list {
				ids = append(ids, d.ID)
			}
			if diff := cmp.Diff(tc.want, ids); diff != "" || whole != tc.whole || len(f.calls()) != tc.calls {
				t.Errorf("whole %t, %d calls\n%s", whole, len(f.calls()), diff)
			}
		})
	}
}

func TestHowADeploymentWent(t *testing.T) {
	t.Parallel()
	for list, want := range map[string]string{
		`[]`: "", `[{"state":"success"},{"state":"pending"}]`: "success", `[{"state":"inactive"}]`: "inactive",
		`[{"state":"inactive"},{"state":"failure"},{"state":"success"}]`: "failure",
	} {
		f := start(t, map[string]answer{"GET /repos/acme/shop/deployments/9/statuses": ok(list)})
		if got, err := f.shop().DeploymentStatus(patient(t), 9); err != nil || got.State != want {
			t.Errorf("%s is %q, %v; want %q", list, got.State, err, want)
		}
	}
}

func TestPullRequestsThatNameAnIssue(t *testing.T) {
	t.Parallel()
	pull := func(id int, repo, more string) string {
		return fmt.Sprintf(`{"event":"cross-referenced","source":{"issue":{"id":%d,"repository_url":"https://api.github.com/repos/%s"%s}}}`, id, repo, more)
	}
	const isPull = `,"pull_request":{}`
	f := start(t, map[string]answer{"GET /repos/acme/shop/issues/1/timeline": ok("[" + strings.Join([]string{
		pull(3, "Acme/Shop", isPull), pull(4, "acme/shop", ""), pull(3, "acme/shop", isPull), pull(5, "acme/site", isPull), pull(6, "", isPull),
		`{"event":"closed","created_at":"2026-11-23T12:00:00Z"}`,
		`{"event":"closed","commit_id":"c1","commit_url":"https://api.github.com/repos/acme/shop/commits/c1"}`,
		`{"event":"closed","commit_id":"c2","commit_url":"https://api.github.com/repos/acme/site/commits/c2"}`, `{"event":"labeled"}`, `{"event":7}`, `null`, `{"event":"cross-referenced","source":null}`,
	}, ",") + "]")})
	found, err := f.shop().References(patient(t), 1, 3)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range found.Pulls {
		got = append(got, fmt.Sprint(p.ID, p.Here))
	}
	if diff := cmp.Diff([]string{"3 true", "5 false", "6 false"}, got); diff != "" || !found.Whole {
		t.Errorf("%+v\n%s", found, diff)
	}
	if len(found.Closes) != 3 || found.Closes[0].Commit != "" || found.Closes[1].Commit != "c1" || found.Closes[2].Commit != "" {
		t.Errorf("closes %+v", found.Closes)
	}
}

// Of a long list, the beginning and the end are read: what fixed an incident is
// told of late.
func TestALongTimelineIsReadFromBothEnds(t *testing.T) {
	t.Parallel()
	const call = "GET /repos/acme/shop/issues/1/timeline"
	for last, want := range map[int]struct {
		calls int
		whole bool
	}{1: {1, true}, 3: {3, true}, 4: {3, false}, 90: {3, false}} {
		link := fmt.Sprintf(`<https://api.github.com/x?page=2>; rel="next", <https://api.github.com/x?page=%d>; rel="last"`, last)
		if last == 1 {
			link = ""
		}
		f := start(t, map[string]answer{call: {status: 200, body: "[]", header: map[string]string{"Link": link}}})
		found, err := f.shop().References(patient(t), 1, 3)
		if err != nil || found.Whole != want.whole || len(f.calls()) != want.calls {
			t.Errorf("of %d pages %d are read, whole %t, %v; want %+v", last, len(f.calls()), found.Whole, err, want)
		}
	}
}
