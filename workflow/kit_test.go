package workflow_test

import (
	"strings"
	"testing"
	"time"

	"github.com/firebreak-app/firebreak/workflow"
	"github.com/firebreak-app/firebreak/workflow/checklist"
	"github.com/firebreak-app/firebreak/workflow/command"
)

var (
	noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	maya = workflow.Person{ID: 1, Login: "maya"}
	jon  = workflow.Person{ID: 2, Login: "jon"}
)

// story runs events through the rules, one after the other, minutes apart.
type story struct {
	t     *testing.T
	rules workflow.Rules
	inc   workflow.Incident
	now   time.Time
	who   workflow.Person
	// labels are those on the issue as deliveries show it.
	labels  []string
	entries []workflow.Entry
	last    workflow.Outcome
}

// declared is an incident that maya, who is trusted, has just declared.
func declared(t *testing.T, labels ...string) *story {
	t.Helper()
	s := &story{t: t, rules: workflow.DefaultRules(), now: noon, who: maya, labels: append([]string{"incident"}, labels...)}
	s.inc.Key = workflow.Key{Repository: 7, Issue: 70}
	s.apply(workflow.Declared{Trusted: true})
	return s
}

func (s *story) snapshot() *workflow.Snapshot {
	return &workflow.Snapshot{
		Place: workflow.Place{Installation: 9, Owner: "acme", Repo: "shop", Number: 42, URL: "https://github.com/acme/shop/issues/42"},
		Title: "Checkout times out", Author: maya, Created: noon, Labels: s.labels,
	}
}

// apply lets an event happen now, then a minute pass.
func (s *story) apply(ev workflow.Event) workflow.Outcome {
	s.t.Helper()
	return s.at(s.now, ev)
}

// at lets an event arrive now that happened at another time.
func (s *story) at(when time.Time, ev workflow.Event) workflow.Outcome {
	s.t.Helper()
	meta := workflow.Meta{Delivery: "d", At: when, Now: s.now, By: s.who, Issue: s.snapshot(), URL: "https://github.com/acme/shop/issues/42#x"}
	s.inc, s.last = s.rules.Apply(s.inc, meta, ev)
	s.entries = append(s.entries, s.last.Entries...)
	s.now = s.now.Add(time.Minute)
	return s.last
}

func (s *story) tick(ids ...string) { s.t.Helper(); s.apply(changes(true, ids)) }

func (s *story) untick(ids ...string) { s.t.Helper(); s.apply(changes(false, ids)) }

func changes(ticked bool, ids []string) workflow.Ticked {
	var ev workflow.Ticked
	for _, id := range ids {
		ev.Changes = append(ev.Changes, checklist.Change{ID: id, Ticked: ticked})
	}
	return ev
}

// say gives commands as somebody with a permission.
func (s *story) say(granted command.Permission, body string) workflow.Outcome {
	s.t.Helper()
	cmds := command.Parse(body, command.Options{Now: s.now})
	return s.apply(workflow.Commanded{Comment: s.now.Unix(), Commands: cmds, Permission: granted})
}

// shows checks the labels that the incident is to carry.
func (s *story) shows(want ...string) {
	s.t.Helper()
	have := strings.Join(s.rules.Shown(s.inc), " ")
	if have != strings.Join(want, " ") {
		s.t.Errorf("labels: have %q, want %q", have, strings.Join(want, " "))
	}
}

// tells checks that the timeline's last line says something.
func (s *story) tells(want string) {
	s.t.Helper()
	if len(s.entries) == 0 || !strings.Contains(s.entries[len(s.entries)-1].What, want) {
		s.t.Errorf("timeline ends with %+v, want it to say %q", s.entries, want)
	}
}

// asks returns the effects of a kind that the last event asked for.
func (s *story) asks(kind workflow.EffectKind) []workflow.Effect {
	var out []workflow.Effect
	for _, e := range s.last.Effects {
		if e.Kind == kind {
			out = append(out, e)
		}
	}
	return out
}

// reactions returns the reactions that the last event gave, in order.
func (s *story) reactions() string {
	var out []string
	for _, e := range s.asks(workflow.EffectFeedback) {
		out = append(out, e.Reaction)
	}
	return strings.Join(out, " ")
}
