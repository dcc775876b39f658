package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/palantir/go-githubapp/githubapp"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
)

var (
	incident      = issueOf(70, "INCIDENT", "bug")
	other         = issueOf(72, "bug", "P1")
	followUp      = issueOf(71, "incident-follow-up", "P1")
	bare          = but(issueOf(71), object{"body": "<!-- firebreak:follow-up v1 incident=7/70 action=a -->\nFix it"})
	pull          = but(incident, object{"pull_request": object{"url": "https://api.github.com/repos/acme/shop/pulls/42"}})
	checklistText = checklist.Marker("7/70") + "\n- [ ] wait <!-- step:triage.data -->"
	labelled      = func(name string) object { return object{"label": object{"name": name}} }
	was           = func(body string) object {
		return object{"changes": object{"body": object{"from": body}}}
	}
	renamed = func(from, to string) object {
		return object{"label": object{"name": to}, "changes": object{"name": object{"from": from}}}
	}
	goes = func(repository int64) object {
		return object{"changes": object{"new_issue": issueOf(80), "new_repository": object{"id": repository, "name": "site", "owner": object{"login": "acme"}}}}
	}
	comes = func(repository int64) object {
		return object{"changes": object{"old_issue": issueOf(70), "old_repository": object{"id": repository}}}
	}
	commented = func(by object, body string) object {
		return object{"comment": object{"id": 80, "body": body, "user": by}}
	}
)

func about(issue object, more ...object) object {
	all := object{"issue": issue}
	for _, m := range more {
		all = but(all, m)
	}
	return all
}

func below(parent object) object {
	return object{"parent_issue": parent, "sub_issue": issueOf(73)}
}

// TestRoutes shows what is kept, of every event and action, and what is dropped
// since it cannot concern an incident: that costs no row and no call.
func TestRoutes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		event, action string
		more          object
		want          bool
	}{
		{"issues", "opened", about(incident), true},
		{"issues", "opened", about(other), false},
		{"issues", "opened", about(followUp), false},
		{"issues", "opened", about(pull), false},
		{"issues", "opened", about(incident, object{"sender": otherBot}), true},
		{"issues", "opened", about(incident, object{"sender": theBot}), false},
		{"issues", "labeled", about(incident, labelled("incident")), true},
		{"issues", "labeled", about(incident, labelled("P1")), true},
		{"issues", "labeled", about(incident, labelled("incident/triage")), true},
		{"issues", "labeled", about(incident, labelled("bug")), false},
		{"issues", "labeled", about(incident), false},
		{"issues", "labeled", about(other, labelled("P1")), false},
		{"issues", "labeled", about(other, labelled("Incident")), true},
		{"issues", "labeled", about(pull, labelled("incident")), false},
		{"issues", "unlabeled", about(other, labelled("incident")), true},
		{"issues", "unlabeled", about(incident, labelled("p2")), true},
		{"issues", "unlabeled", about(incident, labelled("bug")), false},
		{"issues", "unlabeled", about(other, labelled("P1")), false},
		{"issues", "edited", about(incident), true},
		{"issues", "edited", about(other), false},
		{"issues", "edited", about(followUp), false},
		{"issues", "edited", about(followUp, was("It is slower.")), false},
		{"issues", "edited", about(but(followUp, object{"body": "- Due: 2026-12-01"}), was("It is slow.")), true},
		{"issues", "edited", about(but(followUp, object{"body": "- Due: 2026-12-01"}), was("- Due: 2026-12-01\nSoon.")), false},
		{"issues", "labeled", about(followUp, labelled("P1")), true},
		{"issues", "labeled", about(followUp, labelled("bug")), false},
		{"issues", "unlabeled", about(followUp, labelled("p2")), true},
		{"issues", "closed", about(incident), true},
		{"issues", "closed", about(other), false},
		{"issues", "closed", about(followUp), true},
		{"issues", "closed", about(bare), true},
		{"issues", "reopened", about(incident), true},
		{"issues", "reopened", about(followUp), true},
		{"issues", "assigned", about(incident), true},
		{"issues", "assigned", about(followUp), true},
		{"issues", "unassigned", about(incident), true},
		{"issues", "unassigned", about(other), false},
		{"issues", "deleted", about(followUp), true},
		{"issues", "deleted", about(other), false},
		{"issues", "transferred", about(other), false},
		{"issues", "pinned", about(incident), false},
		{"issues", "milestoned", about(incident), false},
		{"issues", "locked", about(incident), false},
		{"issues", "", about(incident), false},
		{"issues", "opened", about(nil), false},
		{"issues", "opened", object{}, false},
		{"issues", "opened", about(incident, object{"repository": nil}), false},
		{"issues", "opened", about(but(incident, object{"id": 0})), false},
		{"issues", "opened", about(but(incident, object{"user": nil, "body": nil, "labels": nil})), false},

		{"issue_comment", "created", about(incident, commented(person(2, "jon"), "/incident status")), true},
		{"issue_comment", "created", about(incident, commented(person(2, "jon"), "Well:\r\n   /PostMortem\r\n")), true},
		{"issue_comment", "created", about(incident, commented(person(2, "jon"), "I am on it, see /incident")), false},
		{"issue_comment", "created", about(incident, commented(person(2, "jon"), "/incidents\n/post-mortem")), false},
		{"issue_comment", "created", about(incident, commented(otherBot, "/incident status")), false},
		{"issue_comment", "created", about(incident, commented(theBot, checklistText), object{"sender": theBot}), false},
		{"issue_comment", "created", about(other, commented(person(2, "jon"), "/incident status")), false},
		{"issue_comment", "created", about(pull, commented(person(2, "jon"), "/postmortem")), false},
		{"issue_comment", "created", about(incident), false},
		{"issue_comment", "created", about(nil, commented(person(2, "jon"), "/postmortem")), false},
		{"issue_comment", "edited", about(incident, commented(theBot, checklistText)), true},
		{"issue_comment", "edited", about(incident, commented(theBot, "gone"), object{"changes": object{"body": object{"from": checklistText}}}), true},
		{"issue_comment", "edited", about(incident, commented(theBot, "a reply")), false},
		{"issue_comment", "edited", about(incident, commented(person(2, "jon"), checklistText)), false},
		{"issue_comment", "edited", about(incident, commented(person(2, "jon"), "/incident status")), false},
		{"issue_comment", "edited", about(incident, commented(theBot, checklistText), object{"sender": theBot}), false},
		{"issue_comment", "deleted", about(incident, commented(theBot, checklistText)), true},
		{"issue_comment", "deleted", about(incident, commented(person(2, "jon"), "words")), false},
		{"issue_comment", "pinned", about(incident, commented(theBot, checklistText)), false},

		{"gollum", "", object{"pages": []any{}}, true},
		{"gollum", "", object{"repository": object{"id": 8}}, false},
		{"gollum", "", object{"repository": nil}, false},
		{"gollum", "", object{"sender": theBot}, false},

		{"issues", "deleted", about(incident), true},
		{"issues", "deleted", about(issueOf(70)), true},
		{"issues", "transferred", about(incident, goes(8)), true},
		{"issues", "transferred", about(issueOf(70), goes(8)), true},
		{"issues", "transferred", about(followUp, goes(8)), true},
		{"issues", "opened", about(other, comes(7)), true},
		{"issues", "opened", about(other, comes(8)), false},
		{"repository", "renamed", object{}, true},
		{"repository", "transferred", object{}, true},
		{"repository", "edited", object{}, false},
		{"repository", "renamed", object{"repository": object{"id": 8}}, false},
		{"repository", "renamed", object{"repository": nil}, false},
		{"label", "edited", renamed("sev1", "P1"), true},
		{"label", "edited", renamed("p1", "sev1"), true},
		{"label", "edited", renamed("Incident", "outage"), true},
		{"label", "edited", renamed("bug", "defect"), false},
		{"label", "edited", labelled("P1"), false},
		{"label", "edited", but(renamed("P1", "sev1"), object{"repository": object{"id": 8}}), false},
		{"label", "edited", but(renamed("P1", "sev1"), object{"sender": theBot}), false},
		{"label", "deleted", labelled("incident/triage"), true},
		{"label", "deleted", labelled("bug"), false},
		{"label", "created", labelled("P1"), false},

		{"sub_issues", "sub_issue_added", below(incident), true},
		{"sub_issues", "sub_issue_removed", below(incident), true},
		{"sub_issues", "parent_issue_added", below(incident), false},
		{"sub_issues", "sub_issue_added", below(other), false},
		{"sub_issues", "sub_issue_added", but(below(incident), object{"sender": theBot}), false},
		{"sub_issues", "sub_issue_added", object{"parent_issue": incident}, false},
		{"sub_issues", "sub_issue_added", object{"sub_issue": incident}, false},

		{"installation", "created", object{"repository": nil}, true},
		{"installation", "suspend", object{"repository": nil}, true},
		{"installation", "created", object{"installation": nil}, false},
		{"installation_repositories", "added", object{"repository": nil, "repositories_added": []any{object{"id": 7}}}, true},
	} {
		base, recorded, asked := newBase()
		r := handlerOf(t, base, tc.event).(router)
		key, ours, err := r.Route(t.Context(), tc.event, payloadOf(t, tc.action, tc.more))
		if ours != tc.want || err != nil {
			t.Errorf("%s %s about %v: kept %t, %v", tc.event, tc.action, tc.more, ours, err)
		}
		if ours && key.Repository != 7 && !strings.HasPrefix(tc.event, "installation") {
			t.Errorf("%s %s is kept for %s", tc.event, tc.action, key)
		}
		if len(recorded.steps) > 0 || len(asked.asked) > 0 {
			t.Errorf("%s %s: recorded %v and asked %q before it was kept", tc.event, tc.action, recorded.steps, asked.asked)
		}
	}
}

// Before it is known who the App is, its own events are kept rather than those
// of others dropped.
func TestRoutesBeforeTheAppIsKnown(t *testing.T) {
	t.Parallel()
	base, _, github := newBase()
	github.bot = workflow.Person{}
	for event, more := range map[string]object{
		"issues":        about(incident, object{"sender": theBot}),
		"issue_comment": about(incident, commented(theBot, checklistText), object{"action": "edited", "sender": theBot}),
		"gollum":        {"sender": theBot},
		"sub_issues":    but(below(incident), object{"action": "sub_issue_added", "sender": theBot}),
	} {
		_, ours, err := handlerOf(t, base, event).(router).Route(t.Context(), event, payloadOf(t, "opened", more))
		if !ours || err != nil {
			t.Errorf("%s: kept %t, %v", event, ours, err)
		}
	}
}

type router interface {
	Route(ctx context.Context, event string, payload []byte) (workflow.Key, bool, error)
}

// What is not as GitHub sends it is named, never shown.
func TestPayloadsThatAreNotAsGitHubSendsThem(t *testing.T) {
	t.Parallel()
	for payload, want := range map[string]string{
		`[1]`:                                       "the payload's top is of the wrong type: array",
		`"hunter2"`:                                 "the payload's top is of the wrong type: string",
		`{"issue":{"id":"70"}}`:                     "the payload's issue.id is of the wrong type: string",
		`{"issue":{"number":7.5}}`:                  "the payload's issue.number is of the wrong type: number",
		`{"issue":"hunter2"}`:                       "the payload's issue is of the wrong type: string",
		`{"issue":{"labels":["hunter2"]}}`:          "the payload's issue.labels is of the wrong type: string",
		`{"issue":{"created_at":"hunter2"}}`:        "a time in the payload is none",
		`{"issue":{"created_at":1795435200}}`:       "the payload cannot be read",
		`{"repository":{"id":9223372036854775808}}`: "the payload's repository.id is of the wrong type: number",
		`{"issue":`:                                 "the payload cannot be read",
	} {
		for _, event := range []string{"issues", "issue_comment", "gollum", "sub_issues"} {
			base, _, _ := newBase()
			_, ours, err := handlerOf(t, base, event).(router).Route(t.Context(), event, []byte(payload))
			var invalid githubapp.ValidationError
			switch {
			case ours || !errors.As(err, &invalid):
				t.Errorf("%s %s: kept %t, %v", event, payload, ours, err)
			case invalid.Cause.Error() != want:
				t.Errorf("%s %s: %q, want %q", event, payload, invalid.Cause, want)
			}
		}
	}
}

func TestEveryEventOfTheManifestIsHandledOnce(t *testing.T) {
	t.Parallel()
	base, _, _ := newBase()
	var handled []string
	for _, h := range All(base) {
		handled = append(handled, h.Handles()...)
		if _, ok := h.(router); !ok {
			t.Errorf("%T routes nothing", h)
		}
	}
	slices.Sort(handled)
	if want := "gollum installation installation_repositories issue_comment issues label repository sub_issues"; strings.Join(handled, " ") != want {
		t.Errorf("handled are %q, want %s", handled, want)
	}
}

func FuzzRoute(f *testing.F) {
	for _, more := range []object{about(incident), about(pull), about(incident, commented(theBot, checklistText)), below(incident), {}, about(nil)} {
		text, err := json.Marshal(but(more, object{"action": "created", "repository": object{"id": 7}}))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(text))
	}
	f.Add(`{"issue":{"id":1,"labels":[{"name":"incident"}]},"repository":{"id":7},"comment":null,"action":"opened"}`)
	f.Fuzz(func(t *testing.T, payload string) {
		for _, event := range []string{"issues", "issue_comment", "gollum", "sub_issues"} {
			base, recorded, _ := newBase()
			h := handlerOf(t, base, event)
			_, ours, err := h.(router).Route(t.Context(), event, []byte(payload))
			if ours && err != nil {
				t.Errorf("%s is kept and refused: %v", event, err)
			}
			if !ours {
				continue
			}
			if err := h.Handle(t.Context(), event, "guid", []byte(payload)); err != nil {
				t.Errorf("%s was kept, but %v", event, err)
			}
			for _, step := range recorded.steps {
				if step.Key == (workflow.Key{}) || step.Event == nil {
					t.Errorf("%s recorded %+v", event, step)
				}
			}
		}
	})
}
