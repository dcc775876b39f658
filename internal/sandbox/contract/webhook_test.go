package contract

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// aged are examples that GitHub published before a field of today's description
// was there, or, for installation, with times as numbers. They are the only
// ones of their events that do not fit.
var aged = []string{
	"installation.created.0", "installation.created.1", "installation.deleted.0", "installation.deleted.1",
	"installation.new_permissions_accepted.0",
	"installation_repositories.added.0", "installation_repositories.added.1", "installation_repositories.removed.0",
	"issue_comment.created.0", "issues.edited.0", "issues.transferred.0", "label.deleted.0",
}

func TestGitHubsExamplesFit(t *testing.T) {
	events := []string{"gollum", "installation", "installation_repositories", "issue_comment", "issues", "label", "milestone", "ping"}
	var misfits []string
	for _, e := range examples(t) {
		if !slices.Contains(events, e.Event) {
			continue
		}
		if err := CheckWebhook(e.Event, e.Payload); err != nil {
			misfits = append(misfits, e.Name)
			if !slices.Contains(aged, e.Name) {
				t.Errorf("CheckWebhook %s: %v", e.Name, err)
			}
		}
	}
	slices.Sort(misfits)
	if diff := cmp.Diff(aged, misfits); diff != "" {
		t.Errorf("examples that do not fit (-want +got):\n%s", diff)
	}
}

func TestPayloadsThatDoNotFitFail(t *testing.T) {
	cases := map[string]struct {
		event   string
		payload func(fields map[string]any)
		want    string
	}{
		"required field missing": {
			event: "issues", payload: func(fields map[string]any) { delete(fields, "issue") },
			want: `webhook issues/opened: payload /issue: property "issue" is missing`,
		},
		"wrong type within": {
			event: "issues", payload: func(fields map[string]any) { fields["issue"].(map[string]any)["number"] = "7" },
			want: "webhook issues/opened: payload /issue/number: value must be an integer",
		},
		"another action": {
			event: "issues", payload: func(fields map[string]any) { fields["action"] = "exploded" },
			want: "webhook issues/exploded: payload: unknown webhook: GitHub's description has no issues-exploded",
		},
		"another event": {
			event: "wiki", payload: func(fields map[string]any) { delete(fields, "action") },
			want: "webhook wiki: payload: unknown webhook: GitHub's description has no wiki",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			fields := opened(t)
			c.payload(fields)
			expectViolation(t, CheckWebhook(c.event, encode(t, fields)), c.want)
		})
	}
	t.Run("no JSON", func(t *testing.T) {
		if err := CheckWebhook("issues", []byte("payload={}")); err == nil {
			t.Error("CheckWebhook passed")
		}
	})
}

func TestUnknownFieldsOfPayloadsAreToldOnRequest(t *testing.T) {
	fields := opened(t)
	fields["issue"].(map[string]any)["severity"] = "P1"
	payload := encode(t, fields)
	if err := CheckWebhook("issues", payload); err != nil {
		t.Errorf("CheckWebhook: %v", err)
	}
	expectViolation(t, CheckWebhookStrictly("issues", payload),
		"webhook issues/opened: payload /issue/severity: unknown field")
}

func TestExamplesAreNamedOnce(t *testing.T) {
	seen := map[string]bool{}
	for _, e := range examples(t) {
		if seen[e.Name] {
			t.Errorf("two examples are named %s", e.Name)
		}
		if e.Event == "" || !strings.HasPrefix(e.Name, e.Event+".") || !json.Valid(e.Payload) {
			t.Errorf("example %q of event %q is incomplete", e.Name, e.Event)
		}
		seen[e.Name] = true
	}
	if !seen["issues.opened.1"] || !seen["gollum.0"] {
		t.Errorf("examples of issues and gollum are missing among %d", len(seen))
	}
}

func TestWithInstallation(t *testing.T) {
	cases := map[string]struct{ payload, want string }{
		"absent":  {`{"id":9007199254740993}`, `{"id":9007199254740993,"installation":{"id":5,"node_id":"MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9uNQ=="}}`},
		"null":    {`{"installation":null}`, `{"installation":{"id":5,"node_id":"MDIzOkludGVncmF0aW9uSW5zdGFsbGF0aW9uNQ=="}}`},
		"present": {`{"installation":{"id":1}}`, `{"installation":{"id":1}}`},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, err := WithInstallation([]byte(c.payload), 5)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != c.want {
				t.Errorf("WithInstallation(%s) = %s, want %s", c.payload, got, c.want)
			}
		})
	}
	if _, err := WithInstallation([]byte(`[]`), 5); err == nil {
		t.Error("WithInstallation took a list")
	}
}

// Every example becomes a delivery to an App and still fits where it did.
func TestExamplesFitWithAnInstallation(t *testing.T) {
	for _, e := range examples(t) {
		payload, err := WithInstallation(e.Payload, 5)
		if err != nil {
			t.Fatalf("WithInstallation %s: %v", e.Name, err)
		}
		if e.Event != "issues" || slices.Contains(aged, e.Name) {
			continue
		}
		if err := CheckWebhook(e.Event, payload); err != nil {
			t.Errorf("CheckWebhook %s: %v", e.Name, err)
		}
	}
}

func examples(t *testing.T) []Example {
	t.Helper()
	all, err := Examples()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// opened is one of GitHub's example payloads, to be changed.
func opened(t *testing.T) map[string]any {
	t.Helper()
	for _, e := range examples(t) {
		if e.Name != "issues.opened.0" {
			continue
		}
		var fields map[string]any
		if err := json.Unmarshal(e.Payload, &fields); err != nil {
			t.Fatal(err)
		}
		return fields
	}
	t.Fatal("no example named issues.opened.0")
	return nil
}
