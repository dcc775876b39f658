package handlers

import (
	"context"
	"encoding/json"
	"maps"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/firebreak-app/firebreak/internal/redact"
	"github.com/firebreak-app/firebreak/internal/store"
	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/command"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// object is JSON under construction.
type object = map[string]any

// openGate lets everything pass.
type openGate struct{}

func (openGate) Clean(text string) (string, redact.Findings, error) { return text, nil, nil }

// memory is a store that keeps what is recorded, with one incident that has a
// follow-up.
type memory struct {
	delivery string
	steps    []store.Step
	// waiting says why the incident's post-mortem is not in the wiki.
	waiting string
	// incidents are the repository's, if there are others than that one.
	incidents []workflow.Incident
	// retried are the scopes in which what was given up was run again.
	retried []workflow.Scope
	fails   error
	// known says that every incident is known; it is at a place since a time.
	known   bool
	place   workflow.Place
	placeAt time.Time
	// writes are what the App wrote into its checklist.
	writes []workflow.Write
	// swept lists what was asked to be looked at, installations and repositories.
	swept []int64
}

var (
	incidentKey = workflow.Key{Repository: 7, Issue: 70}
	followUpKey = workflow.Key{Repository: 7, Issue: 71}
)

func (m *memory) Record(_ context.Context, delivery string, steps ...store.Step) error {
	m.delivery, m.steps = delivery, append(m.steps, steps...)
	return m.fails
}

// Incident knows the one incident, and all if a test says so.
func (m *memory) Incident(_ context.Context, key workflow.Key) (workflow.Incident, error) {
	if m.known || key == incidentKey {
		return workflow.Incident{Key: key, Place: m.place, PlaceAt: m.placeAt, Checklist: workflow.Checklist{Writes: m.writes}}, nil
	}
	return workflow.Incident{}, store.ErrNotFound
}

func (m *memory) Installation(_ context.Context, _ string, id int64, repositories ...int64) error {
	m.swept = append(append(m.swept, id), repositories...)
	return m.fails
}

func (m *memory) Incidents(context.Context, int64) ([]workflow.Incident, error) {
	if len(m.incidents) > 0 {
		return m.incidents, m.fails
	}
	return []workflow.Incident{{Key: incidentKey, Postmortem: workflow.Postmortem{Waiting: m.waiting}}}, m.fails
}

func (m *memory) IncidentOf(_ context.Context, key workflow.Key) (workflow.Key, error) {
	if key != followUpKey {
		return workflow.Key{}, store.ErrNotFound
	}
	return incidentKey, m.fails
}

func (m *memory) HasIncidents(_ context.Context, repository int64) (bool, error) {
	return repository == incidentKey.Repository, m.fails
}

func (m *memory) RetryFailures(_ context.Context, in workflow.Scope) (int, error) {
	m.retried = append(m.retried, in)
	return 0, m.fails
}

// people is a GitHub that knows what some people may do, and lists whom it was
// asked about.
type people struct {
	bot   workflow.Person
	may   map[string]command.Permission
	fails error
	asked []string
}

func (p *people) Bot(context.Context) (workflow.Person, error) { return bot, p.fails }
func (p *people) KnownBot() workflow.Person                    { return p.bot }

func (p *people) Installation(_ context.Context, repository int64) (int64, error) {
	if repository != incidentKey.Repository && repository != 8 {
		return 0, p.fails
	}
	return 5, p.fails
}

func (p *people) Permission(_ context.Context, at workflow.Place, login string) (command.Permission, error) {
	p.asked = append(p.asked, login+" in "+at.Owner+"/"+at.Repo)
	return p.may[login], p.fails
}

// noPast knows no issue.
type noPast struct{}

func (noPast) Issue(context.Context, workflow.Place) (json.RawMessage, error) {
	return json.RawMessage("null"), nil
}

func (noPast) Timeline(context.Context, workflow.Place) (list []json.RawMessage, whole bool, err error) {
	return nil, true, nil
}

func (noPast) Comment(context.Context, workflow.Place, int64) (json.RawMessage, error) {
	return nil, workflow.ErrUnknown
}

func (noPast) Comments(context.Context, workflow.Place, int) ([]json.RawMessage, error) {
	return nil, nil
}

func (noPast) Reactions(context.Context, workflow.Place, int64) ([]json.RawMessage, error) {
	return nil, nil
}

func (noPast) FollowUps(context.Context, workflow.Place, time.Time) ([]json.RawMessage, error) {
	return nil, nil
}

func (noPast) Page(context.Context, workflow.Key, workflow.Place) (name, text string, err error) {
	return "", "", nil
}

func (noPast) Sealed(string, string) bool { return false }

func newBase() (*Base, *memory, *people) {
	m := &memory{}
	p := &people{bot: bot, may: map[string]command.Permission{"maya": command.Write, "sam": command.Triage}}
	return &Base{
		Store: m, GitHub: p, Gate: openGate{}, Sweep: m, Rules: workflow.DefaultRules(), Clock: func() time.Time { return happened },
		Past:          noPast{},
		FollowUpLabel: "incident-follow-up",
	}, m, p
}

func person(id int64, login string) object { return object{"id": id, "login": login, "type": "User"} }

var (
	theBot   = object{"id": bot.ID, "login": bot.Login, "type": "Bot"}
	otherBot = object{"id": 10, "login": "alerts[bot]", "type": "Bot"}
)

// issueOf is an issue with some labels.
func issueOf(id int64, labels ...string) object {
	list := []any{}
	for _, name := range labels {
		list = append(list, object{"name": name})
	}
	return object{
		"id": id, "number": 42, "title": "Slow", "body": "It is slow.", "state": "open", "labels": list, "user": person(1, "maya"),
		"html_url": "https://github.com/acme/shop/issues/42", "created_at": "2026-11-23T12:00:00Z", "updated_at": "2026-11-23T12:05:00Z",
	}
}

func but(o object, more object) object {
	out := maps.Clone(o)
	maps.Copy(out, more)
	return out
}

// payloadOf is a webhook by maya with more fields.
func payloadOf(t *testing.T, action string, more object) []byte {
	t.Helper()
	body, err := json.Marshal(but(object{
		"action": action, "sender": person(1, "maya"), "installation": object{"id": 5},
		"repository": object{"id": 7, "name": "shop", "private": true, "owner": object{"login": "acme"}},
	}, more))
	if err != nil {
		t.Fatal(err)
	}
	return body
}
