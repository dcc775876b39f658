package handlers

import (
	"slices"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

// Where the App is let in, incidents are looked for; where it is let in no
// longer, nothing happens.
func TestInstallations(t *testing.T) {
	t.Parallel()
	repositories := object{"repositories_added": []any{object{"id": 7, "name": "shop"}, object{"id": 8, "name": "web"}}}
	for _, tc := range []struct {
		event, action string
		want          []int64
	}{
		{"installation", "created", []int64{5}},
		{"installation", "unsuspend", []int64{5}},
		{"installation", "new_permissions_accepted", []int64{5}},
		{"installation", "deleted", nil},
		{"installation", "suspend", nil},
		{"installation_repositories", "added", []int64{5, 7, 8}},
		{"installation_repositories", "removed", nil},
	} {
		base, m, _ := newBase()
		if err := handlerOf(t, base, tc.event).Handle(t.Context(), tc.event, "guid", payloadOf(t, tc.action, repositories)); err != nil {
			t.Errorf("%s %s: %v", tc.event, tc.action, err)
		}
		if !slices.Equal(m.swept, tc.want) || len(m.steps) > 0 {
			t.Errorf("%s %s has %v swept, want %v, and records %v", tc.event, tc.action, m.swept, tc.want, m.steps)
		}
	}
}

// What a sweep found of an incident that is known goes on as if it had been opened
// just now: by its author, whose permission says whether it is trusted, at the
// issue's own time.
func TestFound(t *testing.T) {
	t.Parallel()
	for login, want := range map[string]struct{ trusted, commands bool }{
		"maya": {true, true}, "sam": {true, true}, "stranger": {false, false}, "alerts[bot]": {false, false},
	} {
		base, m, _ := newBase()
		m.known = true
		author := person(1, login)
		if login == "alerts[bot]" {
			author = otherBot
		}
		found := but(incident, object{"body": "/incident status", "user": author})
		h := Inner(base)[0]
		if err := h.Handle(t.Context(), FoundEvent, "guid", payloadOf(t, "opened", about(found, object{"sender": author}))); err != nil {
			t.Fatal(err)
		}
		if len(m.steps) != 2 || m.delivery != "guid" {
			t.Fatalf("%s: %+v", login, m.steps)
		}
		declared, commanded := m.steps[0], m.steps[1].Event.(workflow.Commanded)
		if declared.Event != (workflow.Declared{Trusted: want.trusted}) || declared.Key != incidentKey || declared.Meta.Issue.Place.Installation != 5 {
			t.Errorf("%s declares %+v", login, declared)
		}
		if at := time.Date(2026, 11, 23, 12, 5, 0, 0, time.UTC); !declared.Meta.At.Equal(at) {
			t.Errorf("declared at %s, want the issue's own time", declared.Meta.At)
		}
		if (len(commanded.Commands) > 0) != want.commands || want.commands && commanded.Permission < command.Triage {
			t.Errorf("%s commands %+v", login, commanded)
		}
	}
}

func TestWhatIsNoIncidentIsNotFound(t *testing.T) {
	t.Parallel()
	base, m, _ := newBase()
	m.known = true
	for _, issue := range []object{other, pull} {
		if err := Inner(base)[0].Handle(t.Context(), FoundEvent, "guid", payloadOf(t, "opened", about(issue))); err != nil || len(m.steps) > 0 {
			t.Errorf("%v is declared: %v, %v", issue, m.steps, err)
		}
	}
}
