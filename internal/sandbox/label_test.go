package sandbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-github/v62/github"

	"github.com/firebreak-app/firebreak/internal/sandbox"
)

// labelNames are an issue's labels as people see them.
func (k *kit) labelNames(n int) string {
	k.t.Helper()
	i, found := k.Issue(shop, n)
	if !found {
		k.t.Fatalf("no issue %d", n)
	}
	return strings.Join(i.Labels, " ")
}

func TestALabelIsReadBackAsWritten(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	const slashed = "incident/root-cause"
	made := must[*github.Label](t)(k.inst.Issues.CreateLabel(k.ctx(), owner, name, &github.Label{
		Name: ptr(slashed), Color: ptr("d93f0b"), Description: ptr("looking for the cause")}))
	got := must[*github.Label](t)(k.inst.Issues.GetLabel(k.ctx(), owner, name, "incident%2Froot-cause"))
	if diff := cmp.Diff(made, got); diff != "" || got.GetName() != slashed || got.GetDescription() != "looking for the cause" {
		t.Error(got, diff)
	}
	k.must(k.call("PATCH", "repos/acme/shop/labels/incident%2Froot-cause", map[string]any{"new_name": "cause", "color": "000000"}, nil))
	want := []sandbox.Label{{Name: "cause", Color: "000000", Description: "looking for the cause"}}
	if diff := cmp.Diff(want, k.Labels(shop)); diff != "" {
		t.Error(diff)
	}
	n := k.issue("cause")
	if _, err := k.inst.Issues.DeleteLabel(k.ctx(), owner, name, "cause"); err != nil {
		t.Fatal(err)
	}
	if got := k.labelNames(n); got != "" || len(k.Labels(shop)) != 0 {
		t.Errorf("labels left: %q, %v", got, k.Labels(shop))
	}
}

func TestLabelsAreRefused(t *testing.T) {
	k := newKit(t, sandbox.Options{})
	k.must(k.As("maya").MakeLabel(shop, "P1", "ff0000", ""))
	for behaviour, c := range map[string]struct {
		label github.Label
		says  string
	}{
		"one that exists, in any case": {github.Label{Name: ptr("p1"), Color: ptr("ff0000")}, "already_exists"},
		"no name":                      {github.Label{Name: ptr(""), Color: ptr("ff0000")}, "missing_field"},
		"no colour":                    {github.Label{Name: ptr("x"), Color: ptr("red")}, "invalid"},
		"a long description":           {github.Label{Name: ptr("x"), Description: ptr(strings.Repeat("d", 101))}, "maximum is 100 characters"},
		"a long name":                  {github.Label{Name: ptr(strings.Repeat("n", 51))}, "maximum is 50 characters"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			_, _, err := k.inst.Issues.CreateLabel(k.ctx(), owner, name, &c.label)
			if status(err) != http.StatusUnprocessableEntity || !strings.Contains(err.Error(), c.says) {
				t.Error(err)
			}
		})
	}
	if _, _, err := k.inst.Issues.GetLabel(k.ctx(), owner, name, "none"); status(err) != http.StatusNotFound {
		t.Error(err)
	}
}

func TestLabelsOfAnIssue(t *testing.T) {
	for behaviour, c := range map[string]struct {
		do   func(k *kit, path string) error
		want string
	}{
		"are added": {func(k *kit, path string) error {
			return k.call("POST", path, map[string]any{"labels": []any{"p1", "incident/triage"}}, nil)
		}, "incident P1 incident/triage"},
		"are added as objects": {func(k *kit, path string) error {
			return k.call("POST", path, map[string]any{"labels": []any{map[string]string{"name": "P2"}}}, nil)
		}, "incident P2"},
		"are replaced": {func(k *kit, path string) error {
			return k.call("PUT", path, map[string]any{"labels": []string{"P3"}}, nil)
		}, "P3"},
		"are all taken off": {func(k *kit, path string) error { return k.call("DELETE", path, nil, nil) }, ""},
		"are taken off singly": {func(k *kit, path string) error {
			return k.call("DELETE", path+"/incident", nil, nil)
		}, ""},
		"with a slash come off escaped": {func(k *kit, path string) error {
			k.must(k.call("POST", path, map[string]any{"labels": []string{"incident/triage"}}, nil))
			return k.call("DELETE", path+"/incident%2Ftriage", nil, nil)
		}, "incident"},
	} {
		t.Run(behaviour, func(t *testing.T) {
			k := newKit(t, sandbox.Options{})
			for _, l := range []string{"incident", "P1"} {
				k.must(k.As("maya").MakeLabel(shop, l, "ff0000", ""))
			}
			n := k.issue("incident")
			k.must(c.do(k, fmt.Sprintf("repos/acme/shop/issues/%d/labels", n)))
			if got := k.labelNames(n); got != c.want {
				t.Errorf("labels %q, want %q", got, c.want)
			}
			list := must[[]*github.Label](t)(k.inst.Issues.ListLabelsByIssue(k.ctx(), owner, name, n, nil))
			if len(list) != len(strings.Fields(c.want)) {
				t.Errorf("listed %v", list)
			}
		})
	}
}

// go-github sends bare lists and unescaped slashes, which GitHub takes but does
// not describe.
func TestLabelsTheWayGoGitHubSendsThem(t *testing.T) {
	k := looseKit(t, sandbox.Options{})
	n := k.issue()
	must[[]*github.Label](t)(k.inst.Issues.AddLabelsToIssue(k.ctx(), owner, name, n, []string{"P1", "incident/triage"}))
	must[[]*github.Label](t)(k.inst.Issues.ReplaceLabelsForIssue(k.ctx(), owner, name, n, []string{"P2", "incident/triage"}))
	if _, err := k.inst.Issues.RemoveLabelForIssue(k.ctx(), owner, name, n, "incident/triage"); err != nil {
		t.Fatal(err)
	}
	if got := k.labelNames(n); got != "P2" {
		t.Errorf("labels %q", got)
	}
	_, err := k.inst.Issues.RemoveLabelForIssue(k.ctx(), owner, name, n, "P3")
	if status(err) != http.StatusNotFound || !strings.Contains(err.Error(), "Label does not exist") {
		t.Error(err)
	}
}
