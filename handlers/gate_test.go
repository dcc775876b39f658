package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/palantir/go-githubapp/githubapp"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
	"github.com/firebreak-app/firebreak/workflow/command"
)

var errGate = errors.New("the gate failed")

// brokenGate cannot tell of any text.
type brokenGate struct{}

func (brokenGate) Clean(string) (string, redact.Findings, error) { return "", nil, errGate }

// recorder keeps what is handed on.
type recorder struct{ steps []store.Step }

func (r *recorder) Record(_ context.Context, _ string, steps ...store.Step) error {
	r.steps = append(r.steps, steps...)
	return nil
}

func (*recorder) Incidents(context.Context, int64) ([]workflow.Incident, error) { return nil, nil }

func (*recorder) IncidentOf(context.Context, workflow.Key) (workflow.Key, error) {
	return workflow.Key{}, store.ErrNotFound
}

func (*recorder) HasIncidents(context.Context, int64) (bool, error) { return true, nil }

func (*recorder) RetryFailures(context.Context, workflow.Scope) (int, error) { return 0, nil }

var bot = workflow.Person{ID: 9, Login: "firebreak[bot]", Bot: true}

func (*recorder) Incident(context.Context, workflow.Key) (workflow.Incident, error) {
	return workflow.Incident{}, workflow.ErrUnknown
}

type generousGitHub struct{}

func (generousGitHub) Bot(context.Context) (workflow.Person, error) { return bot, nil }
func (generousGitHub) KnownBot() workflow.Person                    { return bot }

func (generousGitHub) Installation(context.Context, int64) (int64, error) { return 5, nil }

func (generousGitHub) Permission(context.Context, workflow.Place, string) (command.Permission, error) {
	return command.Write, nil
}

// brokenBase has a gate that fails and keeps what is recorded all the same.
func brokenBase() (*Base, *recorder) {
	r := &recorder{}
	return &Base{
		Store: r, GitHub: generousGitHub{}, Gate: brokenGate{}, Rules: workflow.DefaultRules(), Clock: func() time.Time { return created },
		FollowUpLabel: "incident-follow-up",
	}, r
}

// delivery is a webhook about issue 42 with more fields.
func delivery(t *testing.T, action string, more map[string]any) []byte {
	t.Helper()
	maya := map[string]any{"id": 1, "login": "maya", "type": "User"}
	body := map[string]any{
		"action": action, "sender": maya, "installation": map[string]any{"id": 5},
		"repository": map[string]any{"id": 7, "name": "shop", "owner": map[string]any{"login": "acme"}},
		"issue": map[string]any{
			"id": 70, "number": 42, "title": "Checkout times out", "body": "Slow.", "state": "open", "user": maya,
			"labels": []any{map[string]any{"name": "incident"}},
		},
	}
	for name, value := range more {
		body[name] = value
	}
	out, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Whatever a delivery tells, texts that the gate did not pass go nowhere.
func TestAGateThatFailsStopsTheDelivery(t *testing.T) {
	list := checklist.Marker("7/70") + "\n- [ ] wait <!-- step:triage.data -->"
	comment := func(who int64, body string) map[string]any {
		return map[string]any{"id": 80, "body": body, "user": map[string]any{"id": who, "type": "User"}}
	}
	for name, tc := range map[string]struct {
		event, action string
		more          map[string]any
	}{
		"opened":      {"issues", "opened", nil},
		"labeled":     {"issues", "labeled", map[string]any{"label": map[string]any{"name": "P1"}}},
		"declared":    {"issues", "labeled", map[string]any{"label": map[string]any{"name": "incident"}}},
		"unlabeled":   {"issues", "unlabeled", map[string]any{"label": map[string]any{"name": "P1"}}},
		"undeclared":  {"issues", "unlabeled", map[string]any{"label": map[string]any{"name": "incident"}}},
		"edited":      {"issues", "edited", map[string]any{"changes": map[string]any{"body": map[string]any{"from": "- [ ] a\n"}}}},
		"closed":      {"issues", "closed", nil},
		"reopened":    {"issues", "reopened", nil},
		"assigned":    {"issues", "assigned", map[string]any{"assignee": map[string]any{"login": "jon"}}},
		"a command":   {"issue_comment", "created", map[string]any{"comment": comment(1, "/incident cause x")}},
		"a tick":      {"issue_comment", "edited", map[string]any{"comment": comment(bot.ID, list), "changes": map[string]any{"body": map[string]any{"from": list}}}},
		"deleted":     {"issue_comment", "deleted", map[string]any{"comment": comment(bot.ID, list)}},
		"a sub-issue": {"sub_issues", "sub_issue_added", map[string]any{"parent_issue": map[string]any{"id": 70, "number": 42, "labels": []any{map[string]any{"name": "incident"}}}, "sub_issue": map[string]any{"id": 71, "number": 43}}},
	} {
		t.Run(name, func(t *testing.T) {
			base, recorded := brokenBase()
			err := handlerOf(t, base, tc.event).Handle(t.Context(), tc.event, "guid", delivery(t, tc.action, tc.more))
			if !errors.Is(err, errGate) {
				t.Errorf("got %v, want the gate's error", err)
			}
			if len(recorded.steps) > 0 {
				t.Errorf("recorded %+v", recorded.steps)
			}
		})
	}
}

func handlerOf(t *testing.T, base *Base, event string) githubapp.EventHandler {
	t.Helper()
	for _, h := range All(base) {
		for _, handled := range h.Handles() {
			if handled == event {
				return h
			}
		}
	}
	t.Fatalf("nobody handles %s", event)
	return nil
}

// Who gave a command is told of its failure also where the gate is the reason.
func TestGivingUpNeedsNoGate(t *testing.T) {
	base, recorded := brokenBase()
	body := delivery(t, "created", map[string]any{"comment": map[string]any{"id": 80, "body": "/incident status", "user": map[string]any{"id": 1, "type": "User"}}})
	if err := (&IssueComment{base}).GiveUp(t.Context(), "issue_comment", "guid", body); err != nil {
		t.Fatal(err)
	}
	if len(recorded.steps) != 1 || recorded.steps[0].Event != (workflow.CommandsFailed{Comment: 80}) || recorded.steps[0].Meta.Issue != nil {
		t.Errorf("recorded %+v, want the failure without any text", recorded.steps)
	}
}
