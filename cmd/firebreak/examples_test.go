package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/internal/sandbox"
	"github.com/firebreak-app/firebreak/internal/sandbox/contract"
	"github.com/firebreak-app/firebreak/internal/sandbox/contract/sandboxtest"
	"github.com/firebreak-app/firebreak/internal/store"
)

// TestGitHubsOwnExamples sends every example payload that GitHub publishes, as
// it is and as that of an incident. Their repositories and most of their
// installations are not there: what GitHub is asked about them ends, and what
// was given up keeps its reason.
func TestGitHubsOwnExamples(t *testing.T) {
	t.Parallel()
	all, err := contract.Examples()
	if err != nil {
		t.Fatal(err)
	}
	d, installation := openDoorToGitHub(t)
	for name, how := range map[string]struct {
		labelled     bool
		installation int64
	}{"as it is": {false, installation}, "an incident": {true, installation}, "an incident of nobody": {true, 1}} {
		for _, e := range all {
			body := examplePayload(t, e, how.installation, how.labelled)
			if body == nil {
				continue
			}
			guid := strings.ReplaceAll(e.Name+"."+name, " ", "-")
			status, text, _ := d.post(body, signed(e.Event, guid, body))
			if status != http.StatusOK && status != http.StatusAccepted || text != "" {
				t.Errorf("%s is answered %d %q", guid, status, text)
			}
		}
	}
	if err := d.db.Settle(patient(t)); err != nil {
		t.Fatal(err)
	}
	d.ended(t)
	if log := d.log.String(); strings.Contains(log, "panicked") {
		t.Errorf("something panicked:\n%s", log)
	}
}

// openDoorToGitHub starts a server that talks to a sandbox in which the App is
// installed.
func openDoorToGitHub(t *testing.T) (d *door, installation int64) {
	t.Helper()
	sb := sandboxtest.Start(t, sandbox.Options{WebhookSecret: hookSecret})
	if err := sb.AddRepo(shop, withWiki); err != nil {
		t.Fatal(err)
	}
	cfg := demoConfig(sb, newDatabase(t))
	cfg.QuietPeriod = time.Millisecond
	quick := func(o *store.Options) {
		o.Retry, o.Unscheduled = store.Retry{First: time.Millisecond, Longest: time.Millisecond}, true
	}
	return newDoor(t, cfg, quick), sb.InstallationID("acme")
}

// examplePayload is an example as the App would get it. If asked for, its issue
// has the incident label and its comment holds commands; nil if it has no issue.
func examplePayload(t *testing.T, e contract.Example, installation int64, labelled bool) []byte {
	t.Helper()
	body, err := contract.WithInstallation(e.Payload, installation)
	if err != nil {
		t.Fatal(err)
	}
	if !labelled {
		return body
	}
	var payload map[string]any
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if err := decoder.Decode(&payload); err != nil {
		t.Fatal(err)
	}
	issue, ok := payload["issue"].(map[string]any)
	if !ok {
		return nil
	}
	labels, _ := issue["labels"].([]any)
	issue["labels"] = append(labels, map[string]any{"id": 1, "name": "incident", "color": "ff0000", "default": false})
	if comment, ok := payload["comment"].(map[string]any); ok {
		comment["body"] = "/incident severity P1\n/postmortem"
	}
	if body, err = json.Marshal(payload); err != nil {
		t.Fatal(err)
	}
	return body
}

// ended checks that every delivery was handled, or given up with its reason, and
// that both kinds are there.
func (d *door) ended(t *testing.T) {
	t.Helper()
	rows, err := d.db.Deliveries(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	handled, given := 0, 0
	for _, r := range rows {
		switch {
		case r.Completed:
			handled++
		case r.Failure != "":
			given++
		default:
			t.Errorf("%s is neither handled nor given up", r.GUID)
		}
	}
	if handled == 0 || given == 0 {
		t.Errorf("%d handled and %d given up, want some of each", handled, given)
	}
}
